"""Who keeps a document or a folder for themselves for a while: one table for the browser and for network drives."""

from django.db import models

from plano.documents.models.nodes import Node
from plano.kernel.models import Model


class LockVia(models.TextChoices):
    """Where it was taken. A program on a network drive proves its own lock by the token, a browser by its session."""

    WEB = "web"
    DAV = "dav"


class Lock(Model):
    """A lock holds while its time runs, its owner's account is active, and the owner may write there (R-07, R-54).

    `deep` covers all that hangs on a folder (RFC 4918, depth infinity). Only programs take shared locks.
    """

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="locks")
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    via = models.CharField(max_length=3, choices=LockVia.choices)
    reason = models.CharField(max_length=200, default="", blank=True)
    token = models.CharField(max_length=64, unique=True)
    exclusive = models.BooleanField(default=True)
    deep = models.BooleanField(default=False)
    claimed_by = models.TextField(default="", blank=True)
    timeout = models.PositiveIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["node"], condition=models.Q(via="web"), name="documents_one_lock_by_the_browser"
            ),
        )
        indexes = (models.Index(fields=["expires_at"], name="documents_lock_end"),)
