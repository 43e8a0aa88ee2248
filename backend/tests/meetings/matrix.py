"""The answers of the meetings' routes, by role."""

from typing import Any

from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.meetings import actions
from plano.meetings.models import Participation
from tests.architecture.matrix import Cell, World, expect


def meeting(world: World, role: str) -> dict[str, Any]:
    """A meeting that a member began, with another member in it."""
    found = actions.start_meeting(
        actor=world.bystander, workspace_id=world.workspace.id, id=uuid7(), title="Point quotidien"
    )
    there = Participation.objects.create(meeting=found, user=world.bystander, seen_at=now())
    return {"meeting_id": found.id, "participant_id": there.id, "workspace_id": world.workspace.id}


readers = expect(reader=200, member=200, manager=200)
one = "/meetings/{meeting_id}"
someone = one + "/participants/{participant_id}"

ROUTES = [
    Cell("GET", "/workspaces/{workspace_id}/meetings", expect(guest=200, reader=200, member=200, manager=200)),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/meetings",
        expect(guest=403, reader=403, member=201, manager=201),
        body=lambda world, values: {"title": "Point quotidien"},
    ),
    Cell("GET", one, readers, fill=meeting),
    Cell(
        "PATCH",
        one,
        expect(reader=403, member=403, manager=200),
        fill=meeting,
        body=lambda world, values: {"title": "Autre titre"},
    ),
    Cell("POST", one + "/join", readers, fill=meeting),
    Cell("POST", one + "/leave", expect(reader=204, member=204, manager=204), fill=meeting),
    Cell("POST", one + "/end", expect(reader=403, member=403, manager=200), fill=meeting),
    Cell("POST", someone + "/mute", expect(reader=403, member=403, manager=204), fill=meeting),
    Cell("POST", someone + "/remove", expect(reader=403, member=403, manager=204), fill=meeting),
]
