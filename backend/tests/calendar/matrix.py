"""The answers of the calendar's routes, by role."""

from typing import Any

from plano.accounts.models import User
from plano.calendar import actions
from plano.kernel.ids import uuid7
from tests.architecture.matrix import Cell, World, everybody, expect


def event(world: World, role: str) -> dict[str, Any]:
    planned = actions.create_event(
        actor=world.person("manager"),
        id=uuid7(),
        workspace_id=world.workspace.id,
        title="Point hebdomadaire",
        start="2026-11-23T09:00",
        end="2026-11-23T10:00",
        time_zone="Europe/Paris",
        rrule="FREQ=WEEKLY",
    )
    return {"workspace_id": world.workspace.id, "event_id": planned.id, "recurrence_id": "20261130T090000"}


def invited(world: World, role: str) -> dict[str, Any]:
    """The same event, with the person who asks among its participants when they can be."""
    values = event(world, role)
    person: User | None = world.people[role]
    if role in ("reader", "member", "manager") and person is not None:
        actions.update_event(actor=world.person("manager"), event_id=values["event_id"], attendees=[person.id])
    return values


def deleted(world: World, role: str) -> dict[str, Any]:
    values = event(world, role)
    actions.delete_event(actor=world.person("manager"), event_id=values["event_id"])
    return values


def planned(world: World, values: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Atelier", "start": "2026-11-24T09:00", "end": "2026-11-24T10:00", "time_zone": "Europe/Paris"}


read = expect(reader=200, member=200, manager=200)
write = expect(reader=403, member=200, manager=200)
OCCURRENCE = "/events/{event_id}/occurrences/{recurrence_id}"

ROUTES = [
    Cell("GET", "/workspaces/{workspace_id}/events", expect(guest=200, reader=200, member=200, manager=200)),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/events",
        expect(guest=403, reader=403, member=201, manager=201),
        body=planned,
    ),
    Cell("GET", "/workspaces/{workspace_id}/calendar.ics", read),
    Cell("GET", "/my/events", everybody(200)),
    Cell("GET", "/events/{event_id}", read, fill=event),
    Cell("GET", "/events/{event_id}.ics", read, fill=event),
    Cell("PATCH", "/events/{event_id}", write, fill=event, body=lambda world, values: {"title": "Autre"}),
    Cell("DELETE", "/events/{event_id}", expect(reader=403, member=204, manager=204), fill=event),
    Cell("POST", "/events/{event_id}/restore", write, fill=deleted),
    Cell("PATCH", OCCURRENCE, write, fill=event, body=lambda world, values: {"title": "Autre"}),
    Cell("DELETE", OCCURRENCE, write, fill=event),
    Cell("POST", OCCURRENCE + "/restore", write, fill=event),
    Cell("POST", "/events/{event_id}/meeting", write, fill=event),
    Cell("PUT", "/events/{event_id}/answer", read, fill=invited, body=lambda world, values: {"answer": "accepted"}),
]
