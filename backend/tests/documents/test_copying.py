"""A document or a folder once more, also in another workspace."""

import time
from typing import Any

from plano.documents.actions import copying
from plano.documents.models import Node, Preview, PreviewKind, Text, Usage, Version
from plano.kernel.ids import uuid7
from tests.documents.conftest import Office, Seat, seat
from tests.documents.test_audience import elsewhere
from tests.factories.workspaces import make_workspace


def copy(who: Seat, node: dict[str, Any], *, status: int = 201, **more: Any) -> Any:
    answer = who.api.post(f"/nodes/{node['id']}/copy", more)
    assert answer.status_code == status, answer.data
    return answer.data


def test_a_folder_is_copied_with_all_in_it_and_others_hear_how_much_that_is(office: Office, frames_of: Any) -> None:
    folder = office.manager.create("Marché")
    inner = office.manager.create("Offres", parent=folder["id"])
    office.manager.document("règlement.txt", b"un", parent=folder["id"])
    office.manager.document("offre.txt", b"deux", parent=inner["id"])
    before = len(frames_of(office.workspace.id))
    made = copy(office.member, folder)
    assert made["name"] == "Marché (2)"
    frames = frames_of(office.workspace.id)[before:]
    assert [(f["kind"], f["data"]["id"]) for f in frames] == [
        ("documents.node", made["id"]),
        ("documents.count", made["id"]),
    ]
    page = office.reader.api.get(f"/workspaces/{office.workspace.id}/nodes").data
    assert frames[1]["data"]["count"] == page["counts"][made["id"]] == 2
    inside = {node["name"]: node for node in office.reader.nodes(made["id"])}
    assert set(inside) == {"Offres", "règlement.txt"}
    (offer,) = office.reader.nodes(inside["Offres"]["id"])
    assert office.reader.bytes.get(f"/nodes/{offer['id']}/content").content == b"deux"
    assert offer["created_by"]["name"] == "Member"


def test_a_copy_in_another_workspace_takes_space_there_and_a_free_name(office: Office) -> None:
    there, colleague = elsewhere(office)
    there.create("MARCHÉ")
    folder = office.manager.create("marche\u0301")  # decomposed: the same name
    office.manager.document("plan.txt", b"12345", parent=folder["id"])
    made = copy(office.manager, folder, workspace_id=str(there.workspace.id))
    assert made["workspace_id"] == str(there.workspace.id)
    assert sorted(node["name"] for node in colleague.nodes()) == ["MARCHÉ", "marché (2)"]
    (plan,) = colleague.nodes(made["id"])
    assert colleague.bytes.get(f"/nodes/{plan['id']}/content").content == b"12345"
    assert Usage.objects.get(workspace=there.workspace).bytes == 5
    assert Usage.objects.get(workspace=office.workspace).bytes == 5
    assert [node["name"] for node in office.member.nodes()] == ["marché"]


def test_r013_a_copy_needs_the_right_to_read_here_and_to_write_there(office: Office) -> None:
    there, colleague = elsewhere(office)
    node = office.manager.document("plan.txt")
    copy(office.member, node, status=404, workspace_id=str(there.workspace.id))
    copy(colleague, node, status=404, workspace_id=str(there.workspace.id))
    closed = seat(office.manager.user, make_workspace(manager=office.outsider.user, readers=[office.manager.user]))
    assert copy(office.manager, node, status=403, workspace_id=str(closed.workspace.id))["code"] == "role_too_low"
    own = seat(office.reader.user, make_workspace(manager=office.reader.user))
    assert copy(office.reader, node, workspace_id=str(own.workspace.id))["name"] == "plan.txt"
    foreign = office.manager.create("Ici")
    assert (
        copy(office.manager, node, status=400, workspace_id=str(there.workspace.id), parent_id=foreign["id"])["code"]
        == "parent_not_found"
    )


def test_a_restricted_folder_inside_is_never_copied_wider(office: Office) -> None:
    folder = office.manager.create("Marché")
    hidden = office.manager.create("Cellule", parent=folder["id"], restricted=True)
    office.manager.document("s.txt", parent=hidden["id"])
    assert copy(office.manager, folder, status=409)["code"] == "restricted_inside"
    assert office.member.nodes(copy(office.member, folder)["id"]) == []


def test_a_copy_sent_again_is_one_copy(office: Office) -> None:
    folder, id = office.manager.create("Marché"), str(uuid7())
    assert copy(office.manager, folder, id=id)["id"] == copy(office.manager, folder, id=id)["id"] == id
    assert len(office.manager.nodes()) == 2


def test_a_copy_shows_its_picture_and_is_found_by_its_words_at_once(office: Office) -> None:
    node = office.manager.document("plan.txt", b"bonjour")
    version = Version.objects.get(node_id=node["id"])
    Preview.objects.create(version=version, kind=PreviewKind.THUMBNAIL, blob="0" * 32, media_type="image/webp", size=3)
    Text.objects.filter(node_id=node["id"]).delete()
    Text.objects.create(node_id=node["id"], number=1, text="bonjour")
    made = copy(office.manager, node)
    assert made["thumbnail"] is True
    assert Text.objects.get(node_id=made["id"]).text == "bonjour"
    assert Preview.objects.get(version__node_id=made["id"]).blob == "0" * 32


def test_two_thousand_documents_are_copied_at_once_or_not_at_all(
    office: Office, frames_of: Any, monkeypatch: Any
) -> None:
    folder = office.manager.create("Grand")
    first = office.manager.document("d.txt", parent=folder["id"])
    row = Node.objects.get(id=first["id"])
    values = {f.attname: getattr(row, f.attname) for f in Node._meta.concrete_fields}
    twins = [Node(**values | {"id": uuid7(), "name": f"d{n}.txt", "folded": f"d{n}.txt"}) for n in range(1999)]
    Node.objects.bulk_create(twins)
    content = Version.objects.get(node=row)
    fields = {f.attname: getattr(content, f.attname) for f in Version._meta.concrete_fields}
    Version.objects.bulk_create(Version(**fields | {"id": uuid7(), "node_id": twin.id}) for twin in twins)
    before = len(frames_of(office.workspace.id))
    start = time.monotonic()
    made = copy(office.member, folder)
    assert time.monotonic() - start < 20  # a second on a quiet machine
    assert len(frames_of(office.workspace.id)) - before == 2
    assert Node.objects.filter(parent_id=made["id"], content_version=1).count() == 2000
    assert Version.objects.filter(node__parent_id=made["id"]).count() == 2000
    monkeypatch.setattr(copying, "MAX_COPIED", 2000)
    assert copy(office.member, folder, status=413)["code"] == "too_many_to_copy"
    assert Node.objects.filter(parent_id=None, workspace=office.workspace).count() == 2
