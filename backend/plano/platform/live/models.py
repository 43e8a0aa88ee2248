"""The log of frames and the number of each scope. Narrow on purpose: its row is the hottest of the database."""

from uuid import UUID

from django.db import models

from plano.kernel.clock import now


class Stream(models.Model):
    """The last number of a scope. Its row is locked from `append` to the end of the commit."""

    id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    trimmed_to = models.BigIntegerField(default=0)

    class Meta:
        db_table = "live_stream"

    @classmethod
    def reached(cls, scope_id: UUID) -> int:
        """How far a scope has come; 0 while nothing was said there."""
        return cls.objects.filter(id=scope_id).values_list("seq", flat=True).first() or 0


class Frame(models.Model):
    """One change of one scope. `payload` is the JSON text exactly as it is sent."""

    pk = models.CompositePrimaryKey("scope_id", "seq")
    scope_id = models.UUIDField()
    seq = models.BigIntegerField()
    kind = models.TextField()
    op = models.TextField()
    payload = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "live_frame"
        indexes = (models.Index(fields=["at"], name="live_frame_at"),)


class Here(models.Model):
    """When a person last had Plano before their eyes, for whoever decides between a sign in the page and a push.

    One instant, overwritten; forgotten after ten minutes, shown to nobody, lost in a crash (R-144).
    """

    user_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "live_here"
