"""The answers of the notifications' routes: everybody has their own list."""

from typing import Any

from plano.kernel.ids import uuid7
from plano.notifications import signatures
from plano.notifications.models import Cadence
from tests.architecture.matrix import Cell, World, everybody, expect

RHYTHM = {
    "disconnects": True,
    "days": [0, 1, 2, 3],
    "begins": "09:00",
    "ends": "17:00",
    "territory": "guyane",
}


def _ending(world: World, role: str) -> dict[str, Any]:
    """A link of somebody's mail: whoever holds it may end those mails."""
    word = signatures.mute_word(world.bystander.id, group=None, workspace_id=None, cadence=Cadence.DAILY)
    return {"word": word}


ROUTES = [
    Cell("GET", "/notifications", everybody(200)),
    Cell("POST", "/notifications/read", everybody(204), body=lambda world, values: {"all": True}),
    Cell("GET", "/notifications/preferences", everybody(200)),
    Cell("PUT", "/notifications/preferences", everybody(200), body=lambda world, values: {}),
    Cell("DELETE", "/notifications/preferences", everybody(200)),
    Cell("GET", "/notifications/rhythm", everybody(200)),
    Cell("PUT", "/notifications/rhythm", everybody(200), body=lambda world, values: RHYTHM),
    Cell("GET", "/notifications/urgent", everybody(200)),
    Cell("GET", "/me/push", everybody(200)),
    Cell(
        "PUT",
        "/me/push",
        everybody(503),
        body=lambda world, values: {"endpoint": "https://x.fr", "p256dh": "", "auth": ""},
    ),
    Cell("DELETE", "/me/push/{device_id}", everybody(404), fill=lambda world, role: {"device_id": uuid7()}),
    Cell("POST", "/me/push/{device_id}/trial", everybody(404), fill=lambda world, role: {"device_id": uuid7()}),
    Cell(
        "GET",
        "/people/{person_id}/availability",
        expect(guest=200, reader=200, member=200, manager=200),
        fill=lambda world, role: {"person_id": world.bystander.id},
    ),
    Cell("GET", "/notifications/{notification_id}", everybody(404), fill=lambda w, r: {"notification_id": uuid7()}),
    *(
        Cell(method, path, everybody(status, anonymous=status, disabled=status), fill=_ending)
        for method, path, status in (
            ("GET", "/mail/end/{word}", 302),
            ("GET", "/mail/end/{word}/what", 200),
            ("POST", "/mail/end/{word}", 200),
        )
    ),
]
