"""The words of messages, for search. Filled behind the sending, so that a message costs what it did (ADR 0018)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from plano.chat.models.channels import Channel
from plano.chat.models.messages import Message


class Words(models.Model):
    """What search knows of one message. `vector` holds who, where and what kind too (`plano_message_words`).

    A trigger keeps it with the words of its message: edited, deleted, they are gone from here in the same moment.
    """

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="words")
    channel_id = models.UUIDField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    vector = SearchVectorField()

    class Meta:
        indexes = (
            GinIndex(fields=["vector"], name="chat_words_of", fastupdate=False),
            models.Index(fields=["-at", "-message"], name="chat_words_latest"),
        )


class Indexed(models.Model):
    """How far a channel's messages are in `Words`; later ones are read as they are."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, primary_key=True, related_name="indexed")
    seq = models.BigIntegerField()
