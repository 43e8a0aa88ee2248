"""What is said of a version, which ones stay, and two texts compared."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from plano.documents import actions
from plano.documents.models import Usage, Version
from plano.kernel.clock import now
from plano.platform import blobs
from tests.documents.conftest import Office, Seat


def with_contents(who: Seat, *contents: bytes, name: str = "note.txt") -> dict[str, Any]:
    node: dict[str, Any] = who.document(name, contents[0])
    for content in contents[1:]:
        assert who.bytes.put(f"/nodes/{node['id']}/content", content).status_code == 200
    return node


def versions(who: Seat, node: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = who.api.get(f"/nodes/{node['id']}/versions").data["items"]
    return found


def test_a_version_is_named_commented_and_kept_field_by_field(office: Office, frames_of: Any) -> None:
    node = with_contents(office.manager, b"un", b"deux")
    path = f"/nodes/{node['id']}/versions/1"
    assert office.member.api.patch(path, {"label": " Envoyée au\npréfet "}).data["label"] == "Envoyée au préfet"
    told = office.manager.api.patch(path, {"comment": "Relue par le service.", "kept": True}).data
    assert (told["label"], told["comment"], told["kept"]) == ("Envoyée au préfet", "Relue par le service.", True)
    assert office.reader.api.patch(path, {"label": "x"}).status_code == 403
    assert office.member.api.patch(path, {"label": "x" * 121}).status_code == 400
    assert office.member.api.patch(f"/nodes/{node['id']}/versions/9", {"label": "x"}).status_code == 404
    last = frames_of(office.workspace.id)[-1]["data"]
    assert last["version"] == office.manager.api.get(f"/nodes/{node['id']}").data["version"]  # the others ask again


@pytest.mark.django_db(transaction=True)
def test_a_manager_deletes_an_older_version_for_ever_and_its_space_is_free(office: Office) -> None:
    node = with_contents(office.manager, b"12345", b"123")
    blob = Version.objects.get(node_id=node["id"], number=1).blob
    path = f"/nodes/{node['id']}/versions"
    assert office.member.api.delete(f"{path}/1").status_code == 403
    assert office.manager.api.delete(f"{path}/2").data["code"] == "version_is_current"
    assert office.manager.api.delete(f"{path}/1").status_code == 204
    assert [line["number"] for line in versions(office.manager, node)] == [2]
    assert Usage.objects.get(workspace=office.workspace).bytes == 3
    with pytest.raises(blobs.Missing):
        blobs.store().open(blob)


@pytest.mark.django_db(transaction=True)
def test_old_versions_thin_out_to_the_last_of_each_month_but_never_those_that_matter(office: Office) -> None:
    node = with_contents(office.manager, *(str(number).encode() for number in range(1, 7)))
    old = (now() - timedelta(days=400)).replace(day=5)
    Version.objects.filter(node_id=node["id"], number__lte=4).update(created_at=old)
    Version.objects.filter(node_id=node["id"], number=5).update(created_at=old - timedelta(days=40))
    Version.objects.filter(node_id=node["id"], number=2).update(kept=True)
    assert actions.thin_versions() == 0  # the default keeps all
    object.__setattr__(settings.PLANO, "versions_all_days", 90)
    try:
        assert actions.thin_versions() == 2
    finally:
        object.__setattr__(settings.PLANO, "versions_all_days", 0)
    assert [line["number"] for line in versions(office.manager, node)] == [6, 5, 4, 2]
    assert office.manager.bytes.get(f"/nodes/{node['id']}/versions/2/content").content == b"2"


def test_two_versions_of_a_text_are_compared_line_by_line(office: Office) -> None:
    lines = [f"ligne {number}" for number in range(1, 40)]
    changed = [*lines[:10], "ligne ajoutée", *lines[10:20], "ligne 21 revue", *lines[21:]]
    node = with_contents(office.manager, "\n".join(lines).encode(), "\n".join(changed).encode())
    told = office.reader.api.get(f"/nodes/{node['id']}/versions/compare?before=1&after=2").data
    assert (told["added"], told["removed"], told["cut"]) == (2, 1, False)
    shown = [line for hunk in told["hunks"] for line in hunk if line["op"] != "same"]
    assert [(line["op"], line["text"]) for line in shown] == [
        ("added", "ligne ajoutée"),
        ("removed", "ligne 21"),
        ("added", "ligne 21 revue"),
    ]
    assert shown[0]["after"] == 11
    path = f"/nodes/{node['id']}/versions/compare"
    assert office.reader.api.get(f"{path}?before=1&after=9").status_code == 404
    assert office.outsider.api.get(f"{path}?before=1&after=2").status_code == 404
    image = with_contents(
        office.manager, b"\x89PNG\r\n\x1a\n" + b"0" * 9, b"\x89PNG\r\n\x1a\n" + b"1" * 9, name="a.png"
    )
    answer = office.reader.api.get(f"/nodes/{image['id']}/versions/compare?before=1&after=2")
    assert (answer.status_code, answer.data["code"]) == (409, "not_a_text")


def test_a_huge_text_is_compared_as_far_as_is_shown(office: Office) -> None:
    node = with_contents(office.manager, b"a\n" * 900_000, b"b\n" + b"a\n" * 899_999)
    told = office.manager.api.get(f"/nodes/{node['id']}/versions/compare?before=1&after=2").data
    assert told["cut"] is True


def test_documents_17_a_manager_sees_what_takes_the_space_and_nothing_hidden(office: Office) -> None:
    with_contents(office.manager, b"1" * 100, b"2" * 50, name="grand.txt")
    hidden = office.member.create("Cellule", restricted=True, status=403)
    assert hidden["code"] == "role_too_low"
    path = f"/workspaces/{office.workspace.id}/library/space"
    told = office.manager.api.get(path).data
    assert (told["used"], told["older_versions"], told["bin"]) == (150, 100, 0)
    assert [(item["node"]["name"], item["versions"], item["bytes"]) for item in told["largest"]] == [
        ("grand.txt", 2, 150)
    ]
    assert office.member.api.get(path).status_code == 403
