"""Polls: ask, vote, change one's vote, close. One vote a person, counted under the message's lock."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from plano.accounts.models import User
from plano.chat import limits, policies, queries
from plano.chat.actions.messages import Posted, post_message
from plano.chat.actions.rows import LISTED_PEOPLE, keep, locked_message
from plano.chat.models import Message, Vote
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Invalid, NotFound
from plano.platform.live import unit_of_work

LONGEST = timedelta(days=366)


def ask(
    *,
    actor: User,
    channel_id: UUID,
    id: UUID,
    question: str,
    options: Sequence[str],
    multiple: bool = False,
    anonymous: bool = False,
    closes_at: datetime | None = None,
    thread_id: UUID | None = None,
) -> Posted:
    """Ask: the question is a message, with its answers. Sent again with the same id: the same poll."""
    if len({option.casefold() for option in options}) != len(options):
        raise Invalid("same_options", errors={"options": "same_options"})
    if closes_at is not None and (closes_at.tzinfo is None or not now() < closes_at < now() + LONGEST):
        raise Invalid("closes_when", errors={"closes_at": "closes_when"})
    poll: dict[str, Any] = {
        "options": [{"text": option, "count": 0, "people": []} for option in options],
        "multiple": multiple,
        "anonymous": anonymous,
        "closes_at": _instant(closes_at),
        "closed_at": None,
        "voters": 0,
    }
    return post_message(actor=actor, channel_id=channel_id, id=id, text=question, thread_id=thread_id, poll=poll)


def vote(*, actor: User, message_id: UUID, options: Sequence[int]) -> Message:
    """Take these answers, in place of those taken before; none takes the vote back."""
    policies.require_react(actor, queries.message_for(actor, message_id))
    limits.take(actor.id)
    with unit_of_work() as emit:
        message = locked_message(message_id)
        policies.require_react(actor, message)
        poll = _open(message)
        wanted = set(options)
        if any(option >= len(poll["options"]) for option in wanted):
            raise Invalid("no_such_option", errors={"options": "no_such_option"})
        if len(wanted) > 1 and not poll["multiple"]:
            raise Invalid("one_option_only", errors={"options": "one_option_only"})
        taken = set(Vote.objects.filter(message=message, user=actor).values_list("option", flat=True))
        if wanted == taken:
            return message
        Vote.objects.filter(message=message, user=actor, option__in=taken - wanted).delete()
        Vote.objects.bulk_create(Vote(message=message, user=actor, option=one) for one in sorted(wanted - taken))
        _count(message)
        keep(emit, message, "poll")
    return message


def close(*, actor: User, message_id: UUID) -> Message:
    """No more votes; the result stays. Closed already: nothing changes."""
    policies.require_close(actor, queries.message_for(actor, message_id))
    with unit_of_work() as emit:
        message = locked_message(message_id)
        policies.require_close(actor, message)
        poll = _poll(message)
        if poll["closed_at"] is None:
            message.poll = {**poll, "closed_at": _instant(now())}
            keep(emit, message, "poll")
    return message


def _open(message: Message) -> dict[str, Any]:
    poll = _poll(message)
    if poll["closed_at"] or (poll["closes_at"] and datetime.fromisoformat(poll["closes_at"]) <= now()):
        raise Conflict("poll_closed")
    return poll


def _poll(message: Message) -> dict[str, Any]:
    if message.poll is None:
        raise NotFound
    return dict(message.poll)


def _count(message: Message) -> None:
    poll = _poll(message)
    people: dict[int, list[str]] = {}
    for option, user_id in Vote.objects.filter(message=message).order_by("id").values_list("option", "user_id"):
        people.setdefault(option, []).append(str(user_id))
    options = [
        {
            "text": option["text"],
            "count": len(people.get(number, [])),
            "people": [] if poll["anonymous"] else people.get(number, [])[:LISTED_PEOPLE],
        }
        for number, option in enumerate(poll["options"])
    ]
    voters = len({one for ids in people.values() for one in ids})
    message.poll = {**poll, "options": options, "voters": voters}


def _instant(at: datetime | None) -> str | None:
    """As `Instant` writes it, so that the database and the ORM answer the same bytes."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")
