"""JSON face of the calendar, and its `.ics` files."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router, Status

from plano.calendar import actions, queries
from plano.calendar.ical import calendar_text
from plano.calendar.models import Answer
from plano.calendar.schemas import (
    AnswerIn,
    EventIn,
    EventOut,
    EventPage,
    EventPatch,
    OccurrencePatch,
)
from plano.kernel.http import actor, creation_id, etag, if_match, policy
from plano.kernel.text import slugify
from plano.meetings import queries as meetings
from plano.meetings.schemas import MeetingOut

router = Router(tags=["calendar"])

Since = Annotated[str | None, Query(None, alias="from", max_length=40)]
Until = Annotated[str | None, Query(None, alias="to", max_length=40)]


@router.get("/workspaces/{uuid:workspace_id}/events", response=EventPage, openapi_extra=policy("workspace.see"))
def list_events(request: HttpRequest, workspace_id: UUID, since: Since, until: Until) -> EventPage:
    """The calendar between two moments, series unrolled."""
    return queries.page_for(actor(request), workspace_id, since=since, until=until)


@router.post("/workspaces/{uuid:workspace_id}/events", response={201: EventOut}, openapi_extra=policy("calendar.write"))
def create_event(
    request: HttpRequest, response: HttpResponse, workspace_id: UUID, payload: EventIn
) -> Status[EventOut]:
    """Plan an event or a series."""
    values = payload.model_dump(exclude={"id", "origin"})
    origin = payload.origin.pair if payload.origin else None
    id = creation_id(request, payload.id)
    event = actions.create_event(actor=actor(request), id=id, workspace_id=workspace_id, origin=origin, **values)
    return Status(201, _tagged(response, event))


@router.get("/workspaces/{uuid:workspace_id}/calendar.ics", openapi_extra=policy("scope.read"))
def calendar_file(request: HttpRequest, workspace_id: UUID) -> HttpResponse:
    """The whole calendar as an iCalendar file."""
    calendar = queries.calendar_for(actor(request), workspace_id)
    return _file(calendar_text(calendar.events, name=calendar.name), calendar.slug)


@router.get("/my/events", response=EventPage, openapi_extra=policy("signed_in"))
def my_events(request: HttpRequest, since: Since, until: Until) -> EventPage:
    """What concerns me in all my workspaces between two moments."""
    return queries.my_page_for(actor(request), since=since, until=until)


@router.get("/events/{uuid:event_id}", response=EventOut, openapi_extra=policy("scope.read"))
def get_event(request: HttpRequest, response: HttpResponse, event_id: UUID) -> EventOut:
    """The event, or the whole series."""
    return _tagged(response, queries.out(queries.event_for(actor(request), event_id)))


@router.get("/events/{uuid:event_id}.ics", openapi_extra=policy("scope.read"))
def event_file(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One event or series as an iCalendar file."""
    event = queries.event_for(actor(request), event_id)
    return _file(calendar_text([event]), slugify(event.title) or "evenement")


@router.patch("/events/{uuid:event_id}", response=EventOut, openapi_extra=policy("calendar.write"))
def update_event(request: HttpRequest, response: HttpResponse, event_id: UUID, payload: EventPatch) -> EventOut:
    """Change the fields that are given, for a series in all its occurrences."""
    changes = payload.model_dump(exclude_unset=True)
    event = actions.update_event(actor=actor(request), event_id=event_id, expected=if_match(request), **changes)
    return _tagged(response, event)


@router.delete("/events/{uuid:event_id}", response={204: None}, openapi_extra=policy("calendar.write"))
def delete_event(request: HttpRequest, event_id: UUID) -> Status[None]:
    """Delete an event or a whole series; `restore` brings it back."""
    actions.delete_event(actor=actor(request), event_id=event_id, expected=if_match(request))
    return Status(204, None)


@router.post("/events/{uuid:event_id}/restore", response=EventOut, openapi_extra=policy("calendar.write"))
def restore_event(request: HttpRequest, response: HttpResponse, event_id: UUID) -> EventOut:
    """Undo a deletion."""
    return _tagged(response, actions.restore_event(actor=actor(request), event_id=event_id))


@router.patch(
    "/events/{uuid:event_id}/occurrences/{recurrence_id}", response=EventOut, openapi_extra=policy("calendar.write")
)
def update_occurrence(
    request: HttpRequest, response: HttpResponse, event_id: UUID, recurrence_id: str, payload: OccurrencePatch
) -> EventOut:
    """Change one occurrence of a series."""
    event = actions.update_occurrence(
        actor=actor(request),
        event_id=event_id,
        recurrence_id=recurrence_id,
        expected=if_match(request),
        **payload.model_dump(exclude_unset=True),
    )
    return _tagged(response, event)


@router.delete(
    "/events/{uuid:event_id}/occurrences/{recurrence_id}", response=EventOut, openapi_extra=policy("calendar.write")
)
def cancel_occurrence(request: HttpRequest, response: HttpResponse, event_id: UUID, recurrence_id: str) -> EventOut:
    """Take one occurrence out of its series."""
    event = actions.cancel_occurrence(
        actor=actor(request), event_id=event_id, recurrence_id=recurrence_id, expected=if_match(request)
    )
    return _tagged(response, event)


@router.post(
    "/events/{uuid:event_id}/occurrences/{recurrence_id}/restore",
    response=EventOut,
    openapi_extra=policy("calendar.write"),
)
def restore_occurrence(request: HttpRequest, response: HttpResponse, event_id: UUID, recurrence_id: str) -> EventOut:
    """Put an occurrence back."""
    event = actions.restore_occurrence(actor=actor(request), event_id=event_id, recurrence_id=recurrence_id)
    return _tagged(response, event)


@router.put("/events/{uuid:event_id}/answer", response=EventOut, openapi_extra=policy("calendar.answer"))
def answer_event(request: HttpRequest, response: HttpResponse, event_id: UUID, payload: AnswerIn) -> EventOut:
    """Say yes, no or perhaps to an invitation."""
    event = actions.answer_event(actor=actor(request), event_id=event_id, answer=Answer(payload.answer))
    return _tagged(response, event)


@router.post("/events/{uuid:event_id}/meeting", response=MeetingOut, openapi_extra=policy("meeting.start"))
def open_event_meeting(request: HttpRequest, event_id: UUID) -> MeetingOut:
    """The call of the event, made when there is none yet."""
    return meetings.outs([actions.open_event_meeting(actor=actor(request), event_id=event_id)])[0]


def _tagged(response: HttpResponse, event: EventOut) -> EventOut:
    response["ETag"] = etag(event.version)
    return event


def _file(text: bytes, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.ics") or "attachment"
    return response
