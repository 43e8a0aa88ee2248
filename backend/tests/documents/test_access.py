"""Folders with people of their own."""

from typing import Any

from plano.documents import queries
from plano.workspaces import policies
from tests.documents.conftest import Office


def people(answer: Any) -> dict[str, tuple[str, str]]:
    return {line["person"]["name"]: (line["role"], line["reason"]) for line in answer.data["access"]["people"]}


def test_a_guest_sees_one_folder_and_nothing_beside_it(office: Office) -> None:
    folder = office.manager.create("Pour le prestataire")
    inside = office.manager.document("cahier.txt", parent=folder["id"])
    beside = office.manager.document("interne.txt")
    path = f"/nodes/{folder['id']}/access"
    assert office.guest.nodes() == []
    assert office.manager.api.put(path, {"open": True}).status_code == 200
    assert office.manager.api.put(f"{path}/{office.guest.user.id}", {"role": "reader"}).status_code == 200
    assert [n["name"] for n in office.guest.nodes()] == ["Pour le prestataire"]
    assert [n["name"] for n in office.guest.nodes(folder["id"])] == ["cahier.txt"]
    assert office.guest.bytes.get(f"/nodes/{inside['id']}/content").status_code == 200
    assert office.guest.api.get(f"/nodes/{beside['id']}").status_code == 404
    assert office.guest.api.patch(f"/nodes/{inside['id']}", {"name": "x"}).status_code == 403
    assert office.guest.api.get(f"/nodes/{inside['id']}").data["path"][0]["name"] == "Pour le prestataire"
    assert office.member.bytes.get(f"/nodes/{inside['id']}/content").status_code == 200  # stays open to the others
    office.manager.api.delete(f"{path}/{office.guest.user.id}")
    assert office.guest.bytes.get(f"/nodes/{inside['id']}/content").status_code == 404
    assert office.guest.nodes() == []


def test_a_restricted_folder_is_private_from_birth_and_whole(office: Office) -> None:
    closed = office.manager.create("Cellule de crise", restricted=True)
    sub = office.manager.create("Fiches", parent=closed["id"])
    node = office.manager.document("plan.txt", parent=sub["id"])
    assert (closed["access"], sub["access"]) == ("restricted", "inherited")
    assert node["scope_id"] == closed["id"]
    for id in (closed["id"], sub["id"], node["id"]):
        assert office.member.api.get(f"/nodes/{id}").status_code == 404
    assert office.member.nodes() == []
    office.manager.api.put(f"/nodes/{closed['id']}/access/{office.member.user.id}", {"role": "member"})
    assert office.member.document("b.txt", parent=sub["id"])["scope_id"] == closed["id"]


def test_restricting_a_folder_takes_what_lies_below_along(office: Office) -> None:
    folder = office.member.create("Annexes")
    sub = office.member.create("Fiches", parent=folder["id"])
    node = office.member.document("plan.txt", parent=sub["id"])
    path = f"/nodes/{folder['id']}/access"
    assert office.manager.api.put(path, {"open": False}).data["access"]["open"] is False
    assert office.member.api.get(f"/nodes/{node['id']}").status_code == 404
    assert office.manager.api.get(f"/nodes/{node['id']}").status_code == 200
    assert office.manager.api.delete(path).status_code == 200
    assert office.member.api.get(f"/nodes/{node['id']}").status_code == 200
    assert office.member.api.get(f"/nodes/{folder['id']}").data["access"] == "inherited"


def test_who_has_access_and_why(office: Office) -> None:
    folder = office.manager.create("Annexes")
    node = office.manager.document("plan.txt", parent=folder["id"])
    answer = office.reader.api.get(f"/nodes/{node['id']}/access")
    assert answer.data["folder"] is None
    assert people(answer)["Member"] == ("member", "workspace_role")
    office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": False})
    office.manager.api.put(f"/nodes/{folder['id']}/access/{office.reader.user.id}", {"role": "reader"})
    answer = office.reader.api.get(f"/nodes/{node['id']}/access")
    assert answer.data["folder"]["name"] == "Annexes"
    assert people(answer) == {"Manager": ("manager", "scope_grant"), "Reader": ("reader", "scope_grant")}
    assert answer.data["may_manage"] is False


def test_r008_a_restricted_folder_keeps_a_manager_and_guests_manage_nothing(office: Office) -> None:
    closed = office.manager.create("Cellule", restricted=True)
    path = f"/nodes/{closed['id']}/access"
    mine = f"{path}/{office.manager.user.id}"
    assert office.manager.api.delete(mine).data["code"] == "last_manager_of_folder"
    assert office.manager.api.put(mine, {"role": "reader"}).data["code"] == "last_manager_of_folder"
    guest = f"{path}/{office.guest.user.id}"
    assert office.manager.api.put(guest, {"role": "manager"}).data["code"] == "guests_manage_nothing"
    stranger = f"{path}/{office.outsider.user.id}"
    assert office.manager.api.put(stranger, {"role": "reader"}).data["code"] == "not_a_member"


def test_a_folder_inside_a_restricted_one_is_never_wider(office: Office) -> None:
    closed = office.manager.create("Cellule", restricted=True)
    sub = office.manager.create("Fiches", parent=closed["id"])
    answer = office.manager.api.put(f"/nodes/{sub['id']}/access", {"open": True})
    assert (answer.status_code, answer.data["code"]) == (409, "wider_than_parent")


def test_r006_a_planted_word_is_found_by_nobody_else(office: Office) -> None:
    closed = office.manager.create("Cellule", restricted=True)
    node = office.manager.document("Xylophage.txt", parent=closed["id"])
    office.manager.api.delete(f"/nodes/{node['id']}")
    office.manager.document("Xylophage bis.txt", parent=closed["id"])
    for seat in (office.member, office.reader, office.guest, office.outsider):
        assert queries.search_documents(seat.user, "xylophage", limit=5) == []
        assert queries.recent_for(seat.user, office.workspace.id) == []
        assert queries.changed_since(seat.user, office.workspace.id, office.workspace.created_at) == []
        answers = [seat.api.get(f"/workspaces/{office.workspace.id}/{part}") for part in ("nodes", "bin")]
        assert all("ylophage" not in str(a.data) and "Cellule" not in str(a.data) for a in answers)
        clash = seat.api.post(f"/workspaces/{office.workspace.id}/nodes", {"kind": "folder", "name": "cellule"})
        assert "node" not in clash.data["errors"]
    assert [hit.name for hit in queries.search_documents(office.manager.user, "XYLO", limit=5)] == ["Xylophage bis.txt"]
    assert queries.resolve(office.member.user, [closed["id"]]) == {}


def test_viewers_and_visible_agree(office: Office) -> None:
    closed = office.manager.create("Cellule", restricted=True)
    office.manager.api.put(f"/nodes/{closed['id']}/access/{office.reader.user.id}", {"role": "reader"})
    nodes = [closed, office.manager.create("Annexes"), office.manager.document("a.txt", parent=closed["id"])]
    for seat in (office.manager, office.member, office.reader, office.guest, office.outsider):
        visible = {str(node.id) for node in queries.visible_nodes(seat.user)}
        for node in nodes:
            viewers = {user.id for user in policies.viewers_of_scope(node["scope_id"])}
            assert (node["id"] in visible) == (seat.user.id in viewers)
