"""What people answer with one sign."""

from django.db import models

from plano.chat.models.messages import Message
from plano.kernel.clock import now


class Reaction(models.Model):
    """One sign of one person to one message. `Message.reactions` holds them gathered, for the page of messages."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reaction_rows", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    emoji = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "emoji", "user"], name="chat_reaction_once"),)
        indexes = (models.Index(fields=["user", "created_at"], name="chat_reaction_of"),)
