"""The call of an event: one at a time, found again by the event's own link."""

from datetime import datetime, timedelta
from uuid import UUID

from plano.accounts.models import User
from plano.calendar import queries
from plano.calendar.actions.common import locked, saved
from plano.calendar.models import Event
from plano.kernel.clock import now
from plano.meetings import actions as meetings
from plano.meetings import queries as meetings_queries
from plano.meetings.models import Meeting
from plano.platform.live import unit_of_work

EARLY = timedelta(minutes=15)


def open_event_meeting(*, actor: User, event_id: UUID) -> Meeting:
    """The meeting of an event: found again by whoever sees the event; made, when there is none, by whoever may start
    one there; planned when the event is still to come. The event remembers its last one.
    """
    event = queries.event_for(actor, event_id)
    current = meetings_queries.open_by_link("event", event.id)
    if current is not None and current.scope_id == event.scope_id:
        return current
    with unit_of_work() as emit:
        event = locked(event_id, None)
        meeting = meetings.open_meeting(
            actor=actor,
            workspace=event.workspace,
            title=event.title,
            scope_id=event.scope_id,
            emit=emit,
            link=("event", event.id),
            starts_at=_planned_start(event),
        )
        if event.meeting_id != meeting.id:
            event.meeting_id = meeting.id
            saved(emit, event)
    return meeting


def _planned_start(event: Event) -> datetime | None:
    """None begins now: the occurrences of a series have no single start, and a few minutes early is now."""
    if event.rrule or event.span.all_day or event.span.starts_at <= now() + EARLY:
        return None
    return event.span.starts_at
