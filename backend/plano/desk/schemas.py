"""What crosses the wire about Mon bureau, Accueil and search. The things themselves are the other features' own."""

from datetime import date, time
from typing import Literal
from uuid import UUID

from plano.accounts.schemas import PersonOut
from plano.calendar.schemas import OccurrenceOut
from plano.chat.schemas import DraftOut, MessageOut
from plano.documents.schemas import NodeOut
from plano.documents.schemas.approvals import ApprovalLine
from plano.kernel.schemas import Instant, Out
from plano.meetings.schemas import MeetingOut
from plano.tasks.schemas import BoardAbilities, TaskOut
from plano.workspaces.models import Workspace

HitKind = Literal[
    "workspace",
    "person",
    "folder",
    "document",
    "channel",
    "conversation",
    "meeting",
    "event",
    "task",
    "decision",
    "message",
]
GroupName = Literal[
    "workspaces", "documents", "tasks", "events", "decisions", "channels", "messages", "meetings", "people"
]


class PlaceOut(Out):
    """The workspace of a thing, as much of it as its line shows and its address needs."""

    id: UUID
    slug: str
    name: str
    color: int

    @classmethod
    def from_model(cls, workspace: Workspace) -> "PlaceOut":
        return cls(id=workspace.id, slug=workspace.slug, name=workspace.name, color=workspace.color)


class MessageLine(Out):
    """A message with the name of its channel as this person calls it."""

    message: MessageOut
    workspace_id: UUID
    channel_name: str
    conversation: bool
    unread: bool


class DraftLine(Out):
    """Something begun and not sent."""

    draft: DraftOut
    channel_name: str


class DeskOut(Out):
    """What is mine across my workspaces; `places` are all of them, by name; `callable`: where I may begin a meeting,
    `boards`: where I may add a task."""

    places: list[PlaceOut]
    callable: list[UUID]
    boards: list[UUID]
    tasks: list[TaskOut]
    abilities: dict[str, BoardAbilities]
    meetings: list[MeetingOut]
    events: list[OccurrenceOut]
    mentions: list[MessageLine]
    approvals: list[ApprovalLine]
    documents: list[NodeOut]
    drafts: list[DraftLine]


class HomeDocuments(Out):
    """The documents that changed last; `changed` counts what others changed since my last visit."""

    items: list[NodeOut]
    changed: int


class HomeMessages(Out):
    """The last message of each of the liveliest channels, and how many are unread in each."""

    items: list[MessageLine]
    unread: dict[UUID, int]


class HomeTasks(Out):
    """The board in short, the most urgent first."""

    items: list[TaskOut]
    late: int
    coming: int
    abilities: dict[str, BoardAbilities]


class HomeOut(Out):
    """What goes on in a workspace. A part is null where the room is off or is not for this person."""

    workspace_id: UUID
    since: Instant | None
    """My last visit; null when I have never been here."""
    members: int
    guests: int
    meetings: list[MeetingOut] | None
    today: list[OccurrenceOut] | None
    documents: HomeDocuments | None
    messages: HomeMessages | None
    tasks: HomeTasks | None


class ExcerptPart(Out):
    """A piece of the words around; `hit`: it is one that was asked for."""

    text: str
    hit: bool


class Hit(Out):
    """Something found by its name, a document also by the words inside, a message by its words.

    `parent_id`: the folder of a document, or the channel of a message; `title` is then its name, `person` the author.
    """

    kind: HitKind
    id: UUID
    title: str
    place: PlaceOut | None
    at: Instant | None = None
    parent_id: UUID | None = None
    media_type: str = ""
    person: PersonOut | None = None
    guest: bool = False
    done: bool = False
    excerpt: list[ExcerptPart] = []


class HitGroup(Out):
    """At most eight of one kind; `more`: there were others."""

    name: GroupName
    items: list[Hit]
    more: bool


class SearchOut(Out):
    """Groups that have something, in the order they are shown."""

    groups: list[HitGroup]


class ReferenceOut(Out):
    """What a link to a thing shows to this person, who may see it at this moment."""

    kind: str
    id: UUID
    title: str
    place: PlaceOut | None
    shape: str
    """`folder` or `document`; `channel`, `conversation` or `meeting`; `series` of events."""
    status: str
    inside: str
    """The folder, column or channel where it is, or an event's place; empty when that is not to be told."""
    within: list[UUID]
    """The folders above it that the person sees: when one goes, ask again."""
    at: Instant | None
    day: date | None
    hour: time | None
    author: str
    media_type: str
    size: int | None
    picture: str | None
    """A route with a small picture, which asks for the right again."""


class ReferencesOut(Out):
    """Those that the person may see; the others are not here, whatever the reason."""

    items: list[ReferenceOut]


class ThingState(Out):
    """How a thing stands that was made of another: finished, when, and as what."""

    kind: str
    id: UUID
    title: str
    done: bool
    at: Instant | None
    all_day: bool
    status: str
    parent_id: UUID | None


class ThingStates(Out):
    """Those that the person may see; the others are not here, whatever the reason."""

    items: list[ThingState]
