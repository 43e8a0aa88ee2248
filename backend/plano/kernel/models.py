"""Bases of tables."""

from uuid import UUID

from django.db import models

from plano.kernel.clock import now
from plano.kernel.ids import uuid7


class Model(models.Model):
    """A row with an identifier that tells nothing and an instant of birth."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True


class Versioned(Model):
    """A row that several people change: `version` grows by one with each change and orders what clients receive."""

    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        abstract = True

    def touch(self) -> None:
        """Count one more change. The caller saves."""
        self.version += 1
        self.updated_at = now()


class MadeFrom(models.Model):
    """A row that may have been made out of another thing, kept by kind and id (ADR 0017). It survives that thing."""

    origin_kind = models.CharField(max_length=40, blank=True, default="", db_default="")
    origin_id = models.UUIDField(null=True)

    class Meta:
        abstract = True

    @property
    def origin(self) -> tuple[str, UUID] | None:
        return None if self.origin_id is None else (self.origin_kind, self.origin_id)

    @origin.setter
    def origin(self, thing: tuple[str, UUID] | None) -> None:
        self.origin_kind, self.origin_id = thing or ("", None)
