"""Tables of conversations. `Message.seq` is the number of its frame: commit order, the same for everybody."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from plano.kernel.clock import now
from plano.kernel.models import Model, Versioned


class ChannelKind(models.TextChoices):
    """A channel has a name; a conversation has two people; a meeting's channel is shown with its meeting."""

    CHANNEL = "channel"
    CONVERSATION = "conversation"
    MEETING = "meeting"


class Level(models.TextChoices):
    """What of a channel disturbs a person."""

    ALL = "all"
    MENTIONS = "mentions"
    NOTHING = "nothing"


class Channel(Versioned):
    """A place to talk. Its id is also that of its access scope and of its stream."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=20, choices=ChannelKind.choices, default=ChannelKind.CHANNEL)
    name = models.CharField(max_length=80, blank=True)
    topic = models.CharField(max_length=250, blank=True, default="")
    pair = models.CharField(max_length=80, null=True)
    archived_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "pair"], name="chat_one_conversation_per_pair"),)


class Message(models.Model):
    """What somebody wrote, as Markdown source. Deleted: the row stays as a trace, without its words."""

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
    deleted_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    reply_count = models.PositiveIntegerField(default=0)
    last_reply_at = models.DateTimeField(null=True)
    repliers = ArrayField(models.UUIDField(), default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        # Order and page by (channel, seq), never by id: clients' clocks make the id.
        constraints = (models.UniqueConstraint(fields=["channel", "seq"], name="chat_message_number"),)
        indexes = (
            models.Index(fields=["thread", "seq"], condition=models.Q(thread__isnull=False), name="chat_thread"),
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


class Mark(Versioned):
    """How far a person has read in a channel, on all devices, and what of it disturbs them."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField(default=0)
    level = models.CharField(max_length=20, choices=Level.choices, default=Level.ALL)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "channel"], name="chat_mark_once"),)


class Draft(Versioned):
    """What a person has begun to write, kept for all their devices."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "channel", "thread"], nulls_distinct=False, name="chat_draft_once"),
        )
