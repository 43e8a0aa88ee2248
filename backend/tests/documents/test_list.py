"""The folder list is JSON begun by the database: it says of each entry what `queries.node_out` says."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from plano.documents import names, queries, statements
from plano.documents.models import Node
from plano.kernel.ids import uuid7
from tests.documents.conftest import Office, Seat

HOSTILE = [
    "l’été « à 18 h »",
    'guillemets " et \\ contre-oblique',
    "tab\there",
    "émoji 📁 et \u2028",
    "</script>&amp;%s {0}",
]


def listed(seat: Seat, parent: Any = None, *, limit: int = 200) -> dict[str, Any]:
    """All pages of a folder, put together."""
    whole: dict[str, Any] = {"items": [], "counts": {}, "scopes": {}}
    cursor = None
    while True:
        query = f"?limit={limit}" + (f"&parent_id={parent}" if parent else "") + (f"&cursor={cursor}" if cursor else "")
        answer = seat.api.get(f"/workspaces/{seat.workspace.id}/nodes{query}")
        assert answer.status_code == 200, answer.data
        page = answer.data
        whole["items"] += page["items"]
        whole["counts"] |= page["counts"]
        whole["scopes"] |= page["scopes"]
        whole |= {"folder": page["folder"], "path": page["path"]}
        cursor = page["next"]
        if cursor is None:
            return whole


def instants(value: Any) -> Any:
    """Instants as instants: PostgreSQL writes six digits where Python leaves zeros out."""
    if isinstance(value, dict):
        return {key: instants(found) for key, found in value.items()}
    if isinstance(value, list):
        return [instants(found) for found in value]
    if isinstance(value, str) and value.endswith("Z"):
        return datetime.fromisoformat(value)
    return value


def test_each_entry_says_what_one_node_says_alone(office: Office) -> None:
    folder = office.member.create("dossier")
    restricted = office.manager.create("réservé", parent=folder["id"], restricted=True)
    office.manager.create("dedans", parent=restricted["id"])
    for number, name in enumerate(HOSTILE):
        made = office.member.document(f"document {number}", name.encode(), parent=folder["id"])
        Node.objects.filter(id=made["id"]).update(
            name=name, folded=names.key(name), description=name * 2, depositor=name, tags=[name, ""],
            fields={name: name}, open_comments=number, thumbnail=bool(number % 2), media_type='te"xt/plain',
        )  # fmt: skip
    office.member.user.__class__.objects.filter(id=office.manager.user.id).update(avatar="a" * 64, name='Zoé "Z" \\')
    assert office.member.api.post(f"/nodes/{made['id']}/lock", {"reason": 'relecture "finale"'}).status_code == 200
    told = listed(office.manager, folder["id"])
    nodes = {str(node.id): node for node in Node.objects.filter(parent_id=folder["id"])}
    assert {entry["id"] for entry in told["items"]} == set(nodes)
    for entry in [*told["items"], told["folder"]]:
        node = Node.objects.select_related("scope", "created_by", "modified_by").get(id=entry["id"])
        assert instants(entry) == instants(json.loads(queries.node_out(node).model_dump_json()))
    assert told["counts"] == {restricted["id"]: 1}
    assert told["scopes"][restricted["id"]]["open"] is False
    assert next(entry for entry in told["items"] if entry["lock"])["lock"]["reason"] == 'relecture "finale"'


@pytest.mark.parametrize("parent", [None, "folder"])
def test_pages_of_any_size_give_every_entry_once_folders_first(office: Office, parent: str | None) -> None:
    above = office.member.create("dessus")["id"] if parent else None
    for name in ("b", "a", "Émile", "z"):
        office.member.create(f"{name} dossier", parent=above)
        office.member.create(f"{name} document", kind="document", parent=above)
    whole = listed(office.member, above)["items"]
    expected = sorted(whole, key=lambda entry: (entry["kind"] != "folder", names.key(entry["name"])))
    assert whole == expected
    assert len(whole) == 8
    for limit in (1, 3, 4, 5, 8):
        assert listed(office.member, above, limit=limit)["items"] == whole


def test_a_guest_s_top_joins_the_root_with_folders_whose_parent_they_do_not_see(office: Office) -> None:
    above = office.manager.create("au-dessus")
    mine = office.manager.create("pour l’invité", parent=above["id"], restricted=True)
    given = office.manager.api.put(f"/nodes/{mine['id']}/access/{office.guest.user.id}", {"role": "reader"})
    if given.status_code >= 400:
        pytest.fail(str(given.data))
    assert [entry["name"] for entry in listed(office.guest, limit=1)["items"]] == ["pour l’invité"]
    assert office.guest.api.get(f"/workspaces/{office.workspace.id}/nodes?parent_id={above['id']}").status_code == 404


def test_a_page_walks_along_an_index_however_large_the_folder(office: Office) -> None:
    folder = office.member.create("grand")
    first = Node.objects.get(id=office.member.create("0", kind="document", parent=folder["id"])["id"])
    values = {field.attname: getattr(first, field.attname) for field in Node._meta.concrete_fields}
    made = (Node(**values | {"id": uuid7(), "name": f"{n:04}", "folded": f"{n:04}"}) for n in range(3000))
    Node.objects.bulk_create(made, batch_size=1000)
    nobody = UUID(int=0)
    asked = {
        "workspace": office.workspace.id, "parent": folder["id"], "scopes": [office.workspace.id], "limit": 50,
        "rank": 1, "folder_folded": "", "folder_id": nobody, "document_folded": "1500", "document_id": nobody,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE documents_node")
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statements.PAGE_OF_FOLDER, asked)
        plan = cursor.fetchone()[0]
    assert "documents_children" in str(plan)
    assert max(_rows(plan[0]["Plan"])) < 200


def _rows(plan: dict[str, Any]) -> list[float]:
    own = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    return [own, *(rows for part in plan.get("Plans", []) for rows in _rows(part))]
