"""An answer by mail lands where its writer was spoken to: in the thread, under the message, in the conversation."""

from uuid import UUID

from plano.accounts.models import User
from plano.chat import queries
from plano.chat.actions.messages import post_message
from plano.chat.models import ChannelKind
from plano.chat.schemas import MAX_TEXT
from plano.kernel.text import clean_text
from plano.notifications.models import Notification


def answer_message(actor: User, told: Notification, id: UUID, text: str) -> None:
    """In the thread of the message; one that opens none yet opens it now, but in a conversation talk goes on."""
    message = queries.message_for(actor, told.link_id)
    thread_id = message.thread_id
    if thread_id is None and (message.channel.kind != ChannelKind.CONVERSATION or told.kind == "message"):
        thread_id = message.id
    _post(actor, message.channel_id, id, text, thread_id)


def answer_conversation(actor: User, told: Notification, id: UUID, text: str) -> None:
    _post(actor, told.link_id, id, text, None)


def _post(actor: User, channel_id: UUID, id: UUID, text: str, thread_id: UUID | None) -> None:
    post_message(actor=actor, channel_id=channel_id, id=id, text=clean_text(text)[:MAX_TEXT], thread_id=thread_id)
