"""The answers of the workspaces' routes, by role."""

from datetime import timedelta
from typing import Any

from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.workspaces.models import Invitation
from plano.workspaces.queries import token_hash
from tests.architecture.matrix import Cell, World, everybody, expect


def invitation(world: World, role: str) -> dict[str, Any]:
    token = uuid7().hex
    row = Invitation.objects.create(
        workspace=world.workspace,
        email="invitee@example.org",
        email_key="invitee@example.org",
        role=30,
        invited_by=world.person("manager"),
        token_hash=token_hash(token),
        expires_at=now() + timedelta(days=1),
    )
    return {"workspace_id": world.workspace.id, "invitation_id": row.id, "token": token}


def bystander(world: World, role: str) -> dict[str, Any]:
    return {"workspace_id": world.workspace.id, "user_id": world.bystander.id}


def own_scope(world: World, role: str) -> dict[str, Any]:
    return {"scope_id": world.workspace.id}


managers_only = expect(guest=403, reader=403, member=403, manager=200)
managers_create = expect(guest=403, reader=403, member=403, manager=201)
managers_delete = expect(guest=403, reader=403, member=403, manager=204)
insiders = expect(guest=200, reader=200, member=200, manager=200)

ROUTES = [
    Cell("GET", "/workspaces", everybody(200)),
    Cell(
        "POST",
        "/workspaces",
        expect(outsider=201, guest=403, reader=201, member=201, manager=201),
        body=lambda world, values: {"name": "Nouvel espace"},
    ),
    Cell("GET", "/workspaces/{workspace_id}", insiders),
    Cell("PATCH", "/workspaces/{workspace_id}", managers_only, body=lambda world, values: {"name": "Autre nom"}),
    Cell("POST", "/workspaces/{workspace_id}/archive", managers_only),
    Cell("POST", "/workspaces/{workspace_id}/reopen", managers_only),
    Cell("GET", "/workspaces/{workspace_id}/access", expect(reader=200, member=200, manager=200)),
    Cell("GET", "/scopes/{scope_id}/access", expect(reader=200, member=200, manager=200), fill=own_scope),
    Cell("GET", "/workspaces/{workspace_id}/members", insiders),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/members",
        managers_create,
        fill=bystander,
        body=lambda world, values: {"user_id": str(values["user_id"]), "role": "member"},
    ),
    Cell(
        "PATCH",
        "/workspaces/{workspace_id}/members/{user_id}",
        managers_only,
        fill=bystander,
        body=lambda world, values: {"role": "reader"},
    ),
    Cell("DELETE", "/workspaces/{workspace_id}/members/{user_id}", managers_delete, fill=bystander),
    Cell("GET", "/workspaces/{workspace_id}/invitations", managers_only),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/invitations",
        managers_create,
        body=lambda world, values: {"email": "nouvelle@example.org"},
    ),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/invitations/{invitation_id}/resend",
        managers_only,
        fill=invitation,
    ),
    Cell("DELETE", "/workspaces/{workspace_id}/invitations/{invitation_id}", managers_delete, fill=invitation),
    Cell("GET", "/invitations/{token}", everybody(200, anonymous=200), fill=invitation),
    Cell(
        "POST",
        "/invitations/{token}",
        everybody(403, anonymous=400),
        fill=invitation,
        body=lambda world, values: {},
    ),
    Cell("GET", "/people", everybody(200)),
]
