"""What crosses the wire about events: the REST answer and the live frame are the same."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from plano.accounts.schemas import PersonOut
from plano.calendar.models import Answer, Attendee, Event
from plano.calendar.occurrences import Occurrence, Override, original_start, override_span
from plano.calendar.times import Span, wall
from plano.kernel.schemas import In, Instant, Line, Out, Prose, ThingIn, ThingOut

Title = Annotated[Line, Field(min_length=1, max_length=200)]
Description = Annotated[Prose, Field(max_length=20_000)]
Location = Annotated[Line, Field(max_length=200)]
Color = Annotated[int, Field(ge=1, le=8)]
Moment = Annotated[str, Field(min_length=8, max_length=40)]
"""An RFC 3339 instant, a wall time (`2026-11-24T09:00`) in the event's zone, or a date for whole days."""
ZoneName = Annotated[str, Field(min_length=1, max_length=64)]
RuleText = Annotated[str, Field(max_length=500)]
People = Annotated[list[UUID], Field(max_length=90)]
AnswerName = Literal["needs-action", "accepted", "declined", "tentative"]
ANSWERS: dict[str, AnswerName] = {
    Answer.NEEDS_ACTION: "needs-action",
    Answer.ACCEPTED: "accepted",
    Answer.DECLINED: "declined",
    Answer.TENTATIVE: "tentative",
}


class EventIn(In):
    """A new event. Without `time_zone`: the writer's own. The end of whole days is excluded (RFC 5545).

    `origin`: what it is made from.
    """

    id: UUID | None = None
    title: Title
    start: Moment
    end: Moment | None = None
    time_zone: ZoneName | None = None
    all_day: bool | None = None
    description: Description = ""
    location: Location = ""
    color: Color | None = None
    rrule: RuleText = ""
    attendees: People = []
    origin: ThingIn | None = None


class EventPatch(In):
    """The fields that change; an empty `rrule` ends the recurrence."""

    title: Title | None = None
    start: Moment | None = None
    end: Moment | None = None
    time_zone: ZoneName | None = None
    all_day: bool | None = None
    description: Description | None = None
    location: Location | None = None
    color: Color | None = None
    rrule: RuleText | None = None
    attendees: People | None = None


class OccurrencePatch(In):
    """What one occurrence of a series has of its own."""

    title: Title | None = None
    start: Moment | None = None
    end: Moment | None = None
    time_zone: ZoneName | None = None
    description: Description | None = None
    location: Location | None = None


class AnswerIn(In):
    answer: AnswerName


class AttendeeOut(Out):
    person: PersonOut
    answer: AnswerName


class Times(Out):
    """`start` and `end`: instants in UTC, or dates for whole days (end excluded). `…_local`: what the wall says."""

    all_day: bool
    start: str
    end: str
    start_local: str
    end_local: str
    time_zone: str | None


class EventBase(Times):
    id: UUID
    workspace_id: UUID
    scope_id: UUID
    uid: str
    title: str
    description: str
    location: str
    color: int
    rrule: str
    attendees: list[AttendeeOut]
    organiser: PersonOut
    meeting_id: UUID | None
    origin: ThingOut | None
    sequence: int
    version: int
    created_at: Instant
    updated_at: Instant


class OverrideOut(Times):
    """An occurrence that differs from its series; a null text is the series' own."""

    recurrence_id: str
    title: str | None
    description: str | None
    location: str | None


class EventOut(EventBase):
    """An event, or a whole series: its times are those of the first one."""

    exdates: list[str]
    overrides: list[OverrideOut]

    @classmethod
    def from_model(cls, event: Event) -> "EventOut":
        overrides: dict[str, Override] = event.overrides
        return cls(
            **_shared(event),
            **_times(event.span),
            title=event.title,
            description=event.description,
            location=event.location,
            exdates=list(event.exdates),
            overrides=[_override(event, name, own) for name, own in sorted(overrides.items())],
        )


class OccurrenceOut(EventBase):
    """One line of the calendar. `id` is the event's; `recurrence_id` names the occurrence of a series."""

    recurrence_id: str | None
    changed: bool
    """It differs from its series."""


class EventAbilities(Out):
    edit: bool
    delete: bool
    answer: bool


class EventScopeAbilities(Out):
    own: EventAbilities
    others: EventAbilities


class EventPage(Out):
    """Occurrences in order of start. `truncated`: there were more than 2,000."""

    items: list[OccurrenceOut]
    next: str | None = None
    truncated: bool
    abilities: dict[str, EventScopeAbilities]


def occurrence_lines(occurrences: list[Occurrence]) -> list[OccurrenceOut]:
    """The lines of a page; what the occurrences of a series share is made once."""
    shared: dict[UUID, dict[str, Any]] = {}
    lines = []
    for occurrence in occurrences:
        event, own = occurrence.event, occurrence.own
        if event.id not in shared:
            shared[event.id] = _shared(event)
        line = OccurrenceOut(
            **shared[event.id],
            **_times(occurrence.span),
            title=own.get("title", event.title),
            description=own.get("description", event.description),
            location=own.get("location", event.location),
            recurrence_id=occurrence.recurrence_id,
            changed=bool(own),
        )
        lines.append(line)
    return lines


def _shared(event: Event) -> dict[str, Any]:
    """What an event and its occurrences have in common."""
    people = sorted(event.attendees.all(), key=lambda attendee: (attendee.user.name.casefold(), attendee.user_id))
    return {
        "id": event.id,
        "workspace_id": event.workspace_id,
        "scope_id": event.scope_id,
        "uid": event.uid,
        "color": event.color,
        "rrule": event.rrule,
        "attendees": [_attendee(attendee) for attendee in people],
        "organiser": PersonOut.from_model(event.organiser),
        "meeting_id": event.meeting_id,
        "origin": ThingOut.of(event.origin),
        "sequence": event.sequence,
        "version": event.version,
        "created_at": event.created_at,
        "updated_at": event.updated_at,
    }


def _attendee(attendee: Attendee) -> AttendeeOut:
    return AttendeeOut(person=PersonOut.from_model(attendee.user), answer=ANSWERS[attendee.answer])


def _times(span: Span) -> dict[str, Any]:
    if span.zone is None:
        first, last = span.start.date().isoformat(), span.end.date().isoformat()
        return {
            "all_day": True,
            "start": first,
            "end": last,
            "start_local": first,
            "end_local": last,
            "time_zone": None,
        }
    starts, ends = span.starts_at, span.ends_at
    return {
        "all_day": False,
        "start": starts.isoformat().replace("+00:00", "Z"),
        "end": ends.isoformat().replace("+00:00", "Z"),
        "start_local": wall(starts, span.zone).isoformat(),
        "end_local": wall(ends, span.zone).isoformat(),
        "time_zone": span.zone,
    }


def _override(event: Event, name: str, own: Override) -> OverrideOut:
    start = original_start(name, event.time_zone) or event.start
    return OverrideOut(
        **_times(override_span(event, start, own)),
        recurrence_id=name,
        title=own.get("title"),
        description=own.get("description"),
        location=own.get("location"),
    )
