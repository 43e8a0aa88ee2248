"""One row per person and thing told."""

from django.db import models

from plano.kernel.models import Versioned


class NotificationKind(models.TextChoices):
    """Why a person is told."""

    MENTION = "mention"
    ASSIGNMENT = "assignment"
    INVITATION = "invitation"
    EVENT_INVITATION = "event_invitation"
    MESSAGE = "message"
    INFECTED = "infected"
    LOCK_BROKEN = "lock_broken"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_ANSWERED = "approval_answered"
    APPROVAL_REMINDER = "approval_reminder"
    APPROVAL_COMPLETED = "approval_completed"
    APPROVAL_CANCELLED = "approval_cancelled"
    APPROVAL_LOST = "approval_lost"
    RETENTION = "retention"
    COMMENT = "comment"
    FOLLOWED = "followed"
    FOLLOWED_DELETED = "followed_deleted"
    DEPOSITED = "deposited"
    DIRECT = "direct"
    REMINDER = "reminder"
    NOT_SENT = "not_sent"
    EXPORT_READY = "export_ready"
    WEBHOOK_STOPPED = "webhook_stopped"


class Notification(Versioned):
    """Something that concerns one person. The title is what the sender of it wrote or named, cut to one line."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=30, choices=NotificationKind.choices)
    actor = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    workspace_id = models.UUIDField(null=True)
    scope_id = models.UUIDField(null=True)
    link_kind = models.CharField(max_length=40)
    link_id = models.UUIDField()
    parent_id = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=1)
    """How many things it tells of, for kinds that count instead of coming again."""
    read_at = models.DateTimeField(null=True)
    urgent = models.BooleanField(default=False, db_default=False)
    """Its sender asked to disturb out of hours."""
    rings_at = models.DateTimeField(null=True)
    """From when it may be heard and seen to come in the page; null: it waits in the list only."""

    class Meta:
        indexes = (
            models.Index(fields=["user", "-created_at", "-id"]),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notification_unread"),
        )
