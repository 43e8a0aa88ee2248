"""Bytes on their way, and the space that a workspace takes."""

from datetime import datetime

from django.db import models

from plano.documents.models.nodes import Node
from plano.kernel.models import Model


class Upload(Model):
    """Bytes on their way (tus). They count in the quota; they end after a day without a decision (R-72)."""

    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Node, on_delete=models.SET_NULL, null=True, related_name="+")
    at_root = models.BooleanField()
    name = models.CharField(max_length=255)
    length = models.BigIntegerField()
    conflict = models.CharField(max_length=10)
    part = models.CharField(max_length=32, unique=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    complete_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    node = models.ForeignKey(Node, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    base = models.IntegerField(null=True)
    """The version that the writer had in hand; a newer one at the end is a conflict (documents-4)."""
    share = models.ForeignKey("documents.ShareLink", on_delete=models.CASCADE, null=True, related_name="+")
    """The link that an outsider sends these bytes by; the owner, its creator, does not see them on their way."""
    depositor = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        indexes = (models.Index(fields=["expires_at"]), models.Index(fields=["owner", "done_at"]))

    def is_over(self, at: datetime) -> bool:
        return self.expires_at <= at


class Usage(models.Model):
    """The space that a workspace takes, uploads on their way included. Its row is the lock of the quota (R-12)."""

    workspace = models.OneToOneField(
        "workspaces.Workspace", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    bytes = models.BigIntegerField(default=0)
