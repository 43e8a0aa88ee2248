"""Downloads of many things at once, and archives on their way into the library."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from plano.kernel.models import Model, Versioned


class ArchiveTicket(Model):
    """A selection that somebody may fetch as one archive: begun within a minute, once, by the same person."""

    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="+")
    node_ids = ArrayField(models.UUIDField())
    expires_at = models.DateTimeField(db_index=True)
    begun_at = models.DateTimeField(null=True)


class Unpacking(Versioned):
    """An archive that becomes a folder, in the name of one person."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    node = models.ForeignKey("documents.Node", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    """Which version of the archive is unpacked."""
    folder = models.ForeignKey("documents.Node", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    code = models.CharField(max_length=40, default="", blank=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
