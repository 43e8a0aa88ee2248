"""The answers of the accounts' routes, by role. Nobody's account depends on a workspace."""

from datetime import timedelta
from typing import Any

from plano.accounts import sessions
from plano.accounts.models import AccessToken, ApplicationPassword, OneTimeLink, Picture
from plano.accounts.tokens import new_token, token_hash
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from tests.architecture.matrix import ROLES, Cell, World, everybody, expect
from tests.factories.people import PASSWORD, make_user

NEW = "tulipe noire sur balcon"


def nothing(world: World, role: str) -> dict[str, Any]:
    return {}


def everyone(status: int) -> dict[str, int]:
    """A public route answers anybody, signed in or not."""
    return dict.fromkeys(ROLES, status)


def link(purpose: OneTimeLink.Purpose) -> Any:
    """A link for the person who asks; for `admin` a stranger's, since there is one person of each role."""

    def fill(world: World, role: str) -> dict[str, Any]:
        token = new_token()
        asker = world.people[role] or make_user()
        OneTimeLink.objects.create(
            token_hash=token_hash(token),
            purpose=purpose,
            user=None if purpose == OneTimeLink.Purpose.SETUP else asker,
            address=f"{uuid7()}@example.test",
            expires_at=now() + timedelta(minutes=5),
        )
        return {"token": token}

    return fill


def own_session(world: World, role: str) -> dict[str, Any]:
    session, _ = sessions.new_session(user=world.people[role] or world.bystander, device="")
    return {"session_id": session.id}


def own_application_password(world: World, role: str) -> dict[str, Any]:
    row = ApplicationPassword.objects.create(
        user=world.people[role] or world.bystander, name="Agenda", secret_hash=token_hash(new_token())
    )
    return {"password_id": row.id}


def own_access_token(world: World, role: str) -> dict[str, Any]:
    row = AccessToken.objects.create(
        user=world.people[role] or world.bystander,
        name="Sonde",
        token_hash=token_hash(new_token()),
        scopes=["chat:read"],
        expires_at=now() + timedelta(days=1),
    )
    return {"token_id": row.id}


def pictured_bystander(world: World, role: str) -> dict[str, Any]:
    Picture.objects.create(user=world.bystander, content=b"RIFF")
    world.bystander.avatar = "name"
    world.bystander.save()
    return {"person_id": world.bystander.id}


ROUTES = [
    Cell("GET", "/csrf", everyone(200), fill=nothing),
    Cell("GET", "/password-rules", everyone(200), fill=nothing),
    Cell(
        "POST",
        "/session",
        everyone(401),
        fill=nothing,
        body=lambda world, values: {"identifier": "nobody", "password": PASSWORD},
    ),
    Cell("DELETE", "/session", everyone(204), fill=nothing),
    Cell(
        "POST",
        "/session/proof",
        everybody(400),
        fill=nothing,
        body=lambda world, values: {"password": "not my password"},
    ),
    Cell("GET", "/me", everybody(200), fill=nothing),
    Cell("PATCH", "/me", everybody(200), fill=nothing, body=lambda world, values: {"language": "en"}),
    Cell("PUT", "/me/avatar", everybody(400), fill=nothing, body=lambda world, values: "not a picture"),
    Cell("DELETE", "/me/avatar", everybody(200), fill=nothing),
    Cell(
        "POST",
        "/me/password",
        everybody(400),
        fill=nothing,
        body=lambda world, values: {"current": "not my password", "new": NEW},
    ),
    Cell("POST", "/me/email", everybody(202), fill=nothing, body=lambda world, values: {"email": "x@example.test"}),
    Cell("POST", "/me/email/{token}", everybody(200), fill=link(OneTimeLink.Purpose.EMAIL)),
    Cell("GET", "/me/sessions", everybody(200), fill=nothing),
    Cell("DELETE", "/me/sessions/{session_id}", everybody(204), fill=own_session),
    Cell("POST", "/password-resets", everyone(202), fill=nothing, body=lambda world, values: {"identifier": "nobody"}),
    Cell(
        "POST",
        "/password-resets/{token}",
        {**everyone(204), "disabled": 404, "admin": 204},
        fill=link(OneTimeLink.Purpose.RESET),
        body=lambda world, values: {"password": NEW},
    ),
    Cell("GET", "/me/application-passwords", everybody(200), fill=nothing),
    Cell(
        "POST", "/me/application-passwords", everybody(201), fill=nothing, body=lambda world, values: {"name": "Agenda"}
    ),
    Cell("DELETE", "/me/application-passwords/{password_id}", everybody(204), fill=own_application_password),
    Cell("GET", "/me/access-tokens", everybody(200), fill=nothing),
    Cell(
        "POST",
        "/me/access-tokens",
        everybody(201),
        fill=nothing,
        body=lambda world, values: {"name": "Sonde", "scopes": ["chat:read"]},
    ),
    Cell("DELETE", "/me/access-tokens/{token_id}", everybody(204), fill=own_access_token),
    Cell(
        "POST",
        "/setup/{token}",
        everyone(404),  # the world has an administrator
        fill=link(OneTimeLink.Purpose.SETUP),
        body=lambda world, values: {"identifier": "intrus", "name": "Intrus", "password": NEW},
    ),
    Cell(
        "GET",
        "/people/{person_id}/avatar",
        expect(guest=200, reader=200, member=200, manager=200),
        fill=pictured_bystander,
    ),
]
