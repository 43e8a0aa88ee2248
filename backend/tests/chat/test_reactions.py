"""Signs under messages, and pins: given once, taken back, seen by those who read, gone with the message."""

from typing import Any

import pytest
from django.db import connection

from plano.chat.models import Message, Reaction
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from tests.chat.conftest import make_office
from tests.chat.test_live import together


def sign(made: dict[str, Any], emoji: str) -> str:
    return f"/messages/{made['id']}/reactions/{emoji}"


def test_a_sign_given_twice_is_one_and_is_seen_live(office: Any, say: Any, frames_of: Any) -> None:
    made = say("bruno", "On y va ?")
    first = office.api("chloe").put(sign(made, "👍"))
    again = office.api("chloe").put(sign(made, "👍"))
    both = office.api("alice").put(sign(made, "👍")).data

    assert first.data == again.data
    assert both["reactions"] == [{"emoji": "👍", "count": 2, "people": [str(office.chloe.id), str(office.alice.id)]}]
    assert frames_of(office.general.id, "chat.message")[-1]["data"] == both
    assert len(frames_of(office.general.id, "chat.message")) == 3
    who = office.api("reader").get(f"/messages/{made['id']}/reactions").data["items"]
    assert [(each["emoji"], [p["name"] for p in each["people"]]) for each in who] == [
        ("👍", ["Chloé Nguyen", "Alice Martin"])
    ]


def test_one_s_own_sign_is_taken_back_and_nobody_else_s(office: Any, say: Any) -> None:
    made = say("bruno", "On y va ?")
    office.api("chloe").put(sign(made, "🎉"))
    assert len(office.api("alice").delete(sign(made, "🎉")).data["reactions"]) == 1
    assert office.api("chloe").delete(sign(made, "🎉")).data["reactions"] == []
    assert office.api("chloe").delete(sign(made, "🎉")).status_code == 200
    assert not Reaction.objects.exists()


@pytest.mark.parametrize("emoji", ["oui", "<b>", "👍👍", "a👍", "1", "\u202e", "👍" + "\u200d👍" * 9, "\u200d", "%00"])
def test_r064_only_one_emoji_is_a_sign(office: Any, say: Any, emoji: str) -> None:
    made = say("bruno", "On y va ?")
    answer = office.api("chloe").put(sign(made, emoji))

    assert (answer.status_code, answer.data["code"]) == (400, "not_an_emoji")
    assert not Reaction.objects.exists()


@pytest.mark.parametrize("emoji", ["❤️", "👩🏽‍💻", "🇫🇷", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "✅", "🧑‍🧑‍🧒‍🧒", "‼️"])
def test_all_that_unicode_calls_one_emoji_is_a_sign(office: Any, say: Any, emoji: str) -> None:
    from urllib.parse import quote

    made = say("bruno", "On y va ?")

    assert office.api("chloe").put(sign(made, quote(emoji))).data["reactions"][0]["emoji"] == emoji


def test_the_same_sign_with_and_without_colour_mark_is_one(office: Any, say: Any) -> None:
    made = say("bruno", "On y va ?")
    office.api("chloe").put(sign(made, "👍"))
    assert office.api("alice").put(sign(made, "👍\ufe0f")).data["reactions"][0]["count"] == 2
    assert office.api("chloe").delete(sign(made, "👍\ufe0f")).data["reactions"][0]["count"] == 1


def test_at_most_twenty_different_signs(office: Any, say: Any) -> None:
    made, api = say("bruno", "On y va ?"), office.api("chloe")
    signs = [chr(0x1F600 + n) for n in range(21)]
    assert [api.put(sign(made, each)).status_code for each in signs] == [200] * 20 + [409]
    assert office.api("alice").put(sign(made, signs[3])).status_code == 200
    answer = office.api("alice").put(sign(made, signs[20]))
    assert (answer.status_code, answer.data["code"]) == (409, "too_many_reactions")


@pytest.mark.django_db(transaction=True)
def test_many_signs_at_once_are_all_counted_each_once() -> None:
    office = make_office()
    path = f"/channels/{office.general.id}/messages"
    made = office.api("bruno").post(path, {"text": "On y va ?"}).data
    jobs = [
        lambda who=who, emoji=emoji: office.api(who).put(sign(made, emoji)).status_code
        for who in ("alice", "bruno", "chloe")
        for emoji in "👍🎉"
        for _ in range(3)
    ]
    assert set(together(jobs, 9)) == {200}
    found = Message.objects.get().reactions
    assert sorted((each["emoji"], each["count"], len(set(each["people"]))) for each in found) == [
        ("🎉", 3, 3),
        ("👍", 3, 3),
    ]
    connection.close()


def test_r006_signs_and_pins_of_a_private_channel_are_for_those_inside(office: Any, say: Any) -> None:
    channel = (
        office.api("bruno")
        .post(f"/workspaces/{office.workspace.id}/channels", {"name": "Arbitrages", "open": False})
        .data["id"]
    )
    made = say("bruno", "Entre nous", channel=channel)
    office.api("bruno").put(f"/messages/{made['id']}/pin")
    for who in ("alice", "chloe", "guest", "outsider"):
        api, absent = office.api(who), uuid7()
        for there, nowhere in (
            (sign(made, "👍"), f"/messages/{absent}/reactions/👍"),
            (f"/messages/{made['id']}/pin", f"/messages/{absent}/pin"),
        ):
            seen, unseen = api.put(there), api.put(nowhere)
            assert (seen.status_code, unseen.status_code) == (404, 404)
            assert {**seen.data, "request_id": 0} == {**unseen.data, "request_id": 0}
            assert api.delete(there).status_code == 404
        assert api.get(f"/messages/{made['id']}/reactions").status_code == 404
        assert api.get(f"/channels/{channel}/pins").status_code == 404
    assert not Reaction.objects.exists()


def test_a_sign_does_not_count_as_news_nor_notify_nor_break_an_edit(office: Any, say: Any) -> None:
    made = say("bruno", "On y va ?")
    office.api("alice").put(f"/channels/{office.general.id}/mark", {"seq": made["seq"]})
    office.api("chloe").put(sign(made, "👍"))
    office.api("chloe").put(f"/messages/{made['id']}/pin")
    [place] = office.api("alice").get("/unread").data["items"]
    assert place["unread"] == 0
    assert office.api("bruno").get("/notifications").data["items"] == []
    path = f"/messages/{made['id']}"
    edited = office.api("bruno").patch(path, {"text": "Allons-y"}, If_Match=f'"{made["version"]}"')
    assert (edited.status_code, edited.data["reactions"][0]["count"]) == (200, 1)
    late = office.api("bruno").patch(path, {"text": "Non"}, If_Match=f'"{made["version"]}"')
    assert late.status_code == 412


def test_signs_and_pin_go_with_a_deleted_message(office: Any, say: Any, frames_of: Any) -> None:
    made = say("bruno", "zanzibar")
    office.api("chloe").put(sign(made, "👍"))
    office.api("chloe").put(f"/messages/{made['id']}/pin")
    gone = office.api("bruno").delete(f"/messages/{made['id']}").data

    assert (gone["reactions"], gone["pinned"]) == ([], None)
    assert not Reaction.objects.exists()
    assert office.api("chloe").get(f"/channels/{office.general.id}/pins").data["items"] == []
    answer = office.api("chloe").put(sign(made, "👍"))
    assert (answer.status_code, answer.data["code"]) == (409, "message_deleted")
    assert office.api("chloe").put(f"/messages/{made['id']}/pin").status_code == 409
    assert "zanzibar" not in str(frames_of(office.general.id, "chat.message"))


def test_what_one_gives_most_comes_first(office: Any, say: Any) -> None:
    for number in range(3):
        made = say("bruno", f"n° {number}")
        office.api("chloe").put(sign(made, "🎉"))
        if number:
            office.api("chloe").put(sign(made, "👍"))
    office.api("alice").put(sign(made, "✅"))

    assert office.api("chloe").get("/reactions/frequent").data["items"] == ["🎉", "👍"]


def test_pins_are_listed_latest_first_with_who_and_when(office: Any, say: Any) -> None:
    one, two = say("bruno", "un"), say("bruno", "deux")
    api, path = office.api("chloe"), f"/channels/{office.general.id}/pins"
    api.put(f"/messages/{two['id']}/pin")
    first = office.api("alice").put(f"/messages/{one['id']}/pin").data
    assert office.api("chloe").put(f"/messages/{one['id']}/pin").data == first
    found = office.api("reader").get(path).data["items"]

    assert [(each["text"], each["pinned"]["by"]) for each in found] == [
        ("un", str(office.alice.id)),
        ("deux", str(office.chloe.id)),
    ]
    assert api.delete(f"/messages/{one['id']}/pin").data["pinned"] is None
    assert [each["text"] for each in api.get(path).data["items"]] == ["deux"]


def test_at_most_fifty_are_pinned(office: Any, say: Any) -> None:
    made = say("bruno", "la dernière")
    Message.objects.bulk_create(
        Message(
            id=uuid7(),
            channel=office.general,
            seq=n + 1000,
            author=office.bruno,
            text="x",
            pinned_at=now(),
        )
        for n in range(50)
    )
    answer = office.api("bruno").put(f"/messages/{made['id']}/pin")

    assert (answer.status_code, answer.data["code"]) == (409, "too_many_pins")
