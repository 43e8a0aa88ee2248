"""Plan, change, delete and bring back an event or a whole series."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from plano.accounts.models import User
from plano.calendar import policies, queries
from plano.calendar.actions.common import ask_again, invite, locked, saved
from plano.calendar.live import EVENT
from plano.calendar.models import Calendar, Event
from plano.calendar.occurrences import bounds, has_start, original_start, recurrence_id
from plano.calendar.recurrence import Rule, moved, read_rule, rule_text
from plano.calendar.schemas import EventOut
from plano.calendar.times import Span, instant, read_span, wall
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Invalid
from plano.kernel.schemas import Removed
from plano.notifications.actions import notify
from plano.platform.live import Emit, unit_of_work
from plano.platform.references import made
from plano.platform.references.made import Thing
from plano.workspaces.models import Role, Workspace

KIND = "event"
"""As other things name it (`platform.references`)."""


def create_event(
    *,
    actor: User,
    id: UUID,
    workspace_id: UUID,
    title: str,
    start: str,
    end: str | None = None,
    time_zone: str | None = None,
    all_day: bool | None = None,
    description: str = "",
    location: str = "",
    color: int | None = None,
    rrule: str = "",
    attendees: list[UUID] | None = None,
    origin: Thing | None = None,
) -> EventOut:
    """Plan an event in a workspace's calendar. Sent again with the same id: the same event (R-131)."""
    membership = policies.require_calendar(actor, workspace_id, Role.MEMBER)
    existing = _existing(actor, id, workspace_id)
    if existing is not None:
        return existing
    span = read_span(start=start, end=end, time_zone=time_zone, all_day=all_day, default_zone=actor.time_zone)
    people = policies.invitable(workspace_id, attendees or [])
    event = Event(
        id=id,
        workspace=membership.workspace,
        scope_id=workspace_id,
        uid=f"{id}@plano",
        title=title,
        description=description,
        location=location,
        color=color or membership.workspace.color,
        organiser=actor,
    )
    event.span, event.origin = span, origin
    set_rule(event, rrule)
    event.first_at, event.last_at = bounds(event)
    try:
        with unit_of_work() as emit:
            event.calendar = calendar_of(membership.workspace)
            event.save(force_insert=True)
            made.note(emit, actor=actor, origin=origin, made=(KIND, event.id), workspace_id=workspace_id)
            _tell_invited(emit, actor, event, invite(event, people))
            result = queries.out(event)
            emit.changed(EVENT, scope=event.scope_id, data=result)
    except IntegrityError:  # sent twice at once
        first = _existing(actor, id, workspace_id)
        if first is None:
            raise
        return first
    return result


def update_event(
    *,
    actor: User,
    event_id: UUID,
    expected: int | None = None,
    title: str | None = None,
    description: str | None = None,
    location: str | None = None,
    color: int | None = None,
    start: str | None = None,
    end: str | None = None,
    time_zone: str | None = None,
    all_day: bool | None = None,
    rrule: str | None = None,
    attendees: list[UUID] | None = None,
) -> EventOut:
    """Change what is given. A series that moves takes its rule, its gaps and its changed occurrences along."""
    policies.require_edit(actor, queries.event_for(actor, event_id))
    with unit_of_work() as emit:
        event = locked(event_id, expected)
        before = _timing(event)
        event.title = event.title if title is None else title
        event.description = event.description if description is None else description
        event.location = event.location if location is None else location
        event.color = event.color if color is None else color
        if any(part is not None for part in (start, end, time_zone, all_day)):
            span = read_span(
                start=start,
                end=end,
                time_zone=time_zone,
                all_day=all_day,
                default_zone=actor.time_zone,
                base=event.span,
            )
            _move(event, span)
        if rrule is not None:
            set_rule(event, rrule)
        if _timing(event) != before:
            _keep_real_exceptions(event)
            ask_again(event)
        if attendees is not None:
            fresh = invite(event, _participants(event, attendees))
            _tell_invited(emit, actor, event, fresh)
        return saved(emit, event)


def delete_event(*, actor: User, event_id: UUID, expected: int | None = None) -> None:
    """Take an event or a whole series out of the calendar; it can be brought back."""
    policies.require_edit(actor, queries.event_for(actor, event_id))
    with unit_of_work() as emit:
        event = locked(event_id, expected)
        event.deleted_at = now()
        event.touch()
        event.save(update_fields=["deleted_at", "version", "updated_at"])
        made.forget(emit, actor=actor, origin=event.origin, made=(KIND, event.id), workspace_id=event.workspace_id)
        emit.removed(EVENT, scope=event.scope_id, data=Removed(id=event.id, parent_id=event.workspace_id))


def restore_event(*, actor: User, event_id: UUID) -> EventOut:
    """Undo a deletion. Not deleted: the event as it is."""
    event = queries.deleted_event_for(actor, event_id)
    policies.require_edit(actor, event)
    with unit_of_work() as emit:
        event = Event.objects.select_for_update(of=("self",)).select_related("organiser", "workspace").get(id=event_id)
        if event.deleted_at is None:
            return queries.out(event)
        event.deleted_at = None
        made.again(emit, actor=actor, origin=event.origin, made=(KIND, event.id), workspace_id=event.workspace_id)
        return saved(emit, event)


def calendar_of(workspace: Workspace) -> Calendar:
    """The calendar of a workspace, made when it is first needed."""
    Calendar.objects.bulk_create(
        [Calendar(id=workspace.id, workspace=workspace, scope_id=workspace.id)], ignore_conflicts=True
    )
    return Calendar.objects.get(id=workspace.id)


def _existing(actor: User, id: UUID, workspace_id: UUID) -> EventOut | None:
    """The event that an earlier try of the same request made."""
    existing = Event.objects.filter(id=id).first()
    if existing is None:
        return None
    if existing.organiser_id != actor.id or existing.workspace_id != workspace_id or existing.deleted_at:
        raise Conflict("identifier_in_use")
    return queries.out(queries.event_for(actor, id))


def set_rule(event: Event, text: str) -> None:
    """Give the event a rule, in its canonical form, or none."""
    if not text:
        event.rrule = ""
        event.exdates, event.overrides = [], {}
        return
    span = Span(start=event.start, end=event.end, zone=event.time_zone)
    if span.end < span.start:
        raise Invalid("ends_before_it_begins", errors={"end": "ends_before_it_begins"})
    event.span = span
    event.rrule = rule_text(read_rule(text, start=span.start, zone=span.zone), zone=span.zone)


def _timing(event: Event) -> tuple[Any, ...]:
    return event.start, event.end, event.start_fold, event.end_fold, event.time_zone, event.rrule


def _move(event: Event, span: Span) -> None:
    """Another time; the rule and the exceptions of a series follow."""
    old = event.span
    if not event.rrule:
        event.span = span
        return
    rule: Rule = moved(read_rule(event.rrule, start=old.start, zone=old.zone), old.start, span.start)
    event.span = Span(start=span.start.replace(fold=0), end=span.end.replace(fold=0), zone=span.zone)
    event.rrule = rule_text(rule, zone=span.zone)
    event.exdates = sorted(_renamed(name, old, span) for name in event.exdates)
    event.overrides = {
        _renamed(name, old, span): _own_times(own, old.zone, span.zone) for name, own in event.overrides.items()
    }


def _renamed(name: str, old: Span, new: Span) -> str:
    """The name of the same occurrence after the series has moved."""
    start = original_start(name, old.zone)
    if start is None:
        return name
    day = start.date() + (new.start.date() - old.start.date())
    return recurrence_id(datetime.combine(day, new.start.time()), new.zone)


def _own_times(own: dict[str, str], old: str | None, new: str | None) -> dict[str, str]:
    """An occurrence that was moved by itself stays at its instant; days and hours do not mix."""
    if old == new or "start" not in own:
        return own
    texts = {key: value for key, value in own.items() if key not in ("start", "end")}
    if old is None or new is None:
        return texts
    times = {key: wall(instant(datetime.fromisoformat(own[key]), old), new).isoformat() for key in ("start", "end")}
    return {**texts, **times}


def _keep_real_exceptions(event: Event) -> None:
    """Gaps and changes of occurrences that the rule no longer gives are gone with them."""
    event.exdates = [name for name in event.exdates if has_start(event, name)]
    event.overrides = {name: own for name, own in event.overrides.items() if has_start(event, name)}


def _participants(event: Event, ids: list[UUID]) -> list[User]:
    """These people. Who is invited already may stay, also after leaving the workspace: the past is not rewritten."""
    staying = list(User.objects.filter(attendances__event=event, id__in=ids))
    known = {person.id for person in staying}
    return staying + policies.invitable(event.scope_id, [id for id in ids if id not in known])


def _tell_invited(emit: Emit, actor: User, event: Event, people: list[User]) -> None:
    notify(
        emit=emit,
        recipients=people,
        kind="event_invitation",
        actor=actor,
        workspace_id=event.workspace_id,
        scope_id=event.scope_id,
        title=event.title,
        link_kind="event",
        link_id=event.id,
        parent_id=event.workspace_id,
    )
