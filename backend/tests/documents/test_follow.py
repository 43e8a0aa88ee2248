"""Favourites, what is recent, the activity of a place, and being told of it. Nothing of what one may not see (R-06)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plano.documents import actions
from plano.documents.actions import activity, openings, telling
from plano.documents.models import Activity, Follow, Node, Opening, Verb
from plano.kernel import clock
from plano.notifications.models import Notification
from plano.workspaces.models import Membership, Role
from tests.documents.conftest import Office, Seat
from tests.factories.people import make_user


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    openings._known.clear()
    yield
    openings._known.clear()


def put(one: Seat, path: str, status: int = 204) -> None:
    answer = one.api.put(path)
    assert answer.status_code == status, answer.data


def shelf(one: Seat, what: str) -> list[str]:
    answer = one.api.get(f"/documents/{what}")
    assert answer.status_code == 200, answer.data
    return [item["node"]["name"] for item in answer.data["items"]]


def lines(one: Seat, node: Any = None, cursor: str = "") -> Any:
    path = f"/nodes/{node['id']}" if node else f"/workspaces/{one.workspace.id}"
    answer = one.api.get(f"{path}/activity{'?cursor=' + cursor if cursor else ''}")
    assert answer.status_code == 200, answer.data
    return answer.data


def said(one: Seat, node: Any = None) -> list[tuple[str, str | None, list[str]]]:
    return [
        (line["verb"], line["actor"] and line["actor"]["name"], [known["name"] for known in line["nodes"]])
        for line in lines(one, node)["items"]
    ]


def told(one: Seat) -> list[tuple[str, str, int]]:
    """What waits behind the bell, the latest first."""
    telling.tell_followers()
    answer = one.api.get("/notifications?unread=true")
    return [(item["kind"], item["title"], item["count"]) for item in answer.data["items"]]


def restricted(manager: Seat, name: str, *, parent: Any = None, for_: Seat | None = None) -> Any:
    node = manager.create(name, parent=parent, restricted=True)
    if for_ is not None:
        manager.api.put(f"/nodes/{node['id']}/access/{for_.user.id}", {"role": "member"})
    return node


# --- Favourites -----------------------------------------------------------------------------------------------


def test_a_star_is_personal_and_live_on_all_devices_of_its_person(
    office: Office, frames_of: Callable[..., list[dict[str, Any]]]
) -> None:
    folder = office.member.create("Budget")
    node = office.member.document("plan.md", parent=folder["id"])
    for what in (node, folder, node):
        put(office.reader, f"/nodes/{what['id']}/favourite")
    assert shelf(office.reader, "favourites") == ["Budget", "plan.md"]
    assert shelf(office.member, "favourites") == []
    [item] = [i for i in office.reader.api.get("/documents/favourites").data["items"] if i["place"]]
    assert item["place"] == "Budget"
    marks = office.reader.api.get("/documents/marks").data
    assert set(marks["favourites"]) == {folder["id"], node["id"]}
    put(office.reader, f"/nodes/{node['id']}/follow")
    office.reader.api.delete(f"/nodes/{node['id']}/favourite")
    # old snapshot + frames = fresh snapshot
    state: dict[str, dict[str, Any]] = {}
    for frame in frames_of(office.reader.user.id, "documents.mark"):
        state[frame["data"]["id"]] = frame["data"]
    fresh = office.reader.api.get("/documents/marks").data
    for name, key in (("favourites", "favourite"), ("followed", "followed")):
        assert {id for id, mark in state.items() if mark[key]} == set(fresh[name])
    assert len(state) == 2
    assert not frames_of(office.workspace.id, "documents.mark")


def test_r006_a_star_vanishes_with_the_right_and_comes_back_with_it(office: Office) -> None:
    folder = office.manager.create("Dossier")
    node = office.manager.document("secret.md", parent=folder["id"])
    for what in ("favourite", "follow"):
        put(office.reader, f"/nodes/{node['id']}/{what}")
    office.reader.bytes.get(f"/nodes/{node['id']}/content")
    office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": False})
    for what in ("favourites", "followed", "recent", "recent?what=changed"):
        assert shelf(office.reader, what) == []
    assert office.reader.api.get("/documents/marks").data == {"favourites": [], "followed": []}
    put(office.reader, f"/nodes/{node['id']}/favourite", 404)
    office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": True})
    for what in ("favourites", "followed", "recent", "recent?what=changed"):
        assert shelf(office.reader, what) == ["secret.md"]
    office.manager.api.patch(f"/nodes/{node['id']}", {"parent_id": None, "name": "public.md"})
    assert shelf(office.reader, "favourites") == ["public.md"]  # a move keeps it
    actions.delete_node(actor=office.manager.user, node_id=UUID(node["id"]))
    assert shelf(office.reader, "favourites") == shelf(office.reader, "recent") == []
    actions.purge_node(actor=office.manager.user, node_id=UUID(node["id"]))
    assert not Follow.objects.exists()
    assert not Opening.objects.exists()


def test_marks_have_a_limit_and_taking_off_asks_for_no_right(office: Office) -> None:
    node = office.member.document("plan.md")
    with mock.patch("plano.documents.actions.follows.MAX_MARKS", 0):
        answer = office.reader.api.put(f"/nodes/{node['id']}/favourite")
    assert (answer.status_code, answer.data["code"]) == (409, "too_many_marks")
    assert office.outsider.api.delete(f"/nodes/{node['id']}/favourite").status_code == 204


# --- Recent ---------------------------------------------------------------------------------------------------


def test_what_i_opened_is_mine_the_latest_first_and_forgotten_after_90_days(office: Office) -> None:
    one, two = office.member.document("un.txt"), office.member.document("deux.txt")
    office.member.create("Dossier")
    for node in (one, two):
        office.reader.bytes.get(f"/nodes/{node['id']}/content?inline=1")
    assert shelf(office.reader, "recent?what=opened") == ["deux.txt", "un.txt"]
    assert shelf(office.manager, "recent?what=opened") == shelf(office.member, "recent") == []
    with mock.patch.object(clock, "now", return_value=clock.now() + timedelta(days=89)):
        assert openings.forget_openings(clock.now()) == 0
    assert openings.forget_openings(clock.now() + timedelta(days=91)) == 2
    openings._known.clear()
    office.reader.bytes.get(f"/nodes/{one['id']}/content")
    assert office.reader.api.delete("/documents/recent").status_code == 204
    assert shelf(office.reader, "recent") == []


def test_a_download_in_pieces_or_by_a_thumbnail_is_noted_once_or_not_at_all(office: Office) -> None:
    node = office.member.document("un.txt", b"0123456789")
    office.reader.bytes.get(f"/nodes/{node['id']}/content", range="bytes=5-9")
    assert shelf(office.reader, "recent") == []
    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            office.reader.bytes.get(f"/nodes/{node['id']}/content", range="bytes=0-4")
    assert shelf(office.reader, "recent") == ["un.txt"]
    assert len([q for q in queries if "documents_opening" in q["sql"]]) <= 1


def test_what_changed_is_documents_of_all_my_workspaces_by_the_hour(office: Office) -> None:
    office.member.create("Dossier")
    office.member.document("un.txt")
    node = office.member.document("deux.txt")
    office.member.document("trois.txt")
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"encore")
    assert shelf(office.reader, "recent?what=changed") == ["deux.txt", "trois.txt", "un.txt"]
    assert shelf(office.outsider, "recent?what=changed") == []
    assert shelf(office.guest, "recent?what=changed") == []
    path = f"/documents/recent?what=changed&workspace_id={office.workspace.id}"
    assert office.outsider.api.get(path).status_code == 404


# --- Activity -------------------------------------------------------------------------------------------------


def test_the_activity_of_a_document_says_who_did_what_in_words(office: Office) -> None:
    folder = office.member.create("Budget")
    node = office.member.document("plan.md", b"un")
    path = f"/nodes/{node['id']}"
    office.member.bytes.put(path + "/content", b"deux")
    office.member.api.patch(path, {"name": "Plan 2027.md"})
    office.member.api.patch(path, {"parent_id": folder["id"]})
    office.member.api.post(path + "/lock", {"reason": ""})
    office.member.api.delete(path + "/lock")
    office.member.api.post(path + "/versions/1/restore")
    office.member.api.patch(path + "/details", {"description": "Le plan"})
    office.member.api.delete(path)
    office.manager.api.post(path + "/restore")
    found = lines(office.reader, node)["items"]
    verbs = [line["verb"] for line in found]
    # the same hand within minutes: versions of one document are one line, where the latest stood
    assert verbs == ["restored", "deleted", "described", "version", "unlocked", "locked", "moved", "renamed", "created"]
    by = {line["verb"]: line for line in found}
    assert (by["version"]["number"], by["version"]["restored_from"], by["version"]["times"]) == (3, 1, 2)
    assert (by["renamed"]["before"], by["renamed"]["after"]) == ("plan.md", "Plan 2027.md")
    assert (by["moved"]["from_top"], by["moved"]["folder"]["name"]) == (True, "Budget")
    assert {line["nodes"][0]["name"] for line in found} == {"Plan 2027.md"}
    assert by["restored"]["actor"]["name"] == "Manager"


def test_many_things_by_one_hand_are_one_line_and_pages_go_on(office: Office) -> None:
    folder = office.member.create("Budget")
    for number in range(5):
        office.member.document(f"{number}.txt", parent=folder["id"])
    line = lines(office.reader, folder)["items"][0]
    assert (line["verb"], line["count"], line["folder"]["name"]) == ("created", 5, "Budget")
    assert [node["name"] for node in line["nodes"]] == ["4.txt", "3.txt", "2.txt"]
    office.manager.document("autre.txt", parent=folder["id"])
    assert [count for _, _, count in [(0, 0, line["count"]) for line in lines(office.reader, folder)["items"]]] == [
        1,
        5,
        1,
    ]
    with mock.patch("plano.documents.queries.activity.GROUPS", 1):
        first = lines(office.reader, folder)
        second = lines(office.reader, folder, first["next"])
    assert [first["items"][0]["count"], second["items"][0]["count"]] == [1, 5]
    assert office.reader.api.get(f"/nodes/{folder['id']}/activity?cursor=x").status_code == 400


def test_a_folder_keeps_what_happened_in_it_and_a_document_its_own_past(office: Office) -> None:
    one, other = office.member.create("Un"), office.member.create("Autre")
    node = office.member.document("plan.md", parent=one["id"])
    office.member.api.patch(f"/nodes/{node['id']}", {"parent_id": other["id"]})
    assert [verb for verb, _, _ in said(office.reader, one)] == ["moved", "created", "created"]
    assert [verb for verb, _, _ in said(office.reader, other)] == ["moved", "created"]
    assert lines(office.reader, other)["items"][0]["came_from"]["name"] == "Un"
    assert [verb for verb, _, _ in said(office.reader, node)] == ["moved", "created"]


def test_r006_a_restricted_folder_shows_nowhere_in_the_activity(office: Office) -> None:
    parent = office.manager.create("Ouvert")
    secret = restricted(office.manager, "Xylophone", parent=parent["id"])
    node = office.manager.document("Xylophone-plan.md", parent=secret["id"])
    office.manager.api.patch(f"/nodes/{node['id']}", {"name": "Xylophone-2.md"})
    office.manager.api.patch(f"/nodes/{node['id']}", {"name": "Note.md"})
    for place in (None, parent):
        assert "Xylophone" not in str(lines(office.member, place))
        assert "Xylophone" in str(lines(office.manager, place))
    # out into the open: what it was called before, and where it lay, stay with those who knew
    office.manager.api.patch(f"/nodes/{node['id']}", {"parent_id": parent["id"]})
    for place in (None, parent, node):
        seen = lines(office.member, place)
        assert "Xylophone" not in str(seen)
        assert seen["items"][0]["verb"] == "moved"
        assert seen["items"][0]["came_from"] is None
    assert lines(office.manager, parent)["items"][0]["came_from"]["name"] == "Xylophone"
    # and back: nothing of it is left for the others
    office.manager.api.patch(f"/nodes/{node['id']}", {"parent_id": secret["id"]})
    assert "Note" not in str(lines(office.member, parent))
    assert office.member.api.get(f"/nodes/{node['id']}/activity").status_code == 404
    assert office.outsider.api.get(f"/workspaces/{office.workspace.id}/activity").status_code == 404


def test_rights_are_told_to_managers_only(office: Office) -> None:
    folder = office.manager.create("Dossier")
    path = f"/nodes/{folder['id']}/access"
    office.manager.api.put(path, {"open": True})
    office.manager.api.put(f"{path}/{office.guest.user.id}", {"role": "reader"})
    found = [line for line in lines(office.manager, folder)["items"] if line["verb"] == "access"]
    assert [(line["what"], line["person"] and line["person"]["name"]) for line in found] == [
        ("granted", "Guest"),
        ("opened", None),
    ]
    assert [verb for verb, _, _ in said(office.member, folder)] == ["created"]
    assert [verb for verb, _, _ in said(office.guest, folder)] == []  # of a time when it was not there


def test_lines_are_kept_as_long_as_the_host_wants_and_go_with_their_document(office: Office, settings: Any) -> None:
    node = office.member.document("plan.md")
    days = settings.PLANO.activity_days
    assert activity.forget_activity(clock.now() + timedelta(days=days - 1)) == 0
    actions.delete_node(actor=office.member.user, node_id=UUID(node["id"]))
    actions.purge_node(actor=office.manager.user, node_id=UUID(node["id"]))
    assert "plan.md" not in str(lines(office.reader))
    office.member.create("Dossier")
    assert activity.forget_activity(clock.now() + timedelta(days=days + 1)) == Activity.objects.count() + 1


# --- Following ------------------------------------------------------------------------------------------------


def test_a_follower_is_told_in_one_line_that_counts_and_of_others_only(
    office: Office, frames_of: Callable[..., list[dict[str, Any]]]
) -> None:
    folder = office.manager.create("Budget")
    inner = office.manager.create("2027", parent=folder["id"])
    for one in (office.reader, office.member):
        put(one, f"/nodes/{folder['id']}/follow")
    for number in range(4):
        office.member.document(f"{number}.txt", parent=inner["id"])
    assert told(office.reader) == [("followed", "Budget", 4)]
    assert told(office.member) == []  # one's own changes tell nothing
    office.manager.document("encore.txt", parent=folder["id"])
    assert told(office.reader) == [("followed", "Budget", 5)]
    assert told(office.member) == [("followed", "Budget", 1)]
    frames = frames_of(office.reader.user.id, "notifications.notification")
    assert [frame["data"]["count"] for frame in frames] == [4, 5]
    assert [(frame["data"]["actor"] or {}).get("name") for frame in frames] == ["Member", None]
    assert frames[0]["data"]["version"] < frames[1]["data"]["version"]
    # read, and told anew; not any more, and told nothing
    office.reader.api.post("/notifications/read", {"link_id": folder["id"]})
    office.member.document("neuf.txt", parent=folder["id"])
    assert told(office.reader) == [("followed", "Budget", 1)]
    office.reader.api.delete(f"/nodes/{folder['id']}/follow")
    office.member.document("dix.txt", parent=folder["id"])
    assert told(office.reader) == [("followed", "Budget", 1)]


def test_the_nearest_that_is_followed_counts_and_what_came_before_does_not(office: Office) -> None:
    folder = office.manager.create("Budget")
    node = office.manager.document("plan.md", parent=folder["id"])
    put(office.reader, f"/nodes/{folder['id']}/follow")
    put(office.reader, f"/nodes/{node['id']}/follow")
    assert told(office.reader) == []
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"deux")
    assert told(office.reader) == [("followed", "plan.md", 1)]
    office.member.api.patch(f"/nodes/{node['id']}", {"name": "autre.md"})  # a name alone disturbs nobody
    assert told(office.reader) == [("followed", "plan.md", 1)]


def test_a_deletion_is_told_to_whoever_follows_what_went(office: Office) -> None:
    outer = office.manager.create("Exercice")
    folder = office.manager.create("Budget", parent=outer["id"])
    node = office.manager.document("plan.md", parent=folder["id"])
    put(office.reader, f"/nodes/{node['id']}/follow")
    put(office.member, f"/nodes/{folder['id']}/follow")
    office.manager.api.delete(f"/nodes/{node['id']}")
    assert told(office.reader) == [("followed_deleted", "plan.md", 1)]
    assert told(office.member) == [("followed", "Budget", 1)]
    office.manager.api.delete(f"/nodes/{outer['id']}")
    assert told(office.member)[0] == ("followed_deleted", "Budget", 1)


def test_r006_who_lost_the_right_hears_nothing_and_what_was_told_is_hidden(office: Office) -> None:
    folder = office.manager.create("Budget")
    put(office.member, f"/nodes/{folder['id']}/follow")
    office.manager.document("un.txt", parent=folder["id"])
    assert told(office.member) == [("followed", "Budget", 1)]
    office.manager.document("deux.txt", parent=folder["id"])
    office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": False})  # before the job comes
    assert told(office.member) == []
    assert Notification.objects.get(user=office.member.user).count == 1
    parent = office.manager.create("Ouvert")
    put(office.member, f"/nodes/{parent['id']}/follow")
    secret = restricted(office.manager, "Secret", parent=parent["id"])
    office.manager.document("plan.md", parent=secret["id"])
    assert told(office.member) == []
    Membership.objects.filter(user=office.member.user).delete()
    office.manager.document("public.md", parent=parent["id"])
    assert told(office.member) == []


def test_a_comment_is_told_once(office: Office) -> None:
    node = office.manager.document("plan.md")
    for one in (office.manager, office.reader):
        put(one, f"/nodes/{node['id']}/follow")
    body = {"text": "@Manager, une question", "mentions": [str(office.manager.user.id)]}
    answer = office.member.api.post(f"/nodes/{node['id']}/comments", body)
    assert answer.status_code == 201, answer.data
    assert [kind for kind, _, _ in told(office.manager)] == ["mention"]  # by name, and not once more
    assert told(office.reader) == [("followed", "plan.md", 1)]
    assert said(office.reader, node)[0][0] == "commented"


def test_two_thousand_uploads_are_few_frames_and_one_statement_each(
    office: Office, frames_of: Callable[..., list[dict[str, Any]]]
) -> None:
    folder = office.manager.create("Budget")
    followers = [office.reader, office.manager]
    others = [make_user(name=f"P{number}") for number in range(90)]
    Membership.objects.bulk_create(
        Membership(workspace=office.workspace, user=user, role=Role.READER) for user in others
    )
    for one in followers:
        put(one, f"/nodes/{folder['id']}/follow")
    Follow.objects.bulk_create(Follow(user=user, node_id=folder["id"]) for user in others)
    actor = office.member.user
    with CaptureQueriesContext(connection) as queries:
        office.member.document("premier.txt", parent=folder["id"])
    # the document's birth, and its first content that is no second one
    assert len([q for q in queries if "documents_activity" in q["sql"] or "documents_follow" in q["sql"]]) == 2
    node = Node.objects.get(name="premier.txt")
    for _ in range(300):
        activity.record_activity(actor=actor, node=node, verb=Verb.VERSION)
    assert telling.tell_followers() == 301
    assert len(frames_of(office.reader.user.id, "notifications.notification")) == 1
    assert Notification.objects.filter(kind="followed").count() == 92
    assert telling.tell_followers() == 0
