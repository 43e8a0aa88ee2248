"""Search by name: every feature is asked with the actor, so that nothing shows that could not be opened (R-06)."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from uuid import UUID

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.calendar import queries as calendar
from plano.chat import queries as chat
from plano.chat.models import ChannelKind
from plano.chat.plain import beginning
from plano.chat.queries import search as messages
from plano.desk.queries import places
from plano.desk.schemas import (
    ExcerptPart,
    GroupName,
    Hit,
    HitGroup,
    PlaceOut,
    ReferenceOut,
    ReferencesOut,
    SearchOut,
    ThingState,
    ThingStates,
)
from plano.documents import queries as documents
from plano.kernel.errors import Invalid
from plano.kernel.text import ELISIONS, clean_line, singular
from plano.meetings import queries as meetings
from plano.platform import references
from plano.platform.references import made
from plano.tasks import queries as tasks
from plano.workspaces import policies as access
from plano.workspaces import queries as workspaces
from plano.workspaces.models import Membership, Role, Workspace

SHORTEST, LONGEST, WORDS, SHOWN, MOST_REFERENCES = 2, 200, 5, 8, 100
GROUPS: tuple[GroupName, ...] = (
    "workspaces",
    "documents",
    "tasks",
    "events",
    "decisions",
    "channels",
    "messages",
    "meetings",
    "people",
)
_BREAKS = re.compile(r"[^\w]+|_+")

Places = dict[UUID, PlaceOut]


def search_for(
    actor: User,
    text: str,
    *,
    workspace_id: UUID | None = None,
    groups: Sequence[str] | None = None,
    filters: documents.Filters | None = None,
) -> SearchOut:
    """What has all the words in its name (documents: inside too), in all that the actor sees or in one workspace.

    `filters` narrow the documents, operators (`de:`, `avant:` …) the messages: they leave the other groups out.
    """
    if filters is not None:
        groups = ("documents",)
    if len(text) > LONGEST:
        raise Invalid("query_too_long", errors={"q": "query_too_long"})
    words = words_of(text)
    if filters is None and messages.understood_by(actor, text).has_operators:
        groups = ("messages",) if not groups or "messages" in groups else ()
    elif sum(map(len, words)) < SHORTEST:
        raise Invalid("query_too_short", errors={"q": "query_too_short"})
    if not set(groups or ()) <= set(GROUPS):
        raise Invalid("unknown_kind", errors={"kinds": "unknown_kind"})
    mine = places.of(actor)
    if workspace_id is not None:
        access.membership_of(actor, workspace_id)
        mine = [workspace for workspace in mine if workspace.id == workspace_id]
    asked = Asked(actor, text, words, workspace_id, mine, filters or documents.Filters())
    found = [_group(name, FINDERS[name](asked)) for name in GROUPS if groups is None or name in groups]
    return SearchOut(groups=[group for group in found if group.items])


def words_of(text: str) -> list[str]:
    """At most five words. Apostrophes, hyphens and dots part them as spaces do; elided articles do not count."""
    parts = [part for part in _BREAKS.split(clean_line(text).casefold()) if part]
    kept = [part for part in parts if part not in ELISIONS] or parts
    return kept[:WORDS]


class Asked:
    """Who asks for what, and where."""

    def __init__(
        self,
        actor: User,
        typed: str,
        words: list[str],
        workspace_id: UUID | None,
        mine: list[Workspace],
        filters: documents.Filters,
    ) -> None:
        self.filters, self.typed = filters, typed
        self.actor, self.workspace_id, self.mine = actor, workspace_id, mine
        self.words, self.text = " ".join(words), " ".join(map(singular, words))
        self.places: Places = {workspace.id: PlaceOut.from_model(workspace) for workspace in mine}
        self.limit = SHOWN + 1


def _group(name: GroupName, hits: Iterable[Hit]) -> HitGroup:
    items = list(hits)
    return HitGroup(name=name, items=items[:SHOWN], more=len(items) > SHOWN)


def _workspaces(asked: Asked) -> Iterable[Hit]:
    found = Workspace.objects.filter(id__in=asked.places)
    for word in asked.text.split():
        found = found.filter(name__unaccent__icontains=word)
    for workspace in found.order_by("archived_at", "name", "id")[: asked.limit]:
        yield Hit(kind="workspace", id=workspace.id, title=workspace.name, place=asked.places[workspace.id])


def _documents(asked: Asked) -> Iterable[Hit]:
    filters = replace(asked.filters, workspace_id=asked.workspace_id)
    for found in documents.search_documents(asked.actor, asked.words, limit=asked.limit, filters=filters):
        yield Hit(
            kind="folder" if found.kind == "folder" else "document",
            id=found.id,
            title=found.name,
            place=asked.places.get(found.workspace_id),
            at=found.modified_at,
            parent_id=found.parent_id,
            media_type=found.media_type,
            excerpt=[ExcerptPart(text=text, hit=hit) for text, hit in found.excerpt],
        )


def _tasks(asked: Asked) -> Iterable[Hit]:
    for task in tasks.search_names(asked.actor, asked.text, asked.limit, workspace_id=asked.workspace_id):
        place = asked.places.get(task.workspace_id)
        yield Hit(kind="task", id=task.id, title=task.title, place=place, done=task.completed_at is not None)


def _events(asked: Asked) -> Iterable[Hit]:
    for event in calendar.search_names(asked.actor, asked.text, asked.limit, workspace_id=asked.workspace_id):
        place = asked.places.get(event.workspace_id)
        yield Hit(kind="event", id=event.id, title=event.title, place=place, at=event.first_at)


def _decisions(asked: Asked) -> Iterable[Hit]:
    for one in chat.search_decisions(asked.actor, asked.words, asked.limit, workspace_id=asked.workspace_id):
        place = asked.places.get(one.channel.workspace_id)
        at = datetime.combine(one.decided_on, time(12), UTC)
        title = beginning(one.text, 200)
        yield Hit(kind="decision", id=one.id, title=title, place=place, at=at, parent_id=one.channel_id)


def _channels(asked: Asked) -> Iterable[Hit]:
    for channel, title in chat.search_names(asked.actor, asked.text, asked.limit, workspace_id=asked.workspace_id):
        pair = channel.kind == ChannelKind.CONVERSATION
        place = asked.places.get(channel.workspace_id)
        yield Hit(kind="conversation" if pair else "channel", id=channel.id, title=title, place=place)


def _messages(asked: Asked) -> Iterable[Hit]:
    found = messages.search_messages(asked.actor, asked.typed, workspace_id=asked.workspace_id, limit=asked.limit)
    for message in found.items:
        yield Hit(
            kind="message",
            id=message.id,
            title=message.channel_name,
            place=asked.places.get(message.workspace_id),
            at=message.created_at,
            parent_id=message.channel_id,
            person=PersonOut(**{name: getattr(message.author, name) for name in PersonOut.model_fields}),
            guest=message.author.guest,
            excerpt=[ExcerptPart(text=part.text, hit=part.hit) for part in message.excerpt],
        )


def _meetings(asked: Asked) -> Iterable[Hit]:
    for meeting in meetings.search_names(asked.actor, asked.text, asked.limit, workspace_id=asked.workspace_id):
        place = asked.places.get(meeting.workspace_id)
        yield Hit(kind="meeting", id=meeting.id, title=meeting.title, place=place, at=meeting.created_at)


def _people(asked: Asked) -> Iterable[Hit]:
    people = list(workspaces.people_for(asked.actor, asked.text, workspace_id=asked.workspace_id, limit=asked.limit))
    shared: dict[UUID, Membership] = {}
    for membership in Membership.objects.filter(user__in=people, workspace_id__in=asked.places).order_by("-created_at"):
        shared[membership.user_id] = membership
    for person in people:
        here = shared.get(person.id)
        yield Hit(
            kind="person",
            id=person.id,
            title=person.name,
            place=asked.places.get(here.workspace_id) if here else None,
            person=PersonOut.from_model(person),
            guest=here is not None and here.role == Role.GUEST,
        )


FINDERS: dict[GroupName, Callable[[Asked], Iterable[Hit]]] = {
    "workspaces": _workspaces,
    "documents": _documents,
    "tasks": _tasks,
    "events": _events,
    "decisions": _decisions,
    "channels": _channels,
    "messages": _messages,
    "meetings": _meetings,
    "people": _people,
}


def references_for(actor: User, kinds: Sequence[str], ids: Sequence[UUID]) -> ReferencesOut:
    """What pasted links show; `kinds`: one for all, or one for each. Nothing tells the absent from the invisible."""
    if len(ids) > MOST_REFERENCES:
        raise Invalid("too_many_references", errors={"id": "too_many_references"})
    if len(kinds) == 1:
        kinds = [*kinds] * len(ids)
    if len(kinds) != len(ids) or not set(kinds) <= set(references.kinds()):
        raise Invalid("unknown_kind", errors={"kind": "unknown_kind"})
    found = references.cards(actor, zip(kinds, ids, strict=True))
    mine = {workspace.id: PlaceOut.from_model(workspace) for workspace in places.of(actor)} if found else {}
    return ReferencesOut(items=[_reference(kind, id, card, mine) for (kind, id), card in found.items()])


def _reference(kind: str, id: UUID, card: references.Card, mine: Places) -> ReferenceOut:
    shown = asdict(card)
    return ReferenceOut(kind=kind, id=id, place=mine.get(shown.pop("workspace_id")), **shown)


def states_for(actor: User, kind: str, ids: Sequence[UUID]) -> ThingStates:
    """How things of one kind stand that were made of others. Nothing tells the absent from the invisible."""
    if len(ids) > MOST_REFERENCES:
        raise Invalid("too_many_references", errors={"id": "too_many_references"})
    if kind not in made.results():
        raise Invalid("unknown_kind", errors={"kind": "unknown_kind"})
    found = made.states(actor, kind, dict.fromkeys(ids))
    return ThingStates(items=[ThingState(kind=kind, id=id, **asdict(state)) for id, state in found.items()])
