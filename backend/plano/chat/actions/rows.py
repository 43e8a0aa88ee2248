"""Rows of messages that one unit of work changes: locked before any stream is, by all verbs alike."""

from uuid import UUID

from plano.chat import queries
from plano.chat.live import MESSAGE, TOUCHED
from plano.chat.models import Entrance, History, Message
from plano.chat.schemas import TouchedOut
from plano.platform.live import Emit

LISTED_PEOPLE = 200
"""Under a sign or an answer of a poll, the first so many are named; all are counted."""


def locked_message(message_id: UUID) -> Message:
    rows = Message.objects.select_for_update(of=("self",)).select_related("channel__workspace", "author")
    return rows.get(id=message_id)


def keep(emit: Emit, message: Message, *fields: str) -> None:
    """Under its lock: what changed in it is written, and told."""
    message.version += 1
    message.save(update_fields=[*fields, "version"])
    tell(emit, message)


def tell(emit: Emit, message: Message) -> None:
    """A message is now like this: told to all who listen, unless somebody here came after it and may not read it."""
    channel = message.channel
    hidden = (
        channel.history == History.JOINED and Entrance.objects.filter(channel=channel, seq__gte=message.seq).exists()
    )
    if not hidden:
        emit.changed(MESSAGE, scope=channel.id, data=queries.message_out(message))
        return
    touched = TouchedOut(
        id=message.id, channel_id=channel.id, thread_id=message.thread_id, seq=message.seq, version=message.version
    )
    emit.changed(TOUCHED, scope=channel.id, data=touched)
