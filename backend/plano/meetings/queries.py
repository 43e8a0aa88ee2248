"""Reads about meetings, always for somebody; and the gate's own look at who may stay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When

from plano.accounts import sessions
from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.pagination import LIMIT, decode, encode
from plano.meetings import policies
from plano.meetings.models import Meeting, Participation, State
from plano.meetings.schemas import MeetingForMe, MeetingOut, MeetingPage, Mode, ParticipantOut
from plano.platform.references import Card
from plano.workspaces import policies as access
from plano.workspaces.models import Membership, Role, Room

P2P_PLACES = 4
SFU_PLACES = 60
FORGET_SILENT_AFTER = timedelta(seconds=90)
_ORDER = Case(
    When(state=State.OPEN, then=Value(0)),
    When(state=State.SCHEDULED, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def mode() -> Mode:
    """Through the media server when one is configured or was found; else from browser to browser."""
    return "sfu" if settings.PLANO.janus_url else "p2p"


def places() -> int:
    """How many people one meeting holds."""
    return SFU_PLACES if mode() == "sfu" else P2P_PLACES


def meeting_for(actor: User, meeting_id: UUID) -> Meeting:
    """A meeting that the actor sees."""
    meeting = Meeting.objects.select_related("workspace", "started_by").filter(id=meeting_id).first()
    policies.require_meeting(actor, meeting)
    assert meeting is not None
    return meeting


def for_me(actor: User, meeting_id: UUID) -> MeetingForMe:
    """A meeting with what the actor may do there."""
    meeting = meeting_for(actor, meeting_id)
    role = policies.require_meeting(actor, meeting)
    mine = policies.abilities(
        role, own=meeting.started_by_id == actor.id, archived=meeting.workspace.archived_at is not None
    )
    return MeetingForMe(**dict(outs([meeting])[0]), mode=mode(), places=places(), mine=mine)


def page_for(actor: User, workspace_id: UUID, cursor: str | None = None) -> MeetingPage:
    """The meetings of a workspace that the actor sees: under way, planned, then past ones, newest first."""
    membership = access.membership_of(actor, workspace_id)
    access.require_room(membership.workspace, Room.MEETINGS)
    found = _visible(actor, workspace_id).annotate(rank=_ORDER).order_by("rank", "-created_at", "-id")
    if cursor:
        rank, last = decode(cursor, size=2)
        before = Meeting.objects.filter(id=last).values_list("created_at", flat=True).first() or now()
        found = found.filter(rank__gte=int(rank)).exclude(rank=int(rank), created_at__gte=before)
    meetings = list(found[: LIMIT + 1])
    more = len(meetings) > LIMIT
    meetings = meetings[:LIMIT]
    archived = membership.workspace.archived_at is not None
    roles = access.roles_by_scope(actor, workspace_id)
    wanted = {meeting.scope_id for meeting in meetings} | ({workspace_id} & roles.keys())
    return MeetingPage(
        items=outs(meetings),
        next=encode(_rank(meetings[-1]), str(meetings[-1].id)) if more else None,
        abilities={
            scope_id: policies.scope_abilities(roles[scope_id], archived=archived)
            for scope_id in wanted
            if scope_id in roles
        },
        start=workspace_id in roles and roles[workspace_id] >= Role.MEMBER,
        mode=mode(),
    )


def current_for(actor: User, workspace_id: UUID | None = None) -> list[MeetingOut]:
    """Meetings under way with somebody in them, in one workspace or in all, for Accueil and Mon bureau."""
    found = _visible(actor, workspace_id).filter(state=State.OPEN, participations__left_at=None)
    return [
        meeting
        for meeting in outs(list(found.exclude(participations=None).distinct().order_by("started_at", "id")))
        if meeting.participants
    ]


def upcoming(actor: User, workspace_id: UUID | None = None, limit: int = 5) -> list[MeetingOut]:
    """Planned meetings that have not begun, the next first."""
    found = _visible(actor, workspace_id).filter(state=State.SCHEDULED, starts_at__gte=now() - timedelta(hours=1))
    return outs(list(found.order_by("starts_at", "id")[:limit]))


def search_names(actor: User, text: str, limit: int = 5, *, workspace_id: UUID | None = None) -> list[Meeting]:
    """Meetings whose title has all the words, the latest first; accents do not matter."""
    words = text.split()[:5]
    if not words:
        return []
    found = _visible(actor, workspace_id)
    for word in words:
        found = found.filter(title__unaccent__icontains=word)
    return list(found.order_by("-created_at", "id")[:limit])


def participant_out(participation_id: UUID) -> ParticipantOut:
    """Somebody in a meeting, with the guest's mark: what the gate shows to the others."""
    found = Participation.objects.select_related("meeting", "meeting__started_by").get(id=participation_id)
    return next(each for each in outs([found.meeting])[0].participants if each.id == participation_id)


def resolve(actor: User, ids: list[UUID]) -> dict[UUID, Card]:
    """What links to the meetings among these ids show that the actor sees."""
    return {
        meeting.id: Card(
            title=meeting.title,
            workspace_id=meeting.workspace_id,
            status=meeting.state,
            at=meeting.started_at or meeting.starts_at,
        )
        for meeting in _visible(actor).filter(id__in=ids)
    }


def open_by_link(kind: str, id: UUID) -> Meeting | None:
    """The meeting of a channel or event that is not over yet."""
    found = Meeting.objects.select_related("workspace", "started_by").filter(link_kind=kind, link_id=id)
    return found.exclude(state=State.ENDED).order_by("-created_at").first()


def outs(meetings: Sequence[Meeting]) -> list[MeetingOut]:
    """Each with those who are in it: two queries for all."""
    present = (
        Participation.objects.filter(meeting__in=meetings, left_at=None)
        .select_related("user")
        .order_by("created_at", "id")
    )
    by_meeting: dict[UUID, list[Participation]] = {}
    for participation in present:
        by_meeting.setdefault(participation.meeting_id, []).append(participation)
    guests = _guests(meetings, present)
    return [
        MeetingOut.from_model(
            meeting,
            present=[
                (found, (meeting.workspace_id, found.user_id) in guests) for found in by_meeting.get(meeting.id, [])
            ],
        )
        for meeting in meetings
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """A connection of the gate: who, by which session, in which meeting."""

    participation_id: UUID
    user_id: UUID
    session_id: UUID
    meeting_id: UUID


def outcast(connections: Iterable[Standing]) -> tuple[dict[UUID, str], dict[UUID, int]]:
    """Who must go and why, and how often each of the others was muted by a moderator. A few queries for all (R-07)."""
    there = list(connections)
    living = sessions.live_ids([each.session_id for each in there])
    rows = {
        row.id: row
        for row in Participation.objects.filter(id__in=[each.participation_id for each in there]).select_related(
            "meeting", "meeting__workspace", "user"
        )
    }
    viewers: dict[UUID, set[UUID]] = {}
    for row in rows.values():
        scope_id = row.meeting.scope_id
        if scope_id not in viewers:
            viewers[scope_id] = set(access.viewers_of_scope(scope_id).values_list("id", flat=True))
    removed = set(
        Meeting.objects.filter(id__in={each.meeting_id for each in there}, removals__isnull=False).values_list(
            "id", "removals__user_id"
        )
    )
    gone: dict[UUID, str] = {}
    for each in there:
        found = rows.get(each.participation_id)
        reason = _why_out(each, found, living=living, viewers=viewers, removed=removed)
        if reason:
            gone[each.participation_id] = reason
    return gone, {row.id: row.mutes for row in rows.values() if row.id not in gone}


def _why_out(
    each: Standing,
    row: Participation | None,
    *,
    living: set[UUID],
    viewers: dict[UUID, set[UUID]],
    removed: set[tuple[UUID, UUID]],
) -> str:
    if row is None or each.session_id not in living:
        return "signed_out"
    if row.meeting.state == State.ENDED:
        return "ended"
    if (each.meeting_id, each.user_id) in removed:
        return "removed"
    workspace = row.meeting.workspace
    if each.user_id not in viewers[row.meeting.scope_id] or Room.MEETINGS not in workspace.rooms:
        return "access_lost"
    if workspace.archived_at is not None:
        return "access_lost"
    return "left" if row.left_at is not None else ""


def _visible(actor: User, workspace_id: UUID | None = None) -> QuerySet[Meeting]:
    return Meeting.objects.filter(
        scope_id__in=access.visible_scope_ids(actor, workspace_id), workspace__rooms__contains=[Room.MEETINGS]
    ).select_related("workspace", "started_by")


def _guests(meetings: Sequence[Meeting], present: Iterable[Participation]) -> set[tuple[UUID, UUID]]:
    found = Membership.objects.filter(
        workspace_id__in={meeting.workspace_id for meeting in meetings},
        user_id__in={participation.user_id for participation in present},
        role=Role.GUEST,
    )
    return set(found.values_list("workspace_id", "user_id"))


def _rank(meeting: Meeting) -> int:
    return {State.OPEN: 0, State.SCHEDULED: 1}.get(State(meeting.state), 2)
