"""Sending, reading, editing and deleting, through the API."""

import json
from typing import Any

import pytest

from plano.chat.models import Message, Revision
from plano.kernel.ids import uuid7
from plano.platform.live.models import Frame


def url(office: Any, tail: str = "messages") -> str:
    return f"/channels/{office.general.id}/{tail}"


def test_a_member_posts_and_everybody_reads_it(office: Any, say: Any, frames_of: Any) -> None:
    made = say("bruno", "**Bonjour** à tous")
    page = office.api("reader").get(url(office)).data

    assert page == {"items": [made], "next": None, "newer": None}
    assert made["text"] == "**Bonjour** à tous"
    assert made["author"]["name"] == "Bruno Lefèvre"
    frame = frames_of(office.general.id, "chat.message")[-1]
    assert (frame["seq"], frame["op"], frame["data"]) == (made["seq"], "changed", made)


def test_the_message_has_the_number_of_its_frame_and_numbers_are_dense(office: Any, say: Any, frames_of: Any) -> None:
    numbers = [say("bruno", f"n° {n}")["seq"] for n in range(5)]

    assert numbers == list(range(numbers[0], numbers[0] + 5))
    assert [frame["seq"] for frame in frames_of(office.general.id)] == list(range(1, numbers[-1] + 1))


def test_r131_the_same_key_makes_one_message(office: Any) -> None:
    api, key = office.api("bruno"), str(uuid7())
    first = api.post(url(office), {"text": "Une fois"}, Idempotency_Key=key)
    again = api.post(url(office), {"text": "Une fois"}, Idempotency_Key=key)
    by_body = api.post(url(office), {"text": "Une fois", "id": key})

    assert [first.status_code, again.status_code, by_body.status_code] == [201, 200, 200]
    assert first.data == again.data == by_body.data
    assert first.data["id"] == key
    assert Message.objects.count() == 1


def test_r131_an_identifier_of_somebody_else_is_refused(office: Any, say: Any) -> None:
    made = say("bruno", "À moi")
    before = Frame.objects.count()
    answer = office.api("chloe").post(url(office), {"text": "Vol", "id": made["id"]})

    assert (answer.status_code, answer.data["code"]) == (409, "identifier_in_use")
    assert Message.objects.get().text == "À moi"
    assert Frame.objects.count() == before


def test_r131_an_identifier_used_in_another_channel_is_refused(office: Any, say: Any) -> None:
    made = say("bruno", "Ici")
    other = office.api("bruno").post(f"/workspaces/{office.workspace.id}/channels", {"name": "Astreintes"}).data
    answer = office.api("bruno").post(f"/channels/{other['id']}/messages", {"text": "Là", "id": made["id"]})

    assert (answer.status_code, answer.data["code"]) == (409, "identifier_in_use")


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_message_is_refused(office: Any, text: str) -> None:
    answer = office.api("bruno").post(url(office), {"text": text})

    assert (answer.status_code, answer.data["code"]) == (400, "message_empty")
    assert not Message.objects.exists()


def test_a_message_of_100_kb_is_refused_with_its_limit(office: Any) -> None:
    answer = office.api("bruno").post(url(office), {"text": "é" * 100_000})

    assert (answer.status_code, answer.data["code"]) == (413, "message_too_long")
    assert answer.data["errors"] == {"text": "too_long", "limit": 20_000}
    assert not Message.objects.exists()


def test_a_message_at_the_limit_is_taken_whole(office: Any, say: Any) -> None:
    assert len(say("bruno", "é" * 20_000)["text"]) == 20_000


def test_markdown_and_hostile_text_are_kept_as_source(office: Any, say: Any) -> None:
    text = '<script>alert(1)</script> [x](javascript:alert(1)) "quotes" \\ back\u0000slash 🙂 \u2028'
    made = say("bruno", text)

    assert made["text"] == text.replace("\u0000", "")
    assert office.api("chloe").get(f"/messages/{made['id']}").data == made


def test_too_many_messages_ask_to_wait(office: Any, settings: Any) -> None:
    from dataclasses import replace

    settings.PLANO = replace(settings.PLANO, messages_per_minute=2)
    api = office.api("bruno")
    answers = [api.post(url(office), {"text": "encore"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[2]["Retry-After"]) >= 1
    assert Message.objects.count() == 2


def test_pages_walk_back_to_the_first_message(office: Any, say: Any) -> None:
    made = [say("bruno", f"n° {n}") for n in range(12)]
    api, cursor, seen = office.api("chloe"), "", []
    while cursor is not None:
        page = api.get(url(office) + f"?limit=5{cursor and '&before=' + cursor}").data
        seen += page["items"]
        cursor = page["next"]

    assert seen == made[::-1]


def test_pages_walk_forward_to_the_present(office: Any, say: Any) -> None:
    made = [say("bruno", f"n° {n}") for n in range(12)]
    api = office.api("chloe")
    around = api.get(url(office) + f"?around={made[0]['id']}&limit=4").data
    seen, cursor = sorted(around["items"], key=lambda m: m["seq"]), around["newer"]
    assert around["next"] is None
    while cursor is not None:
        page = api.get(url(office) + f"?limit=5&after={cursor}").data
        seen += page["items"]
        cursor = page["next"]

    assert seen == made


def test_a_page_around_a_message_has_both_sides(office: Any, say: Any) -> None:
    made = [say("bruno", f"n° {n}") for n in range(9)]
    page = office.api("chloe").get(url(office) + f"?around={made[4]['seq']}&limit=4").data

    assert page["items"] == [made[6], made[5], made[4], made[3]]
    assert page["next"]
    assert page["newer"]


@pytest.mark.parametrize("query", ["before=zzz", "after=WyJ4Il0", "around=-1", "before=WzEsMl0", "around=1e9"])
def test_a_wrong_cursor_is_refused(office: Any, query: str) -> None:
    answer = office.api("bruno").get(url(office) + "?" + query)

    assert (answer.status_code, answer.data["code"]) == (400, "invalid_cursor")


def test_an_edit_keeps_what_was_said_before(office: Any, say: Any, frames_of: Any) -> None:
    made = say("bruno", "Rendez-vous a 9 h")
    edited = office.api("bruno").patch(f"/messages/{made['id']}", {"text": "Rendez-vous à 9 h"})
    history = office.api("chloe").get(f"/messages/{made['id']}/revisions").data["items"]

    assert edited.status_code == 200
    assert edited.data["text"] == "Rendez-vous à 9 h"
    assert edited.data["edited_at"]
    assert (edited.data["version"], edited.data["seq"]) == (2, made["seq"])
    assert [(old["version"], old["text"]) for old in history] == [(1, "Rendez-vous a 9 h")]
    assert frames_of(office.general.id)[-1]["data"] == edited.data


def test_an_edit_from_an_old_version_gets_412_and_the_present(office: Any, say: Any) -> None:
    made = say("bruno", "un")
    api = office.api("bruno")
    api.patch(f"/messages/{made['id']}", {"text": "deux"}, If_Match='"1"')
    late = api.patch(f"/messages/{made['id']}", {"text": "trois"}, If_Match='"1"')

    assert (late.status_code, late.data["errors"]["current"]["text"]) == (412, "deux")


def test_only_the_author_edits(office: Any, say: Any) -> None:
    made = say("bruno", "à moi")
    answers = {
        who: office.api(who).patch(f"/messages/{made['id']}", {"text": "pris"}) for who in ("alice", "chloe", "reader")
    }

    assert {who: answer.status_code for who, answer in answers.items()} == {"alice": 403, "chloe": 403, "reader": 403}
    assert Message.objects.get().text == "à moi"
    assert not Revision.objects.exists()


def test_a_deleted_message_leaves_a_trace_and_no_words_anywhere(office: Any, say: Any) -> None:
    made = say("bruno", "SECRET-premier")
    api = office.api("bruno")
    api.patch(f"/messages/{made['id']}", {"text": "SECRET-second"})
    say("bruno", "réponse", thread_id=made["id"])
    gone = api.delete(f"/messages/{made['id']}")
    page = office.api("chloe").get(url(office)).data["items"]

    assert gone.status_code == 200
    assert (gone.data["text"], bool(gone.data["deleted_at"])) == ("", True)
    assert [message["id"] for message in page] == [made["id"]]
    assert page[0] == gone.data
    assert not Frame.objects.filter(payload__contains="SECRET").exists()
    assert not Revision.objects.exists()
    assert api.patch(f"/messages/{made['id']}", {"text": "retour"}).data["code"] == "message_deleted"


def test_a_manager_of_the_channel_deletes_what_others_wrote(office: Any, say: Any) -> None:
    made = say("bruno", "déplacé")
    answers = [office.api(who).delete(f"/messages/{made['id']}").status_code for who in ("chloe", "alice")]

    assert answers == [403, 200]


def test_replies_are_counted_on_the_first_message_and_stay_out_of_the_channel(office: Any, say: Any) -> None:
    root = say("bruno", "Qui relit ?")
    replies = [say("chloe", "Moi", thread_id=root["id"]), say("alice", "Moi aussi", thread_id=root["id"])]
    page = office.api("bruno").get(url(office)).data["items"]
    thread = office.api("bruno").get(url(office) + f"?thread_id={root['id']}").data["items"]

    assert [m["id"] for m in page] == [root["id"]]
    assert page[0]["reply_count"] == 2
    assert page[0]["repliers"] == [str(office.chloe.id), str(office.alice.id)]
    assert page[0]["last_reply_at"] == replies[1]["created_at"]
    assert thread == replies[::-1]


def test_a_reply_sent_twice_is_one(office: Any, say: Any) -> None:
    root, key = say("bruno", "Qui relit ?"), str(uuid7())
    body = {"text": "Moi", "thread_id": root["id"], "id": key}
    answers = [office.api("chloe").post(url(office), body) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 200]
    assert Message.objects.get(id=root["id"]).reply_count == 1


def test_followers_of_a_thread_are_told_once(office: Any, say: Any, client_for: Any) -> None:
    root = say("bruno", "Qui relit ?")
    say("chloe", "Moi", thread_id=root["id"])
    say("chloe", "Ce soir", thread_id=root["id"])
    told = office.api("bruno").get("/notifications").data

    assert [(n["kind"], n["link_id"], n["parent_id"]) for n in told["items"]] == [
        ("message", root["id"], str(office.general.id))
    ]
    office.api("bruno").put(url(office, "mark"), {"seq": 99, "thread_id": root["id"]})
    assert office.api("bruno").get("/notifications").data["unread"] == 0


def test_the_page_is_one_statement_beside_the_session(
    office: Any, say: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        say("bruno", f"n° {n}")
    api = office.api("chloe")
    with django_assert_max_num_queries(3):  # session and its date of last use; the page is not Django's
        assert len(json.loads(api.get(url(office)).content)["items"]) == 20
