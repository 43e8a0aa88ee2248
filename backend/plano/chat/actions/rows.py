"""Rows of messages that one unit of work changes: locked before any stream is, by all verbs alike."""

from uuid import UUID

from plano.chat import queries
from plano.chat.models import Message
from plano.chat.schemas import MessageOut


def locked_message(message_id: UUID) -> Message:
    rows = Message.objects.select_for_update(of=("self",)).select_related("channel__workspace", "author")
    return rows.get(id=message_id)


def shown(message: Message) -> MessageOut:
    """The message as its frame tells it."""
    return queries.message_out(message)
