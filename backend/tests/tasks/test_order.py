"""The order of a board: ranks, moves, concurrency, and frames that tell the same as a fresh look."""

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from plano.tasks import ranks
from plano.tasks.models import Task
from tests.tasks.conftest import make_office


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=120))
def test_a_rank_between_two_is_between_them(places: list[int]) -> None:
    held: list[str] = []
    for place in places:
        at = place % (len(held) + 1)
        before = held[at - 1] if at else None
        held.insert(at, ranks.between(before, held[at] if at < len(held) else None))
    assert held == sorted(held)
    assert len(set(held)) == len(held)


@given(st.integers(min_value=1, max_value=200))
def test_spread_gives_distinct_ranks_in_order(count: int) -> None:
    low, high = ranks.spread(None, None, 2)
    found = ranks.spread(low, high, count)
    assert [low, *found, high] == sorted({low, *found, high})


def test_ten_thousand_tasks_added_at_the_end_keep_short_ranks() -> None:
    rank = None
    for _ in range(10_000):
        rank = ranks.between(rank, None)
    assert rank is not None
    assert len(rank) == ranks.HEAD


def move(office: Any, title: str, *, column: int = 0, who: str = "bruno", **beside: str) -> Any:
    ids = {key: str(Task.objects.get(title=other).id) for key, other in beside.items()}
    body = {"column_id": str(office.columns[column].id), **ids}
    return office.api(who).post(f"/tasks/{Task.objects.get(title=title).id}/move", body)


def test_a_task_is_put_before_after_and_at_the_end(office: Any) -> None:
    for title in "abcd":
        office.task(title)

    move(office, "d", before_id="a")
    move(office, "a", after_id="b")
    move(office, "c", column=1)
    move(office, "b", column=1)

    assert (office.order(0), office.order(1)) == (["d", "a"], ["c", "b"])


def test_a_neighbour_that_left_the_column_gives_the_nearest_place(office: Any) -> None:
    for title in "abcd":
        office.task(title)
    move(office, "b", column=2)
    office.api("chloe").delete(f"/tasks/{Task.objects.get(title='c').id}")

    after_gone = move(office, "d", after_id="b", before_id="a")
    after_bin = move(office, "a", after_id="c")

    assert [after_gone.status_code, after_bin.status_code] == [200, 200]
    assert office.order() == ["d", "a"]


def test_a_move_into_a_done_column_completes_and_out_of_it_reopens(office: Any) -> None:
    office.task("a")
    done = move(office, "a", column=3).data
    again = move(office, "a", column=1).data

    assert (done["completed_at"] is not None, again["completed_at"]) == (True, None)


def test_a_crowded_place_is_renumbered_and_keeps_its_order(office: Any, frames_of: Any) -> None:
    for title in ("premier", "a", "b", "dernier"):
        office.task(title)
    expected = ["premier", "a", "b", "dernier"]
    for turn in range(450):
        title = "ab"[turn % 2]
        move(office, title, after_id="premier")
    lengths = Task.objects.values_list("rank", flat=True)

    assert office.order() == ["premier", "b", "a", "dernier"] != expected
    assert max(len(rank) for rank in lengths) <= ranks.LONGEST
    assert snapshot_of(frames_of(office.workspace.id)) == fresh(office)


@pytest.mark.django_db(transaction=True)
def test_two_hundred_moves_at_once_keep_a_total_order() -> None:
    office = make_office()
    ids = [office.task(f"Tâche {number}")["id"] for number in range(20)]
    dice = random.Random(10)
    plans = [
        (
            dice.choice(["alice", "bruno", "chloe"]),
            dice.choice(ids),
            {
                "column_id": str(dice.choice(office.columns).id),
                dice.choice(["before_id", "after_id"]): dice.choice(ids),
            },
        )
        for _ in range(200)
    ]

    def play(plan: tuple[str, str, dict[str, str]]) -> int:
        who, id, body = plan
        try:
            return int(office.api(who).post(f"/tasks/{id}/move", body).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        statuses = list(pool.map(play, plans))

    places = list(Task.objects.values_list("column_id", "rank"))
    assert set(statuses) == {200}
    assert len(places) == len(set(places)) == 20


@pytest.mark.django_db(transaction=True)
def test_one_field_each_at_once_loses_nothing() -> None:
    office = make_office()
    path = f"/tasks/{office.task()['id']}"
    edits: list[dict[str, Any]] = [
        {"title": "Signer"},
        {"description": "Avec le préfet"},
        {"priority": "high"},
        {"due_date": "2026-12-04"},
        {"add_assignees": [str(office.bruno.id)]},
        {"add_assignees": [str(office.chloe.id)]},
        {"completed": True},
    ]

    def play(edit: dict[str, Any]) -> int:
        try:
            return int(office.api("alice").patch(path, edit).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=7) as pool:
        statuses = list(pool.map(play, edits))
    task = office.api("alice").get(path).data

    assert statuses == [200] * 7
    assert (task["title"], task["description"], task["priority"]) == ("Signer", "Avec le préfet", "high")
    assert (task["due_date"], len(task["assignees"]), task["completed_at"] is None) == ("2026-12-04", 2, False)
    assert task["version"] == 8


def fresh(office: Any) -> dict[str, Any]:
    """What a new visitor fetches."""
    api, place = office.api("reader"), f"/workspaces/{office.workspace.id}"
    return {
        f"tasks.{kind}": {item["id"]: item for item in api.get(f"{place}/{kind}s").data["items"]}
        for kind in ("task", "column", "label")
    }


def snapshot_of(frames: list[dict[str, Any]], start: dict[str, Any] | None = None) -> dict[str, Any]:
    """An older look with the frames since, folded by version."""
    held: dict[str, Any] = start or {"tasks.task": {}, "tasks.column": {}, "tasks.label": {}}
    for frame in frames:
        things = held.get(frame["kind"])
        if things is None:
            continue
        if frame["op"] == "removed":
            things.pop(frame["data"]["id"], None)
        elif frame["data"]["version"] >= things.get(frame["data"]["id"], {"version": 0})["version"]:
            things[frame["data"]["id"]] = frame["data"]
    return held


def test_an_old_look_and_the_frames_make_a_fresh_one(office: Any, frames_of: Any) -> None:
    place = f"/workspaces/{office.workspace.id}"
    first, second = office.task("a"), office.task("b")
    old, count = fresh(office), len(frames_of(office.workspace.id))

    label = office.api("bruno").post(f"{place}/labels", {"name": "Exercice"}).data
    column = office.api("alice").post(f"{place}/columns", {"name": "En attente"}).data
    office.api("alice").patch(f"/columns/{column['id']}", {"after_id": str(office.columns[0].id)})
    office.api("bruno").patch(f"/tasks/{first['id']}", {"title": "A", "add_labels": [label["id"]]})
    office.api("bruno").patch(f"/labels/{label['id']}", {"name": "Essai"})
    move(office, "b", column=3, who="chloe")
    office.api("bruno").patch(f"/tasks/{second['id']}", {"completed": False})
    third = office.task("c", assignee_ids=[str(office.chloe.id)])
    office.api("bruno").delete(f"/tasks/{first['id']}")
    office.api("bruno").post(f"/tasks/{first['id']}/restore")
    office.api("bruno").delete(f"/tasks/{third['id']}")
    office.api("bruno").delete(f"/labels/{label['id']}")
    office.api("alice").delete(f"/columns/{column['id']}")

    frames = frames_of(office.workspace.id)[count:]
    assert snapshot_of(frames, old) == fresh(office)
    assert all(frame["kind"].startswith("tasks.") for frame in frames)


def test_a_refused_change_leaves_no_frame(office: Any, frames_of: Any) -> None:
    task = office.task()
    before = frames_of(office.workspace.id)

    office.api("reader").patch(f"/tasks/{task['id']}", {"title": "X"})
    office.api("bruno").patch(f"/tasks/{task['id']}", {"title": task["title"]})
    office.api("bruno").patch(f"/tasks/{task['id']}", {"title": "X", "add_labels": [task["id"]]})

    assert frames_of(office.workspace.id) == before
