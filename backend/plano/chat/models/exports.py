"""Copies of conversations that somebody asked for; their bytes are kept a week (R-143)."""

from django.db import models

from plano.chat.models.channels import Channel
from plano.kernel.models import Model


class ExportState(models.TextChoices):
    """How far a copy has come. `gone`: its bytes were removed when its week was over."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    GONE = "gone"


class Export(Model):
    """Who asked for a copy of a channel, and what became of it. It holds the messages after `since`, up to `until`."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="exports")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    since = models.BigIntegerField()
    until = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    blob = models.CharField(max_length=32, blank=True, default="")
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
