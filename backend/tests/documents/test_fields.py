"""Fields of a workspace: made by managers, filled by members, and lists narrowed by them (C13)."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from plano.documents.models import Node
from plano.platform.live.models import Frame
from tests.documents.conftest import Office, Seat, seat
from tests.documents.test_search import names as found_names
from tests.factories.workspaces import make_workspace


def field(seat: Seat, name: str, kind: str = "text", *, status: int = 201, **more: Any) -> Any:
    answer = seat.api.post(f"/workspaces/{seat.workspace.id}/fields", {"name": name, "kind": kind, **more})
    assert answer.status_code == status, answer.data
    return answer.data


def fill(seat: Seat, node: Any, values: dict[str, Any], *, status: int = 200) -> Any:
    answer = seat.api.patch(f"/nodes/{node['id']}/fields", {"values": values})
    assert answer.status_code == status, answer.data
    return answer.data


def fields_of(seat: Seat) -> Any:
    answer = seat.api.get(f"/workspaces/{seat.workspace.id}/fields")
    assert answer.status_code == 200, answer.data
    return answer.data


def filtered(seat: Seat, query: str, *, status: int = 200) -> Any:
    answer = seat.api.get(f"/workspaces/{seat.workspace.id}/nodes/filtered?{query}")
    assert answer.status_code == status, answer.data
    return answer.data


def names(seat: Seat, query: str) -> list[str]:
    page = filtered(seat, query)
    assert page["count"] == len(page["items"])
    return [item["name"] for item in page["items"]]


def all_kinds(office: Office) -> dict[str, Any]:
    choice = field(office.manager, "État", "choice", options=[{"name": "Projet"}, {"name": "Signé"}])
    kinds = {kind: field(office.manager, f"Champ {kind}", kind) for kind in ("text", "number", "date", "person")}
    return kinds | {"choice": choice}


def test_each_kind_holds_its_values_and_refuses_others(office: Office, frames_of: Any) -> None:
    fields = all_kinds(office)
    id = {kind: one["id"] for kind, one in fields.items()}
    signed = fields["choice"]["options"][1]["id"]
    node = office.manager.document("plan.txt")
    good: dict[str, Any] = {
        id["text"]: "  N° 12\n bis ",
        id["number"]: 1250.5,
        id["date"]: "2027-02-28",
        id["choice"]: signed,
        id["person"]: str(office.reader.user.id),
    }
    told = fill(office.member, node, good)
    assert told["fields"] == good | {id["text"]: "N° 12 bis"}
    (listed,) = office.reader.nodes()
    assert listed["fields"] == told["fields"]
    frame = frames_of(office.workspace.id, "documents.node")[-1]
    assert frame["data"] == listed
    assert fields_of(office.reader)["people"][0]["name"] == "Reader"
    bad: list[tuple[str, Any]] = [
        ("text", ""),
        ("text", "x" * 501),
        ("text", 12),
        ("number", "12"),
        ("number", 1e16),
        ("number", 10**400),
        ("number", True),
        ("date", "28/02/2027"),
        ("date", "2027-02-30"),
        ("date", "20270228"),
        ("choice", "Signé"),
        ("choice", str(uuid4())),
        ("person", str(office.outsider.user.id)),
        ("person", "x"),
        ("text", ["x"]),
    ]
    for kind, value in bad:
        fill(office.member, node, {id[kind]: value}, status=400)
    assert fill(office.member, node, {str(uuid4()): "x"}, status=400)["code"] == "value_refused"
    assert fill(office.member, node, {id["text"]: None})["fields"].keys() == good.keys() - {id["text"]}
    fill(office.reader, node, {id["text"]: "x"}, status=403)


def test_two_people_fill_two_fields_and_a_lock_is_respected(office: Office) -> None:
    one, two = field(office.manager, "Un"), field(office.manager, "Deux")
    node = office.manager.document("plan.txt")
    fill(office.member, node, {one["id"]: "a"})
    assert fill(office.manager, node, {two["id"]: "b"})["fields"] == {one["id"]: "a", two["id"]: "b"}
    office.manager.api.post(f"/nodes/{node['id']}/lock", {"reason": "Relecture"})
    fill(office.member, node, {one["id"]: "c"}, status=423)
    fill(office.manager, node, {one["id"]: "c"})


def test_managers_make_rename_order_and_delete_and_values_go_with_the_field(office: Office, frames_of: Any) -> None:
    numbers = [field(office.manager, f"Champ {n}")["id"] for n in range(3)]
    assert field(office.manager, "CHAMP 1", status=409)["code"] == "field_name_taken"
    path = f"/workspaces/{office.workspace.id}/fields"
    office.manager.api.put(f"{path}/order", {"ids": numbers[::-1]})
    assert [one["id"] for one in fields_of(office.reader)["items"]] == numbers[::-1]
    assert office.manager.api.put(f"{path}/order", {"ids": numbers[:2]}).data["code"] == "fields_changed"
    assert office.manager.api.patch(f"{path}/{numbers[0]}", {"name": "Référence"}).data["version"] == 3
    kept, binned = office.manager.document("a.txt"), office.manager.document("b.txt")
    for node in (kept, binned):
        fill(office.member, node, {numbers[0]: "12", numbers[1]: "x"})
    assert office.manager.api.get(f"{path}/{numbers[0]}/use").data == {"count": 2}
    office.manager.api.delete(f"/nodes/{binned['id']}")
    office.manager.api.delete(f"{path}/{numbers[0]}")
    assert list(Node.objects.values_list("fields", flat=True)) == [{numbers[1]: "x"}] * 2
    assert frames_of(office.workspace.id, "documents.field")[-1]["op"] == "removed"
    fill(office.member, kept, {numbers[0]: "12"}, status=400)
    for n in range(18):
        field(office.manager, f"Autre {n}")
    assert field(office.manager, "Un de trop", status=409)["code"] == "too_many_fields"


def test_options_keep_their_values_when_renamed_and_lose_them_when_removed(office: Office) -> None:
    field(office.manager, "Vide", "choice", status=400)
    field(office.manager, "Texte", options=[{"name": "x"}], status=400)
    field(office.manager, "Deux fois", "choice", options=[{"name": "Oui"}, {"name": "OUI"}], status=400)
    field(office.manager, "Trop", "choice", options=[{"name": f"o{n}"} for n in range(51)], status=400)
    state = field(office.manager, "État", "choice", options=[{"name": "Projet"}, {"name": "Signé"}])
    draft, signed = state["options"]
    one, two = office.manager.document("a.txt"), office.manager.document("b.txt")
    fill(office.member, one, {state["id"]: draft["id"]})
    fill(office.member, two, {state["id"]: signed["id"]})
    path = f"/workspaces/{office.workspace.id}/fields/{state['id']}"
    office.manager.api.patch(path, {"options": [{"id": signed["id"], "name": "Signé par le préfet"}, {"name": "Clos"}]})
    assert [node["fields"] for node in office.reader.nodes()] == [{}, {state["id"]: signed["id"]}]
    stale = office.manager.api.patch(path, {"options": [{"name": "Seul"}]}, If_Match='"1"')
    assert (stale.status_code, stale.data["errors"]["current"]["version"]) == (412, 2)


def test_a_copy_keeps_the_values_and_another_workspace_takes_what_it_has_a_field_for(office: Office) -> None:
    state = field(office.manager, "État", "choice", options=[{"name": "Projet"}, {"name": "Signé"}])
    number, only_here = field(office.manager, "Montant", "number"), field(office.manager, "Bureau")
    node = office.manager.document("plan.txt")
    fill(office.manager, node, {state["id"]: state["options"][1]["id"], number["id"]: 12, only_here["id"]: "A4"})
    copy = office.manager.api.post(f"/nodes/{node['id']}/copy", {}).data
    assert len(copy["fields"]) == 3
    there = seat(office.manager.user, make_workspace(manager=office.manager.user))
    theirs = field(there, "ÉTAT", "choice", options=[{"name": "signé"}])
    amount = field(there, "montant", "number")
    field(there, "Bureau", "number")
    moved = office.manager.api.patch(f"/nodes/{node['id']}", {"workspace_id": str(there.workspace.id)}).data
    assert moved["fields"] == {theirs["id"]: theirs["options"][0]["id"], amount["id"]: 12}


def test_lists_are_narrowed_by_kind_tag_and_fields_below_a_folder(office: Office) -> None:
    fields = all_kinds(office)
    id = {kind: one["id"] for kind, one in fields.items()}
    draft = fields["choice"]["options"][0]["id"]
    folder = office.manager.create("Marchés")
    deep = office.manager.create("2027", parent=folder["id"])
    inside = office.manager.document("lot.txt", parent=deep["id"])
    outside = office.manager.document("note.txt")
    person = str(office.member.user.id)
    fill(office.manager, inside, {id["number"]: 10, id["date"]: "2027-03-01", id["choice"]: draft, id["text"]: "Élan"})
    fill(office.manager, outside, {id["number"]: 99, id["person"]: person, id["text"]: "100 %"})
    fill(office.manager, deep, {id["choice"]: draft})
    office.manager.api.patch(f"/nodes/{inside['id']}/details", {"tags": ["Urgent"]})
    assert names(office.reader, f"field={id['choice']}:{draft}") == ["2027", "lot.txt"]
    assert names(office.reader, f"field={id['choice']}:{draft}&family=text&under={folder['id']}") == ["lot.txt"]
    assert names(office.reader, "tag=urgent") == ["lot.txt"]
    assert names(office.reader, f"under={deep['id']}") == ["lot.txt"]
    assert names(office.reader, "family=folder") == ["2027", "Marchés"]
    assert names(office.reader, f"field={id['number']}:10") == ["lot.txt"]
    assert names(office.reader, f"field={id['number']}:11..") == ["note.txt"]
    assert names(office.reader, f"field={id['number']}:..50") == ["lot.txt"]
    assert names(office.reader, f"field={id['date']}:2027-01-01..2027-12-31") == ["lot.txt"]
    assert names(office.reader, f"field={id['person']}:{person}") == ["note.txt"]
    assert names(office.reader, f"field={id['text']}:elan&field={id['number']}:10") == ["lot.txt"]
    assert names(office.reader, f"field={id['text']}:%25") == ["note.txt"]
    page = filtered(office.reader, "tag=urgent")
    assert [step["name"] for step in page["places"][inside["id"]]] == ["Marchés", "2027"]
    assert fields_of(office.reader)["tags"] == ["Urgent"]
    first = filtered(office.reader, "limit=3")
    rest = filtered(office.reader, f"limit=3&cursor={first['next']}")
    assert [item["name"] for item in first["items"] + rest["items"]] == ["2027", "Marchés", "lot.txt", "note.txt"]
    for bad in (f"field={uuid4()}:x", f"field={id['number']}:x", f"field={id['date']}:2027", "field=x", "limit=0"):
        filtered(office.reader, bad, status=400)
    filtered(office.reader, "cursor=x", status=400)
    assert found_names(office.reader, "lot", field=f"{id['number']}:10", workspace_id=office.workspace.id) == {
        "lot.txt"
    }
    assert found_names(office.reader, "lot", field=f"{id['number']}:11", workspace_id=office.workspace.id) == set()


def test_r006_filters_count_and_name_only_what_one_sees(office: Office) -> None:
    bureau, who = field(office.manager, "Bureau"), field(office.manager, "Rapporteur", "person")
    closed = office.manager.create("Cellule", restricted=True)
    node = office.manager.document("secret.txt", parent=closed["id"])
    fill(office.manager, node, {bureau["id"]: "A4", who["id"]: str(office.member.user.id)})
    office.manager.api.patch(f"/nodes/{node['id']}/details", {"tags": ["Confidentiel"]})
    query = f"field={bureau['id']}:A4"
    assert names(office.manager, query) == ["secret.txt"]
    assert names(office.member, query) == names(office.guest, query) == []
    seen = fields_of(office.member)
    assert (seen["tags"], seen["people"], seen["may_manage"]) == ([], [], False)
    filtered(office.member, f"under={closed['id']}", status=404)
    filtered(office.outsider, query, status=404)
    grant = f"/nodes/{closed['id']}/access/{office.guest.user.id}"
    office.manager.api.put(grant, {"role": "reader"})
    assert names(office.guest, query) == ["secret.txt"]
    assert fields_of(office.guest)["people"][0]["name"] == "Member"
    office.manager.api.delete(grant)
    assert names(office.guest, query) == []


def test_old_snapshot_and_frames_are_the_fresh_snapshot(office: Office) -> None:
    begin = Frame.objects.filter(scope_id=office.workspace.id).count()
    held: dict[str, Any] = {}
    ids = [field(office.manager, f"Champ {n}")["id"] for n in range(3)]
    path = f"/workspaces/{office.workspace.id}/fields"
    office.manager.api.patch(f"{path}/{ids[0]}", {"name": "Un"})
    office.manager.api.put(f"{path}/order", {"ids": [ids[2], ids[0], ids[1]]})
    office.manager.api.delete(f"{path}/{ids[1]}")
    frames = list(
        Frame.objects.filter(scope_id=office.workspace.id, seq__gt=begin, kind="documents.field").order_by("seq")
    )
    for frame in frames:
        data = json.loads(frame.payload)
        if frame.op == "removed":
            held.pop(data["id"])
        else:
            held[data["id"]] = data
    fresh = fields_of(office.reader)["items"]
    assert sorted(held.values(), key=lambda one: one["position"]) == fresh


@pytest.mark.django_db
def test_the_filter_by_a_value_has_an_index_of_its_shape() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT n.id FROM documents_node n WHERE n.fields @> %s::jsonb", ['{"a": 1}'])
        assert "documents_fields" in "\n".join(row[0] for row in cursor.fetchall())
