"""What is asked without the ORM says what the ORM and the policies say; and what many add at once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest
from django.db import connection

from plano.kernel.clock import now
from plano.kernel.errors import DomainError
from plano.kernel.ids import uuid7
from plano.tasks import policies, ranks, statements
from plano.tasks.models import Column, Task
from plano.workspaces import policies as access
from plano.workspaces.models import Role, Room, Workspace
from tests.tasks.conftest import Office, make_office

PEOPLE = ("alice", "bruno", "reader", "guest", "outsider")


def outcome(verb: Any) -> str:
    try:
        verb()
    except DomainError as error:
        return f"{error.status} {error.code}"
    return "done"


@pytest.mark.parametrize(("archived", "room", "role"), list(product((False, True), (True, False), Role)))
def test_a_place_is_opened_as_role_and_room_say(office: Office, archived: bool, room: bool, role: Role) -> None:
    rooms = list(Room.values) if room else [Room.CHAT.value]
    Workspace.objects.filter(id=office.workspace.id).update(rooms=rooms, archived_at=now() if archived else None)
    workspace = Workspace.objects.get(id=office.workspace.id)

    def by_parts(who: Any) -> None:
        access.require_role(who, workspace.id, Role.GUEST)
        access.require_room(workspace, Room.TASKS)
        access.require_role(who, workspace.id, role)

    for name in PEOPLE:
        who = getattr(office, name)
        assert outcome(lambda who=who: policies.require_board(who, workspace.id, role)) == outcome(
            lambda who=who: by_parts(who)
        )
    assert room is False or policies.require_board(office.alice, workspace.id) == workspace


def test_a_scope_that_is_no_workspace_and_a_disabled_person_open_no_board(office: Office) -> None:
    office.bruno.is_active = False
    assert outcome(lambda: policies.require_board(office.bruno, office.workspace.id)) == "404 not_found"
    assert outcome(lambda: policies.require_board(office.alice, office.alice.id)) == "404 not_found"


def test_the_column_and_its_last_rank_are_those_of_the_orm(office: Office) -> None:
    for title in ("a", "b"):
        office.task(title)
    first = Column.objects.filter(workspace=office.workspace).order_by("rank")[0]

    assert statements.shared_column(office.workspace.id, None) == first
    assert statements.shared_column(office.workspace.id, office.columns[2].id) == office.columns[2]
    assert statements.shared_column(uuid7(), first.id) is None
    assert statements.last_rank(first.id) == Task.objects.filter(column=first).order_by("-rank")[0].rank
    assert statements.last_rank(office.columns[1].id) is None


@pytest.mark.django_db(transaction=True)
def test_a_lot_that_somebody_drew_before_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    taken = office.task("première")["rank"]
    lots = iter([taken, taken])
    drawn = ranks.at_end
    monkeypatch.setattr(ranks, "at_end", lambda last: next(lots, None) or drawn(last))

    office.task("seconde")

    assert office.order() == ["première", "seconde"]
    assert next(lots, None) is None


@pytest.mark.django_db(transaction=True)
def test_additions_and_moves_at_once_lose_nothing_and_keep_a_total_order() -> None:
    office = make_office()
    place = f"/workspaces/{office.workspace.id}/tasks"
    first = office.task("première")["id"]

    def play(number: int) -> int:
        api = office.api(("alice", "bruno", "chloe")[number % 3])
        try:
            if number % 4 == 3:
                beside = {"column_id": str(office.columns[0].id), "before_id": first}
                id = api.post(place, {"title": f"t{number}"}).data["id"]
                return int(api.post(f"/tasks/{id}/move", beside).status_code) + 1
            return int(api.post(place, {"title": f"t{number}"}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        statuses = list(pool.map(play, range(60)))

    order = list(Task.objects.order_by("rank").values_list("title", "rank"))
    assert set(statuses) == {201}
    assert len({rank for _, rank in order}) == len(order) == 61
    moved = [title for title, _ in order][: [title for title, _ in order].index("première")]
    assert sorted(moved) == sorted(f"t{number}" for number in range(60) if number % 4 == 3)
    assert max(len(rank) for _, rank in order) <= ranks.LONGEST


@pytest.mark.django_db(transaction=True)
def test_the_same_task_sent_twice_at_once_is_made_once() -> None:
    office = make_office()
    place, body = f"/workspaces/{office.workspace.id}/tasks", {"id": str(uuid7()), "title": "Une fois"}

    def play(_: int) -> tuple[int, str]:
        try:
            answer = office.api("bruno").post(place, body)
            return answer.status_code, answer.data["id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as pool:
        answers = set(pool.map(play, range(6)))

    assert answers == {(201, body["id"])}
    assert Task.objects.count() == 1
