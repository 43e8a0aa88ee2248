"""Following threads, their own count of what is new, and answers that the channel shows too."""

from typing import Any

from plano.platform.live.models import Stream
from tests.chat.test_live import fold


def threads(office: Any, who: str) -> dict[str, Any]:
    items = office.api(who).get(f"/workspaces/{office.workspace.id}/threads").data["items"]
    return {item["id"]: item for item in items}


def test_who_takes_part_follows_with_an_own_count(office: Any, say: Any) -> None:
    root = say("bruno", "Qui relit ?")
    assert threads(office, "bruno") == {}
    say("chloe", "Moi", thread_id=root["id"])
    last = say("chloe", "@Alice Martin aussi", thread_id=root["id"], mentions=[str(office.alice.id)])

    unread = {
        who: [one["unread"] for one in threads(office, who).values()] for who in ("alice", "bruno", "chloe", "reader")
    }
    assert unread == {"alice": [1], "bruno": [2], "chloe": [0], "reader": []}
    assert threads(office, "bruno")[root["id"]]["root"]["text"] == "Qui relit ?"
    office.api("bruno").put(f"/channels/{office.general.id}/mark", {"seq": last["seq"], "thread_id": root["id"]})
    assert [one["unread"] for one in threads(office, "bruno").values()] == [0]
    [place] = office.api("alice").get("/unread").data["items"]
    assert place["unread"] == 1  # answers do not count in the channel


def test_who_leaves_a_thread_hears_nothing_until_they_answer_or_follow(office: Any, say: Any) -> None:
    root = say("bruno", "Qui relit ?")
    say("chloe", "Moi", thread_id=root["id"])
    api, path = office.api("bruno"), f"/messages/{root['id']}/follow"
    api.put(f"/channels/{office.general.id}/mark", {"seq": 99, "thread_id": root["id"]})
    assert api.delete(path).data["following"] is False
    assert api.delete(path).data["following"] is False
    say("chloe", "Encore", thread_id=root["id"])

    assert threads(office, "bruno") == {}
    assert api.get("/notifications").data["unread"] == 0
    assert api.get(path).data["following"] is False
    say("bruno", "Merci", thread_id=root["id"])
    assert list(threads(office, "bruno")) == [root["id"]]
    assert office.api("reader").put(path).data["following"] is True
    say("chloe", "Fini", thread_id=root["id"])
    assert [one["unread"] for one in threads(office, "reader").values()] == [1]


def test_threads_old_snapshot_and_frames_make_the_fresh_one(office: Any, say: Any, frames_of: Any) -> None:
    root, other = say("bruno", "un"), say("chloe", "deux")
    say("chloe", "réponse", thread_id=root["id"])
    api = office.api("bruno")

    def mine() -> dict[str, Any]:
        return {id: {k: v for k, v in one.items() if k != "root"} for id, one in threads(office, "bruno").items()}

    old, seen = mine(), Stream.objects.get(id=office.bruno.id).seq
    last = say("bruno", "à moi", thread_id=other["id"])
    api.put(f"/channels/{office.general.id}/mark", {"seq": last["seq"], "thread_id": root["id"]})
    api.delete(f"/messages/{other['id']}/follow")
    api.put(f"/messages/{other['id']}/follow")
    later = [frame for frame in frames_of(office.bruno.id) if frame["seq"] > seen]

    assert fold(old, later, "chat.thread") == mine()


def test_an_answer_also_in_the_channel_is_one_message_in_both(office: Any, say: Any) -> None:
    root = say("bruno", "Qui relit ?")
    made = say("chloe", "Moi, ce soir", thread_id=root["id"], in_channel=True)
    path = f"/channels/{office.general.id}/messages"
    api = office.api("alice")

    def both() -> list[list[str]]:
        return [[m["text"] for m in api.get(path + tail).data["items"]] for tail in ("", f"?thread_id={root['id']}")]

    assert both() == [["Moi, ce soir", "Qui relit ?"], ["Moi, ce soir"]]
    [place] = api.get("/unread").data["items"]
    assert place["unread"] == 2
    office.api("chloe").patch(f"/messages/{made['id']}", {"text": "Moi, demain"})
    assert both() == [["Moi, demain", "Qui relit ?"], ["Moi, demain"]]
    office.api("chloe").delete(f"/messages/{made['id']}")
    assert both() == [["", "Qui relit ?"], [""]]
    assert api.get(f"{path}?around={made['id']}").data["items"][0]["id"] == made["id"]


def test_in_a_channel_of_announcements_answers_stay_in_their_thread(office: Any, say: Any) -> None:
    office.api("alice").patch(f"/channels/{office.general.id}", {"announce": True})
    root = say("alice", "Annonce")
    body = {"text": "Moi", "thread_id": root["id"], "in_channel": True}
    answer = office.api("chloe").post(f"/channels/{office.general.id}/messages", body)

    assert (answer.status_code, answer.data["code"]) == (403, "announcements_only")


def test_r006_threads_of_a_lost_channel_show_nowhere(office: Any, say: Any) -> None:
    channel = (
        office.api("bruno")
        .post(
            f"/workspaces/{office.workspace.id}/channels",
            {"name": "Arbitrages", "open": False, "members": [str(office.chloe.id)]},
        )
        .data["id"]
    )
    root = say("bruno", "zanzibar", channel=channel)
    say("chloe", "Oui", channel=channel, thread_id=root["id"])
    office.api("bruno").delete(f"/channels/{channel}/members/{office.chloe.id}")

    assert threads(office, "chloe") == {}
    api = office.api("chloe")
    assert [m(f"/messages/{root['id']}/follow").status_code for m in (api.get, api.put, api.delete)] == [404] * 3
    assert list(threads(office, "bruno")) == [root["id"]]
