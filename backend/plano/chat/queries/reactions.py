"""Who answered with which sign, what I use most, and what is pinned."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Max

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.chat.models import Message, Reaction, Vote
from plano.chat.queries.channels import channel_for
from plano.chat.queries.floors import floor_of
from plano.chat.queries.messages import message_for, messages_out
from plano.chat.schemas import MessageOut, ReactionOut
from plano.kernel.clock import now

OFTEN, LATELY = 16, timedelta(days=180)


def reactions_of(actor: User, message_id: UUID) -> list[ReactionOut]:
    """Everybody who gave a sign under a message, in the order they did."""
    message = message_for(actor, message_id)
    people: dict[str, list[PersonOut]] = defaultdict(list)
    for each in Reaction.objects.filter(message=message).select_related("user").order_by("id"):
        people[each.emoji].append(PersonOut.from_model(each.user))
    return [ReactionOut(emoji=emoji, people=given) for emoji, given in people.items()]


def vote_of(actor: User, message_id: UUID) -> list[int]:
    """The answers that this person took in a poll."""
    message = message_for(actor, message_id)
    return list(Vote.objects.filter(message=message, user=actor).order_by("option").values_list("option", flat=True))


def frequent_for(actor: User) -> list[str]:
    """What this person gave most in the last months, the latest first among equals."""
    lately = Reaction.objects.filter(user=actor, created_at__gte=now() - LATELY)
    counted = lately.values("emoji").annotate(times=Count("id"), last=Max("created_at")).order_by("-times", "-last")
    return [each["emoji"] for each in counted[:OFTEN]]


def pins_for(actor: User, channel_id: UUID) -> list[MessageOut]:
    """What is pinned in a channel, the latest pin first."""
    since = floor_of(actor.id, channel_for(actor, channel_id))
    pinned = Message.objects.filter(channel_id=channel_id, pinned_at__isnull=False, seq__gt=since)
    return messages_out(list(pinned.select_related("author", "channel").order_by("-pinned_at", "-seq")))
