"""The answers of the notifications' routes: everybody has their own list."""

from plano.kernel.ids import uuid7
from tests.architecture.matrix import Cell, everybody, expect

RHYTHM = {
    "disconnects": True,
    "days": [0, 1, 2, 3],
    "begins": "09:00",
    "ends": "17:00",
    "territory": "guyane",
}
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
]
