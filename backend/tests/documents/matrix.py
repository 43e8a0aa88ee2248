"""The answers of the library's routes, by role."""

import io
import zipfile
from datetime import timedelta
from typing import Any

from plano.documents import actions
from plano.documents.actions import approvals, comments, fields, shares
from plano.documents.models import FieldKind, Kind, Purpose, ShareMode, Version
from plano.documents.queries.shares import secret_of
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.platform import blobs
from plano.workspaces.models import Role
from tests.architecture.matrix import Cell, World, everybody, expect


def folder(world: World, role: str) -> dict[str, Any]:
    node = actions.create_node(
        actor=world.person("manager"), workspace_id=world.workspace.id, id=uuid7(), kind=Kind.FOLDER, name="Dossier"
    )
    return {"workspace_id": world.workspace.id, "node_id": node.id, "user_id": world.person("guest").id}


def own_folder(world: World, role: str) -> dict[str, Any]:
    """A folder opened by name to a guest."""
    values = folder(world, role)
    manager = world.person("manager")
    actions.set_access(actor=manager, node_id=values["node_id"], open=True)
    actions.grant_access(actor=manager, node_id=values["node_id"], user_id=values["user_id"], role=Role.READER)
    return values


def document(world: World, role: str) -> dict[str, Any]:
    """A document with two versions."""
    manager = world.person("manager")
    node = actions.create_node(
        actor=manager, workspace_id=world.workspace.id, id=uuid7(), kind=Kind.DOCUMENT, name="Plan.txt"
    )
    for text in (b"un", b"deux"):
        part = blobs.new_name()
        blobs.store().begin(part)
        writer = blobs.store().append(part)
        writer.write(text)
        writer.close()
        blobs.store().keep(part)
        actions.save_content(actor=manager, node_id=node.id, blob=part, sha256=text.hex())
    return {"workspace_id": world.workspace.id, "node_id": node.id, "number": 1}


def pictured(world: World, role: str) -> dict[str, Any]:
    """A document whose content has a small picture."""
    values = document(world, role)
    Version.objects.filter(node_id=values["node_id"]).update(media_type="application/pdf")
    return {**values, "kind": "thumbnail"}


def commented(world: World, role: str) -> dict[str, Any]:
    """A document of which its member said something."""
    values, id = document(world, role), uuid7()
    comments.add_comment(actor=world.person("member"), node_id=values["node_id"], id=id, text="À relire")
    return {**values, "comment_id": id}


def fielded(world: World, role: str) -> dict[str, Any]:
    """A workspace with a field."""
    field = fields.create_field(
        actor=world.person("manager"), workspace_id=world.workspace.id, id=uuid7(), kind=FieldKind.TEXT, name="Numéro"
    )
    return {**folder(world, role), "field_id": field.id}


def binned(world: World, role: str) -> dict[str, Any]:
    values = folder(world, role)
    actions.delete_node(actor=world.person("manager"), node_id=values["node_id"])
    return values


def no_upload(world: World, role: str) -> dict[str, Any]:
    return {"upload_id": uuid7()}


def shared(world: World, role: str) -> dict[str, Any]:
    """A folder with a link that its manager made."""
    values = folder(world, role)
    manager = world.person("manager")
    shares.set_sharing(actor=manager, workspace_id=world.workspace.id, links=True)
    link = shares.create_share(actor=manager, node_id=values["node_id"], id=uuid7(), mode=ShareMode.READ)
    return values | {"share_id": link.id, "token": secret_of(link)}


def zipped(world: World, role: str) -> dict[str, Any]:
    """A document that is an archive."""
    values = document(world, role)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("Plan.txt", "Bonjour")
    part = blobs.new_name()
    blobs.store().begin(part)
    writer = blobs.store().append(part)
    writer.write(archive.getvalue())
    writer.close()
    blobs.store().keep(part)
    actions.save_content(actor=world.person("manager"), node_id=values["node_id"], blob=part, sha256="00")
    return values


def asked(world: World, role: str) -> dict[str, Any]:
    """A document about which its manager asked whoever is looked at, when they may be asked."""
    values = document(world, role)
    manager = world.person("manager")
    people = [world.person(role)] if role in ("reader", "member", "manager") else [world.bystander]
    version = Version.objects.get(node_id=values["node_id"], number=2)
    approval = approvals.ask(
        actor=manager,
        node_id=values["node_id"],
        id=uuid7(),
        number=2,
        purpose=Purpose.APPROVE,
        people=[person.id for person in people],
        due=now().date() + timedelta(days=5),
    )
    return values | {"approval_id": approval.id, "sha256": version.sha256}


def asking(world: World, values: dict[str, Any]) -> dict[str, Any]:
    due = (now() + timedelta(days=5)).date().isoformat()
    return {"number": 2, "purpose": "read", "people": [world.bystander.id], "due": due}


one = "/nodes/{node_id}"
insiders = expect(guest=200, reader=200, member=200, manager=200)
readers = expect(reader=200, member=200, manager=200)
writers = expect(reader=403, member=200, manager=200)
makers = expect(reader=403, member=201, manager=201)
marking = expect(reader=204, member=204, manager=204)
managers = expect(reader=403, member=403, manager=200)

ROUTES = [
    Cell("GET", "/workspaces/{workspace_id}/nodes", insiders),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/nodes",
        makers,
        body=lambda world, values: {"kind": "folder", "name": "Annexes"},
    ),
    Cell("GET", "/workspaces/{workspace_id}/library", insiders),
    Cell("GET", "/workspaces/{workspace_id}/bin", insiders),
    Cell("GET", one, readers, fill=folder),
    Cell("PATCH", one, writers, fill=folder, body=lambda world, values: {"name": "Autre"}),
    Cell("DELETE", one, expect(reader=403, member=204, manager=204), fill=folder),
    Cell("POST", one + "/restore", writers, fill=binned),
    Cell("DELETE", one + "/bin", expect(reader=403, member=403, manager=200), fill=binned),
    Cell("POST", one + "/copy", makers, fill=document, body=lambda world, values: {}),
    Cell("GET", one + "/versions/compare", readers, fill=document, query="?before=1&after=2"),
    Cell("PATCH", one + "/versions/{number}", writers, fill=document, body=lambda world, values: {"label": "Relue"}),
    Cell("DELETE", one + "/versions/{number}", expect(reader=403, member=403, manager=204), fill=document),
    Cell("GET", "/workspaces/{workspace_id}/library/space", expect(guest=404, reader=403, member=403, manager=200)),
    Cell("GET", one + "/versions", readers, fill=document),
    Cell("GET", one + "/previews/{kind}", readers, fill=pictured),
    Cell("POST", one + "/versions/{number}/restore", writers, fill=document),
    Cell("POST", one + "/check", expect(reader=403, member=403, manager=409), fill=document),
    Cell("POST", one + "/lock", writers, fill=document, body=lambda world, values: {"reason": "Relecture"}),
    Cell("DELETE", one + "/lock", writers, fill=document),
    Cell("GET", one + "/access", readers, fill=folder),
    Cell("PATCH", one + "/details", writers, fill=folder, body=lambda world, values: {"tags": ["urgent"]}),
    Cell("GET", one + "/comments", readers, fill=commented),
    Cell("POST", one + "/comments", makers, fill=folder, body=lambda world, values: {"text": "Vu"}),
    Cell(
        "PATCH",
        one + "/comments/{comment_id}",
        expect(reader=403, member=200, manager=403),
        fill=commented,
        body=lambda world, values: {"text": "Vu"},
    ),
    Cell("DELETE", one + "/comments/{comment_id}", expect(reader=403, member=204, manager=204), fill=commented),
    Cell("PUT", one + "/comments/{comment_id}/resolution", writers, fill=commented),
    Cell("DELETE", one + "/comments/{comment_id}/resolution", writers, fill=commented),
    Cell("GET", "/workspaces/{workspace_id}/fields", insiders),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/fields",
        expect(guest=404, reader=403, member=403, manager=201),
        body=lambda world, values: {"kind": "text", "name": "Numéro"},
    ),
    Cell(
        "PUT",
        "/workspaces/{workspace_id}/fields/order",
        expect(guest=404, reader=403, member=403, manager=200),
        fill=fielded,
        body=lambda world, values: {"ids": [str(values["field_id"])]},
    ),
    Cell(
        "PATCH",
        "/workspaces/{workspace_id}/fields/{field_id}",
        expect(guest=404, reader=403, member=403, manager=200),
        fill=fielded,
        body=lambda world, values: {"name": "Référence"},
    ),
    Cell(
        "DELETE",
        "/workspaces/{workspace_id}/fields/{field_id}",
        expect(guest=404, reader=403, member=403, manager=204),
        fill=fielded,
    ),
    Cell(
        "GET",
        "/workspaces/{workspace_id}/fields/{field_id}/use",
        expect(guest=404, reader=403, member=403, manager=200),
        fill=fielded,
    ),
    Cell(
        "PATCH",
        one + "/fields",
        writers,
        fill=fielded,
        body=lambda world, values: {"values": {str(values["field_id"]): "12"}},
    ),
    Cell("GET", "/workspaces/{workspace_id}/nodes/filtered", insiders),
    Cell("POST", one + "/effect", writers, fill=folder, body=lambda world, values: {"change": "delete"}),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/nodes/deletion",
        writers,
        fill=folder,
        body=lambda world, values: {"node_ids": [str(values["node_id"])]},
    ),
    Cell("PUT", one + "/access", managers, fill=folder, body=lambda world, values: {"open": True}),
    Cell("DELETE", one + "/access", expect(guest=403, reader=403, member=403, manager=200), fill=own_folder),
    Cell(
        "PUT",
        one + "/access/{user_id}",
        expect(guest=403, reader=403, member=403, manager=200),
        fill=own_folder,
        body=lambda world, values: {"role": "reader"},
    ),
    Cell(
        "DELETE",
        one + "/access/{user_id}",
        expect(guest=403, reader=403, member=403, manager=204),
        fill=own_folder,
    ),
    Cell("GET", "/workspaces/{workspace_id}/sharing", insiders),
    Cell(
        "PUT",
        "/workspaces/{workspace_id}/sharing",
        expect(guest=403, reader=403, member=403, manager=200),
        body=lambda world, values: {"links": True},
    ),
    Cell("GET", "/workspaces/{workspace_id}/shares", expect(guest=403, reader=403, member=403, manager=200)),
    Cell("GET", one + "/shares", readers, fill=shared),
    Cell("POST", one + "/shares", makers, fill=shared, body=lambda world, values: {}),
    Cell("GET", "/shares/{share_id}", readers, fill=shared),
    Cell("PATCH", "/shares/{share_id}", managers, fill=shared, body=lambda world, values: {"label": "Mairie"}),
    Cell("DELETE", "/shares/{share_id}", expect(reader=403, member=403, manager=204), fill=shared),
    Cell("GET", "/shares/{share_id}/address", managers, fill=shared),
    Cell("GET", "/shares/{share_id}/uses", managers, fill=shared),
    Cell("GET", "/s/{token}", everybody(200, anonymous=200), fill=shared),
    Cell("POST", "/s/{token}/visit", everybody(201, anonymous=201), fill=shared, body=lambda world, values: {}),
    Cell("GET", "/s/{token}/items", everybody(403, anonymous=403), fill=shared),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/archives",
        expect(reader=201, member=201, manager=201),
        fill=folder,
        body=lambda world, values: {"node_ids": [values["node_id"]]},
    ),
    Cell(
        "POST",
        one + "/unpack",
        expect(reader=403, member=202, manager=202),
        fill=zipped,
        body=lambda world, values: {},
    ),
    Cell("GET", "/documents/marks", everybody(200)),
    Cell("GET", "/documents/some", everybody(200), query="?id=00000000-0000-7000-8000-000000000000"),
    Cell("GET", "/documents/favourites", everybody(200)),
    Cell("GET", "/documents/followed", everybody(200)),
    Cell("GET", "/documents/recent", everybody(200)),
    Cell("DELETE", "/documents/recent", everybody(204)),
    Cell("PUT", one + "/favourite", marking, fill=document),
    Cell("DELETE", one + "/favourite", everybody(204), fill=document),
    Cell("PUT", one + "/follow", marking, fill=folder),
    Cell("DELETE", one + "/follow", everybody(204), fill=folder),
    Cell("GET", one + "/activity", readers, fill=document),
    Cell("GET", "/workspaces/{workspace_id}/activity", insiders),
    Cell("GET", one + "/retention", readers, fill=folder),
    Cell("PUT", one + "/retention", managers, fill=folder, body=lambda world, values: {"days": 365, "act": "bin"}),
    Cell("DELETE", one + "/retention", expect(reader=403, member=403, manager=204), fill=folder),
    Cell(
        "POST",
        one + "/retention/dry-run",
        managers,
        fill=folder,
        body=lambda world, values: {"days": 365, "act": "bin"},
    ),
    Cell("GET", one + "/approvals", readers, fill=document),
    Cell("POST", one + "/approvals", makers, fill=document, body=asking),
    Cell("GET", "/approvals", everybody(200)),
    Cell("GET", "/workspaces/{workspace_id}/approvals", insiders),
    Cell("GET", "/workspaces/{workspace_id}/approvals/marks", insiders),
    Cell("GET", "/approvals/{approval_id}", readers, fill=asked),
    Cell("PATCH", "/approvals/{approval_id}", managers, fill=asked, body=lambda world, values: {"message": "Vite"}),
    Cell("POST", "/approvals/{approval_id}/cancel", managers, fill=asked),
    Cell("POST", "/approvals/{approval_id}/opened", expect(reader=204, member=204, manager=204), fill=asked),
    Cell(
        "PUT",
        "/approvals/{approval_id}/answer",
        readers,
        fill=asked,
        body=lambda world, values: {"answer": "approved", "sha256": values["sha256"]},
    ),
    Cell("GET", "/approvals/{approval_id}/export", managers, fill=asked),
    Cell("GET", "/approvals/{approval_id}/attestation", managers, fill=asked),
    Cell("GET", "/unpackings", everybody(200)),
    Cell("DELETE", "/unpackings/{unpacking_id}", everybody(404), fill=lambda world, role: {"unpacking_id": uuid7()}),
    Cell("GET", "/uploads", everybody(200)),
    Cell(
        "POST",
        "/uploads/{upload_id}/decision",
        everybody(404),
        fill=no_upload,
        body=lambda world, values: {"conflict": "skip"},
    ),
]
