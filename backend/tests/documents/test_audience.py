"""The effect of a change before it is made, and moves to another workspace."""

from typing import Any

import pytest

from plano.documents.actions import access as access_actions
from plano.documents.models import Upload, Usage
from plano.kernel.ids import uuid7
from plano.workspaces.models import ScopeGrant
from tests.documents.conftest import Office, Seat, seat
from tests.factories.workspaces import make_workspace


def names(lines: list[dict[str, Any]]) -> set[str]:
    return {line["person"]["name"] for line in lines}


def effect(who: Seat, node: dict[str, Any], change: str, *, status: int = 200, **more: Any) -> Any:
    answer = who.api.post(f"/nodes/{node['id']}/effect", {"change": change, **more})
    assert answer.status_code == status, answer.data
    return answer.data


def elsewhere(office: Office) -> tuple[Seat, Seat]:
    """Another workspace: the manager of the first manages it too, the member is not in it; the outsider is."""
    workspace = make_workspace(manager=office.manager.user, members=[office.outsider.user])
    return seat(office.manager.user, workspace), seat(office.outsider.user, workspace)


def go(who: Seat, node: dict[str, Any], there: Seat, *, status: int = 200, **more: Any) -> Any:
    body = {"workspace_id": str(there.workspace.id), **more}
    answer = who.api.patch(f"/nodes/{node['id']}", body)
    assert answer.status_code == status, answer.data
    return answer.data


def test_restricting_says_who_loses_before_it_is_done_and_is_right(office: Office) -> None:
    folder = office.manager.create("Marché")
    office.manager.document("offre.txt", parent=folder["id"])
    told = effect(office.manager, folder, "restrict")
    assert (names(told["loses"]), told["gains"]) == ({"Member", "Reader"}, [])
    assert (told["before"], told["after"], told["documents"]) == (3, 1, 1)
    office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": False})
    assert office.member.api.get(f"/nodes/{folder['id']}").status_code == 404
    told = effect(office.manager, folder, "grant", user_id=str(office.guest.user.id), role="reader")
    assert names(told["gains"]) == {"Guest"}
    told = effect(office.manager, folder, "inherit")
    assert names(told["gains"]) == {"Member", "Reader"}
    told = effect(office.manager, folder, "open")
    assert names(told["gains"]) == {"Member", "Reader"}


def test_asking_for_an_effect_needs_the_right_to_make_it(office: Office) -> None:
    folder = office.manager.create("Marché")
    effect(office.member, folder, "restrict", status=403)
    effect(office.outsider, folder, "delete", status=404)
    effect(office.reader, folder, "delete", status=403)
    there, _ = elsewhere(office)
    effect(office.member, folder, "move", workspace_id=str(there.workspace.id), status=404)
    assert effect(office.member, folder, "delete")["before"] == 3


def link_to(who: Seat, node: dict[str, Any]) -> dict[str, Any]:
    manager_may = who.api.put(f"/workspaces/{who.workspace.id}/sharing", {"links": True}).status_code
    assert manager_may in (200, 403)
    answer = who.api.post(f"/nodes/{node['id']}/shares", {"mode": "read"})
    assert answer.status_code == 201, answer.data
    made: dict[str, Any] = answer.data
    return made


def deletion(who: Seat, *nodes: dict[str, Any], status: int = 200) -> Any:
    answer = who.api.post(f"/workspaces/{who.workspace.id}/nodes/deletion", {"node_ids": [n["id"] for n in nodes]})
    assert answer.status_code == status, answer.data
    return answer.data


def test_documents_7_deleting_says_how_many_people_documents_and_links(office: Office) -> None:
    folder = office.manager.create("Marché")
    inner = office.manager.create("Annexes", parent=folder["id"])
    offer = office.manager.document("offre.txt", parent=inner["id"])
    alone = office.manager.document("note.txt")
    link_to(office.manager, folder)
    stopped = link_to(office.manager, offer)
    link_to(office.manager, alone)
    office.manager.api.delete(f"/shares/{stopped['id']}")
    told = deletion(office.manager, folder, alone, inner)
    assert told == {"documents": 2, "folders": 2, "people": 2, "links": 2}
    assert effect(office.manager, folder, "delete")["links"] == 1
    deletion(office.reader, folder, status=403)
    deletion(office.outsider, folder, status=404)


def test_r006_a_deletion_counts_nothing_that_its_asker_does_not_see(office: Office) -> None:
    folder = office.manager.create("Dossier")
    office.manager.document("plan.txt", parent=folder["id"])
    hidden = office.manager.create("Cellule", parent=folder["id"], restricted=True)
    secret = office.manager.document("s.txt", parent=hidden["id"])
    office.manager.api.put(f"/nodes/{hidden['id']}/access/{office.guest.user.id}", {"role": "reader"})
    link_to(office.manager, secret)
    assert deletion(office.member, folder) == {"documents": 1, "folders": 1, "people": 2, "links": 0}
    assert deletion(office.manager, folder) == {"documents": 2, "folders": 2, "people": 3, "links": 1}
    deletion(office.member, hidden, status=404)


@pytest.mark.parametrize("change", ["restrict", "open", "move"])
def test_the_links_that_a_change_stops_are_told_and_do_stop(office: Office, change: str) -> None:
    there = office.manager.create("Cellule", restricted=True)
    folder = office.manager.create("Marché")
    node = office.manager.document("offre.txt", parent=folder["id"])
    link_to(office.manager, node)
    told = effect(office.manager, folder, change, **({"parent_id": there["id"]} if change == "move" else {}))
    assert told["links"] == 1
    assert effect(office.manager, folder, "copy")["links"] == 0
    if change == "move":
        office.manager.api.patch(f"/nodes/{folder['id']}", {"parent_id": there["id"]})
    else:
        office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": change == "open"})
    states = [line["state"] for line in office.manager.api.get(f"/nodes/{node['id']}/shares").data["items"]]
    assert states == ["stopped"]


def test_a_link_outlives_a_change_that_does_not_concern_it(office: Office) -> None:
    folder = office.manager.create("Marché")
    office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": True})
    node = office.member.document("offre.txt", parent=folder["id"])
    office.manager.api.put(f"/workspaces/{office.workspace.id}/sharing", {"links": True})
    link_to(office.member, node)
    assert effect(office.manager, folder, "restrict")["links"] == 1  # its maker may not write there any more
    office.manager.api.put(f"/nodes/{folder['id']}/access/{office.member.user.id}", {"role": "member"})
    assert effect(office.manager, folder, "restrict")["links"] == 0
    assert effect(office.manager, folder, "grant", user_id=str(office.member.user.id), role="reader")["links"] == 1
    inside = office.manager.create("Annexes")
    assert effect(office.manager, node, "move", parent_id=inside["id"])["links"] == 1
    assert effect(office.manager, node, "move", parent_id=folder["id"])["links"] == 0


def test_a_role_of_ones_own_is_shown_as_a_change(office: Office) -> None:
    folder = office.manager.create("Notes")
    office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": True})
    told = effect(office.manager, folder, "grant", user_id=str(office.reader.user.id), role="manager")
    assert [(line["person"]["name"], line["before"], line["after"]) for line in told["changes"]] == [
        ("Reader", "reader", "manager")
    ]


def test_a_move_to_another_workspace_states_its_audience_and_keeps_versions_and_address(office: Office) -> None:
    there, colleague = elsewhere(office)
    folder = office.manager.create("Dossier")
    node = office.manager.document("plan.txt", b"un", parent=folder["id"])
    office.manager.bytes.put(f"/nodes/{node['id']}/content", b"deux")
    told = effect(office.manager, folder, "move", workspace_id=str(there.workspace.id))
    assert (names(told["gains"]), names(told["loses"])) == ({"Outsider"}, {"Member", "Reader"})
    moved = go(office.manager, folder, there)
    assert (moved["workspace_id"], moved["parent_id"]) == (str(there.workspace.id), None)
    assert [line["name"] for line in colleague.nodes()] == ["Dossier"]
    assert colleague.bytes.get(f"/nodes/{node['id']}/content").content == b"deux"
    assert len(colleague.api.get(f"/nodes/{node['id']}/versions").data["items"]) == 2
    assert office.manager.nodes() == []
    answer = office.member.api.get(f"/nodes/{node['id']}")
    assert (answer.status_code, answer.data["code"]) == (404, "moved_away")
    assert office.guest.api.get(f"/nodes/{node['id']}").data["code"] == "not_found"


def test_the_space_moves_with_the_bytes_and_shared_bytes_count_on_both_sides(office: Office) -> None:
    there, _ = elsewhere(office)
    node = office.manager.document("plan.txt", b"12345")
    twin = office.manager.api.post(f"/nodes/{node['id']}/copy", {}).data
    used = lambda seat: Usage.objects.get(workspace=seat.workspace).bytes  # noqa: E731
    go(office.manager, node, there)
    assert (used(office.manager), used(there)) == (5, 5)
    go(office.manager, twin, there, on_conflict="keep_both")
    assert (used(office.manager), used(there)) == (0, 5)


def test_r013_a_move_needs_the_right_on_both_sides(office: Office) -> None:
    there, colleague = elsewhere(office)
    node = office.manager.document("plan.txt")
    assert go(office.member, node, there, status=404)["code"] == "not_found"
    go(office.reader, node, there, status=403)
    go(colleague, node, there, status=404)
    closed = make_workspace(manager=office.outsider.user, readers=[office.manager.user])
    assert go(office.manager, node, seat(office.manager.user, closed), status=403)["code"] == "role_too_low"
    assert office.member.api.get(f"/nodes/{node['id']}").status_code == 200


def test_a_restricted_folder_keeps_only_people_of_the_new_workspace(office: Office) -> None:
    there, colleague = elsewhere(office)
    outer = office.manager.create("Dossier")
    inner = office.manager.create("Cellule", parent=outer["id"], restricted=True)
    office.manager.api.put(f"/nodes/{inner['id']}/access/{office.member.user.id}", {"role": "member"})
    secret = office.manager.document("s.txt", parent=inner["id"])
    go(office.manager, outer, there)
    assert office.manager.api.get(f"/nodes/{secret['id']}").data["workspace_id"] == str(there.workspace.id)
    assert office.member.api.get(f"/nodes/{secret['id']}").status_code == 404
    assert colleague.api.get(f"/nodes/{secret['id']}").status_code == 404
    assert set(ScopeGrant.objects.filter(scope_id=inner["id"]).values_list("user_id", flat=True)) == {
        office.manager.user.id
    }


def test_who_does_not_manage_a_folder_inside_moves_nothing(office: Office) -> None:
    outer = office.manager.create("Dossier")
    office.manager.create("Cellule", parent=outer["id"], restricted=True)
    mine = seat(office.member.user, make_workspace(manager=office.member.user))
    assert go(office.member, outer, mine, status=409)["code"] == "restricted_inside"


def test_a_name_that_is_taken_there_asks_and_an_upload_on_its_way_asks_for_a_place(office: Office) -> None:
    there, _ = elsewhere(office)
    folder = office.manager.create("Dossier")
    there.create("dossier")
    assert go(office.manager, folder, there, status=409)["code"] == "name_taken"
    upload = uuid7()
    Upload.objects.create(
        id=upload,
        owner=office.manager.user,
        workspace=office.workspace,
        parent_id=folder["id"],
        at_root=False,
        name="a.txt",
        length=1,
        conflict="ask",
        part="0" * 32,
        expires_at=there.workspace.created_at.replace(year=2100),
    )
    assert go(office.manager, folder, there, on_conflict="keep_both")["name"] != "dossier"
    assert Upload.objects.get(id=upload).parent_id is None


def test_documents_9_an_opened_folder_is_never_wider_than_where_it_lies(office: Office) -> None:
    closed = office.manager.create("Cellule", restricted=True)
    opened = office.manager.create("Annexes")
    office.manager.api.put(f"/nodes/{opened['id']}/access", {"open": True})
    answer = office.manager.api.patch(f"/nodes/{opened['id']}", {"parent_id": closed["id"]})
    assert (answer.status_code, answer.data["code"]) == (409, "wider_than_parent")
    outer = office.manager.create("Dossier")
    office.manager.api.patch(f"/nodes/{opened['id']}", {"parent_id": outer["id"]})
    office.manager.api.put(f"/nodes/{outer['id']}/access", {"open": False})
    assert office.member.api.get(f"/nodes/{opened['id']}").status_code == 404
    assert office.manager.api.get(f"/nodes/{opened['id']}").data["access"] == "restricted"


def test_restricting_what_holds_too_many_opened_folders_is_refused_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_actions, "MAX_INSIDE", 1)
    outer = office.manager.create("Dossier")
    inner = [office.manager.create(name, parent=outer["id"]) for name in ("Un", "Deux")]
    for folder in inner:
        office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": True})
    answer = office.manager.api.put(f"/nodes/{outer['id']}/access", {"open": False})
    assert (answer.status_code, answer.data["code"]) == (409, "too_many_restricted_folders")
    assert office.member.api.get(f"/nodes/{outer['id']}").data["access"] == "inherited"


def test_an_old_snapshot_of_the_left_workspace_hears_that_it_is_gone(office: Office, frames_of: Any) -> None:
    there, _ = elsewhere(office)
    node = office.manager.document("plan.txt")
    go(office.manager, node, there)
    left, arrived = frames_of(office.workspace.id)[-1], frames_of(there.workspace.id)[-1]
    assert (left["op"], left["data"]["id"]) == ("removed", node["id"])
    assert (arrived["op"], arrived["data"]["workspace_id"]) == ("changed", str(there.workspace.id))
