"""What links to things of Plano show: to each reader what they may see at that moment, nothing of the rest (R-06)."""

import json
from typing import Any
from uuid import UUID

from plano.documents.models import Node
from plano.kernel.ids import uuid7
from plano.tasks.models import Task
from tests.desk.office import Office
from tests.factories.workspaces import make_workspace

OUT = ("guest", "outsider", "admin", "removed")
DAY = "2026-01-15"
Things = list[tuple[str, UUID]]


def asked(office: Office, role: str, things: Things) -> dict[UUID, Any]:
    query = "&".join(f"kind={kind}&id={id}" for kind, id in things)
    answer = office.api(role).get(f"/references?{query}")
    assert answer.status_code == 200, answer.data
    return {UUID(one["id"]): one for one in answer.data["items"]}


def all_kinds(office: Office) -> Things:
    folder = office.folder("Chantier")
    channel = office.channel("travaux")
    decision = office.make(f"/channels/{channel}/decisions", {"text": "Ouvrir **en mai**", "decided_on": DAY})
    return [
        ("documents.node", folder),
        ("documents.node", office.document("Devis.pdf", parent_id=str(folder))),
        ("tasks.task", office.task("Signer la convention", due_date=DAY)),
        ("event", office.event("Visite", location="Salle A")),
        ("meetings.meeting", office.meeting("Réunion de chantier")),
        ("chat.channel", channel),
        ("chat.message", office.say(channel, "Le **devis** est là")),
        ("chat.decision", decision),
        ("workspaces.workspace", office.workspace.id),
    ]


def test_r006_one_request_tells_of_all_that_one_sees_and_nothing_to_the_others(office: Office) -> None:
    things = all_kinds(office)
    seen = asked(office, "reader", [*things, ("tasks.task", uuid7())])
    assert list(seen) == [id for _, id in things]  # also: nothing of what does not exist
    folder, document, task, event, meeting, channel, message, decision, workspace = seen.values()
    assert {one["place"]["id"] for one in seen.values()} == {str(office.workspace.id)}
    assert (folder["shape"], folder["title"], folder["inside"]) == ("folder", "Chantier", "")
    assert (document["shape"], document["inside"], document["within"]) == ("document", "Chantier", [folder["id"]])
    assert (document["size"], document["picture"]) == (0, None)
    assert (task["status"], task["day"], task["at"]) == ("open", DAY, None)
    assert event["inside"] == "Salle A"
    assert event["at"] is not None
    assert meeting["status"] == "open"
    assert (channel["shape"], channel["status"], channel["title"]) == ("channel", "", "travaux")
    assert (message["title"], message["inside"], message["author"]) == (
        "Le devis est là",
        "travaux",
        office.world.person("manager").name,
    )
    assert (decision["title"], decision["status"], decision["day"]) == ("Ouvrir en mai", "adopted", DAY)
    assert workspace["title"] == office.workspace.name
    for role in OUT:
        mine = [workspace["id"]] if role == "guest" else []  # the guest is in the workspace, and in none of its rooms
        assert [str(id) for id in asked(office, role, things)] == mine, role
    anonymous = office.api("anonymous").get(f"/references?kind=tasks.task&id={task['id']}")
    assert anonymous.status_code == 401
    assert "Signer" not in str(anonymous.data)


def test_r006_what_is_in_the_bin_or_in_a_room_that_is_switched_off_shows_nothing(office: Office) -> None:
    things = all_kinds(office)
    ids = [id for _, id in things]
    for path in (f"/tasks/{ids[2]}", f"/events/{ids[3]}", f"/messages/{ids[6]}", f"/nodes/{ids[0]}"):
        assert office.api("manager").delete(path).status_code in (200, 204), path
    assert set(asked(office, "manager", things)) == {ids[4], ids[5], ids[7], ids[8]}
    office.rooms()
    assert set(asked(office, "manager", things)) == {ids[8]}


def test_r006_a_right_that_was_withdrawn_shows_nothing_at_the_next_question(office: Office) -> None:
    folder = office.folder("Cabinet")
    document = office.document("Note.odt", parent_id=str(folder))
    body = {"name": "cabinet", "open": False, "members": [str(office.id("member"))]}
    channel = office.make(f"{office.path}/channels", body)
    things = [("documents.node", document), ("chat.message", office.say(channel, "Secret")), ("chat.channel", channel)]
    assert set(asked(office, "member", things)) == {id for _, id in things}
    assert asked(office, "member", things)[channel]["status"] == "private"
    assert set(asked(office, "reader", things)) == {document}
    manager = office.api("manager")
    assert manager.put(f"/nodes/{folder}/access", {"open": False}).status_code == 200
    assert manager.delete(f"/channels/{channel}/members/{office.id('member')}").status_code == 204
    for role in ("member", "reader"):
        assert asked(office, role, things) == {}
    # somebody who is let into a folder inside learns nothing of the names above it
    inner = office.folder("Annexes", parent_id=str(folder))
    page = office.document("Page.odt", parent_id=str(inner))
    assert manager.put(f"/nodes/{inner}/access", {"open": False}).status_code == 200
    assert manager.put(f"/nodes/{inner}/access/{office.id('reader')}", {"role": "reader"}).status_code == 200
    told = asked(office, "reader", [("documents.node", page), ("documents.node", folder)])
    assert list(told) == [page]
    assert "Cabinet" not in json.dumps(told[page])
    assert (told[page]["inside"], told[page]["within"]) == ("Annexes", [str(inner)])


def test_r006_a_thing_of_another_workspace_is_shown_to_its_people_alone(office: Office) -> None:
    other = make_workspace(name="Ailleurs", manager=office.world.person("outsider"))
    there = f"/workspaces/{other.id}/tasks"
    task = office.make(there, {"title": "Affaire d’ailleurs"}, by="outsider")
    assert asked(office, "manager", [("tasks.task", task)]) == {}
    assert asked(office, "outsider", [("tasks.task", task)])[task]["place"]["name"] == "Ailleurs"


def test_r006_a_picture_is_a_route_that_asks_for_the_right_again(office: Office) -> None:
    folder = office.folder("Photos")
    id = office.document("Façade.png", parent_id=str(folder))
    Node.objects.filter(id=id).update(thumbnail=True, content_version=1, state="clean", media_type="image/png")
    picture = asked(office, "reader", [("documents.node", id)])[id]["picture"]
    assert picture.startswith(f"/api/v1/nodes/{id}/previews/thumbnail/content?")
    Node.objects.filter(id=id).update(state="infected")
    assert asked(office, "reader", [("documents.node", id)])[id]["picture"] is None


def test_r071_a_title_is_one_line_that_turns_no_words_around(office: Office) -> None:
    task = office.task("Note")
    title = "a\u202egnp.exe\u2066\n<img src=x onerror=alert(1)>" + "x" * 180
    Task.objects.filter(id=task).update(title=title)  # as another door might have left it
    shown = asked(office, "reader", [("tasks.task", task)])[task]["title"]
    assert shown == "agnp.exe <img src=x onerror=alert(1)>" + "x" * 180


def test_a_question_that_makes_no_sense_or_too_much_of_it_is_refused(office: Office) -> None:
    api, id = office.api("reader"), uuid7()
    many = "&".join(f"id={uuid7()}" for _ in range(101))
    for query in (f"kind=accounts.secret&id={id}", f"kind=event&kind=tasks.task&id={id}", f"kind=tasks.task&{many}"):
        assert api.get(f"/references?{query}").status_code == 400, query
    assert api.get(f"/references?kind=tasks.task&id={id}&id={id}").data == {"items": []}


def test_what_a_hundred_links_cost_does_not_grow_with_them(office: Office, django_assert_max_num_queries: Any) -> None:
    channel = office.channel("fil")
    things: Things = [("chat.message", office.say(channel, f"n° {n}")) for n in range(3)]
    things += [("documents.node", office.document(f"{n}.txt")) for n in range(3)]
    asked(office, "reader", things)
    with django_assert_max_num_queries(14):
        assert len(asked(office, "reader", things)) == 6
