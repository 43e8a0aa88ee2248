"""Places to talk."""

from django.db import models

from plano.kernel.models import Versioned


class ChannelKind(models.TextChoices):
    """A channel has a name; a conversation has the same people for ever; a meeting's channel goes with its meeting."""

    CHANNEL = "channel"
    CONVERSATION = "conversation"
    MEETING = "meeting"


class History(models.TextChoices):
    """What a newcomer of a private channel reads of its past."""

    ALL = "all"
    JOINED = "joined"


class Channel(Versioned):
    """A place to talk. Its id is also that of its access scope and of its stream."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=20, choices=ChannelKind.choices, default=ChannelKind.CHANNEL)
    name = models.CharField(max_length=80, blank=True)
    topic = models.CharField(max_length=250, blank=True, default="")
    pair = models.CharField(max_length=600, null=True)
    announce = models.BooleanField(default=False, db_default=False)
    history = models.CharField(max_length=10, choices=History.choices, default=History.ALL, db_default="all")
    archived_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "pair"], name="chat_one_conversation_per_pair"),)


class Entrance(models.Model):
    """Where the reading of somebody begins who was let in when the past was not for newcomers."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="entrances", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["channel", "user"], name="chat_entrance_once"),)
