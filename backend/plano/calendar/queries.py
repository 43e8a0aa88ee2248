"""Reads of the calendar, always for somebody."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from plano.accounts.models import User
from plano.calendar import policies
from plano.calendar.models import Answer, Attendee, Event
from plano.calendar.occurrences import merged
from plano.calendar.schemas import EventOut, EventPage, OccurrenceOut, occurrence_lines
from plano.calendar.times import DAY, Window, day_window, read_window, wall
from plano.kernel.clock import now
from plano.kernel.errors import NotFound
from plano.platform.references import Card
from plano.platform.references.made import State
from plano.workspaces import policies as workspaces
from plano.workspaces.models import Role, Room

PEOPLE = Prefetch("attendees", queryset=Attendee.objects.select_related("user"))
MAX_EVENTS = 2001
NEXT_DAYS = 31


def event_for(actor: User, event_id: UUID) -> Event:
    """An event that the person may see; NotFound for all others (R-03)."""
    event = _with_people(policies.visible_to(actor)).filter(id=event_id).first()
    if event is None:
        raise NotFound
    return event


def deleted_event_for(actor: User, event_id: UUID) -> Event:
    """An event that was taken out of a calendar whose scope the person sees, or that is still there."""
    event = Event.objects.select_related("workspace").filter(id=event_id).first()
    if event is None or workspaces.role_in(actor, event.scope_id) is None:
        raise NotFound
    workspaces.require_room(event.workspace, Room.CALENDAR)
    return event


def out(event: Event) -> EventOut:
    """The event as it travels, with its participants as they are now."""
    event.__dict__.pop("_prefetched_objects_cache", None)
    prefetch_related_objects([event], PEOPLE)
    return EventOut.from_model(event)


def page_for(actor: User, workspace_id: UUID, *, since: str | None, until: str | None) -> EventPage:
    """The calendar of a workspace between two moments; a year around today when none is given."""
    membership = workspaces.membership_of(actor, workspace_id)
    workspaces.require_room(membership.workspace, Room.CALENDAR)
    window = _window(actor, since, until)
    found, truncated = merged(_in_window(policies.visible_to(actor, workspace_id), window), window)
    return EventPage(items=occurrence_lines(found), truncated=truncated, abilities=policies.abilities(membership))


def my_page_for(actor: User, *, since: str | None, until: str | None) -> EventPage:
    """What concerns me in all my workspaces between two moments."""
    window = _window(actor, since, until)
    found, truncated = merged(_in_window(_mine(actor), window), window)
    return EventPage(items=occurrence_lines(found), truncated=truncated, abilities={})


@dataclass(frozen=True, slots=True)
class CalendarText:
    """What a calendar file is made of."""

    name: str
    slug: str
    events: list[Event]


def calendar_for(actor: User, workspace_id: UUID) -> CalendarText:
    """All events of a workspace that the person may see, for its calendar file."""
    membership = workspaces.membership_of(actor, workspace_id)
    workspaces.require_role(actor, workspace_id, Role.READER)
    workspaces.require_room(membership.workspace, Room.CALENDAR)
    events = _with_people(policies.visible_to(actor, workspace_id)).order_by("first_at", "id")
    return CalendarText(name=membership.workspace.name, slug=membership.workspace.slug, events=list(events))


def today_for(actor: User, workspace_id: UUID, *, day: date, tz: str) -> list[OccurrenceOut]:
    """What stands in a workspace's calendar on one day of somebody who lives in a zone."""
    window = day_window(day, tz)
    found, _ = merged(_in_window(policies.visible_to(actor, workspace_id), window), window)
    return occurrence_lines(found)


def next_for(actor: User, limit: int = 5, *, workspace_id: UUID | None = None) -> list[OccurrenceOut]:
    """The next events that concern a person in the month to come, what goes on now included."""
    at = now()
    today = wall(at, actor.time_zone).date()
    window = Window(since=at, until=at + NEXT_DAYS * DAY, first_day=today, last_day=today + NEXT_DAYS * DAY)
    found, _ = merged(_in_window(_mine(actor, workspace_id), window), window)
    return occurrence_lines(found[:limit])


def search_names(actor: User, text: str, limit: int = 5, *, workspace_id: UUID | None = None) -> list[Event]:
    """Events whose title has all the words, the latest first; accents do not matter."""
    found = policies.visible_to(actor, workspace_id)
    words = text.split()[:5]
    if not words:
        return []
    for word in words:
        found = found.filter(title__unaccent__icontains=word)
    return list(found.select_related("workspace").order_by("-first_at", "id")[:limit])


def resolve(actor: User, ids: list[UUID]) -> dict[UUID, Card]:
    """What links to the events among these ids show that the actor sees; of a series, when it begins."""
    return {
        event.id: Card(
            title=event.title,
            workspace_id=event.workspace_id,
            shape="series" if event.rrule else "",
            inside=event.location,
            at=None if event.time_zone is None else event.span.starts_at,
            day=event.start.date() if event.time_zone is None else None,
        )
        for event in policies.visible_to(actor).filter(id__in=ids)
    }


def describe(actor: User, ids: list[UUID]) -> dict[UUID, State]:
    """When the events among these ids are that the actor sees."""
    return {
        event.id: State(
            title=event.title, at=event.span.starts_at, all_day=event.time_zone is None, parent_id=event.workspace_id
        )
        for event in policies.visible_to(actor).filter(id__in=ids)
    }


def _window(actor: User, since: str | None, until: str | None) -> Window:
    zone = actor.time_zone
    return read_window(since, until, default_zone=zone, today=wall(now(), zone).date())


def _mine(actor: User, workspace_id: UUID | None = None) -> QuerySet[Event]:
    """What concerns a person: what they organise, what they are invited to and did not decline, and what the whole
    team is invited to, that is, what names nobody."""
    invited = Attendee.objects.filter(user=actor).exclude(answer=Answer.DECLINED).values("event_id")
    declined = Attendee.objects.filter(user=actor, answer=Answer.DECLINED).values("event_id")
    concerned = Q(organiser=actor) | Q(id__in=invited) | ~Q(id__in=Attendee.objects.values("event_id"))
    return policies.visible_to(actor, workspace_id).filter(concerned).exclude(id__in=declined)


def _in_window(events: QuerySet[Event], window: Window) -> list[Event]:
    """Those that may show in a window. A margin of two days: whole days have no instant, and zones change rules."""
    margin = timedelta(days=2)
    near = events.filter(first_at__lt=window.until + margin).filter(
        Q(last_at=None) | Q(last_at__gte=window.since - margin)
    )
    near = _with_people(near).order_by("first_at", "id")
    return [*near.filter(rrule="")[:MAX_EVENTS], *near.exclude(rrule="")[:MAX_EVENTS]]


def _with_people(events: QuerySet[Event]) -> QuerySet[Event]:
    return events.select_related("organiser", "workspace").prefetch_related(PEOPLE)
