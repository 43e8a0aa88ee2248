"""Who did what to which document or folder, and when: for the people who see it. The audit log is another thing."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models

from plano.documents.models.nodes import Node
from plano.kernel.models import Model


class Verb(models.TextChoices):
    """What happened."""

    CREATED = "created"
    DEPOSITED = "deposited"
    VERSION = "version"
    RENAMED = "renamed"
    MOVED = "moved"
    COPIED = "copied"
    DELETED = "deleted"
    RESTORED = "restored"
    ACCESS = "access"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    COMMENTED = "commented"
    ASKED = "asked"
    ANSWERED = "answered"
    UNPACKED = "unpacked"
    DESCRIBED = "described"


class Activity(Model):
    """One line, never changed. `path`: the workspace, the folders down to the node at that time, the node itself.

    A move also names the folders that the node left, before the others. `scope_id` is the audience of that time: who
    sees the node now but was not part of it is not told what was said of it then.
    """

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="+", db_index=False)
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+", db_index=False)
    scope_id = models.UUIDField()
    actor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    verb = models.CharField(max_length=12, choices=Verb.choices)
    path = ArrayField(models.UUIDField())
    data = models.JSONField(default=dict)
    waiting = models.BooleanField(default=False)
    """Somebody who follows the node, or a folder above it, has yet to be told. The only column that changes."""

    class Meta:
        indexes = (
            models.Index(fields=["node", "-id"], name="documents_activity_node"),
            models.Index(fields=["workspace", "-id"], name="documents_activity_place"),
            GinIndex(fields=["path"], name="documents_activity_path"),
            BrinIndex(fields=["created_at"], name="documents_activity_age"),
            models.Index(fields=["id"], condition=models.Q(waiting=True), name="documents_activity_waiting"),
        )
