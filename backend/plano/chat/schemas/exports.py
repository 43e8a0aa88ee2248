"""Copies of conversations: what the screen shows of them, and what stands in their file."""

from typing import Any, Literal
from uuid import UUID

from plano.accounts.schemas import PersonOut
from plano.chat.models import Export, ExportState
from plano.kernel.schemas import In, Instant, Out

ExportStateName = Literal["waiting", "running", "ready", "failed", "gone"]
_STATES: dict[ExportState, ExportStateName] = {
    ExportState.WAITING: "waiting",
    ExportState.RUNNING: "running",
    ExportState.READY: "ready",
    ExportState.FAILED: "failed",
    ExportState.GONE: "gone",
}
FORMAT, FORMAT_VERSION = "plano-conversation", 1


class ExportIn(In):
    """A copy of all that I read here."""

    id: UUID | None = None


class ExportOut(Out):
    """Who asked for a copy, and how far it has come. `mine`: I may download it, as long as I may export here."""

    id: UUID
    channel_id: UUID
    asked_by: PersonOut
    asked_at: Instant
    state: ExportStateName
    done: int
    total: int
    size: int
    sha256: str
    expires_at: Instant | None
    mine: bool

    @classmethod
    def from_model(cls, export: Export, *, mine: bool) -> "ExportOut":
        return cls(
            id=export.id,
            channel_id=export.channel_id,
            asked_by=PersonOut.from_model(export.asked_by),
            asked_at=export.created_at,
            state=_STATES[ExportState(export.state)],
            done=export.done,
            total=export.total,
            size=export.size if mine else 0,
            sha256=export.sha256 if mine else "",
            expires_at=export.expires_at,
            mine=mine,
        )


class ExportsOut(Out):
    """The copies that were asked for, the latest first; `allowed`: I may ask for one."""

    items: list[ExportOut]
    allowed: bool


class ExportedPerson(Out):
    """Somebody who is named in the file."""

    id: UUID
    name: str


class ExportedFile(Out):
    """A document that a message carries. Name and digest stand here where the reader of the copy may read it."""

    id: UUID
    name: str | None
    size: int | None
    sha256: str | None


class ExportedRevision(Out):
    """What a message said until then."""

    text: str
    until: Instant


class ExportedReaction(Out):
    """One sign, how many gave it, and the first 200 of them."""

    emoji: str
    count: int
    people: list[UUID]


class ExportedMessage(Out):
    """A message; `event` instead of words when it tells what happened. Deleted: without its words."""

    id: UUID
    number: int
    thread: UUID | None
    in_channel: bool
    author: UUID
    created_at: Instant
    edited_at: Instant | None
    deleted_at: Instant | None
    text: str
    mentions: list[ExportedPerson]
    files: list[ExportedFile]
    reactions: list[ExportedReaction]
    poll: dict[str, Any] | None
    event: dict[str, Any] | None
    pinned_at: Instant | None
    revisions: list[ExportedRevision]


class ExportedDecision(Out):
    """An entry of the register of this conversation."""

    id: UUID
    number: int
    text: str
    decided_on: str
    decided_by: list[UUID]
    noted_by: UUID
    status: str
    replaced_by: UUID | None


class ExportedPlace(Out):
    """A workspace or a channel."""

    id: UUID
    name: str


class ExportedConversation(Out):
    """`conversation.json`: one object, whose messages stand in the order of their numbers. All times are UTC."""

    format: Literal["plano-conversation"]
    version: Literal[1]
    exported_at: Instant
    exported_by: ExportedPerson
    workspace: ExportedPlace
    channel: ExportedPlace
    kind: str
    topic: str
    history_from: int
    messages: list[ExportedMessage]
    decisions: list[ExportedDecision]
    people: list[ExportedPerson]
