"""Who follows which thread, and how far they have read it."""

from django.db import models

from plano.chat.models.channels import Channel
from plano.chat.models.messages import Message


class Follow(models.Model):
    """A person's place in a thread. Those who take part follow it; who left it stays out until they answer again."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    root = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="follows")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+", db_index=False)
    following = models.BooleanField(default=True)
    seq = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "root"], name="chat_follow_once"),)
        indexes = (models.Index(fields=["user", "channel"], name="chat_follow_of"),)
