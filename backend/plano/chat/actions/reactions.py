"""One sign in answer to a message. Given twice is once; taken back when it is not there is no fault."""

from uuid import UUID

from plano.accounts.models import User
from plano.chat import limits, policies, queries
from plano.chat.actions.rows import LISTED_PEOPLE, keep, locked_message
from plano.chat.models import Message, Reaction
from plano.chat.schemas import one_sign
from plano.kernel.errors import Conflict
from plano.platform.live import unit_of_work

MOST_SIGNS = 20


def react(*, actor: User, message_id: UUID, emoji: str) -> Message:
    """Give a sign: at most twenty different ones under one message."""
    one_sign(emoji)
    policies.require_react(actor, queries.message_for(actor, message_id))
    limits.take(actor.id)
    with unit_of_work() as emit:
        message = locked_message(message_id)
        policies.require_react(actor, message)
        given = {each["emoji"] for each in message.reactions}
        emoji = _as_given(emoji, given)
        if emoji not in given and len(given) >= MOST_SIGNS:
            raise Conflict("too_many_reactions")
        _, fresh = Reaction.objects.get_or_create(message=message, user=actor, emoji=emoji)
        if fresh:
            _gather(message)
            keep(emit, message, "reactions")
    return message


def take_back(*, actor: User, message_id: UUID, emoji: str) -> Message:
    """Take one's own sign back."""
    policies.require_react(actor, queries.message_for(actor, message_id))
    with unit_of_work() as emit:
        message = locked_message(message_id)
        policies.require_react(actor, message)
        emoji = _as_given(emoji, {each["emoji"] for each in message.reactions})
        gone, _ = Reaction.objects.filter(message=message, user=actor, emoji=emoji).delete()
        if gone:
            _gather(message)
            keep(emit, message, "reactions")
    return message


def _as_given(emoji: str, given: set[str]) -> str:
    """The same sign, written with or without the mark that asks for colours, is one."""
    bare = emoji.replace("\ufe0f", "")
    return next((each for each in given if each.replace("\ufe0f", "") == bare), emoji)


def _gather(message: Message) -> None:
    """Under the message's lock: its signs in the order in which each first came, with who gave them."""
    people: dict[str, list[str]] = {}
    for emoji, user_id in Reaction.objects.filter(message=message).order_by("id").values_list("emoji", "user_id"):
        people.setdefault(emoji, []).append(str(user_id))
    message.reactions = [
        {"emoji": emoji, "count": len(ids), "people": ids[:LISTED_PEOPLE]} for emoji, ids in people.items()
    ]
