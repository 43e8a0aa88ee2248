"""What shall happen later: messages that wait for their time, and messages to come back to."""

from django.db import models

from plano.chat.models.channels import Channel
from plano.chat.models.messages import Message
from plano.kernel.models import Versioned


class Scheduled(Versioned):
    """A message to be sent at its time. Its id is that of the message, so that it can never be sent twice.

    `taken_at`: a worker is sending it at this moment. `refused`: why it was not sent; its words stay with its author.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="+")
    text = models.TextField()
    mentions = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    files = models.JSONField(default=list)
    in_channel = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=["user", "at"], name="chat_scheduled_mine"),
            models.Index(fields=["at"], condition=models.Q(refused=""), name="chat_scheduled_due"),
        )


class Reminder(Versioned):
    """A person wants to come back to a message at this time. Nobody else knows."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "message"], name="chat_reminder_once"),)
        indexes = (models.Index(fields=["at"], name="chat_reminder_due"),)
