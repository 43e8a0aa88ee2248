"""Roles x methods on a network drive: the same answers as in the browser, and nothing of what one may not see."""

from collections.abc import Callable
from typing import Any

import pytest

from plano.accounts.models import ApplicationPassword
from plano.documents import actions
from plano.documents.models import Kind, Node
from plano.kernel.ids import uuid7
from plano.workspaces import actions as workspaces
from plano.workspaces.models import Role
from tests.dav.conftest import Drive, Office, password_of

PROPPATCH = b'<propertyupdate xmlns="DAV:"><set><prop><c xmlns="urn:x">rouge</c></prop></set></propertyupdate>'
LOCK = b'<lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope><locktype><write/></locktype></lockinfo>'
Call = Callable[[Drive], Any]
CALLS: dict[str, Call] = {
    "OPTIONS": lambda d: d("OPTIONS", "plan.md"),
    "GET": lambda d: d("GET", "plan.md"),
    "HEAD": lambda d: d("HEAD", "plan.md"),
    "PROPFIND": lambda d: d("PROPFIND", "plan.md", Depth="0"),
    "PROPFIND folder": lambda d: d("PROPFIND", "Dossier", Depth="1"),
    "PUT": lambda d: d("PUT", "plan.md", b"autre"),
    "PUT new": lambda d: d("PUT", "Dossier/nouveau.md", b"neuf"),
    "MKCOL": lambda d: d("MKCOL", "Dossier/Neuf"),
    "COPY": lambda d: d("COPY", "plan.md", Destination=d.to("copie.md")),
    "MOVE": lambda d: d("MOVE", "plan.md", Destination=d.to("ailleurs.md")),
    "PROPPATCH": lambda d: d("PROPPATCH", "plan.md", PROPPATCH),
    "LOCK": lambda d: d("LOCK", "plan.md", LOCK),
    "LOCK new": lambda d: d("LOCK", "libre.md", LOCK),
    "UNLOCK": lambda d: d("UNLOCK", "plan.md", Lock_Token="<opaquelocktoken:absent>"),
    "DELETE": lambda d: d("DELETE", "plan.md"),
    "POST": lambda d: d("POST", "plan.md"),
    "REPORT": lambda d: d("REPORT", "Dossier", b"<x/>"),
    "TRACE": lambda d: d("TRACE", "plan.md"),
}
READS = {"OPTIONS": 200, "GET": 200, "HEAD": 200, "PROPFIND": 207, "PROPFIND folder": 207}
WRITES = {
    "PUT": 204, "PUT new": 201, "MKCOL": 201, "COPY": 201, "MOVE": 201, "PROPPATCH": 207, "LOCK": 200,
    "LOCK new": 201, "UNLOCK": 409, "DELETE": 204,
}  # fmt: skip
NEVER = {"POST": 405, "REPORT": 405, "TRACE": 405}
# What names a place that is not there for the caller says that nothing can be put there; all else is absent.
ABSENT = dict.fromkeys([*READS, *WRITES], 404) | {
    "OPTIONS": 200, "PUT": 409, "PUT new": 409, "MKCOL": 409, "LOCK": 409, "LOCK new": 409,
}  # fmt: skip
REFUSED = dict.fromkeys(WRITES, 403) | {"UNLOCK": 409}
TABLE: dict[str, dict[str, int]] = {
    "manager": READS | WRITES | NEVER,
    "member": READS | WRITES | NEVER,
    "reader": READS | REFUSED | NEVER,
    # A guest is in the workspace and sees nothing of these; its top, which they do not see either, takes nothing.
    "guest": ABSENT | {"PUT": 404, "LOCK": 404, "LOCK new": 404} | NEVER,
    "outsider": ABSENT | NEVER,
}


@pytest.mark.parametrize("role", TABLE)
def test_roles_and_methods(office: Office, role: str) -> None:
    drive: Drive = getattr(office, role)
    found = {}
    for name, call in CALLS.items():
        Node.objects.all().delete()
        office.manager("MKCOL", "Dossier")
        office.manager.put("plan.md", b"Bonjour")
        found[name] = call(drive).status_code
    assert found == TABLE[role]


@pytest.mark.parametrize("state", ["archived", "removed", "disabled", "reading password", "demoted"])
def test_states_that_take_the_right_to_write(office: Office, state: str) -> None:
    office.member("MKCOL", "Dossier")
    office.member.put("plan.md", b"Bonjour")
    drive = office.member
    user, manager = drive.user, office.manager.user
    if state == "archived":
        workspaces.archive_workspace(actor=manager, workspace_id=office.workspace.id)
    elif state == "removed":
        workspaces.remove_member(actor=manager, workspace_id=office.workspace.id, user_id=user.id)
    elif state == "demoted":
        workspaces.change_role(actor=manager, workspace_id=office.workspace.id, user_id=user.id, role=Role.READER)
    elif state == "disabled":
        user.is_active = False
        user.save(update_fields=["is_active"])
        drive = Drive(user, office.workspace)
    else:
        drive = Drive(user, office.workspace, password_of(user, can_write=False))
    reads = {"removed": 404, "disabled": 401}.get(state, 200)
    assert drive("GET", "plan.md").status_code == reads
    writes = {"removed": (404, 409), "disabled": (401, 429)}.get(state, (403,))
    for method in ("PUT", "PUT new", "DELETE", "MOVE", "COPY", "PROPPATCH", "LOCK"):
        assert CALLS[method](drive).status_code in writes, method
    assert [n["name"] for n in office.manager.nodes()] == ["Dossier", "plan.md"]
    assert office.manager("GET", "plan.md").content == b"Bonjour"


def restricted(office: Office) -> Node:
    """A folder for its manager alone, in an ordinary one, with a document."""
    office.manager("MKCOL", "Dossier")
    top = office.manager.nodes()[0]["id"]
    folder = actions.create_node(
        actor=office.manager.user, workspace_id=office.workspace.id, id=uuid7(), kind=Kind.FOLDER, name="Secret",
        parent_id=top, restricted=True,
    )  # fmt: skip
    office.manager.put("Dossier/Secret/rapport.md", b"confidentiel")
    return folder


def test_r006_a_restricted_folder_is_not_there_for_others(office: Office) -> None:
    restricted(office)
    assert office.manager.names("Dossier") == ["Secret"]
    assert office.member.names("Dossier") == []
    for method in ("GET", "PROPFIND", "DELETE", "COPY", "MOVE", "PROPPATCH"):
        answer = office.member(
            method,
            "Dossier/Secret/rapport.md",
            PROPPATCH if method == "PROPPATCH" else b"",
            Depth="0",
            Destination=office.member.to("x.md"),
        )
        assert answer.status_code == 404, method
        assert b"Secret" not in answer.content
    assert office.member("PUT", "Dossier/Secret/neuf.md", b"x").status_code == 409
    taken = office.member("MKCOL", "Dossier/Secret")
    assert (taken.status_code, "node" in taken.data["errors"]) == (409, False)
    copied = office.member("COPY", "Dossier", Destination=office.member.to("Copie"))
    assert copied.status_code == 201
    assert office.manager.names("Copie") == []  # what the copier does not see is not copied
    own = office.manager("COPY", "Dossier", Destination=office.manager.to("Large"))
    assert (own.status_code, own.data["code"]) == (409, "restricted_inside")


def test_a_guest_finds_the_one_folder_at_the_top(office: Office) -> None:
    office.manager("MKCOL", "Dossier")
    office.manager("MKCOL", "Dossier/Échanges")
    office.manager.put("Dossier/Échanges/note.md", b"Bonjour")
    office.manager.put("Dossier/interne.md", b"interne")
    top = office.manager.nodes()[0]["id"]
    [folder] = [node for node in office.manager.nodes(top) if node["kind"] == "folder"]
    actions.set_access(actor=office.manager.user, node_id=folder["id"], open=True)
    actions.grant_access(
        actor=office.manager.user, node_id=folder["id"], user_id=office.guest.user.id, role=Role.MEMBER
    )
    assert office.guest.names() == ["Échanges"]
    assert office.guest("GET", "Échanges/note.md").content == b"Bonjour"
    assert office.guest("GET", "Dossier/interne.md").status_code == 404
    office.guest.put("Échanges/réponse.md", b"Merci")
    assert office.member("GET", "Dossier/Échanges/réponse.md").content == b"Merci"
    assert office.guest("PUT", "ailleurs.md", b"x").status_code == 404
    assert office.guest("MOVE", "Échanges/note.md", Destination=office.guest.to("note.md")).status_code == 404


def test_two_folders_of_one_name_are_told_apart_at_the_top(office: Office) -> None:
    ids = []
    for number in (1, 2):
        office.manager("MKCOL", f"Dossier {number}")
        office.manager("MKCOL", f"Dossier {number}/Commun")
        office.manager.put(f"Dossier {number}/Commun/{number}.md", b"x")
        top = next(n["id"] for n in office.manager.nodes() if n["name"] == f"Dossier {number}")
        ids.append(office.manager.nodes(top)[0]["id"])
        actions.set_access(actor=office.manager.user, node_id=ids[-1], open=True)
        actions.grant_access(actor=office.manager.user, node_id=ids[-1], user_id=office.guest.user.id, role=Role.READER)
    assert office.guest.names() == ["Commun", f"Commun ({ids[1][-8:]})"]
    assert office.guest.names("Commun") == ["1.md"]
    assert office.guest.names(f"Commun ({ids[1][-8:]})") == ["2.md"]


def test_an_administrator_has_no_files_of_others(office: Office) -> None:
    office.outsider.user.is_admin = True
    office.outsider.user.save(update_fields=["is_admin"])
    office.member.put("plan.md")
    assert office.outsider("GET", "plan.md").status_code == 404
    assert office.outsider.names("/dav/files/") == []


def test_a_workspace_without_the_room_is_not_there(office: Office) -> None:
    office.workspace.rooms = [room for room in office.workspace.rooms if room != "documents"]
    office.workspace.save(update_fields=["rooms"])
    assert office.member("PROPFIND", "", Depth="1").status_code == 404
    assert office.member.names("/dav/files/") == []


def test_the_last_use_of_a_password_is_noted(office: Office) -> None:
    office.member.names()
    assert ApplicationPassword.objects.get(user=office.member.user).last_used_at is not None
