"""What moderators do to others. The gate carries it out from what is written here (R-94)."""

from uuid import UUID

from django.db.models import F

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.errors import NotFound
from plano.meetings import policies, queries
from plano.meetings.actions.meetings import locked, note_emptiness, save
from plano.meetings.models import Grant, Participation, Removal
from plano.platform import audit
from plano.platform.live import unit_of_work


def mute_participant(*, actor: User, meeting_id: UUID, participant_id: UUID) -> None:
    """Switch somebody's microphone off; they may switch it on again."""
    policies.require_moderate(actor, queries.meeting_for(actor, meeting_id))
    with unit_of_work() as emit:
        meeting = locked(meeting_id)
        found = Participation.objects.filter(id=participant_id, meeting=meeting, left_at=None)
        if not found.update(mutes=F("mutes") + 1):
            raise NotFound
        save(emit, meeting)


def remove_participant(*, actor: User, meeting_id: UUID, participant_id: UUID) -> None:
    """Put somebody out; they do not come back into this meeting."""
    policies.require_moderate(actor, queries.meeting_for(actor, meeting_id))
    with unit_of_work() as emit:
        meeting = locked(meeting_id)
        found = Participation.objects.filter(id=participant_id, meeting=meeting).first()
        if found is None:
            raise NotFound
        Removal.objects.get_or_create(meeting=meeting, user_id=found.user_id)
        Grant.objects.filter(meeting=meeting, user_id=found.user_id).delete()
        Participation.objects.filter(meeting=meeting, user_id=found.user_id, left_at=None).update(left_at=now())
        note_emptiness(meeting)
        save(emit, meeting)
        audit.record(
            actor=actor,
            action="meeting.participant_removed",
            object_kind="person",
            object_id=found.user_id,
            workspace_id=meeting.workspace_id,
        )
