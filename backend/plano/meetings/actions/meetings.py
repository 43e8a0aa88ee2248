"""The meeting itself: start, open for a channel or an event, rename, end; none stays open for ever."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.errors import Conflict
from plano.kernel.ids import uuid7
from plano.kernel.text import folded
from plano.meetings import policies, queries
from plano.meetings.actions.telling import tell
from plano.meetings.models import Grant, Meeting, Participation, State
from plano.platform import audit, database
from plano.platform.live import Emit, unit_of_work
from plano.workspaces.models import Workspace

Link = tuple[str, UUID]
EMPTY_FOR = timedelta(minutes=5)
PLANNED_FOR = timedelta(hours=12)
VOWELS = "aeiouyhàâäéèêëîïôöùûüœæ"  # « d’Alice », « de Bruno »


def start_meeting(
    *,
    actor: User,
    workspace_id: UUID,
    id: UUID,
    title: str = "",
    scope_id: UUID | None = None,
    link: Link | None = None,
    starts_at: datetime | None = None,
) -> Meeting:
    """Begin or plan a meeting. Sent again with the same id: the same meeting."""
    existing = Meeting.objects.select_related("workspace", "started_by").filter(id=id).first()
    if existing is not None:
        if existing.started_by_id != actor.id or existing.workspace_id != workspace_id:
            raise Conflict("identifier_in_use")
        return existing
    policies.require_start(actor, workspace_id, scope_id or workspace_id)
    workspace = Workspace.objects.get(id=workspace_id)
    with unit_of_work() as emit:
        return open_meeting(
            actor=actor,
            workspace=workspace,
            title=title,
            scope_id=scope_id or workspace_id,
            link=link,
            starts_at=starts_at,
            emit=emit,
            id=id,
        )


def open_meeting(
    *,
    actor: User,
    workspace: Workspace,
    title: str,
    scope_id: UUID,
    emit: Emit,
    link: Link | None = None,
    starts_at: datetime | None = None,
    id: UUID | None = None,
) -> Meeting:
    """Inside a unit of work: a meeting in this place. A channel or event has one at a time: it is found again."""
    scope = policies.require_start(actor, workspace.id, scope_id)
    if link is not None:
        current = queries.open_by_link(*link)
        if current is not None and current.scope_id == scope_id:
            return current
    planned = starts_at is not None and starts_at > now()
    meeting = Meeting.objects.create(
        id=id or uuid7(),
        workspace=workspace,
        scope=scope,
        title=title or _own_title(actor),
        state=State.SCHEDULED if planned else State.OPEN,
        started_by=actor,
        link_kind=link[0] if link else "",
        link_id=link[1] if link else None,
        starts_at=starts_at,
        started_at=None if planned else now(),
        empty_since=None if planned else now(),
    )
    tell(emit, meeting)
    return meeting


def rename_meeting(*, actor: User, meeting_id: UUID, title: str) -> Meeting:
    """Another title; also for its past ones, so that they can be found."""
    policies.require_moderate(actor, queries.meeting_for(actor, meeting_id))
    with unit_of_work() as emit:
        meeting = locked(meeting_id)
        meeting.title = title
        save(emit, meeting)
    return meeting


def end_meeting(*, actor: User, meeting_id: UUID) -> Meeting:
    """For everybody, at once. Already over: nothing changes."""
    policies.require_moderate(actor, queries.meeting_for(actor, meeting_id))
    with unit_of_work() as emit:
        meeting = locked(meeting_id)
        if meeting.state != State.ENDED:
            close(emit, meeting)
            audit.record(
                actor=actor,
                action="meeting.ended",
                object_kind="meeting",
                object_id=meeting.id,
                workspace_id=meeting.workspace_id,
            )
    return meeting


def close_empty() -> int:
    """End what has been empty for five minutes, and forget those whose connection went without a word.

    A planned meeting that nobody opened is over twelve hours after its time.
    """
    at = now()
    silent = Participation.objects.filter(left_at=None, seen_at__lt=at - queries.FORGET_SILENT_AFTER)
    for meeting_id in set(silent.values_list("meeting_id", flat=True)):
        with unit_of_work() as emit:
            meeting = locked(meeting_id)
            silent.filter(meeting=meeting).update(left_at=at)
            note_emptiness(meeting)
            save(emit, meeting)
    over = Meeting.objects.filter(
        Q(state=State.OPEN, empty_since__lt=at - EMPTY_FOR) | Q(state=State.SCHEDULED, starts_at__lt=at - PLANNED_FOR)
    )
    count = 0
    for meeting_id in list(over.values_list("id", flat=True)[:500]):
        with unit_of_work() as emit:
            meeting = locked(meeting_id)
            if meeting.state != State.ENDED and not meeting.participations.filter(left_at=None).exists():
                close(emit, meeting)
                count += 1
    Grant.objects.filter(expires_at__lt=at).delete()
    return count


def locked(meeting_id: UUID) -> Meeting:
    """The row, ours until the end of the unit of work: comings and goings are told in order."""
    return database.locked(Meeting.objects.filter(id=meeting_id), "workspace", "started_by")


def save(emit: Emit, meeting: Meeting) -> None:
    """Count one more change and tell it."""
    meeting.touch()
    meeting.save()
    tell(emit, meeting)


def close(emit: Emit, meeting: Meeting) -> None:
    """Over: nobody is in it any more, and no grant opens it."""
    meeting.state, meeting.ended_at, meeting.empty_since = State.ENDED, now(), None
    meeting.participations.filter(left_at=None).update(left_at=now())
    Grant.objects.filter(meeting=meeting).delete()
    save(emit, meeting)


def note_emptiness(meeting: Meeting) -> None:
    """Since when nobody is there."""
    if meeting.state != State.OPEN or meeting.participations.filter(left_at=None).exists():
        meeting.empty_since = None
    elif meeting.empty_since is None:
        meeting.empty_since = now()


def _own_title(actor: User) -> str:
    if actor.language == "en":
        return f"{actor.name}’s meeting"
    return f"Réunion d’{actor.name}" if folded(actor.name)[:1] in VOWELS else f"Réunion de {actor.name}"
