"""Locks: one table for the browser and for programs; everybody else is refused on every way in (R-07, R-54)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import UUID

import pytest

from plano.documents import actions
from plano.documents.actions.locks import presenting, release_lock, take_lock
from plano.documents.models import Lock
from plano.documents.queries import locks as lock_queries
from plano.kernel import clock
from plano.notifications.models import Notification
from plano.platform.audit.models import Entry
from plano.workspaces import actions as workspaces
from plano.workspaces.models import Membership, Role
from tests.documents.conftest import Office, Seat, seat
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace


def lock(seat: Seat, node: Any, *, reason: str = "", status: int = 200, **more: Any) -> Any:
    answer = seat.api.post(f"/nodes/{node['id']}/lock", {"reason": reason, **more})
    assert answer.status_code == status, answer.data
    return answer.data


def second_member(office: Office) -> Seat:
    user = make_user(name="Second")
    Membership.objects.create(workspace=office.workspace, user=user, role=Role.MEMBER)
    return seat(user, office.workspace)


def test_who_locked_why_and_until_when_is_told_to_all(office: Office) -> None:
    node = office.member.document("plan.md")
    told = lock(office.member, node, reason="Je relis\u202e  avec  le préfet", minutes=30)["lock"]
    assert (told["owner"]["name"], told["reason"], told["via"]) == ("Member", "Je relis avec le préfet", "web")
    [listed] = office.reader.nodes()
    assert listed["lock"] == told
    assert office.reader.api.get(f"/nodes/{node['id']}").data["lock"] == told


def test_the_lock_travels_live_and_its_end_too(office: Office, frames_of: Callable[..., list[dict[str, Any]]]) -> None:
    node = office.member.document("plan.md")
    lock(office.member, node)
    office.member.api.delete(f"/nodes/{node['id']}/lock")
    seen = [frame["data"] for frame in frames_of(office.workspace.id, "documents.node")]
    assert [bool(data["lock"]) for data in seen[-2:]] == [True, False]
    assert seen[-2]["version"] < seen[-1]["version"]


def _ways(other: Seat, node: Any, folder: Any) -> list[Any]:
    path = f"/nodes/{node['id']}"
    words: dict[str, Any] = {"workspace_id": other.workspace.id, "parent_id": folder["id"], "filename": node["name"]}
    return [
        other.bytes.put(path + "/content", b"autre"),
        other.bytes.start(5, b"autre", conflict="version", **words),
        other.api.patch(path, {"name": "autre.md"}),
        other.api.patch(path, {"parent_id": None}),
        other.api.delete(path),
        other.api.post(path + "/versions/1/restore"),
        other.api.delete(f"/nodes/{folder['id']}"),
        other.api.patch(f"/nodes/{folder['id']}", {"name": "Autre"}),
    ]


@pytest.mark.parametrize("by_program", [False, True])
def test_others_change_nothing_by_any_way(office: Office, by_program: bool) -> None:
    folder = office.member.create("Dossier")
    node = office.member.document("plan.md", b"un", parent=folder["id"])
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"deux")
    if by_program:
        take_lock(
            actor=office.member.user,
            node_id=UUID(node["id"]),
            exclusive=True,
            deep=False,
            claimed_by="",
            timeout=600,
        )
    else:
        lock(office.member, node)
    other = second_member(office)
    for answer in _ways(other, node, folder):
        assert (answer.status_code, answer.data["code"]) == (423, "locked"), answer.data
        assert answer.data["errors"]["owner"] == "Member"
    assert office.reader.bytes.get(f"/nodes/{node['id']}/content").content == b"deux"
    assert office.member.bytes.put(f"/nodes/{node['id']}/content", b"trois").status_code == 200
    assert office.member.api.delete(f"/nodes/{node['id']}/lock").data["lock"] is None
    assert other.bytes.put(f"/nodes/{node['id']}/content", b"quatre").status_code == 200


def test_a_locked_folder_protects_what_is_in_it_and_what_comes(office: Office) -> None:
    folder = office.member.create("Dossier")
    inner = office.member.create("Dedans", parent=folder["id"])
    node = office.member.document("plan.md", parent=inner["id"])
    lock(office.member, folder)
    other = second_member(office)
    assert other.bytes.put(f"/nodes/{node['id']}/content", b"autre").status_code == 423
    other.create("nouveau.md", kind="document", parent=inner["id"], status=423)
    elsewhere = other.document("ailleurs.md")
    assert other.api.patch(f"/nodes/{elsewhere['id']}", {"parent_id": folder["id"]}).status_code == 423
    assert other.api.post(f"/nodes/{elsewhere['id']}/copy", {"parent_id": inner["id"]}).status_code == 423
    office.member.create("nouveau.md", kind="document", parent=inner["id"])


def test_a_lock_in_the_way_refuses_another(office: Office) -> None:
    folder = office.member.create("Dossier")
    node = office.member.document("plan.md", parent=folder["id"])
    lock(office.member, node)
    other = second_member(office)
    lock(other, node, status=423)
    lock(other, folder, status=423)
    lock(office.reader, node, status=403)
    lock(office.outsider, node, status=404)


def test_the_same_person_changes_reason_and_end(office: Office) -> None:
    node = office.member.document("plan.md")
    first = lock(office.member, node, reason="un", minutes=10)["lock"]
    second = lock(office.member, node, reason="deux", minutes=600)["lock"]
    assert (second["reason"], first["until"] < second["until"]) == ("deux", True)
    assert Lock.objects.count() == 1
    for minutes in (0, 4, 7 * 24 * 60 + 1):
        lock(office.member, node, minutes=minutes, status=400)
    lock(office.member, node, reason="x" * 201, status=400)


def test_a_lock_ends_by_itself(office: Office) -> None:
    node = office.member.document("plan.md")
    lock(office.member, node, minutes=5)
    other = second_member(office)
    later = clock.now() + timedelta(minutes=6)
    with mock.patch.object(lock_queries, "now", return_value=later):
        assert other.bytes.put(f"/nodes/{node['id']}/content", b"autre").status_code == 200
        version = office.reader.nodes()[0]["version"]
        assert actions.end_locks() == 1
        assert actions.end_locks() == 0
    [listed] = office.reader.nodes()
    assert (listed["lock"], listed["version"] > version) == (None, True)


def test_r054_a_manager_breaks_it_with_a_trace_and_the_owner_is_told(office: Office) -> None:
    node = office.member.document("plan.md")
    lock(office.member, node)
    other = second_member(office)
    refused = other.api.delete(f"/nodes/{node['id']}/lock")
    assert (refused.status_code, refused.data["code"]) == (403, "lock_of_another")
    abilities = office.manager.api.get(f"/nodes/{node['id']}").data["abilities"]
    assert abilities["break_lock"]
    assert not other.api.get(f"/nodes/{node['id']}").data["abilities"]["break_lock"]
    assert office.manager.api.delete(f"/nodes/{node['id']}/lock").status_code == 200
    told = Notification.objects.get(kind="lock_broken")
    assert (told.user_id, told.actor_id, told.title) == (office.member.user.id, office.manager.user.id, "plan.md")
    entry = Entry.objects.get(action="document.lock_broken")
    assert (entry.actor_id, entry.details["owner"]) == (office.manager.user.id, str(office.member.user.id))
    assert other.bytes.put(f"/nodes/{node['id']}/content", b"autre").status_code == 200


@pytest.mark.parametrize("how", ["removed", "disabled", "demoted"])
def test_r007_r054_locks_end_with_the_right_of_their_owner(office: Office, how: str) -> None:
    node = office.member.document("plan.md")
    lock(office.member, node)
    other = second_member(office)
    if how == "removed":
        workspaces.remove_member(
            actor=office.manager.user, workspace_id=office.workspace.id, user_id=office.member.user.id
        )
    elif how == "disabled":
        office.member.user.is_active = False
        office.member.user.save(update_fields=["is_active"])
    else:
        workspaces.change_role(
            actor=office.manager.user,
            workspace_id=office.workspace.id,
            user_id=office.member.user.id,
            role=Role.READER,
        )
    assert other.nodes()[0]["lock"] is None
    assert other.bytes.put(f"/nodes/{node['id']}/content", b"autre").status_code == 200
    actions.end_locks()
    assert not Lock.objects.exists()


def test_a_lock_that_one_may_not_see_is_not_told_of(office: Office) -> None:
    """R-06: a restricted folder inside keeps its name, its people and its locks to itself."""
    folder = office.manager.create("Dossier")
    secret = office.manager.create("Secret", parent=folder["id"], restricted=True)
    lock(office.manager, secret, reason="caché")
    refused = office.member.api.delete(f"/nodes/{folder['id']}")
    assert refused.status_code == 423
    assert "caché" not in str(refused.data)
    assert "Secret" not in str(refused.data)


def test_what_goes_to_the_bin_comes_back_unlocked(office: Office) -> None:
    node = office.member.document("plan.md")
    lock(office.member, node)
    assert office.member.api.delete(f"/nodes/{node['id']}").status_code == 204
    assert office.member.api.post(f"/nodes/{node['id']}/restore").data["node"]["lock"] is None


def test_a_program_shows_its_token_a_browser_needs_none(office: Office) -> None:
    node = office.member.document("plan.md")
    me, id = office.member.user, UUID(node["id"])
    held = take_lock(actor=me, node_id=id, exclusive=True, deep=False, claimed_by="", timeout=600)
    with presenting(()), pytest.raises(actions.Locked):
        actions.update_node(actor=me, node_id=id, name="autre.md")
    with presenting([held.token]):
        actions.update_node(actor=me, node_id=id, name="autre.md")
    assert not Lock.objects.exists()  # a program holds an address; it has another now
    lock(office.member, node)
    with presenting(()):  # one's own lock of the browser does not stop one's own programs
        again = take_lock(actor=me, node_id=id, exclusive=True, deep=False, claimed_by="", timeout=600)
        release_lock(actor=me, token=again.token)
    assert office.reader.nodes()[0]["lock"]["via"] == "web"


def test_the_list_and_the_single_node_say_the_same(office: Office) -> None:
    folder = office.member.create("Dossier")
    lock(office.member, folder, reason="travaux")
    one = office.reader.api.get(f"/nodes/{folder['id']}").data
    [listed] = office.reader.nodes()
    assert {key: one[key] for key in listed} == listed


def test_locks_of_another_workspace_stop_nobody(office: Office) -> None:
    node = office.member.document("plan.md")
    lock(office.member, node)
    elsewhere = make_workspace(manager=office.manager.user)
    answer = office.manager.api.post(f"/workspaces/{elsewhere.id}/nodes", {"kind": "folder", "name": "plan.md"})
    assert answer.status_code == 201
