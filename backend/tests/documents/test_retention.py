"""Rules for documents that nobody changes for long (C17)."""

from datetime import timedelta
from typing import Any

import pytest

from plano.accounts.models import User
from plano.documents.actions import retention as actions
from plano.documents.models import Node, Retention, RetentionNotice
from plano.kernel.clock import now
from plano.notifications.models import Notification
from plano.platform.audit.models import Entry
from plano.workspaces.models import Membership, Role
from tests.documents.conftest import Office, Seat


def aged(seat: Seat, name: str, parent: Any, *, days: int) -> Any:
    node = seat.document(name, name.encode(), parent=parent)
    Node.objects.filter(id=node["id"]).update(modified_at=now() - timedelta(days=days))
    return node


def rule(office: Office, folder: Any, *, status: int = 200, by: Seat | None = None, **more: Any) -> Any:
    body = {"days": 365, "act": "bin"} | more
    answer = (by or office.manager).api.put(f"/nodes/{folder['id']}/retention", body)
    assert answer.status_code == status, answer.data
    return answer.data


def a_week_later() -> int:
    RetentionNotice.objects.update(created_at=now() - timedelta(days=8))
    return actions.carry_out()


def living(folder: Any) -> list[str]:
    return sorted(Node.objects.filter(parent_id=folder["id"], deleted_at=None).values_list("name", flat=True))


@pytest.fixture
def folder(office: Office) -> Any:
    return office.manager.create("Instructions")


def test_nothing_happens_without_a_rule(office: Office, folder: Any) -> None:
    aged(office.member, "vieux.txt", folder["id"], days=4000)
    assert actions.carry_out() == 0
    assert office.manager.api.get(f"/nodes/{folder['id']}/retention").data == {
        "rule": None,
        "own": False,
        "may_set": True,
    }
    assert not Notification.objects.filter(kind="retention").exists()


def test_announced_then_filed_a_week_later_and_restored_by_hand(office: Office, folder: Any) -> None:
    below = office.member.create("2019", parent=folder["id"])
    old = aged(office.member, "vieux.txt", below["id"], days=400)
    aged(office.member, "récent.txt", below["id"], days=300)
    office.reader.api.put(f"/nodes/{old['id']}/follow")
    rule(office, folder)
    assert (actions.carry_out(), actions.carry_out()) == (0, 0)
    told = Notification.objects.filter(kind="retention").values_list("user__name", "title")
    assert sorted(told) == [("Manager", "Instructions"), ("Reader", "Instructions")]
    assert living(below) == ["récent.txt", "vieux.txt"]
    assert (a_week_later(), a_week_later()) == (1, 0)
    assert living(below) == ["récent.txt"]
    assert Entry.objects.filter(action="document.filed_by_rule").count() == 1
    assert office.member.api.post(f"/nodes/{old['id']}/restore").status_code == 200


def test_what_comes_due_within_a_week_is_announced_and_waits_for_its_day(office: Office, folder: Any) -> None:
    aged(office.member, "bientôt.txt", folder["id"], days=360)
    rule(office, folder)
    assert (actions.carry_out(), a_week_later()) == (0, 0)  # told, and not yet of age
    assert RetentionNotice.objects.count() == 1
    Node.objects.filter(name="bientôt.txt").update(modified_at=now() - timedelta(days=367))
    assert a_week_later() == 0  # another change than the one that was announced
    assert a_week_later() == 1


def test_a_change_a_lock_and_an_open_request_keep_it_where_it_is(office: Office, folder: Any) -> None:
    changed, locked, asked, free = (
        aged(office.member, f"{name}.txt", folder["id"], days=400)
        for name in ("changé", "verrouillé", "demandé", "seul")
    )
    rule(office, folder)
    actions.carry_out()
    office.member.bytes.put(f"/nodes/{changed['id']}/content", b"nouveau")
    office.member.api.post(f"/nodes/{locked['id']}/lock", {"reason": ""})
    body = {
        "number": 1,
        "purpose": "read",
        "people": [str(office.reader.user.id)],
        "due": (now() + timedelta(days=9)).date().isoformat(),
    }
    assert office.member.api.post(f"/nodes/{asked['id']}/approvals", body).status_code == 201
    assert a_week_later() == 1
    assert living(folder) == ["changé.txt", "demandé.txt", "verrouillé.txt"]
    assert Node.objects.get(id=free["id"]).deleted_by_id == office.manager.user.id


def test_into_an_archive_beside_with_the_same_people_only(office: Office, folder: Any) -> None:
    archive = office.manager.create("Archives")
    closed = office.manager.create("Cellule", restricted=True)
    for wrong in (closed["id"], folder["id"], None):
        assert rule(office, folder, act="archive", archive_id=wrong, status=400)["code"] == "no_such_archive"
    aged(office.member, "vieux.txt", folder["id"], days=400)
    aged(office.member, "vieux2.txt", archive["id"], days=400)
    assert rule(office, folder, act="archive", archive_id=archive["id"])["rule"]["archive_name"] == "Archives"
    actions.carry_out()
    assert a_week_later() == 1
    assert (living(folder), living(archive)) == ([], ["vieux.txt", "vieux2.txt"])
    office.manager.api.delete(f"/nodes/{archive['id']}")
    assert office.reader.api.get(f"/nodes/{folder['id']}/retention").data["rule"]["sleeps"] is True


def test_a_rule_acts_with_the_rights_of_who_set_it_and_sleeps_without(office: Office, folder: Any) -> None:
    closed = office.manager.create("Cellule", parent=folder["id"], restricted=True)
    aged(office.manager, "secret.txt", closed["id"], days=400)
    aged(office.member, "vieux.txt", folder["id"], days=400)
    Membership.objects.filter(user=office.member.user).update(role=Role.MANAGER)
    rule(office, folder, by=office.member)
    actions.carry_out()
    Membership.objects.filter(user=office.member.user).update(role=Role.MEMBER)
    assert a_week_later() == 0
    assert office.manager.api.get(f"/nodes/{folder['id']}/retention").data["rule"]["sleeps"] is True
    Membership.objects.filter(user=office.member.user).update(role=Role.MANAGER)
    assert a_week_later() == 1
    assert living(closed) == ["secret.txt"]  # its author does not see it
    User.objects.filter(id=office.member.user.id).update(is_active=False)
    assert a_week_later() == 0


def test_the_dry_run_names_what_would_go_and_the_nearest_rule_wins(office: Office, folder: Any) -> None:
    below = office.manager.create("Longue durée", parent=folder["id"])
    aged(office.member, "vieux.txt", below["id"], days=400)
    aged(office.member, "plus vieux.txt", folder["id"], days=500)
    path = f"/nodes/{folder['id']}/retention/dry-run"
    tried = office.manager.api.post(path, {"days": 365, "act": "bin"}).data
    assert [line["name"] for line in tried["items"]] == ["plus vieux.txt", "vieux.txt"]
    assert (tried["count"], tried["items"][1]["path"][1]["name"]) == (2, "Longue durée")
    rule(office, below, days=3650)
    assert office.manager.api.post(path, {"days": 365, "act": "bin"}).data["count"] == 1
    rule(office, folder)
    assert office.reader.api.get(f"/nodes/{below['id']}/retention").data["rule"]["days"] == 3650
    office.manager.api.delete(f"/nodes/{below['id']}/retention")
    inherited = office.reader.api.get(f"/nodes/{below['id']}/retention").data
    assert (inherited["own"], inherited["may_set"], inherited["rule"]["folder_name"]) == (False, False, "Instructions")
    assert office.manager.api.post(path, {"days": 29, "act": "bin"}).status_code == 400
    document = office.member.document("seul.txt")
    assert rule(office, document, status=400)["code"] == "only_folders"


def test_two_managers_at_once_the_second_hears_of_it_and_frames_say_the_rule(
    office: Office, folder: Any, frames_of: Any
) -> None:
    made = rule(office, folder)["rule"]
    path, tag = f"/nodes/{folder['id']}/retention", f'"{made["version"]}"'
    assert office.manager.api.put(path, {"days": 400, "act": "bin"}, If_Match=tag).status_code == 200
    assert office.manager.api.put(path, {"days": 500, "act": "bin"}, If_Match=tag).status_code == 412
    held: dict[str, Any] = {}
    for frame in frames_of(office.workspace.id, "documents.retention"):
        held[frame["data"]["id"]] = frame["data"]
    assert list(held.values()) == [office.reader.api.get(path).data["rule"]]
    office.manager.api.delete(path)
    assert frames_of(office.workspace.id, "documents.retention")[-1]["op"] == "removed"
    assert not Retention.objects.exists()
