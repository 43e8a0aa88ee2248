"""Mon bureau and Accueil."""

from datetime import timedelta
from typing import Any

import pytest

from plano.desk.models import Visit
from plano.kernel.clock import now
from plano.meetings.models import Meeting, Participation
from tests.desk.office import Office


def enter(office: Office, meeting_id: Any, role: str) -> None:
    """Somebody is in the call; the gate that lets them in has its own tests."""
    meeting = Meeting.objects.get(id=meeting_id)
    Participation.objects.create(meeting=meeting, user=office.world.person(role), seen_at=now())


def test_my_desk_has_what_is_mine_in_all_my_workspaces(office: Office) -> None:
    yesterday, tomorrow = ((now() + timedelta(days=days)).date().isoformat() for days in (-1, 1))
    mine = [str(office.id("member"))]
    office.task("Demain", due_date=tomorrow, assignee_ids=mine)
    office.task("Sans date", assignee_ids=mine)
    office.task("Hier", due_date=yesterday, assignee_ids=mine)
    office.task("D’une autre", assignee_ids=[str(office.id("manager"))])
    office.event("Point quotidien")
    document = office.document("Note.txt", by="member")
    office.document("D’une autre.txt")
    desk = office.desk("member")
    assert [task["title"] for task in desk["tasks"]] == ["Hier", "Demain", "Sans date"]
    assert desk["abilities"][str(office.workspace.id)]["others"]["edit"] is True
    assert [event["title"] for event in desk["events"]] == ["Point quotidien"]
    assert [node["id"] for node in desk["documents"]] == [str(document)]
    assert [place["name"] for place in desk["places"]] == ["Plan de continuité"]


def test_my_desk_shows_mentions_until_they_are_read(office: Office) -> None:
    channel = office.channel("astreintes")
    named = [str(office.id("member"))]
    office.say(channel, "@Personne member, pouvez-vous relire ?", mentions=named)
    (line,) = office.desk("member")["mentions"]
    assert (line["channel_name"], line["conversation"]) == ("astreintes", False)
    assert line["workspace_id"] == str(office.workspace.id)
    read = office.api("member").put(f"/channels/{channel}/mark", {"seq": line["message"]["seq"]})
    assert read.status_code == 200
    assert office.desk("member")["mentions"] == []


def test_my_desk_says_where_i_may_add_a_task(office: Office) -> None:
    here = str(office.workspace.id)
    may = {role: here in office.desk(role)["boards"] for role in ("manager", "member", "reader", "guest")}
    assert may == {"manager": True, "member": True, "reader": False, "guest": False}
    office.api("manager").patch(f"/workspaces/{here}", {"rooms": ["documents", "chat"]})
    assert here not in office.desk("member")["boards"]
    office.api("manager").patch(f"/workspaces/{here}", {"rooms": ["documents", "chat", "tasks"]})
    office.api("manager").post(f"/workspaces/{here}/archive")
    assert here not in office.desk("member")["boards"]


def test_my_desk_keeps_what_i_began_to_write(office: Office) -> None:
    channel = office.channel("astreintes")
    assert office.api("member").put(f"/channels/{channel}/draft", {"text": "Bonjour à"}).status_code == 200
    (line,) = office.desk("member")["drafts"]
    assert (line["draft"]["text"], line["channel_name"]) == ("Bonjour à", "astreintes")


def test_a_meeting_under_way_is_on_the_desk_and_on_the_home(office: Office) -> None:
    meeting = office.meeting("Cellule de crise")
    assert office.home("reader")["meetings"] == []
    enter(office, meeting, "manager")
    assert [found["title"] for found in office.home("reader")["meetings"]] == ["Cellule de crise"]
    assert [found["title"] for found in office.desk("reader")["meetings"]] == ["Cellule de crise"]


def test_the_home_says_what_goes_on(office: Office) -> None:
    yesterday, tomorrow = ((now() + timedelta(days=days)).date().isoformat() for days in (-2, 2))
    office.task("En retard", due_date=yesterday)
    office.task("À venir", due_date=tomorrow)
    office.task("Sans date")
    office.document("Annuaire.txt")
    channel = office.channel("astreintes")
    office.say(channel, "Premier")
    office.say(channel, "Second")
    home = office.home("member")
    assert (home["members"], home["guests"]) == (6, 1)
    assert (home["tasks"]["late"], home["tasks"]["coming"]) == (1, 1)
    assert [task["title"] for task in home["tasks"]["items"]] == ["En retard", "À venir"]
    assert [node["name"] for node in home["documents"]["items"]] == ["Annuaire.txt"]
    assert [line["message"]["text"] for line in home["messages"]["items"]] == ["Second"]
    assert home["messages"]["items"][0]["unread"] is True
    assert home["messages"]["unread"] == {str(channel): 2}
    assert office.home("manager")["messages"]["items"][0]["unread"] is False


def test_today_is_the_readers_own_day(office: Office) -> None:
    person = office.world.person("member")
    person.time_zone = "Pacific/Noumea"
    person.save(update_fields=["time_zone"])
    office.event("Maintenant")
    assert [event["title"] for event in office.home("member")["today"]] in (["Maintenant"], [])
    far = now() + timedelta(days=3)
    office.event("Dans trois jours", start=far.isoformat(), end=(far + timedelta(hours=1)).isoformat())
    assert "Dans trois jours" not in str(office.home("member")["today"])


def test_a_visit_says_what_is_new_since(office: Office) -> None:
    assert office.home("member")["since"] is None
    office.document("Avant.txt")
    assert office.api("member").post(f"{office.path}/visit").status_code == 204
    first = office.home("member")
    assert first["since"] is not None
    assert first["documents"]["changed"] == 0
    office.document("Après.txt")
    office.document("De moi.txt", by="member")
    assert office.home("member")["documents"]["changed"] == 1
    office.api("member").post(f"{office.path}/visit")
    later = office.home("member")
    assert later["documents"]["changed"] == 0
    assert later["since"] > first["since"]
    assert office.home("reader")["since"] is None, "a visit is one's own"


def test_who_leaves_a_workspace_leaves_no_visit(office: Office) -> None:
    office.api("reader").post(f"{office.path}/visit")
    answer = office.api("manager").delete(f"{office.path}/members/{office.id('reader')}")
    assert answer.status_code == 204
    assert not Visit.objects.filter(user_id=office.id("reader")).exists()


def test_rooms_that_are_switched_off_do_not_show(office: Office) -> None:
    mine = [str(office.id("member"))]
    channel = office.channel("astreintes")
    office.say(channel, "@Personne member ?", mentions=mine)
    office.api("member").put(f"/channels/{channel}/draft", {"text": "Bonjour"})
    office.task("Relire", assignee_ids=mine)
    office.event("Point")
    office.document("Note.txt", by="member")
    enter(office, office.meeting("Cellule"), "manager")
    office.rooms()
    home, desk = office.home("member"), office.desk("member")
    assert [home[part] for part in ("meetings", "today", "documents", "messages", "tasks")] == [None] * 5
    parts = ("tasks", "meetings", "events", "mentions", "documents", "drafts")
    assert [desk[part] for part in parts] == [[]] * 6


def test_a_guest_sees_what_they_were_let_into_and_no_more(office: Office) -> None:
    guest = str(office.id("guest"))
    office.task("Interne")
    office.event("Interne")
    office.document("Interne.txt")
    shared = office.channel("partage", open=False, members=[guest])
    office.say(shared, "Pour vous")
    home = office.home("guest")
    assert (home["today"], home["tasks"]) == (None, None)
    assert home["documents"]["items"] == []
    assert [line["message"]["text"] for line in home["messages"]["items"]] == ["Pour vous"]


@pytest.mark.parametrize("path", ["/desk", "home"])
def test_the_number_of_statements_does_not_grow(office: Office, path: str, django_assert_max_num_queries: Any) -> None:
    mine = [str(office.id("member"))]
    for number in range(12):
        channel = office.channel(f"canal-{number}")
        office.say(channel, f"@Personne member {number}", mentions=mine)
        office.task(f"Tâche {number}", assignee_ids=mine, due_date="2026-11-20")
        office.event(f"Point {number}")
        office.document(f"Note {number}.txt", by="member")
    api = office.api("member")
    with django_assert_max_num_queries(70):
        answer = api.get(path if path.startswith("/") else f"{office.path}/{path}")
    assert answer.status_code == 200


def test_search_asks_few_statements(office: Office, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        office.task(f"Inventaire {number}")
        office.document(f"Inventaire {number}.txt")
    api = office.api("member")
    with django_assert_max_num_queries(40):
        assert api.get("/search?q=inventaire").status_code == 200
