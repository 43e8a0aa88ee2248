"""Coming and going: the grant, the entry with it, leaving, and being gone."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from plano.accounts import sessions
from plano.accounts.models import User
from plano.accounts.tokens import new_token, token_hash
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden
from plano.kernel.ids import uuid7
from plano.meetings import policies, queries
from plano.meetings.actions.meetings import locked, note_emptiness, save
from plano.meetings.models import Grant, Meeting, Participation, State
from plano.platform.live import Emit, unit_of_work
from plano.workspaces.models import Workspace

GRANT_SECONDS = 60


def take_grant(*, actor: User, session_id: UUID, meeting_id: UUID, resume: UUID | None = None) -> tuple[Grant, str]:
    """The right to connect once within a minute. With `resume`, as the participant that one still is."""
    meeting = policies.require_enter(actor, queries.meeting_for(actor, meeting_id))
    present = Participation.objects.filter(meeting=meeting, left_at=None)
    if present.exclude(user=actor).count() >= queries.places():
        raise Conflict("meeting_full")
    resumed = resume is not None and present.filter(id=resume, user=actor).exists()
    token = new_token()
    grant = Grant.objects.create(
        token_hash=token_hash(token),
        meeting=meeting,
        user=actor,
        session_id=session_id,
        participation_id=resume if resumed and resume is not None else uuid7(),
        expires_at=now() + timedelta(seconds=GRANT_SECONDS),
    )
    return grant, token


def enter(*, token: str, user_id: UUID, session_id: UUID, meeting_id: UUID) -> Participation:
    """Use a grant: once, by its own person, in its own session and meeting, and only if all rights still hold.

    Another connection of the same person is replaced.
    """
    with unit_of_work() as emit:
        grant = Grant.objects.select_for_update().filter(token_hash=token_hash(token)).first()
        if grant is None or grant.expires_at < now():
            raise Forbidden("grant_refused")
        if (grant.user_id, grant.session_id, grant.meeting_id) != (user_id, session_id, meeting_id):
            raise Forbidden("grant_refused")
        grant.delete()
        actor = User.objects.get(id=user_id)
        if session_id not in sessions.live_ids([session_id]):
            raise Forbidden("grant_refused")
        policies.require_enter(actor, queries.meeting_for(actor, meeting_id))
        meeting = locked(meeting_id)
        if meeting.state == State.ENDED:
            raise Conflict("meeting_ended")
        return _present(emit, meeting, actor, grant.participation_id)


def leave(*, participation_id: UUID, user_id: UUID | None = None) -> None:
    """No longer there. Already gone: nothing changes."""
    found = Participation.objects.filter(id=participation_id, left_at=None)
    if user_id is not None:
        found = found.filter(user_id=user_id)
    participation = found.first()
    if participation is None:
        return
    with unit_of_work() as emit:
        meeting = locked(participation.meeting_id)
        if Participation.objects.filter(id=participation.id, left_at=None).update(left_at=now()):
            note_emptiness(meeting)
            save(emit, meeting)


def leave_meeting(*, actor: User, meeting_id: UUID) -> None:
    """Out of it on whichever device."""
    Grant.objects.filter(user=actor, meeting_id=meeting_id).delete()
    there = Participation.objects.filter(meeting_id=meeting_id, user=actor, left_at=None).first()
    if there is not None:
        leave(participation_id=there.id, user_id=actor.id)


def leave_workspace(person: User, workspace: Workspace, emit: Emit) -> None:
    """Inside the unit of work that takes somebody out of a workspace: out of its meetings too (R-07)."""
    Grant.objects.filter(user=person, meeting__workspace=workspace).delete()
    there = Participation.objects.filter(user=person, left_at=None, meeting__workspace=workspace)
    for meeting_id in sorted(there.values_list("meeting_id", flat=True)):
        meeting = locked(meeting_id)
        Participation.objects.filter(meeting=meeting, user=person, left_at=None).update(left_at=now())
        note_emptiness(meeting)
        save(emit, meeting)


def keep_alive(participation_ids: Iterable[UUID]) -> None:
    """The gate still holds these connections."""
    Participation.objects.filter(id__in=list(participation_ids), left_at=None).update(seen_at=now())


def _present(emit: Emit, meeting: Meeting, actor: User, participation_id: UUID) -> Participation:
    there = Participation.objects.filter(meeting=meeting, left_at=None)
    same = there.filter(id=participation_id, user=actor).first()
    if same is not None:
        keep_alive([same.id])
        return same
    there.filter(user=actor).update(left_at=now())
    if there.count() >= queries.places():
        raise Conflict("meeting_full")
    made = Participation.objects.create(id=participation_id, meeting=meeting, user=actor, seen_at=now())
    if meeting.state == State.SCHEDULED:
        meeting.state, meeting.started_at = State.OPEN, now()
    meeting.empty_since = None
    save(emit, meeting)
    return made
