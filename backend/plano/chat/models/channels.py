"""Places to talk."""

from django.db import models

from plano.kernel.models import Versioned


class ChannelKind(models.TextChoices):
    """A channel has a name; a conversation has two people; a meeting's channel is shown with its meeting."""

    CHANNEL = "channel"
    CONVERSATION = "conversation"
    MEETING = "meeting"


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
