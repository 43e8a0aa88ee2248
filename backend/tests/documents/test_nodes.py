"""Folders and documents through the HTTP API."""

from typing import Any

import pytest

from plano.kernel.ids import uuid7
from tests.documents.conftest import Office
from tests.factories.workspaces import make_workspace

HOSTILE = [
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "/etc/passwd",
    "a/b.txt",
    "C:\\temp\\x",
    "..",
    ".",
    "",
    "   ",
    "\x00",
    "\u202e",
    "plan\ud800",
    "x" * 256,
    "é" * 128,
]


def test_a_folder_and_what_lies_in_it_are_listed_folders_first(office: Office) -> None:
    folder = office.member.create("Annexes")
    office.member.document("avis.txt")
    office.member.document("Été.txt", parent=folder["id"])
    assert [n["name"] for n in office.reader.nodes()] == ["Annexes", "avis.txt"]
    page = office.reader.api.get(f"/workspaces/{office.workspace.id}/nodes?parent_id={folder['id']}").data
    assert [n["name"] for n in page["items"]] == ["Été.txt"]
    assert page["folder"]["id"] == folder["id"]
    assert [step["name"] for step in page["path"]] == ["Annexes"]
    assert office.reader.api.get(f"/workspaces/{office.workspace.id}/nodes").data["counts"] == {folder["id"]: 1}


def test_the_list_made_by_the_database_says_what_one_node_says(office: Office) -> None:
    office.member.document("avis.txt")
    folder = office.manager.create("Cellule", restricted=True)
    listed = {n["id"]: n for n in office.manager.nodes()}
    for id, item in listed.items():
        alone = office.manager.api.get(f"/nodes/{id}").data
        assert item == {name: alone[name] for name in item}
    assert listed[folder["id"]]["access"] == "restricted"


def test_pages_follow_each_other_without_loss(office: Office) -> None:
    names = [f"Pièce {n:02}" for n in range(7)]
    for name in reversed(names):
        office.member.create(name)
    seen: list[str] = []
    cursor = ""
    while True:
        page = office.reader.api.get(f"/workspaces/{office.workspace.id}/nodes?limit=3{cursor}").data
        seen += [n["name"] for n in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == names
    assert office.reader.api.get(f"/workspaces/{office.workspace.id}/nodes?cursor=zzz").status_code == 400


def test_r131_creation_sent_again_makes_one(office: Office) -> None:
    id = str(uuid7())
    first = office.member.create("Annexes", id=id)
    again = office.member.create("Annexes", id=id)
    assert first["id"] == again["id"] == id
    assert len(office.member.nodes()) == 1
    answer = office.manager.api.post(
        f"/workspaces/{office.workspace.id}/nodes", {"id": id, "kind": "folder", "name": "B"}
    )
    assert (answer.status_code, answer.data["code"]) == (409, "identifier_in_use")


@pytest.mark.parametrize("name", HOSTILE)
def test_r071_hostile_names_are_refused_with_the_field(office: Office, name: str) -> None:
    answer = office.member.api.post(f"/workspaces/{office.workspace.id}/nodes", {"kind": "folder", "name": name})
    assert answer.status_code == 400
    assert "name" in answer.data["errors"]
    assert office.member.nodes() == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("fac\u202etxt.exe", "factxt.exe"),
        ("re\u0301union.md", "réunion.md"),
        ("a\r\nb\tc", "a b c"),
        ("  plan  final ", "plan  final"),
        ("CON", "CON"),
        ('<img src=x onerror="alert(1)">', '<img src=x onerror="alert(1)">'),
    ],
)
def test_r071_names_are_cleaned(office: Office, given: str, shown: str) -> None:
    assert office.member.create(given)["name"] == shown


@pytest.mark.parametrize("other", ["PLAN.ODT", "Plan.odt.", "plan.odt ", "pla\u006e.odt"])
def test_names_that_differ_only_by_case_form_or_trailing_dot_clash(office: Office, other: str) -> None:
    first = office.member.create("Plan.odt", kind="document")
    answer = office.member.api.post(f"/workspaces/{office.workspace.id}/nodes", {"kind": "document", "name": other})
    assert (answer.status_code, answer.data["code"]) == (409, "name_taken")
    assert answer.data["errors"]["node"]["id"] == first["id"]


def test_a_clash_can_keep_both_or_reuse_a_folder(office: Office) -> None:
    folder = office.member.create("Annexes")
    assert office.member.create("annexes", on_conflict="reuse")["id"] == folder["id"]
    office.member.create("plan.odt", kind="document")
    assert office.member.create("plan.odt", kind="document", on_conflict="keep_both")["name"] == "plan (2).odt"
    assert office.member.create("plan.odt", kind="document", on_conflict="keep_both")["name"] == "plan (3).odt"


def test_two_people_rename_at_once_the_second_gets_412_and_both_are_seen(office: Office) -> None:
    node = office.member.create("Plan.odt", kind="document")
    tag = f'"{node["version"]}"'
    first = office.member.api.patch(f"/nodes/{node['id']}", {"name": "Plan A.odt"}, If_Match=tag)
    second = office.manager.api.patch(f"/nodes/{node['id']}", {"name": "Plan B.odt"}, If_Match=tag)
    assert first.status_code == 200
    assert first["ETag"] == f'"{first.data["version"]}"'
    assert (second.status_code, second.data["errors"]["current"]["name"]) == (412, "Plan A.odt")
    again = office.manager.api.patch(
        f"/nodes/{node['id']}", {"name": "Plan B.odt"}, If_Match=f'"{second.data["errors"]["current"]["version"]}"'
    )
    assert again.data["name"] == "Plan B.odt"


def test_a_move_asks_for_the_right_on_both_sides(office: Office) -> None:
    node = office.member.create("Plan.odt", kind="document")
    closed = office.manager.create("Cellule", restricted=True)
    answer = office.member.api.patch(f"/nodes/{node['id']}", {"parent_id": closed["id"]})
    assert (answer.status_code, answer.data["code"]) == (400, "parent_not_found")
    assert office.manager.api.patch(f"/nodes/{node['id']}", {"parent_id": closed["id"]}).status_code == 200
    assert office.member.api.get(f"/nodes/{node['id']}").status_code == 404
    assert office.manager.api.patch(f"/nodes/{node['id']}", {"parent_id": None}).status_code == 200
    assert office.member.api.get(f"/nodes/{node['id']}").status_code == 200


def test_r013_a_reader_of_the_target_moves_nothing_into_it(office: Office) -> None:
    node = office.member.create("Plan.odt", kind="document")
    closed = office.manager.create("Cellule", restricted=True)
    office.manager.api.put(f"/nodes/{closed['id']}/access/{office.member.user.id}", {"role": "reader"})
    assert office.member.api.patch(f"/nodes/{node['id']}", {"parent_id": closed["id"]}).status_code == 403


def test_a_folder_never_moves_into_itself(office: Office) -> None:
    outer = office.member.create("A")
    inner = office.member.create("B", parent=outer["id"])
    for target in (outer["id"], inner["id"]):
        answer = office.member.api.patch(f"/nodes/{outer['id']}", {"parent_id": target})
        assert (answer.status_code, answer.data["code"]) == (409, "into_itself")


@pytest.mark.parametrize("field", ["size", "version", "scope_id", "created_by", "state", "deleted_at", "workspace_id"])
def test_r005_read_only_fields_are_refused(office: Office, field: str) -> None:
    node = office.member.create("Plan.odt", kind="document")
    assert office.member.api.patch(f"/nodes/{node['id']}", {field: 1}).status_code == 400
    body = {"kind": "folder", "name": "X", field: 1}
    assert office.member.api.post(f"/workspaces/{office.workspace.id}/nodes", body).status_code == 400


def test_r003_an_invisible_node_answers_like_one_that_never_was(office: Office) -> None:
    node = office.member.document("Plan.odt")
    absent = uuid7()

    def answers(id: Any) -> list[Any]:
        api = office.outsider.api
        found = [
            api.get(f"/nodes/{id}"),
            api.patch(f"/nodes/{id}", {"name": "x"}),
            api.delete(f"/nodes/{id}"),
            api.get(f"/nodes/{id}/versions"),
            api.get(f"/nodes/{id}/access"),
            api.post(f"/nodes/{id}/restore"),
            api.post(f"/nodes/{id}/copy"),
            office.outsider.bytes.get(f"/nodes/{id}/content"),
            office.outsider.bytes.put(f"/nodes/{id}/content", b"x"),
        ]
        return [(a.status_code, {k: v for k, v in a.data.items() if k != "request_id"}) for a in found]

    assert answers(node["id"]) == answers(absent)
    assert {status for status, _ in answers(absent)} == {404}


def test_r004_a_foreign_parent_is_refused_and_nothing_of_it_shown(office: Office) -> None:
    elsewhere = make_workspace(manager=office.outsider.user)
    foreign = office.outsider.api.post(f"/workspaces/{elsewhere.id}/nodes", {"kind": "folder", "name": "Secret"}).data
    node = office.member.create("Plan.odt", kind="document")
    for parent in (foreign["id"], str(uuid7())):
        for answer in (
            office.member.api.post(
                f"/workspaces/{office.workspace.id}/nodes", {"kind": "folder", "name": "x", "parent_id": parent}
            ),
            office.member.api.patch(f"/nodes/{node['id']}", {"parent_id": parent}),
            office.member.api.post(f"/nodes/{node['id']}/copy", {"parent_id": parent}),
            office.member.bytes.start(3, workspace_id=office.workspace.id, parent_id=parent, filename="x"),
        ):
            assert (answer.status_code, answer.data["code"]) == (400, "parent_not_found")
    assert (
        office.member.api.get(f"/workspaces/{office.workspace.id}/nodes?parent_id={foreign['id']}").status_code == 404
    )


def test_a_copy_shares_the_bytes_and_not_the_history(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"deux")
    copy = office.member.api.post(f"/nodes/{node['id']}/copy", {}).data
    assert copy["name"] == "plan (2).txt"
    assert office.reader.bytes.get(f"/nodes/{copy['id']}/content").content == b"deux"
    assert len(office.reader.api.get(f"/nodes/{copy['id']}/versions").data["items"]) == 1


def test_a_room_that_is_switched_off_answers_like_absent(office: Office) -> None:
    node = office.member.document("plan.txt")
    office.manager.api.patch(f"/workspaces/{office.workspace.id}", {"rooms": ["chat"]})
    assert office.member.api.get(f"/nodes/{node['id']}").status_code == 404
    assert office.member.api.get(f"/workspaces/{office.workspace.id}/nodes").status_code == 404
    assert office.member.bytes.get(f"/nodes/{node['id']}/content").status_code == 404
