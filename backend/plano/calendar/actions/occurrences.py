"""One occurrence of a series: change it, take it out, put it back. The others stay as they are."""

from uuid import UUID

from plano.accounts.models import User
from plano.calendar import policies, queries
from plano.calendar.actions.common import locked, saved
from plano.calendar.models import Event
from plano.calendar.occurrences import Override, has_start, occurrence_named, original_start
from plano.calendar.schemas import EventOut
from plano.calendar.times import Span, checked, read_span, wall
from plano.kernel.errors import Conflict, NotFound
from plano.platform.live import unit_of_work

MAX_EXCEPTIONS = 500


def update_occurrence(
    *,
    actor: User,
    event_id: UUID,
    recurrence_id: str,
    expected: int | None = None,
    title: str | None = None,
    description: str | None = None,
    location: str | None = None,
    start: str | None = None,
    end: str | None = None,
    time_zone: str | None = None,
) -> EventOut:
    """Give one occurrence words or a time of its own. Back to what the series says: no longer different."""
    policies.require_edit(actor, queries.event_for(actor, event_id))
    with unit_of_work() as emit:
        event = locked(event_id, expected)
        occurrence = occurrence_named(event, recurrence_id)
        if occurrence is None:
            raise NotFound
        own: Override = {**occurrence.own}
        if title is not None:
            own["title"] = title
        if description is not None:
            own["description"] = description
        if location is not None:
            own["location"] = location
        if start is not None or end is not None:
            span = _span(event, occurrence.span, start=start, end=end, time_zone=time_zone)
            if span != occurrence.span:
                event.sequence += 1
            own["start"], own["end"] = span.start.isoformat(), span.end.isoformat()
        before = event.overrides
        _keep(event, recurrence_id, own)
        return queries.out(event) if event.overrides == before else saved(emit, event)


def cancel_occurrence(*, actor: User, event_id: UUID, recurrence_id: str, expected: int | None = None) -> EventOut:
    """Take one occurrence out. Already out: nothing changes."""
    policies.require_edit(actor, queries.event_for(actor, event_id))
    with unit_of_work() as emit:
        event = locked(event_id, expected)
        if not has_start(event, recurrence_id):
            raise NotFound
        if recurrence_id in event.exdates:
            return queries.out(event)
        _require_place(len(event.exdates))
        event.exdates = sorted([*event.exdates, recurrence_id])
        event.sequence += 1
        return saved(emit, event)


def restore_occurrence(*, actor: User, event_id: UUID, recurrence_id: str) -> EventOut:
    """Put an occurrence back, with what it had of its own."""
    policies.require_edit(actor, queries.event_for(actor, event_id))
    with unit_of_work() as emit:
        event = locked(event_id, None)
        if not has_start(event, recurrence_id):
            raise NotFound
        if recurrence_id not in event.exdates:
            return queries.out(event)
        event.exdates = [name for name in event.exdates if name != recurrence_id]
        event.sequence += 1
        return saved(emit, event)


def _span(event: Event, now: Span, *, start: str | None, end: str | None, time_zone: str | None) -> Span:
    """The new time, in the zone of the series whatever zone it was said in."""
    span = read_span(
        start=start,
        end=end,
        time_zone=time_zone,
        all_day=event.span.all_day,
        default_zone=event.time_zone or "UTC",
        base=now,
    )
    if span.zone != event.time_zone and event.time_zone is not None:
        span = Span(
            start=wall(span.starts_at, event.time_zone), end=wall(span.ends_at, event.time_zone), zone=event.time_zone
        )
    return checked(span)


def _keep(event: Event, name: str, own: Override) -> None:
    """Remember what differs from the series, and forget what no longer does."""
    start = original_start(name, event.time_zone)
    assert start is not None
    regular = event.span.moved_to(start)
    if (own.get("start"), own.get("end")) == (regular.start.isoformat(), regular.end.isoformat()):
        del own["start"], own["end"]
    for key, usual in (("title", event.title), ("description", event.description), ("location", event.location)):
        if own.get(key) == usual:
            del own[key]  # type: ignore[misc]
    overrides = dict(event.overrides)
    if own:
        overrides[name] = own
        _require_place(len(overrides) - 1)
    else:
        overrides.pop(name, None)
    event.overrides = overrides


def _require_place(count: int) -> None:
    if count >= MAX_EXCEPTIONS:
        raise Conflict("too_many_exceptions")
