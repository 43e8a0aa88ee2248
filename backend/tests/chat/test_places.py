"""Announcements, groups, what newcomers read of the past, and the lines that tell who came and left."""

from typing import Any
from uuid import UUID

import pytest

from plano.accounts.actions.administration import disable_user
from plano.chat import queries
from plano.chat.models import Channel, Entrance, Message
from plano.kernel.ids import uuid7
from plano.platform.live import unit_of_work
from plano.workspaces import actions as workspaces
from plano.workspaces.models import Role
from tests.factories.people import make_user


def opened(office: Any, who: str = "bruno", **body: Any) -> str:
    answer = office.api(who).post(f"/workspaces/{office.workspace.id}/channels", {"name": "Arbitrages", **body})
    assert answer.status_code == 201, answer.data
    return str(answer.data["id"])


def lines(office: Any, channel: Any, who: str = "bruno") -> list[tuple[str, str, list[str]]]:
    items = office.api(who).get(f"/channels/{channel}/messages").data["items"][::-1]
    told = [item for item in items if item["system"]]
    return [(m["author"]["name"], m["system"]["verb"], [p["name"] for p in m["system"]["people"]]) for m in told]


def test_in_a_channel_of_announcements_managers_begin_and_the_others_answer(office: Any, say: Any) -> None:
    channel = opened(office, who="alice", name="Annonces", announce=True)
    made = say("alice", "Fermeture du site vendredi", channel=channel)
    api, path = office.api("chloe"), f"/channels/{channel}"
    abilities = api.get(path).data["mine"]["abilities"]
    refused = [
        api.post(f"{path}/messages", {"text": "Moi aussi"}),
        api.put(f"{path}/draft", {"text": "Moi"}),
        api.put(f"/messages/{made['id']}/pin"),
    ]

    assert (abilities["post"], abilities["reply"], abilities["react"], abilities["pin"]) == (False, True, True, False)
    assert [(a.status_code, a.data["code"]) for a in refused] == [(403, "announcements_only")] * 3
    assert api.put(f"/messages/{made['id']}/reactions/👍").status_code == 200
    reply = say("chloe", "À quelle heure ?", channel=channel, thread_id=made["id"])
    assert api.patch(f"/messages/{reply['id']}", {"text": "Vers quelle heure ?"}).status_code == 200
    assert api.put(f"{path}/draft", {"text": "Et", "thread_id": made["id"]}).status_code == 200
    office.api("alice").patch(path, {"announce": False})
    say("chloe", "Ouvert à tous", channel=channel)


def test_who_opened_a_channel_of_announcements_writes_in_it(office: Any, say: Any) -> None:
    channel = opened(office, who="chloe", announce=True)

    say("chloe", "Je l’ai ouvert", channel=channel)
    assert office.api("bruno").post(f"/channels/{channel}/messages", {"text": "x"}).status_code == 403


def test_the_same_people_have_one_group_whoever_asks(office: Any, say: Any) -> None:
    path = f"/workspaces/{office.workspace.id}/conversations"
    ids = {who: str(getattr(office, who).id) for who in ("alice", "bruno", "chloe", "guest")}
    first = office.api("bruno").post(path, {"user_ids": [ids["chloe"], ids["alice"]]})
    again = office.api("alice").post(path, {"user_ids": [ids["bruno"], ids["chloe"], ids["alice"]]})
    more = office.api("alice").post(path, {"user_ids": [ids["bruno"], ids["chloe"], ids["guest"]]})

    assert first.data["id"] == again.data["id"] != more.data["id"]
    assert [p["name"] for p in first.data["people"]] == ["Alice Martin", "Bruno Lefèvre", "Chloé Nguyen"]
    say("chloe", "À trois", channel=first.data["id"])
    assert office.api("guest").get(f"/channels/{first.data['id']}").status_code == 404
    assert office.api("guest").get(f"/channels/{more.data['id']}/messages").data["items"] == []
    found = {str(c.id): title for c, title in queries.search_names(office.bruno, "chloe")}
    assert found[first.data["id"]] == "Alice Martin, Chloé Nguyen"


@pytest.mark.parametrize(
    ("ids", "code"), [(["bruno"], "conversation_with_oneself"), (["outsider", "chloe"], "not_a_member")]
)
def test_a_group_is_made_of_others_of_the_workspace(office: Any, ids: list[str], code: str) -> None:
    wanted = [str(getattr(office, who).id) for who in ids]
    answer = office.api("bruno").post(f"/workspaces/{office.workspace.id}/conversations", {"user_ids": wanted})

    assert (answer.status_code, answer.data["code"]) == (400, code)


def test_a_group_has_fifteen_people_at_most(office: Any) -> None:
    wanted = [str(uuid7()) for _ in range(15)]
    answer = office.api("bruno").post(f"/workspaces/{office.workspace.id}/conversations", {"user_ids": wanted})

    assert answer.status_code == 400


@pytest.fixture
def past(office: Any, say: Any) -> dict[str, Any]:
    """A private channel whose past is not for newcomers, with words before and after chloe came."""
    channel = opened(office, open=False, history="joined", members=[str(office.alice.id)])
    before = say("bruno", "zanzibar @Alice Martin", channel=channel, mentions=[str(office.alice.id)])
    reply = say("alice", "zanzibar aussi", channel=channel, thread_id=before["id"])
    office.api("bruno").put(f"/messages/{before['id']}/pin")
    office.api("bruno").post(f"/channels/{channel}/members", {"user_id": str(office.chloe.id)})
    after = say("bruno", "Bienvenue", channel=channel)
    return {"channel": channel, "before": before, "reply": reply, "after": after}


def test_r006_a_newcomer_reads_nothing_of_a_past_that_is_not_for_newcomers(
    office: Any, past: dict[str, Any], frames_of: Any
) -> None:
    api, channel, before = office.api("chloe"), past["channel"], past["before"]
    page = api.get(f"/channels/{channel}/messages").data
    assert [item["text"] for item in page["items"]] == ["Bienvenue", ""]
    assert (page["next"], page["items"][1]["system"]["verb"]) == (None, "added")
    for tail in (
        "",
        "?before=999",
        "?after=0",
        "?around=1",
        f"?thread_id={before['id']}",
        f"?around={past['after']['id']}",
    ):
        assert b"zanzibar" not in api.get(f"/channels/{channel}/messages{tail}").content
    assert api.get(f"/channels/{channel}/messages?after=0").data["items"][0]["system"]["verb"] == "added"
    assert api.get(f"/channels/{channel}/messages?thread_id={before['id']}").data["items"] == []
    assert api.get(f"/channels/{channel}/messages?around={before['id']}").status_code == 404
    for hidden in (before, past["reply"]):
        path = f"/messages/{hidden['id']}"
        seen, absent = api.get(path), api.get(f"/messages/{uuid7()}")
        assert {**seen.data, "request_id": 0} == {**absent.data, "request_id": 0}
        assert [api.get(f"{path}/{part}").status_code for part in ("revisions", "reactions")] == [404, 404]
        assert [api.put(f"{path}/{part}").status_code for part in ("reactions/👍", "pin")] == [404, 404]
    refused = api.post(f"/channels/{channel}/messages", {"text": "x", "thread_id": before["id"]})
    assert (refused.status_code, refused.data["code"]) == (400, "thread_not_found")
    assert api.get(f"/channels/{channel}/pins").data["items"] == []
    [place] = [one for one in api.get("/unread").data["items"] if one["channel_id"] == channel]
    assert (place["unread"], place["mentions"]) == (1, 0)
    api.put(f"/channels/{channel}/mark", {"seq": 0, "back": True})
    [place] = [one for one in api.get("/unread").data["items"] if one["channel_id"] == channel]
    assert place["unread"] == 1
    assert queries.resolve_messages(office.chloe, [UUID(before["id"])]) == {}
    assert [m.text for m, _ in queries.last_messages_for(office.chloe, office.workspace.id)] == ["Bienvenue"]
    for who in ("alice", "bruno"):
        assert len(office.api(who).get(f"/channels/{channel}/messages").data["items"]) == 3


def test_r091_what_changes_in_a_hidden_past_is_told_without_its_words(
    office: Any, past: dict[str, Any], frames_of: Any
) -> None:
    seen = frames_of(past["channel"])[-1]["seq"]
    office.api("bruno").patch(f"/messages/{past['before']['id']}", {"text": "zanzibar, corrigé"})
    office.api("alice").put(f"/messages/{past['before']['id']}/reactions/👍")
    office.api("alice").post(
        f"/channels/{past['channel']}/messages", {"text": "Suite", "thread_id": past["before"]["id"]}
    )
    office.api("bruno").put(f"/messages/{past['after']['id']}/pin")
    frames = [frame for frame in frames_of(past["channel"]) if frame["seq"] > seen]

    assert [frame["kind"] for frame in frames] == ["chat.touched"] * 2 + [
        "chat.message",
        "chat.touched",
        "chat.message",
    ]
    assert "zanzibar" not in str(frames)
    assert frames[0]["data"]["id"] == past["before"]["id"]
    floor = Entrance.objects.get(user=office.chloe).seq
    assert queries.floors_of(office.chloe.id) == {UUID(past["channel"]): floor}
    assert queries.floors_of(office.alice.id) == {}
    assert floor >= past["reply"]["seq"]


def test_the_rule_may_change_and_is_told(office: Any, past: dict[str, Any]) -> None:
    path = f"/channels/{past['channel']}"
    refused = office.api("chloe").patch(path, {"history": "all"})
    assert refused.status_code == 403
    assert office.api("bruno").patch(path, {"history": "all"}).data["history"] == "all"
    assert office.api("chloe").get(f"/messages/{past['before']['id']}").status_code == 200
    office.api("bruno").patch(path, {"history": "joined"})
    assert office.api("chloe").get(f"/messages/{past['before']['id']}").status_code == 200
    assert [verb for _, verb, _ in lines(office, past["channel"])] == ["added", "history_all", "history_joined"]
    answer = office.api("alice").patch(f"/channels/{office.general.id}", {"history": "joined"})
    assert (answer.status_code, answer.data["code"]) == (400, "history_of_open_channel")


def test_who_comes_back_reads_from_then_on(office: Any, past: dict[str, Any], say: Any) -> None:
    office.api("chloe").delete(f"/channels/{past['channel']}/members/{office.chloe.id}")
    say("bruno", "Sans elle", channel=past["channel"])
    office.api("bruno").post(f"/channels/{past['channel']}/members", {"user_id": str(office.chloe.id)})

    assert [m["text"] for m in office.api("chloe").get(f"/channels/{past['channel']}/messages").data["items"]] == [""]
    assert lines(office, past["channel"])[1:] == [
        ("Chloé Nguyen", "left", []),
        ("Bruno Lefèvre", "added", ["Chloé Nguyen"]),
    ]


def test_who_comes_leaves_is_taken_out_or_disabled_is_told_in_other_words(office: Any, say: Any) -> None:
    channel = opened(office, open=False, members=[str(office.chloe.id), str(office.alice.id), str(office.guest.id)])
    say("bruno", "Bonjour")
    newcomer = make_user(name="Farid Benali")
    with unit_of_work() as emit:
        workspaces.join(emit=emit, workspace=office.workspace, user=newcomer, role=Role.MEMBER)
    office.api("bruno").delete(f"/channels/{channel}/members/{office.guest.id}")
    workspaces.remove_member(actor=office.alice, workspace_id=office.workspace.id, user_id=office.chloe.id)
    workspaces.remove_member(actor=newcomer, workspace_id=office.workspace.id, user_id=newcomer.id)
    disable_user(user=office.alice)

    assert lines(office, channel) == [
        ("Bruno Lefèvre", "removed", ["David Okoye"]),
        ("Alice Martin", "removed_space", ["Chloé Nguyen"]),
        ("Alice Martin", "disabled", []),
    ]
    assert lines(office, office.general.id) == [
        ("Farid Benali", "arrived", []),
        ("Alice Martin", "removed_space", ["Chloé Nguyen"]),
        ("Farid Benali", "left_space", []),
        ("Alice Martin", "disabled", []),
    ]


def test_a_line_is_no_news_and_nobody_changes_it(office: Any, say: Any, frames_of: Any) -> None:
    channel = opened(office, open=False, members=[str(office.alice.id)])
    office.api("bruno").post(f"/channels/{channel}/members", {"user_id": str(office.chloe.id)})
    line = Message.objects.get(channel_id=channel)
    [place] = [one for one in office.api("alice").get("/unread").data["items"] if one["channel_id"] == channel]
    api = office.api("bruno")

    assert place["unread"] == 0
    assert office.api("alice").get("/notifications").data["items"] == []
    assert frames_of(UUID(channel), "chat.message")[-1]["seq"] == line.seq
    shown = api.get(f"/messages/{line.id}").data
    assert frames_of(UUID(channel), "chat.message")[-1]["data"] == shown
    answers = [
        api.patch(f"/messages/{line.id}", {"text": "x"}),
        api.delete(f"/messages/{line.id}"),
        api.put(f"/messages/{line.id}/pin"),
        api.put(f"/messages/{line.id}/reactions/👍"),
    ]
    assert [(a.status_code, a.data["code"]) for a in answers] == [(403, "not_a_message")] * 4
    reply = api.post(f"/channels/{channel}/messages", {"text": "x", "thread_id": str(line.id)})
    assert (reply.status_code, reply.data["code"]) == (400, "thread_not_found")
    assert queries.last_messages_for(office.bruno, office.workspace.id) == []
    assert Channel.objects.filter(id=channel).exists()
