"""Bases of tables."""

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
