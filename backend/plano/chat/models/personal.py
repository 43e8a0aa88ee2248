"""One person's: how far they have read, what disturbs them, what they have begun."""

from django.db import models
from django.db.models import Value

from plano.chat.models.channels import Channel
from plano.chat.models.messages import Message
from plano.kernel.models import Versioned


class Level(models.TextChoices):
    """What of a channel disturbs a person."""

    ALL = "all"
    MENTIONS = "mentions"
    NOTHING = "nothing"


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
    files = models.JSONField(default=list, db_default=Value([], models.JSONField()))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "channel", "thread"], nulls_distinct=False, name="chat_draft_once"),
        )
