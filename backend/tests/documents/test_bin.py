"""Delete, restore, purge."""

from datetime import timedelta
from uuid import UUID

import pytest

from plano.documents import actions
from plano.documents.models import Node, Usage
from plano.kernel import pagination
from plano.kernel.clock import now
from tests.documents.conftest import Office

NOBODY = UUID(int=1)


def binned(office: Office) -> list[tuple[str, str | None, int]]:
    items = office.reader.api.get(f"/workspaces/{office.workspace.id}/bin").data["items"]
    return [(i["node"]["name"], i["place"], i["contains"]) for i in items]


def test_a_folder_goes_with_all_that_is_in_it_and_comes_back(office: Office) -> None:
    outer = office.member.create("Annexes")
    inner = office.member.create("Fiches", parent=outer["id"])
    node = office.member.document("plan.txt", parent=inner["id"])
    assert office.member.api.delete(f"/nodes/{inner['id']}").status_code == 204
    assert office.member.api.get(f"/nodes/{node['id']}").status_code == 404
    assert office.member.bytes.get(f"/nodes/{node['id']}/content").status_code == 404
    assert binned(office) == [("Fiches", "Annexes", 1)]
    assert office.member.api.delete(f"/nodes/{inner['id']}").status_code == 204
    back = office.member.api.post(f"/nodes/{inner['id']}/restore")
    assert (back.status_code, back.data["moved_to_root"], back.data["renamed"]) == (200, False, False)
    assert [n["name"] for n in office.reader.nodes(inner["id"])] == ["plan.txt"]
    assert binned(office) == []


def test_who_deleted_and_when_is_told(office: Office) -> None:
    node = office.member.document("plan.txt")
    office.manager.api.delete(f"/nodes/{node['id']}")
    item = office.reader.api.get(f"/workspaces/{office.workspace.id}/bin").data["items"][0]
    assert (item["deleted_by"]["name"], item["place"]) == ("Manager", None)


def test_when_its_folder_is_gone_it_comes_back_at_the_root_with_a_word(office: Office) -> None:
    folder = office.member.create("Annexes")
    node = office.member.document("plan.txt", parent=folder["id"])
    office.member.api.delete(f"/nodes/{node['id']}")
    office.member.api.delete(f"/nodes/{folder['id']}")
    back = office.member.api.post(f"/nodes/{node['id']}/restore").data
    assert (back["moved_to_root"], back["node"]["parent_id"]) == (True, None)
    assert [n["name"] for n in office.reader.nodes()] == ["plan.txt"]


def test_a_taken_name_is_numbered_when_it_comes_back(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    office.member.api.delete(f"/nodes/{node['id']}")
    office.member.document("Plan.txt", b"deux")
    back = office.member.api.post(f"/nodes/{node['id']}/restore").data
    assert (back["renamed"], back["node"]["name"]) == (True, "plan (2).txt")


def test_a_document_of_a_restricted_folder_never_comes_back_wider(office: Office) -> None:
    closed = office.manager.create("Cellule", restricted=True)
    node = office.manager.document("secret.txt", parent=closed["id"])
    office.manager.api.delete(f"/nodes/{node['id']}")
    office.manager.api.delete(f"/nodes/{closed['id']}")
    answer = office.manager.api.post(f"/nodes/{node['id']}/restore")
    assert (answer.status_code, answer.data["code"]) == (409, "restore_the_folder")
    assert office.member.api.post(f"/nodes/{node['id']}/restore").status_code == 404
    assert binned(office) == []
    office.manager.api.post(f"/nodes/{closed['id']}/restore")
    assert office.manager.api.post(f"/nodes/{node['id']}/restore").status_code == 200
    assert office.member.api.get(f"/nodes/{node['id']}").status_code == 404


def test_only_a_manager_purges_and_the_space_is_free_again(office: Office) -> None:
    folder = office.member.create("Annexes")
    office.member.document("plan.txt", b"12345", parent=folder["id"])
    assert office.manager.api.delete(f"/nodes/{folder['id']}/bin").status_code == 404
    office.member.api.delete(f"/nodes/{folder['id']}")
    assert office.member.api.delete(f"/nodes/{folder['id']}/bin").status_code == 403
    told = office.manager.api.delete(f"/nodes/{folder['id']}/bin")
    assert told.status_code == 200
    assert (told.data["documents"], told.data["versions"], told.data["bytes"] > 0) == (1, 1, True)  # C15: it says so
    assert Node.objects.count() == 0
    assert Usage.objects.get(workspace=office.workspace).bytes == 0


def test_r143_the_bin_empties_itself_after_thirty_days(office: Office) -> None:
    old, fresh = office.member.document("a.txt"), office.member.document("b.txt")
    for node in (old, fresh):
        office.member.api.delete(f"/nodes/{node['id']}")
    Node.objects.filter(id=old["id"]).update(deleted_at=now() - timedelta(days=31))
    assert actions.empty_bin() == 1
    assert [name for name, _, _ in binned(office)] == ["b.txt"]


def test_a_deleted_name_is_free_for_another(office: Office) -> None:
    node = office.member.create("Annexes")
    office.member.api.delete(f"/nodes/{node['id']}")
    assert office.member.create("Annexes")["name"] == "Annexes"


def test_a_stale_delete_is_refused(office: Office) -> None:
    node = office.member.document("plan.txt")
    office.manager.api.patch(f"/nodes/{node['id']}", {"name": "autre.txt"})
    assert office.member.api.delete(f"/nodes/{node['id']}", If_Match='"1"').status_code == 412


def test_documents_6_when_its_place_is_gone_or_closed_another_one_is_chosen(office: Office) -> None:
    folder = office.manager.create("Ancien dossier")
    other = office.manager.create("Nouveau dossier")
    node = office.manager.document("plan.txt", parent=folder["id"])
    for id in (node["id"], folder["id"]):
        office.manager.api.delete(f"/nodes/{id}")
    page = office.manager.api.get(f"/workspaces/{office.workspace.id}/bin").data["items"]
    gone = {item["node"]["name"]: item["place_gone"] for item in page}
    assert gone == {"plan.txt": True, "Ancien dossier": False}
    path = f"/nodes/{node['id']}/restore"
    assert office.member.api.post(path, {"parent_id": folder["id"]}).data["code"] in ("folder_gone", "parent_not_found")
    back = office.member.api.post(path, {"parent_id": other["id"]}).data
    assert (back["node"]["parent_id"], back["moved_to_root"]) == (other["id"], False)
    office.manager.api.put(f"/nodes/{other['id']}/access", {"open": False})
    office.manager.api.delete(f"/nodes/{node['id']}")
    assert office.member.api.post(path, {"parent_id": None}).status_code == 404  # it belongs to the closed folder
    assert office.manager.api.post(path, {"parent_id": None}).data["node"]["parent_id"] is None


@pytest.mark.parametrize("list_", ["bin", "shares"])
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        pagination.encode("hier", str(NOBODY)),
        pagination.encode("2026-11-23T10:00:00", str(NOBODY)),
        pagination.encode("2026-11-23T10:00:00+00:00", "x"),
    ],
)
def test_an_invented_cursor_is_refused(office: Office, list_: str, cursor: str) -> None:
    answer = office.manager.api.get(f"/workspaces/{office.workspace.id}/{list_}?cursor={cursor}")
    assert (answer.status_code, answer.data["code"]) == (400, "invalid_cursor")
