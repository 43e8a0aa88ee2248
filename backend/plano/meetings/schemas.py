"""What crosses the wire about meetings. `MeetingOut` is the same for every viewer; mine is in `MeetingForMe`."""

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.accounts.schemas import PersonOut
from plano.kernel.schemas import In, Instant, Line, Out
from plano.meetings.models import Meeting, Participation, State

StateName = Literal["scheduled", "open", "ended"]
Mode = Literal["sfu", "p2p"]
Title = Annotated[Line, Field(max_length=200)]
LinkKind = Annotated[str, Field(pattern=r"^[a-z]+(\.[a-z_]+)?$", max_length=40)]


class LinkIn(In):
    """The thing that a meeting belongs to, as `plano.platform.references` names it."""

    kind: LinkKind
    id: UUID


class MeetingIn(In):
    """A meeting to begin now, or at `starts_at`. Without title it gets one from its starter's name."""

    id: UUID | None = None
    title: Title = ""
    scope_id: UUID | None = None
    link: LinkIn | None = None
    starts_at: Instant | None = None


class MeetingPatch(In):
    title: Annotated[Title, Field(min_length=1)]


class LinkOut(Out):
    kind: str
    id: UUID


class ParticipantOut(Out):
    """Somebody who is in the meeting now."""

    id: UUID
    person: PersonOut
    guest: bool
    joined_at: Instant


class MeetingOut(Out):
    """A meeting with those who are in it. Who took part in a past one is not told (R-144)."""

    id: UUID
    workspace_id: UUID
    scope_id: UUID
    title: str
    state: StateName
    started_by: PersonOut
    link: LinkOut | None
    starts_at: Instant | None
    started_at: Instant | None
    ended_at: Instant | None
    created_at: Instant
    participants: list[ParticipantOut]
    version: int

    @classmethod
    def from_model(cls, meeting: Meeting, *, present: Iterable[tuple[Participation, bool]]) -> "MeetingOut":
        return cls(
            id=meeting.id,
            workspace_id=meeting.workspace_id,
            scope_id=meeting.scope_id,
            title=meeting.title,
            state=state_name(meeting.state),
            started_by=PersonOut.from_model(meeting.started_by),
            link=LinkOut(kind=meeting.link_kind, id=meeting.link_id) if meeting.link_id else None,
            starts_at=meeting.starts_at,
            started_at=meeting.started_at,
            ended_at=meeting.ended_at,
            created_at=meeting.created_at,
            participants=[
                ParticipantOut(
                    id=found.id, person=PersonOut.from_model(found.user), guest=guest, joined_at=found.created_at
                )
                for found, guest in present
            ],
            version=meeting.version,
        )


class MeetingAbilities(Out):
    """What this person may do with a meeting."""

    join: bool
    moderate: bool


class ScopeAbilities(Out):
    """`own`: meetings that I started; `others`: those of others."""

    own: MeetingAbilities
    others: MeetingAbilities


class MeetingForMe(MeetingOut):
    """A meeting with what I may do there and how its media travel.

    `p2p`: no media server; participants see each other's network addresses and `places` is small.
    """

    mode: Mode
    places: int
    mine: MeetingAbilities


class MeetingPage(Out):
    """Meetings, the ones under way first. `start`: whether I may begin one in the workspace itself."""

    items: list[MeetingOut]
    next: str | None
    abilities: dict[UUID, ScopeAbilities]
    start: bool
    mode: Mode


class JoinIn(In):
    """`resume`: the participant that I was a moment ago, on the same device."""

    resume: UUID | None = None


class IceServerOut(Out):
    """As RTCPeerConnection wants it."""

    urls: list[str]
    username: str | None = None
    credential: str | None = None


class JoinOut(Out):
    """The right to open the signalling socket once, within `expires_in` seconds."""

    token: str
    mode: Mode
    participant_id: UUID
    ice_servers: list[IceServerOut]
    expires_in: int


def state_name(state: str) -> StateName:
    """The word of a state on the wire."""
    names: dict[str, StateName] = {
        State.SCHEDULED: "scheduled",
        State.OPEN: "open",
        State.ENDED: "ended",
    }
    return names[state]
