"""Requests to approve a version or to confirm reading it (C16)."""

import csv
import io
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import pytest

from plano.accounts.models import User
from plano.documents import proofs
from plano.documents.actions import approvals as actions
from plano.documents.actions import thin_versions
from plano.documents.models import Approval, Asked, Given, Version
from plano.kernel import clock
from plano.notifications.models import Notification
from plano.platform.audit.models import Entry
from plano.workspaces import actions as workspaces
from plano.workspaces.models import Membership, Role
from tests.documents.bytes import Bytes
from tests.documents.conftest import Office, Seat, seat
from tests.factories.people import make_user
from tests.fixtures import Api

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)  # noon in Paris


@pytest.fixture(autouse=True)
def noon() -> Iterator[mock.MagicMock]:
    """The clock stands."""
    with mock.patch.object(clock, "datetime", wraps=datetime) as moved:
        moved.now.side_effect = lambda zone: NOON
        yield moved


@pytest.fixture
def clock_at(noon: mock.MagicMock, office: Office) -> Callable[[datetime], None]:
    """Sets the clock; everybody signs in again."""

    def set_to(instant: datetime) -> None:
        noon.now.side_effect = lambda zone: instant
        for one in (office.manager, office.member, office.reader):
            one.api = Api(one.user)
            one.bytes = Bytes(one.api)

    return set_to


@pytest.fixture
def node(office: Office) -> Any:
    return office.member.document("Plan.md", b"un")


def day(count: int) -> str:
    return (date(2026, 11, 23) + timedelta(days=count)).isoformat()


def ask(by: Seat, node: Any, people: list[Seat], *, status: int = 201, **more: Any) -> Any:
    body = {"number": node["content_version"], "purpose": "approve", "due": day(7)} | more
    answer = by.api.post(f"/nodes/{node['id']}/approvals", body | {"people": [str(one.user.id) for one in people]})
    assert answer.status_code == status, answer.data
    return answer.data


def give(by: Seat, approval: Any, answer: str = "approved", comment: str = "", status: int = 200, **more: Any) -> Any:
    body = {"answer": answer, "comment": comment, "sha256": approval["sha256"]} | more
    told = by.api.put(f"/approvals/{approval['id']}/answer", body)
    assert told.status_code == status, told.data
    return told.data


def told(person: User, kind: str | None = None) -> list[str]:
    found = Notification.objects.filter(user=person, kind__startswith="approval").order_by("created_at", "id")
    return [row.kind for row in found if kind in (None, row.kind)]


def states(approval: Any) -> list[str]:
    return [line["state"] for line in approval["asked"]]


def extra(office: Office, name: str, role: Role = Role.MEMBER) -> Seat:
    user = make_user(name=name)
    Membership.objects.create(workspace=office.workspace, user=user, role=role)
    return seat(user, office.workspace)


# --- Asking -----------------------------------------------------------------------------------------------------


def test_a_request_is_about_one_version_and_its_bytes(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader, office.manager], message="  Avant le CODIR\u202e ")
    assert (made["number"], made["sha256"], made["name"]) == (1, node["sha256"], "Plan.md")
    assert (made["state"], made["done"], made["total"], states(made)) == ("open", 0, 2, ["pending", "pending"])
    assert (made["message"], made["due"]) == ("Avant le CODIR", day(7))
    assert told(office.reader.user) == ["approval_asked"]
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"deux")
    listed = office.reader.api.get(f"/nodes/{node['id']}/approvals").data
    assert listed["items"] == [made]
    assert listed["may_ask"] is False
    assert listed["abilities"]["others"] == {"change": False, "export": False}


def test_sent_twice_it_is_one_request(office: Office, node: Any) -> None:
    id = str(uuid4())
    first, again = (ask(office.member, node, [office.reader], id=id) for _ in range(2))
    assert first == again
    assert told(office.reader.user) == ["approval_asked"]
    ask(office.manager, node, [office.reader], id=id, status=409)
    other = office.member.document("Autre.md", b"autre")
    ask(office.member, other, [office.reader], id=id, status=409)


def test_only_people_who_see_the_document_are_asked_and_the_others_are_named(office: Office, node: Any) -> None:
    refused = ask(office.member, node, [office.reader, office.guest, office.outsider], status=400)
    assert refused["code"] == "people_without_access"
    assert refused["errors"]["names"] == "Guest"  # a stranger's name is told to nobody
    assert ask(office.member, node, [office.outsider], status=400)["code"] == "people_unknown"
    assert not Approval.objects.exists()
    assert not told(office.reader.user)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"due": day(-1)}, "due_is_past"),
        ({"number": 9}, "no_such_version"),
        ({"purpose": "read", "in_order": True}, "reading_has_no_order"),
        ({"message": "x" * 1001}, "invalid"),
        ({"people": []}, "invalid"),
    ],
)
def test_a_wrong_request_is_refused_in_words(office: Office, node: Any, more: dict[str, Any], code: str) -> None:
    body = {"number": 1, "purpose": "approve", "due": day(7), "people": [str(office.reader.user.id)]} | more
    answer = office.member.api.post(f"/nodes/{node['id']}/approvals", body)
    assert (answer.status_code, answer.data["code"]) == (400, code)


def test_folders_and_empty_documents_cannot_be_asked_about(office: Office) -> None:
    folder = office.member.create("Dossier")
    empty = office.member.create("vide.txt", kind="document")
    for one, code in ((folder, "not_a_document"), (empty, "no_such_version")):
        assert ask(office.member, one, [office.reader], number=1, status=400)["code"] == code
        assert office.member.api.get(f"/nodes/{one['id']}/approvals").data["may_ask"] is False


def test_today_is_the_day_of_the_person(office: Office, node: Any, clock_at: Any) -> None:
    User.objects.filter(id=office.member.user.id).update(time_zone="Pacific/Noumea")
    clock_at(datetime(2026, 11, 23, 14, tzinfo=UTC))  # the 24th in Nouméa
    member = seat(User.objects.get(id=office.member.user.id), office.workspace)
    assert ask(member, node, [office.reader], due=day(0), status=400)["code"] == "due_is_past"
    ask(office.manager, node, [office.reader], due=day(0))


# --- Answering --------------------------------------------------------------------------------------------------


def test_all_approve_and_it_is_approved_with_each_answer_kept(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader, office.manager])
    half = give(office.reader, made, comment="Conforme")
    assert (half["state"], half["done"]) == ("open", 1)
    assert told(office.member.user) == ["approval_answered"]
    whole = give(office.manager, made)
    assert (whole["state"], whole["done"], whole["closed_at"]) == ("approved", 2, "2026-11-23T11:00:00Z")
    assert whole["asked"][0]["given"] == [
        {
            "answer": "approved",
            "comment": "Conforme",
            "at": "2026-11-23T11:00:00Z",
            "number": 1,
            "sha256": node["sha256"],
        }
    ]
    assert told(office.member.user) == ["approval_answered", "approval_completed"]
    assert give(office.manager, made, "refused", "Non", 409)["code"] == "request_closed"
    assert Entry.objects.filter(action="document.approval_answered").count() == 2


def test_a_refusal_needs_words_and_ends_the_request(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader, office.manager])
    assert give(office.reader, made, "refused", "   ", 400)["code"] == "reason_missing"
    ended = give(office.reader, made, "refused", "Le chiffre de la page 3 est faux")
    assert (ended["state"], states(ended)) == ("refused", ["refused", "pending"])
    assert not Notification.objects.filter(user=office.manager.user, kind="approval_asked", read_at=None).exists()
    assert give(office.manager, made, status=409)["code"] == "request_closed"


def test_an_answer_can_be_given_otherwise_and_both_are_kept(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader, office.manager])
    give(office.reader, made, comment="Oui")
    give(office.reader, made, comment="Oui")  # sent again
    changed = give(office.reader, made, "refused", "Non, finalement")
    assert [(one["answer"], one["comment"]) for one in changed["asked"][0]["given"]] == [
        ("refused", "Non, finalement"),
        ("approved", "Oui"),
    ]


def test_reading_is_confirmed_after_opening_only(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader], purpose="read")
    assert give(office.reader, made, "approved", status=400)["code"] == "wrong_answer"
    assert give(office.reader, made, "read", status=409)["code"] == "not_opened_yet"
    assert office.reader.api.post(f"/approvals/{made['id']}/opened").status_code == 204
    assert give(office.reader, made, "read")["state"] == "complete"


def test_an_answer_about_other_bytes_is_not_taken(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader])
    assert give(office.reader, made, sha256="0" * 64, status=409)["code"] == "other_content"
    assert not Given.objects.exists()


def test_a_circuit_asks_the_next_when_the_one_before_approved(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader, office.manager], in_order=True)
    assert states(made) == ["pending", "waiting"]
    assert not told(office.manager.user)
    assert give(office.manager, made, status=409)["code"] == "not_your_turn"
    assert states(give(office.reader, made)) == ["approved", "pending"]
    assert told(office.manager.user) == ["approval_asked"]
    assert give(office.manager, made)["state"] == "approved"


def test_property_no_answer_is_taken_from_who_is_not_asked_or_may_not_see(office: Office) -> None:
    chance = random.Random(16)
    seats = [office.manager, office.member, office.reader, office.guest, office.outsider]
    folder = office.manager.create("Cellule", restricted=True)
    office.manager.api.put(f"/nodes/{folder['id']}/access/{office.member.user.id}", {"role": "member"})
    for round in range(5):
        parent = chance.choice([None, folder["id"]])
        node = office.manager.document(f"d{round}.txt", b"x", parent=parent)
        able = [office.manager, office.member] + ([office.reader] if parent is None else [])
        asked = chance.sample(able, chance.randrange(1, len(able) + 1))
        made = ask(office.manager, node, asked)
        for one in chance.sample(seats, len(seats)):
            before = Given.objects.count()
            body = {"answer": "approved", "sha256": made["sha256"]}
            status = one.api.put(f"/approvals/{made['id']}/answer", body).status_code
            assert status == (200 if one in asked else 403 if one in able else 404)
            assert Given.objects.count() - before == (one in asked)


# --- Rights, bin, moves -----------------------------------------------------------------------------------------


def test_who_leaves_the_workspace_is_waited_for_no_longer(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader, office.manager], in_order=True)
    workspaces.remove_member(actor=office.manager.user, workspace_id=office.workspace.id, user_id=office.reader.user.id)
    now = office.member.api.get(f"/approvals/{made['id']}").data
    assert (states(now), now["done"], now["total"], now["state"]) == (["lost", "pending"], 0, 1, "open")
    assert told(office.member.user) == ["approval_lost"]
    assert told(office.manager.user) == ["approval_asked"]
    give(office.reader, made, status=404)
    assert office.reader.api.get("/notifications").data["items"] == []
    assert give(office.manager, made)["state"] == "approved"


def test_r006_who_asked_and_left_hears_of_no_answer_and_managers_take_over(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader, office.manager])
    workspaces.remove_member(actor=office.manager.user, workspace_id=office.workspace.id, user_id=office.member.user.id)
    give(office.reader, made)
    assert told(office.member.user) == []
    assert office.member.api.get(f"/approvals/{made['id']}").status_code == 404
    assert office.member.api.post(f"/approvals/{made['id']}/cancel").status_code == 404
    assert office.manager.api.post(f"/approvals/{made['id']}/cancel").data["done"] == 1
    assert told(office.member.user) == []


def test_r006_a_narrowed_folder_ends_the_waiting_and_the_reminding_and_widened_again_it_waits(
    office: Office, clock_at: Any
) -> None:
    folder = office.manager.create("Dossier")
    node = office.manager.document("Plan.md", b"un", parent=folder["id"])
    made = ask(office.manager, node, [office.reader, office.member], due=day(1))
    office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": False})
    clock_at(NOON + timedelta(days=1))
    assert actions.remind() == 0  # before the job has looked
    assert actions.settle() == 1
    assert office.reader.api.get("/approvals").data["items"] == []
    assert office.reader.api.get("/desk").data["approvals"] == []
    assert office.reader.api.get(f"/workspaces/{office.workspace.id}/approvals").data["items"] == []
    ended = office.manager.api.get(f"/approvals/{made['id']}").data
    assert (states(ended), ended["state"], ended["cancelled_by"]) == (["lost", "lost"], "cancelled", None)
    again = ask(office.manager, node, [office.manager], due=day(3))
    office.manager.api.delete(f"/nodes/{folder['id']}/access")
    widened = ask(office.manager, node, [office.manager, office.reader], due=day(3))
    User.objects.filter(id=office.reader.user.id).update(is_active=False)
    assert actions.settle() == 1
    User.objects.filter(id=office.reader.user.id).update(is_active=True)
    assert actions.settle() == 1
    assert actions.settle() == 0
    assert states(office.manager.api.get(f"/approvals/{widened['id']}").data) == ["pending", "pending"]
    assert states(office.manager.api.get(f"/approvals/{again['id']}").data) == ["pending"]


def test_in_the_bin_nothing_is_asked_and_restored_it_is_as_before(office: Office, node: Any, clock_at: Any) -> None:
    made = ask(office.member, node, [office.reader], due=day(1))
    office.member.api.delete(f"/nodes/{node['id']}")
    clock_at(NOON + timedelta(days=2))
    assert actions.remind() == 0
    assert give(office.reader, made, status=404)
    assert office.reader.api.get("/approvals").data["items"] == []
    office.member.api.post(f"/nodes/{node['id']}/restore")
    assert office.reader.api.get(f"/approvals/{made['id']}").data == made
    assert give(office.reader, made)["state"] == "approved"


def test_a_move_to_another_workspace_keeps_the_answers(office: Office, node: Any) -> None:
    from tests.factories.workspaces import make_workspace

    made = ask(office.member, node, [office.reader, office.manager])
    give(office.reader, made)
    elsewhere = make_workspace(manager=office.member.user, members=[office.manager.user])
    moved = office.member.api.patch(f"/nodes/{node['id']}", {"workspace_id": str(elsewhere.id), "parent_id": None})
    assert moved.status_code == 200, moved.data
    actions.settle()
    kept = office.manager.api.get(f"/approvals/{made['id']}").data
    assert (states(kept), kept["sha256"]) == (["approved", "pending"], made["sha256"])
    assert give(office.manager, made)["state"] == "approved"


def test_a_locked_document_can_be_answered_about(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader])
    office.member.api.post(f"/nodes/{node['id']}/lock", {"reason": ""})
    assert give(office.reader, made)["state"] == "approved"


def test_an_archived_workspace_takes_no_answers_and_gives_the_proof(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader])
    office.manager.api.post(f"/workspaces/{office.workspace.id}/archive")
    assert give(office.reader, made, status=403)["code"] == "workspace_archived"
    assert office.reader.api.get("/approvals").data["items"] == []
    for one in (office.member, office.manager):
        assert one.api.get(f"/approvals/{made['id']}/attestation").status_code == 200
    assert office.reader.api.get(f"/approvals/{made['id']}/attestation").status_code == 403
    assert office.manager.api.post(f"/approvals/{made['id']}/cancel").status_code == 403


def test_the_version_asked_about_is_never_thinned_nor_deleted(office: Office, node: Any, settings: Any) -> None:
    made = ask(office.member, node, [office.reader])
    for text in (b"deux", b"trois"):
        office.member.bytes.put(f"/nodes/{node['id']}/content", text)
    Version.objects.update(created_at=NOON - timedelta(days=400))
    object.__setattr__(settings.PLANO, "versions_all_days", 30)
    try:
        assert thin_versions() == 1
    finally:
        object.__setattr__(settings.PLANO, "versions_all_days", 0)
    numbers = [version["number"] for version in office.reader.api.get(f"/nodes/{node['id']}/versions").data["items"]]
    assert numbers == [3, 1]
    refused = office.manager.api.delete(f"/nodes/{node['id']}/versions/1")
    assert (refused.status_code, refused.data["code"]) == (409, "version_asked_about")
    office.member.api.post(f"/approvals/{made['id']}/cancel")
    assert office.manager.api.delete(f"/nodes/{node['id']}/versions/1").status_code == 204


# --- Changing and cancelling ------------------------------------------------------------------------------------


def test_two_people_changing_a_request_at_once_the_second_hears_of_it(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader])
    path, tag = f"/approvals/{made['id']}", f'"{made["version"]}"'
    assert office.member.api.patch(path, {"due": day(20)}, If_Match=tag).data["due"] == day(20)
    late = office.manager.api.patch(path, {"due": day(2)}, If_Match=tag)
    assert (late.status_code, late.data["errors"]["current"]["due"]) == (412, day(20))
    assert office.manager.api.post(path + "/cancel", If_Match=tag).status_code == 412


def test_two_who_answer_at_once_both_count(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader, office.manager])
    tag = f'"{made["version"]}"'
    for one in (office.reader, office.manager):
        body = {"answer": "approved", "sha256": made["sha256"]}
        answer = one.api.put(f"/approvals/{made['id']}/answer", body, If_Match=tag)
        assert answer.status_code == 200
    assert (answer.data["state"], answer.data["done"]) == ("approved", 2)


def test_cancelled_with_a_trace_and_those_who_waited_are_told(office: Office, node: Any) -> None:
    made = ask(office.member, node, [office.reader, office.manager], in_order=True)
    refused = office.reader.api.post(f"/approvals/{made['id']}/cancel")
    assert (refused.status_code, refused.data["code"]) == (403, "role_too_low")
    ended = office.manager.api.post(f"/approvals/{made['id']}/cancel").data
    assert (ended["state"], ended["cancelled_by"]["name"]) == ("cancelled", "Manager")
    unread = Notification.objects.filter(user=office.reader.user, read_at=None)
    assert [row.kind for row in unread] == ["approval_cancelled"]
    assert told(office.member.user) == ["approval_cancelled"]
    assert Entry.objects.filter(action="document.approval_cancelled", actor_id=office.manager.user.id).count() == 1
    assert office.manager.api.post(f"/approvals/{made['id']}/cancel").data == ended


# --- Reminders --------------------------------------------------------------------------------------------------


def test_reminded_three_days_before_on_the_day_and_when_late_once_each_in_the_morning(
    office: Office, node: Any, clock_at: Any
) -> None:
    ask(office.member, node, [office.reader], due=day(7))
    seen = []
    for hours in (-9, 24, 69, 72, 93, 96, 159, 164, 168, 170, 192, 216, 240):
        clock_at(NOON + timedelta(hours=hours))
        if actions.remind():
            seen.append(clock.now().isoformat()[5:13])
    assert seen == ["11-27T08", "11-30T07", "12-01T11"]
    assert told(office.reader.user) == ["approval_asked", *["approval_reminder"] * 3]
    unread = Notification.objects.filter(user=office.reader.user, read_at=None)
    assert [row.kind for row in unread] == ["approval_reminder"]  # one line, the latest


def test_who_was_asked_for_tomorrow_is_not_reminded_at_once_and_who_answered_never(
    office: Office, node: Any, clock_at: Any
) -> None:
    made = ask(office.member, node, [office.reader, office.manager], due=day(1))
    assert actions.remind() == 0
    give(office.reader, made)
    clock_at(NOON + timedelta(days=1))
    assert actions.remind() == 1
    assert told(office.reader.user) == ["approval_asked"]
    office.member.api.patch(f"/approvals/{made['id']}", {"due": day(9)})
    assert Asked.objects.get(user=office.manager.user).reminded == 0


# --- Lists ------------------------------------------------------------------------------------------------------


def test_what_waits_for_me_and_what_the_workspace_asks(office: Office, node: Any, clock_at: Any) -> None:
    closed = office.manager.create("Cellule", restricted=True)
    hidden = office.manager.document("Secret.md", b"x", parent=closed["id"])
    late = ask(office.member, node, [office.reader, office.manager], due=day(1))
    ask(office.manager, hidden, [office.manager], due=day(2))
    done = ask(office.member, node, [office.reader])
    give(office.reader, done)
    clock_at(NOON + timedelta(days=2))
    [mine] = office.reader.api.get("/approvals").data["items"]
    assert (mine["approval"]["id"], mine["node"]["name"]) == (late["id"], "Plan.md")
    assert office.reader.api.get("/desk").data["approvals"] == [mine]
    assert len(office.manager.api.get("/approvals").data["items"]) == 2

    def of(one: Seat, which: str) -> list[str]:
        page = one.api.get(f"/workspaces/{office.workspace.id}/approvals?which={which}").data
        assert {line["node_id"] for line in page["items"]} == {row["id"] for row in page["nodes"]}
        return [line["name"] for line in page["items"]]

    assert of(office.reader, "all") == ["Plan.md", "Plan.md"]
    assert of(office.manager, "open") == ["Secret.md", "Plan.md"]
    assert of(office.manager, "late") == ["Plan.md"]
    assert of(office.reader, "done") == ["Plan.md"]
    marks = office.reader.api.get(f"/workspaces/{office.workspace.id}/approvals/marks").data["items"]
    assert (marks[node["id"]]["id"], marks[node["id"]]["total"]) == (late["id"], 2)
    inside = f"/workspaces/{office.workspace.id}/approvals/marks?parent_id={closed['id']}"
    assert office.reader.api.get(inside).status_code == 404
    assert list(office.manager.api.get(inside).data["items"]) == [hidden["id"]]


# --- Live -------------------------------------------------------------------------------------------------------


def test_old_snapshot_and_frames_are_the_fresh_snapshot(office: Office, frames_of: Any) -> None:
    chance = random.Random(3)
    nodes = [office.member.document(f"d{n}.txt", b"x") for n in range(2)]
    people = [office.reader, office.manager, extra(office, "Zoé"), extra(office, "Yann", Role.READER)]

    def snapshot() -> dict[str, Any]:
        found = [office.reader.api.get(f"/nodes/{one['id']}/approvals").data["items"] for one in nodes]
        return {line["id"]: line for items in found for line in items}

    old, before = snapshot(), len(frames_of(office.workspace.id))
    for _ in range(16):
        open = [line for line in snapshot().values() if line["state"] == "open"]
        match chance.randrange(5) if open else 0:
            case 0:
                asked = chance.sample(people, chance.randrange(1, 5))
                ask(office.member, chance.choice(nodes), asked, in_order=chance.random() < 0.5)
            case 1:
                office.manager.api.post(f"/approvals/{chance.choice(open)['id']}/cancel")
            case 2:
                office.member.api.patch(f"/approvals/{chance.choice(open)['id']}", {"due": day(chance.randrange(9))})
            case _:
                body = {"answer": chance.choice(["approved", "approved", "refused"]), "comment": "Vu"}
                one = chance.choice(open)
                path = f"/approvals/{one['id']}/answer"
                chance.choice(people).api.put(path, body | {"sha256": one["sha256"]})
    workspaces.remove_member(actor=office.manager.user, workspace_id=office.workspace.id, user_id=people[3].user.id)
    for frame in frames_of(office.workspace.id)[before:]:
        if frame["kind"] == "documents.approval":
            held = old.get(frame["data"]["id"])
            if held is None or held["version"] < frame["data"]["version"]:
                old[frame["data"]["id"]] = frame["data"]
    assert old == snapshot()


# --- Proofs -----------------------------------------------------------------------------------------------------


def test_the_table_opens_in_a_spreadsheet_and_calculates_nothing(office: Office) -> None:
    node = office.member.document("=cmd.md", b"un")
    made = ask(office.member, node, [office.reader, office.manager], message="@SUM(A1)")
    give(office.reader, made, comment='=HYPERLINK("https://exemple.test")')
    give(office.reader, made, comment="Oui ; « bien »")
    answer = office.member.api.get(f"/approvals/{made['id']}/export")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))
    assert [row["Personne"] for row in rows] == ["Reader", "Reader", "Manager"]
    assert [row["Réponse retenue"] for row in rows] == ["oui", "non", ""]
    assert [row["Commentaire"] for row in rows] == ["Oui ; « bien »", '\'=HYPERLINK("https://exemple.test")', ""]
    assert (rows[0]["Document"], rows[0]["Message"]) == ("'=cmd.md", "'@SUM(A1)")
    assert (rows[0]["Empreinte SHA-256"], rows[0]["Répondu le"]) == (node["sha256"], "2026-11-23T12:00:00+01:00")
    assert Entry.objects.filter(action="document.approval_exported").count() == 1


def test_the_proof_names_the_bytes_and_runs_nothing(office: Office) -> None:
    node = office.member.document("<b>Plan.md", b"un")
    made = ask(office.member, node, [office.reader])
    give(office.reader, made, comment="<script>alert(1)</script>")
    answer = office.manager.api.get(f"/approvals/{made['id']}/attestation")
    page = answer.content.decode()
    assert answer["Content-Security-Policy"] == proofs.POLICY
    assert "<script" not in page
    assert "<b>" not in page
    for words in ("Attestation de validation", node["sha256"], "Reader", "2026-11-23T12:00:00+01:00", "Approuvé"):
        assert words in page
    assert "Établie par Manager" in page


def test_what_was_made_stays_when_the_document_is_saved_over_another(office: Office, node: Any) -> None:
    from plano.documents.actions.relocating import move_to

    made = ask(office.member, node, [office.reader])
    give(office.reader, made)
    other = office.member.document("Final.md", b"autre")
    move_to(
        actor=office.member.user,
        node_id=UUID(node["id"]),
        workspace_id=office.workspace.id,
        parent_id=None,
        name="Final.md",
        overwrite=True,
    )
    assert office.member.api.get(f"/nodes/{other['id']}").status_code == 200
    assert Given.objects.filter(asked__approval=made["id"]).count() == 1
