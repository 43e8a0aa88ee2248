"""The register of decisions, always for somebody: who reads a channel reads what it decided (R-06)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from plano.accounts.models import User
from plano.chat import policies
from plano.chat.models import Channel, ChannelKind, Decision
from plano.chat.plain import beginning
from plano.chat.queries.channels import open_channels, titled
from plano.chat.queries.floors import floors_of
from plano.chat.schemas.decisions import (
    DecisionAbilities,
    DecisionChangeOut,
    DecisionOut,
    DecisionPlace,
    DecisionsOut,
    StandingName,
)
from plano.kernel import pagination
from plano.kernel.errors import Invalid, NotFound
from plano.kernel.text import clean_line
from plano.platform.references import Card
from plano.platform.references.made import State
from plano.workspaces import policies as access
from plano.workspaces.models import Room

WORDS = SearchVector("text", config="plano_fr")
WHOLE = ("channel__workspace", "noted_by", "replaced_by")
MOST_EXPORTED = 5_000


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """What of the register is wanted; a person noted it or took part in it."""

    words: str = ""
    channel_id: UUID | None = None
    person_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    status: StandingName | None = None


def decision_for(actor: User, decision_id: UUID) -> Decision:
    """A decision that the actor sees."""
    found = _whole(Decision.objects.filter(id=decision_id)).first()
    policies.require_channel(actor, found.channel if found else None)
    assert found is not None
    if found.seq <= floors_of(actor.id).get(found.channel_id, 0):
        raise NotFound
    return found


def decision_out(decision: Decision) -> DecisionOut:
    """The shared form of a decision."""
    return decisions_out([decision])[0]


def decisions_out(decisions: Sequence[Decision]) -> list[DecisionOut]:
    people = User.objects.in_bulk({id for decision in decisions for id in decision.decided_by})
    return [DecisionOut.from_model(decision, people) for decision in decisions]


def decisions_for(
    actor: User, workspace_id: UUID, wanted: DecisionFilter, *, cursor: str | None = None, limit: int = pagination.LIMIT
) -> DecisionsOut:
    """A page of a workspace's register."""
    access.require_room(access.membership_of(actor, workspace_id).workspace, Room.CHAT)
    visible = _visible(actor, workspace_id)
    found = _matching(visible, wanted)
    size = max(1, min(limit, pagination.MAX_LIMIT))
    if cursor:
        found = found.filter(_after(cursor))
    items = list(_whole(found).order_by("-decided_on", "-id")[: size + 1])
    last = items[size - 1] if len(items) > size else None
    channels = _places(actor, visible)
    return DecisionsOut(
        items=decisions_out(items[:size]),
        next=pagination.encode(last.decided_on.isoformat(), str(last.id)) if last else None,
        places=[
            DecisionPlace(id=channel.id, name=name, conversation=channel.kind == ChannelKind.CONVERSATION)
            for channel, name in channels
        ],
        abilities=_abilities(actor, workspace_id, [channel for channel, _ in channels]),
    )


def all_decisions_for(
    actor: User, workspace_id: UUID, wanted: DecisionFilter
) -> tuple[list[DecisionOut], dict[UUID, str]]:
    """What is exported: all that match, the oldest first, and the names of their channels."""
    access.require_room(access.membership_of(actor, workspace_id).workspace, Room.CHAT)
    visible = _visible(actor, workspace_id)
    found = _whole(_matching(visible, wanted)).order_by("decided_on", "id")
    names = {channel.id: name for channel, name in _places(actor, visible)}
    return decisions_out(list(found[:MOST_EXPORTED])), names


def decision_changes_for(actor: User, decision_id: UUID) -> list[DecisionChangeOut]:
    """What it said before, the latest change first."""
    decision = decision_for(actor, decision_id)
    rows = decision.revisions.select_related("changed_by").order_by("-version")
    return [DecisionChangeOut.from_model(revision) for revision in rows]


def search_decisions(actor: User, text: str, limit: int = 8, *, workspace_id: UUID | None = None) -> list[Decision]:
    """Decisions with all of these words after French stems, the latest first."""
    rooms = Q(channel__workspace__rooms__contains=[Room.CHAT]) | Q(channel__kind=ChannelKind.MEETING)
    found = _matching(_visible(actor, workspace_id).filter(rooms), DecisionFilter(words=text))
    return list(_whole(found).order_by("-decided_on", "-id")[:limit])


def resolve_decisions(actor: User, ids: list[UUID]) -> dict[UUID, Card]:
    """What links to the decisions among these ids show that the actor sees, where the room is open."""
    found = list(_visible(actor, None).filter(id__in=ids))
    places = {channel.id: (channel, name) for channel, name in open_channels(actor, {one.channel_id for one in found})}
    return {
        one.id: Card(
            title=beginning(one.text, 160),
            workspace_id=places[one.channel_id][0].workspace_id,
            status=one.status,
            inside=places[one.channel_id][1],
            day=one.decided_on,
        )
        for one in found
        if one.channel_id in places
    }


def describe_decisions(actor: User, ids: list[UUID]) -> dict[UUID, State]:
    """How they stand, for what shows them."""
    return {
        one.id: State(title=beginning(one.text), status=one.status, parent_id=one.channel_id)
        for one in _visible(actor, None).filter(id__in=ids)
    }


def _visible(actor: User, workspace_id: UUID | None) -> QuerySet[Decision]:
    found = Decision.objects.filter(channel_id__in=access.visible_scope_ids(actor, workspace_id))
    for channel_id, floor in floors_of(actor.id).items():
        found = found.exclude(channel_id=channel_id, seq__lte=floor)
    return found


def _matching(found: QuerySet[Decision], wanted: DecisionFilter) -> QuerySet[Decision]:
    words = clean_line(wanted.words)[:200]
    if words:
        found = found.annotate(words=WORDS).filter(words=SearchQuery(words, config="plano_fr"))
    if wanted.channel_id:
        found = found.filter(channel_id=wanted.channel_id)
    if wanted.person_id:
        found = found.filter(Q(noted_by_id=wanted.person_id) | Q(decided_by__contains=[wanted.person_id]))
    if wanted.since:
        found = found.filter(decided_on__gte=wanted.since)
    if wanted.until:
        found = found.filter(decided_on__lte=wanted.until)
    return found.filter(status=wanted.status) if wanted.status else found


def _whole(found: QuerySet[Decision]) -> QuerySet[Decision]:
    return found.select_related(*WHOLE)


def _places(actor: User, visible: QuerySet[Decision]) -> list[tuple[Channel, str]]:
    used = visible.values("channel_id")
    return sorted(titled(actor, list(Channel.objects.filter(id__in=used))), key=lambda pair: pair[1].casefold())


def _abilities(actor: User, workspace_id: UUID, channels: Iterable[Channel]) -> dict[str, DecisionAbilities]:
    roles = access.roles_by_scope(actor, workspace_id)
    return {
        str(channel.id): policies.decision_abilities(actor, channel, roles[channel.id])
        for channel in channels
        if channel.id in roles
    }


def _after(cursor: str) -> Q:
    day, id = pagination.decode(cursor, size=2)
    try:
        on, last = date.fromisoformat(day), UUID(id)
    except ValueError as error:
        raise Invalid("invalid_cursor") from error
    return Q(decided_on__lt=on) | Q(decided_on=on, id__lt=last)
