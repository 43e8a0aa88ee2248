"""Tasks through HTTP: begin, edit field by field, bin, people, and who sees them."""

from datetime import timedelta
from typing import Any

import pytest

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.notifications.models import Notification
from plano.tasks import jobs, queries
from plano.tasks.models import Column, Task
from plano.workspaces import actions as workspaces
from tests.factories.workspaces import make_workspace
from tests.fixtures import Api


def test_a_workspace_is_born_with_a_board(office: Any) -> None:
    answer = office.api("bruno").get(f"/workspaces/{office.workspace.id}/columns").data

    assert [column["name"] for column in answer["items"]] == ["À faire", "En cours", "À valider", "Terminé"]
    assert [column["done"] for column in answer["items"]] == [False, False, False, True]
    assert answer["abilities"][str(office.workspace.id)]["create"] is True


def test_a_workspace_from_before_gets_its_board_at_the_first_look(office: Any) -> None:
    Column.objects.filter(workspace=office.workspace).delete()

    answer = office.api("reader").get(f"/workspaces/{office.workspace.id}/columns")

    assert [len(answer.data["items"]), Column.objects.filter(workspace=office.workspace).count()] == [4, 4]


def test_a_task_is_made_with_its_people_dates_and_labels(office: Any) -> None:
    place = f"/workspaces/{office.workspace.id}"
    label = office.api("bruno").post(f"{place}/labels", {"name": "Exercice", "color": 3}).data
    task = office.task(
        title="Signer la convention",
        description="Voir le **§ 4**.",
        priority="urgent",
        due_date="2026-11-26",
        due_time="12:00",
        assignee_ids=[str(office.chloe.id)],
        label_ids=[label["id"]],
    )

    assert (task["due_date"], task["due_time"], task["priority"]) == ("2026-11-26", "12:00", "urgent")
    assert [person["name"] for person in task["assignees"]] == ["Chloé Nguyen"]
    assert task["label_ids"] == [label["id"]]
    assert office.api("chloe").get("/my/tasks").data["items"] == [task]


def test_r131_the_same_key_makes_one_task(office: Any) -> None:
    key, path = str(uuid7()), f"/workspaces/{office.workspace.id}/tasks"
    answers = [office.api("bruno").post(path, {"title": "Relire"}, Idempotency_Key=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].data == answers[1].data
    taken = office.api("chloe").post(path, {"title": "Autre"}, Idempotency_Key=key)
    assert (taken.status_code, taken.data["code"]) == (409, "identifier_in_use")


def test_two_people_who_edit_two_fields_both_win(office: Any) -> None:
    task = office.task()
    seen = f'"{task["version"]}"'

    first = office.api("bruno").patch(f"/tasks/{task['id']}", {"title": "Relire le § 4"}, If_Match=seen)
    second = office.api("chloe").patch(f"/tasks/{task['id']}", {"due_date": "2026-12-01"}, If_Match=seen)

    assert [first.status_code, second.status_code] == [200, 200]
    assert (second.data["title"], second.data["due_date"]) == ("Relire le § 4", "2026-12-01")


def test_the_second_of_two_people_in_one_field_sees_what_the_first_wrote(office: Any) -> None:
    task = office.task()
    seen = f'"{task["version"]}"'
    office.api("bruno").patch(f"/tasks/{task['id']}", {"description": "De Bruno"}, If_Match=seen)

    lost = office.api("chloe").patch(f"/tasks/{task['id']}", {"description": "De Chloé"}, If_Match=seen)
    now = office.api("chloe").get(f"/tasks/{task['id']}")

    assert (lost.status_code, lost.data["code"]) == (412, "changed_meanwhile")
    assert (lost.data["errors"]["fields"], lost.data["errors"]["current"]) == (["description"], now.data)
    assert now.data["description"] == "De Bruno"
    assert now["ETag"] == f'"{now.data["version"]}"'


def test_two_people_who_tick_two_items_both_win(office: Any) -> None:
    task, ids = office.task(), [str(uuid7()), str(uuid7())]
    path = f"/tasks/{task['id']}"
    office.api("bruno").patch(path, {"checklist": [{"id": id, "text": f"Point {id[-1]}"} for id in ids]})

    office.api("bruno").patch(path, {"checklist": [{"id": ids[0], "done": True}]})
    both = office.api("chloe").patch(path, {"checklist": [{"id": ids[1], "done": True}]}).data
    less = office.api("chloe").patch(path, {"checklist": [{"id": ids[0], "removed": True}]}).data

    assert [(item["id"], item["done"]) for item in both["checklist"]] == [(ids[0], True), (ids[1], True)]
    assert [item["id"] for item in less["checklist"]] == [ids[1]]


def test_a_ticked_task_goes_to_the_done_column_and_back(office: Any) -> None:
    task = office.task()
    done = office.api("chloe").patch(f"/tasks/{task['id']}", {"completed": True}).data
    again = office.api("chloe").patch(f"/tasks/{task['id']}", {"completed": False}).data

    assert (done["column_id"], done["completed_at"] is not None) == (str(office.columns[3].id), True)
    assert (again["column_id"], again["completed_at"]) == (str(office.columns[0].id), None)


def test_a_deleted_task_comes_back_to_where_it_stood(office: Any) -> None:
    for title in ("Un", "Deux", "Trois"):
        office.task(title)
    middle = Task.objects.get(title="Deux")

    deleted = office.api("chloe").delete(f"/tasks/{middle.id}")
    office.task("Quatre")
    without, found = office.order(), office.api("bruno").get(f"/tasks/{middle.id}")
    binned = office.api("bruno").get(f"/workspaces/{office.workspace.id}/tasks?bin=true").data["items"]
    restored = office.api("bruno").post(f"/tasks/{middle.id}/restore")

    assert [deleted.status_code, found.status_code, restored.status_code] == [204, 404, 200]
    assert (without, [task["title"] for task in binned]) == (["Un", "Trois", "Quatre"], ["Deux"])
    assert office.order() == ["Un", "Deux", "Trois", "Quatre"]


def test_r143_the_bin_keeps_a_task_for_thirty_days(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plano.tasks.actions.tasks.BATCH", 2)
    label = office.api("bruno").post(f"/workspaces/{office.workspace.id}/labels", {"name": "Exercice"}).data["id"]
    for days in (29, 31, 32, 33):
        id = office.task(f"{days} jours", label_ids=[label], assignee_ids=[str(office.chloe.id)])["id"]
        office.api("bruno").delete(f"/tasks/{id}")
        Task.objects.filter(id=id).update(deleted_at=now() - timedelta(days=days))
    office.task("Jamais supprimée")

    jobs.empty_bin(0)

    binned = office.api("bruno").get(f"/workspaces/{office.workspace.id}/tasks?bin=true").data["items"]
    assert [task["title"] for task in binned] == ["29 jours"]
    assert set(Task.objects.values_list("title", flat=True)) == {"29 jours", "Jamais supprimée"}


def test_people_are_told_of_their_assignment_once_and_not_of_their_own(office: Any, frames_of: Any) -> None:
    task = office.task(assignee_ids=[str(office.bruno.id), str(office.chloe.id)])
    office.api("alice").patch(f"/tasks/{task['id']}", {"remove_assignees": [str(office.chloe.id)]})
    office.api("alice").patch(f"/tasks/{task['id']}", {"add_assignees": [str(office.chloe.id)]})

    rows = Notification.objects.filter(kind="assignment")
    assert [(row.user_id, row.link_kind, str(row.link_id)) for row in rows] == [
        (office.chloe.id, "tasks.task", task["id"])
    ]
    assert frames_of(office.chloe.id, "notifications.notification")[0]["data"]["title"] == "Relire le plan"


@pytest.mark.parametrize("who", ["guest", "outsider"])
def test_r004_only_people_who_see_the_board_can_be_given_a_task(office: Any, who: str) -> None:
    stranger = str(getattr(office, who).id)
    path = f"/workspaces/{office.workspace.id}/tasks"

    new = office.api("bruno").post(path, {"title": "Relire", "assignee_ids": [stranger]})
    old = office.api("bruno").patch(f"/tasks/{office.task()['id']}", {"add_assignees": [stranger]})

    assert [(a.status_code, a.data["code"]) for a in (new, old)] == [(400, "person_not_found")] * 2
    assert Notification.objects.filter(kind="assignment").count() == 0
    assert Task.objects.count() == 1


def test_r004_columns_labels_and_neighbours_of_another_board_are_refused(office: Any) -> None:
    other = make_workspace(manager=office.bruno)
    column = Column.objects.filter(workspace=other).first()
    assert column is not None
    label = office.api("bruno").post(f"/workspaces/{other.id}/labels", {"name": "Ailleurs"}).data
    foreign = office.api("bruno").post(f"/workspaces/{other.id}/tasks", {"title": "Ailleurs"}).data
    task, path = office.task(), f"/workspaces/{office.workspace.id}/tasks"
    here = str(office.columns[1].id)

    answers = [
        office.api("bruno").post(path, {"title": "X", "column_id": str(column.id)}),
        office.api("bruno").post(path, {"title": "X", "label_ids": [label["id"]]}),
        office.api("bruno").patch(f"/tasks/{task['id']}", {"add_labels": [label["id"]]}),
        office.api("bruno").post(f"/tasks/{task['id']}/move", {"column_id": str(column.id)}),
        office.api("bruno").post(f"/tasks/{task['id']}/move", {"column_id": here, "after_id": foreign["id"]}),
        office.api("alice").patch(f"/columns/{here}", {"after_id": str(column.id)}),
    ]

    assert [answer.status_code for answer in answers] == [400] * 6
    assert office.api("bruno").get(f"/tasks/{task['id']}").data == task
    assert Task.objects.filter(workspace=office.workspace).count() == 1


def test_r003_a_task_that_one_may_not_see_answers_like_one_that_never_was(office: Any) -> None:
    task = office.task()
    label = office.api("bruno").post(f"/workspaces/{office.workspace.id}/labels", {"name": "Secret"}).data
    for who in ("guest", "outsider"):
        api = office.api(who)
        for method, path, body in (
            ("GET", "/tasks/{}", None),
            ("PATCH", "/tasks/{}", {"title": "X"}),
            ("DELETE", "/tasks/{}", None),
            ("POST", "/tasks/{}/restore", {}),
            ("POST", "/tasks/{}/move", {"column_id": str(office.columns[0].id)}),
        ):
            real = api.request(method, path.format(task["id"]), body)
            never = api.request(method, path.format(uuid7()), body)
            assert (
                (real.status_code, real.data["code"]) == (never.status_code, never.data["code"]) == (404, "not_found")
            )
        for path, id in (("/columns/{}", office.columns[0].id), ("/labels/{}", label["id"])):
            assert api.delete(path.format(id)).data["code"] == api.delete(path.format(uuid7())).data["code"]


def test_r005_only_listed_fields_can_be_written(office: Any) -> None:
    task = office.task()
    for field in ("workspace_id", "created_by", "rank", "version", "completed_at", "deleted_at", "column", "scope"):
        answer = office.api("bruno").patch(f"/tasks/{task['id']}", {field: str(uuid7())})
        made = office.api("bruno").post(f"/workspaces/{office.workspace.id}/tasks", {"title": "X", field: "1"})
        assert [answer.status_code, made.status_code] == [400, 400], field
    assert office.api("bruno").get(f"/tasks/{task['id']}").data == task
    assert Task.objects.count() == 1


def test_a_required_field_is_not_emptied_and_a_time_needs_a_date(office: Any) -> None:
    path = f"/tasks/{office.task()['id']}"

    assert office.api("bruno").patch(path, {"title": None}).data["errors"] == {"title": "required"}
    assert office.api("bruno").patch(path, {"title": "   "}).status_code == 400
    assert office.api("bruno").patch(path, {"due_time": "09:00"}).data["code"] == "time_without_date"
    office.api("bruno").patch(path, {"due_date": "2026-12-01", "due_time": "09:00"})
    cleared = office.api("bruno").patch(path, {"due_date": None}).data
    assert (cleared["due_date"], cleared["due_time"]) == (None, None)


def test_the_tasks_of_who_leaves_stay_and_say_so(office: Any, frames_of: Any) -> None:
    open_one = office.task("Ouverte", assignee_ids=[str(office.chloe.id), str(office.bruno.id)])
    workspaces.remove_member(actor=office.alice, workspace_id=office.workspace.id, user_id=office.chloe.id)

    left = office.api("bruno").get(f"/tasks/{open_one['id']}").data
    assert ([person["name"] for person in left["assignees"]], left["assignee_left"]) == (["Bruno Lefèvre"], True)
    assert frames_of(office.workspace.id, "tasks.task")[-1]["data"] == left
    handed = office.api("bruno").patch(f"/tasks/{open_one['id']}", {"add_assignees": [str(office.alice.id)]}).data
    assert handed["assignee_left"] is False


def test_r006_search_lists_and_titles_know_only_visible_boards(office: Any) -> None:
    task = office.task("Zébulon l’unique", assignee_ids=[str(office.chloe.id)])
    ids = [Task.objects.get(id=task["id"]).id]

    def finds(person: User) -> tuple[int, int, int]:
        found = queries.search_names(person, "zebulon unique")
        return len(found), len(queries.resolve(person, ids)), len(queries.mine_for(person))

    assert finds(office.chloe) == (1, 1, 1)
    assert finds(office.reader) == (1, 1, 0)
    for person in (office.guest, office.outsider):
        assert finds(person) == (0, 0, 0)
    workspaces.remove_member(actor=office.alice, workspace_id=office.workspace.id, user_id=office.chloe.id)
    assert finds(office.chloe) == (0, 0, 0)
    assert Api(office.chloe).get("/my/tasks").data["items"] == []


def test_a_room_that_is_switched_off_answers_like_absent(office: Any) -> None:
    task = office.task(assignee_ids=[str(office.bruno.id)])
    workspaces.update_workspace(actor=office.alice, workspace_id=office.workspace.id, rooms=["documents"])

    assert office.api("bruno").get(f"/tasks/{task['id']}").status_code == 404
    assert office.api("bruno").get(f"/workspaces/{office.workspace.id}/tasks").status_code == 404
    assert office.api("bruno").get("/my/tasks").data["items"] == []


def test_an_archived_workspace_can_be_read_and_not_changed(office: Any) -> None:
    task = office.task()
    workspaces.archive_workspace(actor=office.alice, workspace_id=office.workspace.id)

    assert office.api("bruno").get(f"/tasks/{task['id']}").status_code == 200
    refused = office.api("alice").patch(f"/tasks/{task['id']}", {"title": "X"})
    assert (refused.status_code, refused.data["code"]) == (403, "workspace_archived")


def test_lists_are_paged_without_loss(office: Any) -> None:
    made = [office.task(f"Tâche {number}")["id"] for number in range(5)]
    path, seen, cursor = f"/workspaces/{office.workspace.id}/tasks?limit=2", [], ""
    while True:
        page = office.api("reader").get(path + (f"&cursor={cursor}" if cursor else "")).data
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert seen == sorted(made)
    assert office.api("reader").get(path + "&cursor=nimporte").data["code"] == "invalid_cursor"


def test_columns_are_added_renamed_moved_and_deleted_only_when_empty(office: Any) -> None:
    api, place = office.api("alice"), f"/workspaces/{office.workspace.id}/columns"
    column = api.post(place, {"name": "En attente"}).data
    api.patch(f"/columns/{column['id']}", {"before_id": str(office.columns[1].id), "name": "Bloqué"})
    names = [item["name"] for item in api.get(place).data["items"]]
    task = office.task(column_id=column["id"])
    full = api.delete(f"/columns/{column['id']}")
    api.delete(f"/tasks/{task['id']}")
    empty = api.delete(f"/columns/{column['id']}")
    restored = api.post(f"/tasks/{task['id']}/restore").data

    assert names == ["À faire", "Bloqué", "En cours", "À valider", "Terminé"]
    assert (full.status_code, full.data["code"], empty.status_code) == (409, "column_not_empty", 204)
    assert restored["column_id"] == str(office.columns[0].id)


def test_a_board_keeps_its_last_column(office: Any) -> None:
    api = office.api("alice")
    answers = [api.delete(f"/columns/{column.id}") for column in office.columns]

    assert [answer.status_code for answer in answers] == [204, 204, 204, 409]
    assert answers[-1].data["code"] == "last_column"


def test_one_word_is_one_label_and_a_deleted_one_leaves_its_tasks(office: Any) -> None:
    place = f"/workspaces/{office.workspace.id}/labels"
    label = office.api("bruno").post(place, {"name": "Exercice"}).data
    twice = office.api("chloe").post(place, {"name": "EXERCICE"})
    task = office.task(label_ids=[label["id"]])
    deleted = office.api("chloe").delete(f"/labels/{label['id']}")

    assert (twice.status_code, twice.data["code"]) == (409, "label_name_taken")
    assert deleted.status_code == 204
    assert office.api("bruno").get(f"/tasks/{task['id']}").data["label_ids"] == []
    assert office.api("bruno").get(place).data["items"] == []


def test_the_demonstration_fills_two_boards_once(office: Any) -> None:
    from plano.tasks import demo

    people = {"alice": office.alice, "bruno": office.bruno, "chloe": office.chloe, "david": office.guest}
    demo.seed(workspace=office.workspace, people=people)
    count = Task.objects.count()
    demo.seed(workspace=office.workspace, people=people)

    assert (Task.objects.count(), count > 9) == (count, True)
    summary = queries.late_and_coming_for(office.alice, office.workspace.id)
    assert summary.late >= 1
    assert summary.coming >= 3
