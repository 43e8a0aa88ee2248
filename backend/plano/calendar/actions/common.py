"""What all verbs of the calendar share: taking an event in hand, and telling of it."""

from uuid import UUID

from plano.accounts.models import User
from plano.calendar import queries
from plano.calendar.live import EVENT
from plano.calendar.models import Answer, Attendee, Event
from plano.calendar.occurrences import bounds
from plano.calendar.schemas import EventOut
from plano.kernel.errors import NotFound, PreconditionFailed
from plano.platform.live import Emit


def locked(event_id: UUID, expected: int | None) -> Event:
    """The event, held until the end of the transaction; refused when the caller believes in another version."""
    event = (
        Event.objects.select_for_update(of=("self",))
        .select_related("organiser", "workspace")
        .filter(id=event_id, deleted_at=None)
        .first()
    )
    if event is None:
        raise NotFound
    if expected is not None and event.version != expected:
        raise PreconditionFailed(errors={"current": queries.out(event).model_dump(mode="json")})
    return event


def saved(emit: Emit, event: Event) -> EventOut:
    """Count the change, write it, tell the scope."""
    event.first_at, event.last_at = bounds(event)
    event.touch()
    event.save()
    result = queries.out(event)
    emit.changed(EVENT, scope=event.scope_id, data=result)
    return result


def ask_again(event: Event) -> None:
    """Another time asks everybody again, except the person who planned it (RFC 5546, 3.2.2)."""
    event.sequence += 1
    Attendee.objects.filter(event=event).exclude(user_id=event.organiser_id).update(answer=Answer.NEEDS_ACTION)


def invite(event: Event, people: list[User]) -> list[User]:
    """Make these people the participants; returns those who are new."""
    present = set(Attendee.objects.filter(event=event).values_list("user_id", flat=True))
    wanted = {person.id for person in people}
    Attendee.objects.filter(event=event, user_id__in=present - wanted).delete()
    fresh = [person for person in people if person.id not in present]
    Attendee.objects.bulk_create(
        Attendee(
            event=event,
            user=person,
            answer=Answer.ACCEPTED if person.id == event.organiser_id else Answer.NEEDS_ACTION,
        )
        for person in fresh
    )
    return fresh
