"""What was said, what it said before, and who was named."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value

from plano.chat.models.channels import Channel
from plano.kernel.clock import now
from plano.kernel.models import Model


class Message(models.Model):
    """What somebody wrote, as Markdown source. Deleted: the row stays without its words, as a trace.

    `erased`: where traces are not wanted nobody sees the row any more; it only keeps its id from being used again.
    """

    id = models.UUIDField(primary_key=True)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="messages", db_index=False)
    thread = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies", db_index=False)
    seq = models.BigIntegerField()
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    mentions = models.JSONField(default=list)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    erased = models.BooleanField(default=False, db_default=False)
    deleted_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    reply_count = models.PositiveIntegerField(default=0)
    last_reply_at = models.DateTimeField(null=True)
    repliers = ArrayField(models.UUIDField(), default=list)
    in_channel = models.BooleanField(default=False, db_default=False)
    system = models.JSONField(null=True)
    poll = models.JSONField(null=True)
    reactions = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    files = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    made = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    pinned_at = models.DateTimeField(null=True)
    pinned_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        # Order and page by (channel, seq), never by id: clients' clocks make the id.
        constraints = (models.UniqueConstraint(fields=["channel", "seq"], name="chat_message_number"),)
        indexes = (
            models.Index(fields=["thread", "seq"], condition=models.Q(thread__isnull=False), name="chat_thread"),
            models.Index(
                fields=["channel", "pinned_at"], condition=models.Q(pinned_at__isnull=False), name="chat_pins"
            ),
        )


class Revision(Model):
    """What a message said before an edit."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    text = models.TextField()


class Mention(models.Model):
    """Somebody was named in a message; counted until their read mark passes `seq`."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mention_rows")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    in_thread = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "user"], name="chat_mention_once"),)
        indexes = (models.Index(fields=["user", "channel", "seq"], name="chat_mention_unread"),)
