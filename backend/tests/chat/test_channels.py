"""Channels and conversations: opening, people, archive, and who sees what."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from plano.accounts.models import User
from plano.chat.models import Channel
from plano.kernel.ids import uuid7
from plano.workspaces import actions as workspaces
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, ScopeGrant
from tests.chat.conftest import make_office
from tests.fixtures import Api


def names(api: Api, office: Any) -> list[str]:
    items = api.get(f"/workspaces/{office.workspace.id}/channels").data["items"]
    return [item["name"] or "+".join(p["name"] for p in item["people"]) for item in items]


def opened(office: Any, who: str = "bruno", **body: Any) -> dict[str, Any]:
    answer = office.api(who).post(f"/workspaces/{office.workspace.id}/channels", {"name": "Astreintes", **body})
    assert answer.status_code == 201, answer.data
    return dict(answer.data)


def test_a_workspace_is_born_with_its_general_channel(office: Any, frames_of: Any) -> None:
    channel = office.api("bruno").get(f"/channels/{office.general.id}").data

    assert (channel["name"], channel["open"], channel["kind"]) == ("Général", True, "channel")
    assert channel["mine"]["abilities"]["post"] is True
    assert frames_of(office.general.id)[0]["kind"] == "chat.channel"
    assert any(str(office.general.id) in frame["data"]["gained"] for frame in frames_of(office.alice.id, "live.scopes"))


def test_a_member_opens_a_channel_that_all_members_see_and_no_guest(office: Any) -> None:
    opened(office)

    assert names(office.api("reader"), office) == ["Astreintes", "Général"]
    assert names(office.api("guest"), office) == []


def test_r131_the_same_key_opens_one_channel(office: Any) -> None:
    key, path = str(uuid7()), f"/workspaces/{office.workspace.id}/channels"
    answers = [office.api("bruno").post(path, {"name": "Astreintes"}, Idempotency_Key=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].data == answers[1].data
    assert Channel.objects.filter(name="Astreintes").count() == 1
    taken = office.api("chloe").post(path, {"name": "Autre"}, Idempotency_Key=key)
    assert (taken.status_code, taken.data["code"]) == (409, "identifier_in_use")


def test_two_open_channels_cannot_have_the_same_name(office: Any) -> None:
    opened(office)
    again = office.api("chloe").post(f"/workspaces/{office.workspace.id}/channels", {"name": "ASTREINTES"})

    assert (again.status_code, again.data["code"]) == (409, "channel_name_taken")


def test_a_private_channel_is_seen_by_those_let_in_only(office: Any, say: Any) -> None:
    channel = opened(office, name="Arbitrages", open=False, members=[str(office.chloe.id)])
    seen = {who: "Arbitrages" in names(office.api(who), office) for who in ("alice", "bruno", "chloe", "reader")}

    assert seen == {"alice": False, "bruno": True, "chloe": True, "reader": False}
    assert office.api("alice").get(f"/channels/{channel['id']}/messages").status_code == 404
    say("chloe", "Entre nous", channel=channel["id"])


def test_a_guest_is_let_into_one_channel_and_sees_nothing_else(office: Any, say: Any, frames_of: Any) -> None:
    channel, path = opened(office), None
    path = f"/channels/{channel['id']}/members"
    answer = office.api("bruno").post(path, {"user_id": str(office.guest.id)})

    assert answer.status_code == 201
    assert [m["guest"] for m in answer.data["items"] if m["person"]["id"] == str(office.guest.id)] == [True]
    assert names(office.api("guest"), office) == ["Astreintes"]
    assert say("guest", "Merci", channel=channel["id"])["author"]["guest"] is True
    assert [f["data"]["gained"] for f in frames_of(office.guest.id, "live.scopes")][-1] == [channel["id"]]
    assert frames_of(office.guest.id, "chat.channel")[-1]["data"]["id"] == channel["id"]


def test_r007_who_is_let_out_loses_the_channel_at_once(office: Any, say: Any, frames_of: Any) -> None:
    channel = opened(office, name="Arbitrages", open=False, members=[str(office.chloe.id)])
    office.api("chloe").put(f"/channels/{channel['id']}/draft", {"text": "Je pense"})
    made = say("bruno", "Entre nous", channel=channel["id"])
    out = office.api("bruno").delete(f"/channels/{channel['id']}/members/{office.chloe.id}")

    assert out.status_code == 204
    assert [f["data"]["lost"] for f in frames_of(office.chloe.id, "live.scopes")][-1] == [channel["id"]]
    api = office.api("chloe")
    for path in (f"/channels/{channel['id']}", f"/channels/{channel['id']}/messages", f"/messages/{made['id']}"):
        assert api.get(path).status_code == 404
    assert api.post(f"/channels/{channel['id']}/messages", {"text": "encore"}).status_code == 404
    assert api.get("/drafts").data["items"] == []


def test_r007_who_is_removed_from_the_workspace_reads_and_writes_nothing(office: Any, say: Any) -> None:
    made = say("chloe", "J’étais là")
    office.api("chloe").put(f"/channels/{office.general.id}/mark", {"seq": made["seq"]})
    workspaces.remove_member(actor=office.alice, workspace_id=office.workspace.id, user_id=office.chloe.id)
    api = office.api("chloe")

    assert api.get(f"/channels/{office.general.id}/messages").status_code == 404
    assert api.post(f"/channels/{office.general.id}/messages", {"text": "encore"}).status_code == 404
    assert api.get("/unread").data["items"] == []
    assert office.api("bruno").get(f"/messages/{made['id']}").data["author"]["name"] == "Chloé Nguyen"


def test_a_private_channel_keeps_a_manager(office: Any) -> None:
    channel = opened(office, name="Arbitrages", open=False, members=[str(office.chloe.id)])
    answer = office.api("bruno").delete(f"/channels/{channel['id']}/members/{office.bruno.id}")

    assert (answer.status_code, answer.data["code"]) == (409, "last_channel_manager")
    assert office.api("chloe").delete(f"/channels/{channel['id']}/members/{office.chloe.id}").status_code == 204


def test_r004_people_of_another_workspace_are_not_let_in(office: Any) -> None:
    path, body = f"/workspaces/{office.workspace.id}", {"user_id": str(office.outsider.id)}
    channel = opened(office)
    answers = [
        office.api("bruno").post(f"{path}/channels", {"name": "B", "open": False, "members": [body["user_id"]]}),
        office.api("bruno").post(f"/channels/{channel['id']}/members", body),
        office.api("bruno").post(f"{path}/conversations", body),
        office.api("bruno").post(f"{path}/conversations", {"user_id": str(uuid7())}),
    ]

    assert [(a.status_code, a.data["code"]) for a in answers] == [(400, "not_a_member")] * 4
    assert Channel.objects.filter(workspace=office.workspace).count() == 2
    assert not ScopeGrant.objects.filter(user=office.outsider).exists()
    assert b"Omar" not in b"".join(answer.content for answer in answers)


def test_two_people_have_one_conversation_whoever_asks(office: Any, say: Any) -> None:
    path = f"/workspaces/{office.workspace.id}/conversations"
    first = office.api("bruno").post(path, {"user_id": str(office.chloe.id)})
    second = office.api("chloe").post(path, {"user_id": str(office.bruno.id)})

    assert first.status_code == second.status_code == 201
    assert first.data["id"] == second.data["id"]
    assert [p["name"] for p in first.data["people"]] == ["Bruno Lefèvre", "Chloé Nguyen"]
    say("chloe", "Bonjour Bruno", channel=first.data["id"])
    assert office.api("alice").get(f"/channels/{first.data['id']}").status_code == 404
    assert office.api("alice").get(f"/channels/{first.data['id']}/messages").status_code == 404


def test_nobody_converses_with_themselves(office: Any) -> None:
    answer = office.api("bruno").post(
        f"/workspaces/{office.workspace.id}/conversations", {"user_id": str(office.bruno.id)}
    )

    assert (answer.status_code, answer.data["code"]) == (400, "conversation_with_oneself")


@pytest.mark.django_db(transaction=True)
def test_two_people_who_write_first_at_once_have_one_conversation() -> None:
    office = make_office()
    path = f"/workspaces/{office.workspace.id}/conversations"

    def ask(pair: tuple[User, User]) -> str:
        try:
            answer = Api(pair[0]).post(path, {"user_id": str(pair[1].id)})
            assert answer.status_code == 201, answer.data
            return str(answer.data["id"])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, [(office.bruno, office.chloe), (office.chloe, office.bruno)] * 4))

    assert len(found) == 1
    assert AccessScope.objects.filter(workspace=office.workspace, kind="conversation").count() == 1
    assert access.viewers_of_scope(next(iter(found))).count() == 2  # type: ignore[arg-type]


def test_who_opened_it_and_managers_rename_and_archive(office: Any) -> None:
    channel = opened(office)
    path = f"/channels/{channel['id']}"
    renamed = office.api("bruno").patch(path, {"name": "Astreintes 2027", "topic": "Semaines impaires"})
    refused = office.api("chloe").patch(path, {"name": "Non"})
    archived = office.api("alice").post(f"{path}/archive")
    closed = office.api("bruno").post(f"{path}/messages", {"text": "encore"})

    assert (renamed.data["name"], renamed.data["topic"], renamed.data["version"]) == (
        "Astreintes 2027",
        "Semaines impaires",
        2,
    )
    assert (refused.status_code, refused.data["code"]) == (403, "role_too_low")
    assert archived.data["archived_at"]
    assert (closed.status_code, closed.data["code"]) == (403, "channel_archived")
    assert office.api("bruno").post(f"{path}/reopen").data["archived_at"] is None


def test_an_archived_workspace_is_read_and_not_written(office: Any, say: Any) -> None:
    made = say("bruno", "Avant")
    workspaces.archive_workspace(actor=office.alice, workspace_id=office.workspace.id)
    api, path = office.api("bruno"), f"/channels/{office.general.id}"
    answers = [
        api.post(f"{path}/messages", {"text": "Après"}),
        api.post(f"{path}/messages", {"text": "Après", "thread_id": made["id"]}),
        api.patch(f"/messages/{made['id']}", {"text": "Après"}),
        api.delete(f"/messages/{made['id']}"),
        api.post(f"/workspaces/{office.workspace.id}/conversations", {"user_id": str(office.chloe.id)}),
        office.api("alice").patch(path, {"name": "Après"}),
    ]

    assert [(a.status_code, a.data["code"]) for a in answers] == [(403, "workspace_archived")] * 6
    assert api.get(f"{path}/messages").data["items"] == [made]


def test_a_room_that_is_switched_off_answers_like_absent(office: Any, say: Any) -> None:
    made = say("bruno", "Avant")
    workspaces.update_workspace(actor=office.alice, workspace_id=office.workspace.id, rooms=["documents"])
    api = office.api("bruno")
    paths = [
        f"/workspaces/{office.workspace.id}/channels",
        f"/channels/{office.general.id}",
        f"/channels/{office.general.id}/messages",
        f"/messages/{made['id']}",
    ]

    assert [api.get(path).status_code for path in paths] == [404] * 4
    assert api.post(f"/channels/{office.general.id}/messages", {"text": "Après"}).status_code == 404
    assert api.get("/unread").data["items"] == []


def test_r003_an_invisible_channel_answers_like_one_that_never_was(office: Any, say: Any) -> None:
    channel = opened(office, name="Arbitrages", open=False)
    made = say("bruno", "Entre nous", channel=channel["id"])
    api, absent = office.api("alice"), uuid7()
    for there, nowhere in (
        (f"/channels/{channel['id']}", f"/channels/{absent}"),
        (f"/channels/{channel['id']}/messages", f"/channels/{absent}/messages"),
        (f"/channels/{channel['id']}/members", f"/channels/{absent}/members"),
        (f"/messages/{made['id']}", f"/messages/{absent}"),
        (f"/messages/{made['id']}/revisions", f"/messages/{absent}/revisions"),
    ):
        seen, unseen = api.get(there), api.get(nowhere)
        bodies = [{k: v for k, v in a.data.items() if k != "request_id"} for a in (seen, unseen)]
        assert seen.status_code == unseen.status_code == 404
        assert bodies[0] == bodies[1]


def test_r004_references_into_what_one_does_not_see_are_refused(office: Any, say: Any) -> None:
    channel = opened(office, name="Arbitrages", open=False)
    hidden = say("bruno", "Entre nous", channel=channel["id"])
    path = f"/channels/{office.general.id}"
    api = office.api("chloe")
    answers = [
        api.post(f"{path}/messages", {"text": "x", "thread_id": hidden["id"]}),
        api.post(f"{path}/messages", {"text": "x", "mentions": [str(office.outsider.id)]}),
        api.post(f"{path}/messages", {"text": "x", "mentions": [str(office.guest.id)]}),
        api.put(f"{path}/draft", {"text": "x", "thread_id": hidden["id"]}),
    ]

    assert [(a.status_code, a.data["code"]) for a in answers] == [
        (400, "thread_not_found"),
        (400, "mention_outside_channel"),
        (400, "mention_outside_channel"),
        (400, "thread_not_found"),
    ]
    assert api.get(f"{path}/messages").data["items"] == []
    assert api.get(f"{path}/messages?around={hidden['id']}").status_code == 404
    assert api.get(f"{path}/messages?thread_id={hidden['id']}").data["items"] == []


@pytest.mark.parametrize(
    "field",
    ["author", "author_id", "seq", "channel_id", "created_at", "edited_at", "deleted_at", "version", "reply_count"],
)
def test_r005_only_listed_fields_of_a_message_are_written(office: Any, say: Any, field: str) -> None:
    made = say("bruno", "Bonjour")
    path, value = f"/channels/{office.general.id}/messages", str(office.alice.id)
    answers = [
        office.api("bruno").post(path, {"text": "x", field: value}),
        office.api("bruno").patch(f"/messages/{made['id']}", {"text": "x", field: value}),
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert office.api("bruno").get(path).data["items"] == [made]


@pytest.mark.parametrize(
    "field", ["kind", "pair", "created_by", "archived_at", "version", "workspace_id", "created_at"]
)
def test_r005_only_listed_fields_of_a_channel_are_written(office: Any, field: str) -> None:
    path = f"/workspaces/{office.workspace.id}/channels"
    answers = [
        office.api("alice").post(path, {"name": "N", field: "x"}),
        office.api("alice").patch(f"/channels/{office.general.id}", {"name": "N", field: "x"}),
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert names(office.api("alice"), office) == ["Général"]


def test_r006_a_word_in_a_private_channel_is_found_by_nobody_else(office: Any, say: Any) -> None:
    from plano.chat import queries

    channel = opened(office, name="zanzibar", open=False)
    made = say("bruno", "zanzibar @Bruno Lefèvre", channel=channel["id"])
    ids = [Channel.objects.get(name="zanzibar").id]
    for who in ("alice", "chloe", "reader", "guest", "outsider"):
        api, person = office.api(who), getattr(office, who)
        for path in ("/unread", "/drafts", "/notifications", f"/workspaces/{office.workspace.id}/channels"):
            content = api.get(path).content
            assert b"zanzibar" not in content
            assert channel["id"].encode() not in content
        assert queries.search_names(person, "zanz") == []
        assert queries.resolve(person, ids) == {}
        assert queries.resolve_messages(person, [made["id"]]) == {}
        assert queries.unread_mentions_for(person) == []
    assert [title for _, title in queries.search_names(office.bruno, "zanz")] == ["zanzibar"]
    assert queries.resolve(office.bruno, ids)[ids[0]].title == "zanzibar"
    assert [m.text for m, _ in queries.last_messages_for(office.bruno, office.workspace.id)] == [made["text"]]
    assert queries.last_messages_for(office.chloe, office.workspace.id) == []


def test_a_conversation_is_found_by_the_name_of_the_other(office: Any) -> None:
    from plano.chat import queries

    made = office.api("bruno").post(
        f"/workspaces/{office.workspace.id}/conversations", {"user_id": str(office.chloe.id)}
    )

    assert [(str(c.id), title) for c, title in queries.search_names(office.bruno, "chloe ngu")] == [
        (made.data["id"], "Chloé Nguyen")
    ]
    assert queries.search_names(office.alice, "chloe") == []
