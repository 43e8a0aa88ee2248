"""From an event to what stands in the calendar: its occurrences, lazily and in order."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from plano.calendar.models import Event
from plano.calendar.recurrence import Rule, last_start, read_rule, starts
from plano.calendar.times import DAY, Span, Window

MAX_OCCURRENCES = 2000
FORM, DAY_FORM = "%Y%m%dT%H%M%S", "%Y%m%d"


class Override(TypedDict, total=False):
    """What one occurrence has of its own. Times are wall times in the zone of the series."""

    title: str
    description: str
    location: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One line of the calendar."""

    event: Event
    span: Span
    recurrence_id: str | None
    own: Override

    @property
    def order(self) -> tuple[datetime, datetime, UUID]:
        return self.span.starts_at, self.span.ends_at, self.event.id


def recurrence_id(start: datetime, zone: str | None) -> str:
    """The name of an occurrence: the wall time of its start in the series, as RECURRENCE-ID writes it."""
    return start.strftime(DAY_FORM if zone is None else FORM)


def original_start(recurrence_id: str, zone: str | None) -> datetime | None:
    """The start that a name says, or None when it says nothing."""
    try:
        return datetime.strptime(recurrence_id, DAY_FORM if zone is None else FORM)  # noqa: DTZ007
    except ValueError:
        return None


def override_span(event: Event, start: datetime, own: Override) -> Span:
    """When a changed occurrence is: where it was moved to, else where the series puts it."""
    if "start" not in own or "end" not in own:
        return event.span.moved_to(start)
    return Span(
        start=datetime.fromisoformat(own["start"]), end=datetime.fromisoformat(own["end"]), zone=event.time_zone
    )


def occurrences(event: Event, window: Window) -> Iterator[Occurrence]:
    """What of an event shows in a window, in order of start."""
    if not event.rrule:
        if window.shows(event.span):
            yield Occurrence(event=event, span=event.span, recurrence_id=None, own={})
        return
    changed = [occurrence for occurrence in _changed(event) if window.shows(occurrence.span)]
    changed.sort(key=lambda occurrence: occurrence.order)
    yield from heapq.merge(_regular(event, window), changed, key=lambda occurrence: occurrence.order)


def merged(events: Iterable[Event], window: Window) -> tuple[list[Occurrence], bool]:
    """All occurrences of these events in order, at most 2,000; true when there are more (R-100)."""
    found: list[Occurrence] = []
    for occurrence in heapq.merge(*(occurrences(event, window) for event in events), key=lambda found: found.order):
        if len(found) == MAX_OCCURRENCES:
            return found, True
        found.append(occurrence)
    return found, False


def occurrence_named(event: Event, name: str) -> Occurrence | None:
    """One occurrence of a series, as it is now; None when the series has none of this name or it was taken out."""
    if not has_start(event, name) or name in event.exdates:
        return None
    start = original_start(name, event.time_zone)
    assert start is not None
    own: Override = event.overrides.get(name, {})
    return Occurrence(event=event, span=override_span(event, start, own), recurrence_id=name, own=own)


def rule_of(event: Event) -> Rule:
    """The rule of a series."""
    return read_rule(event.rrule, start=event.start, zone=event.time_zone)


def has_start(event: Event, name: str) -> bool:
    """Whether the rule gives an occurrence of this name, taken out or not."""
    start = original_start(name, event.time_zone)
    if start is None or not event.rrule or start < event.start:
        return False
    return any(starts(rule_of(event), event.start, since=start, until=start + timedelta(seconds=1)))


def bounds(event: Event) -> tuple[datetime, datetime | None]:
    """The instants between which all occurrences lie; the second is None for a series without end."""
    spans = [event.span, *(occurrence.span for occurrence in _changed(event))]
    first = min(span.starts_at for span in spans)
    last = max(span.ends_at for span in spans)
    if event.rrule:
        final = last_start(rule_of(event), event.start)
        if final is None:
            return first, None
        last = max(last, event.span.moved_to(final).ends_at)
    return first, last


def _regular(event: Event, window: Window) -> Iterator[Occurrence]:
    span = event.span
    since = window.since.replace(tzinfo=None) - span.length - 2 * DAY
    until = window.until.replace(tzinfo=None) + 2 * DAY
    gone = set(event.exdates) | event.overrides.keys()
    for start in starts(rule_of(event), span.start, since=since, until=until):
        name = recurrence_id(start, span.zone)
        found = span.moved_to(start)
        if name not in gone and window.shows(found):
            yield Occurrence(event=event, span=found, recurrence_id=name, own={})


def _changed(event: Event) -> list[Occurrence]:
    found = []
    overrides: dict[str, Any] = event.overrides
    for name, own in overrides.items():
        start = original_start(name, event.time_zone)
        if start is not None and name not in event.exdates:
            span = override_span(event, start, own)
            found.append(Occurrence(event=event, span=span, recurrence_id=name, own=own))
    return found
