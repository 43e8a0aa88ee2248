"""The iCalendar text of events (RFC 5545). The library escapes; nothing here builds a line by hand (R-101, R-104)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import icalendar

from plano.calendar.models import Answer, Attendee, Event
from plano.calendar.occurrences import Override, original_start, override_span
from plano.calendar.times import Span, zone_info

PRODUCT = "-//Plano//Plano//FR"
PARTSTAT = {
    Answer.NEEDS_ACTION: "NEEDS-ACTION",
    Answer.ACCEPTED: "ACCEPTED",
    Answer.DECLINED: "DECLINED",
    Answer.TENTATIVE: "TENTATIVE",
}


def calendar_text(events: Iterable[Event], *, name: str | None = None) -> bytes:
    """A calendar file with these events, the zones they need, and each changed occurrence beside its series."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if name is not None:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_series(event))
        for recurrence_id, own in sorted(event.overrides.items()):
            if recurrence_id not in event.exdates:
                calendar.add_component(_changed(event, recurrence_id, own))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _series(event: Event) -> icalendar.Event:
    component = _component(event, event.span, {})
    if event.rrule:
        component.add("rrule", icalendar.vRecur.from_ical(event.rrule))
        gone = [start for start in (original_start(name, event.time_zone) for name in event.exdates) if start]
        if gone:
            component.add("exdate", [_moment(start, event.time_zone) for start in gone])
    return component


def _changed(event: Event, recurrence_id: str, own: Override) -> icalendar.Event:
    start = original_start(recurrence_id, event.time_zone) or event.start
    component = _component(event, override_span(event, start, own), own)
    component.add("recurrence-id", _moment(start, event.time_zone))
    return component


def _component(event: Event, span: Span, own: Override) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("dtstamp", event.updated_at)
    component.add("created", event.created_at)
    component.add("last-modified", event.updated_at)
    component.add("sequence", event.sequence)
    component.add("summary", own.get("title", event.title))
    component.add("dtstart", _moment(span.start, span.zone))
    if span.end != span.start or span.end.fold != span.start.fold:  # an instant has no DTEND
        component.add("dtend", _moment(span.end, span.zone))
    description, location = own.get("description", event.description), own.get("location", event.location)
    if description:
        component.add("description", description)
    if location:
        component.add("location", location)
    for attendee in event.attendees.all():
        component.add("attendee", _attendee(attendee))
    return component


def _attendee(attendee: Attendee) -> icalendar.vCalAddress:
    """A participant by name. The address is no mail address: the file shows nobody's (R-10)."""
    address = icalendar.vCalAddress(f"urn:uuid:{attendee.user_id}")
    address.params["CN"] = attendee.user.name.replace('"', "'")
    address.params["PARTSTAT"] = PARTSTAT[Answer(attendee.answer)]
    return address


def _moment(wall: datetime, zone: str | None) -> date | datetime:
    """A date, a wall time with its zone, or UTC for the second of two equal hours, which a zone cannot say."""
    if zone is None:
        return wall.date()
    moment = wall.replace(tzinfo=zone_info(zone))
    return moment.astimezone(UTC) if wall.fold else moment
