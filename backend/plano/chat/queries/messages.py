"""One message, by the ORM."""

from collections.abc import Sequence
from uuid import UUID

from plano.accounts.models import User
from plano.chat import policies
from plano.chat.models import Message
from plano.chat.queries.floors import floor_of
from plano.chat.schemas import (
    MessageOut,
    RevisionOut,
)
from plano.kernel.errors import NotFound
from plano.workspaces.models import Membership, Role


def message_for(actor: User, message_id: UUID) -> Message:
    """A message in a channel that the actor sees."""
    message = Message.objects.select_related("channel__workspace", "author").filter(id=message_id).first()
    policies.require_channel(actor, message.channel if message else None)
    assert message is not None
    if message.erased or message.seq <= floor_of(actor.id, message.channel):
        raise NotFound
    return message


def message_out(message: Message) -> MessageOut:
    """The shared form of a message, by the ORM."""
    return messages_out([message])[0]


def messages_out(messages: Sequence[Message]) -> list[MessageOut]:
    """The shared form of several messages, with one question about all their authors."""
    found = Membership.objects.filter(
        workspace_id__in={message.channel.workspace_id for message in messages},
        user_id__in={message.author_id for message in messages},
        role=Role.GUEST,
    )
    guests = set(found.values_list("workspace_id", "user_id"))
    return [
        MessageOut.from_model(message, guest=(message.channel.workspace_id, message.author_id) in guests)
        for message in messages
    ]


def revisions_for(actor: User, message_id: UUID) -> list[RevisionOut]:
    """What the message said before, the latest first."""
    message = message_for(actor, message_id)
    policies.require_revisions(message)
    return [RevisionOut.from_model(revision) for revision in message.revisions.order_by("-version")]
