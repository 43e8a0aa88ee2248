"""A participant says yes, no or perhaps."""

from uuid import UUID

from plano.accounts.models import User
from plano.calendar import policies, queries
from plano.calendar.actions.common import locked, saved
from plano.calendar.models import Answer, Attendee
from plano.calendar.schemas import EventOut
from plano.platform.live import unit_of_work


def answer_event(*, actor: User, event_id: UUID, answer: Answer) -> EventOut:
    """Answer for oneself, for the whole series. Said twice: once."""
    policies.require_answer(actor, queries.event_for(actor, event_id))
    with unit_of_work() as emit:
        event = locked(event_id, None)
        changed = Attendee.objects.filter(event=event, user=actor).exclude(answer=answer).update(answer=answer)
        return saved(emit, event) if changed else queries.out(event)
