"""Votes. `Message.poll` holds a poll with its counts gathered, for the page of messages."""

from django.db import models

from plano.chat.models.messages import Message
from plano.kernel.clock import now


class Vote(models.Model):
    """One choice of one person. Of a poll without names it is read for its own author only."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="votes", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    option = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "user", "option"], name="chat_vote_once"),)
