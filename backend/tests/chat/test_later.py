"""Messages that wait for their time are said exactly once, with the rights of that time; reminders are one's own."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from plano.chat import actions
from plano.chat.models import Channel, Message, Reminder, Scheduled
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.kernel.text import clean_text
from plano.notifications.models import Notification


def soon(**distance: float) -> str:
    return (now() + timedelta(**(distance or {"hours": 1}))).isoformat()


def wait(office: Any, who: str = "bruno", text: str = "Pour plus tard", **fields: Any) -> Any:
    body = {"text": text, "at": soon(), **fields}
    answer = office.api(who).post(f"/channels/{office.general.id}/scheduled", body)
    assert answer.status_code == 201, answer.data
    return answer.data


def due(row: Any, at: datetime | None = None) -> None:
    Scheduled.objects.filter(id=row["id"]).update(at=at or now() - timedelta(seconds=1), taken_at=None)


def mine(office: Any, who: str = "bruno") -> Any:
    return office.api(who).get("/scheduled").data["items"]


def test_both_devices_know_what_waits_and_nobody_else_does(office: Any, frames_of: Any) -> None:
    row = wait(office)

    assert mine(office) == [row] == [frames_of(office.bruno.id, "chat.scheduled")[-1]["data"]]
    assert mine(office, "chloe") == []
    assert frames_of(office.general.id, "chat.scheduled") == []
    assert office.api("chloe").delete(f"/scheduled/{row['id']}").status_code == 404
    same = {"id": row["id"], "text": "autre", "at": soon()}
    assert office.api("bruno").post(f"/channels/{office.general.id}/scheduled", same).data == row
    theft = office.api("chloe").post(f"/channels/{office.general.id}/scheduled", same)
    assert (theft.status_code, theft.data["code"]) == (409, "identifier_in_use")


def test_r131_it_is_said_at_its_time_exactly_once(office: Any, frames_of: Any) -> None:
    row = wait(office)
    assert actions.send_due() == 0
    due(row)

    assert actions.send_due() == 1
    assert actions.send_due() == 0

    [said] = office.api("reader").get(f"/channels/{office.general.id}/messages").data["items"]
    assert (said["id"], said["text"]) == (row["id"], "Pour plus tard")
    assert said["author"]["id"] == str(office.bruno.id)
    last = frames_of(office.bruno.id, "chat.scheduled")[-1]
    assert (last["op"], last["data"]["id"]) == ("removed", row["id"])


def test_r131_a_worker_that_dies_between_saying_and_cleaning_doubles_nothing(office: Any, monkeypatch: Any) -> None:
    row = wait(office)
    due(row)
    with monkeypatch.context() as broken:

        def die(row: Scheduled) -> None:
            raise KeyboardInterrupt

        broken.setattr("plano.chat.actions.scheduled._sent", die)
        with pytest.raises(KeyboardInterrupt):
            actions.send_due()
    assert actions.send_due() == 0, "another worker leaves it alone while it may still live"
    office.api("bruno").delete(f"/messages/{row['id']}")
    due(row)

    assert actions.send_due() == 1
    assert (Message.objects.filter(id=row["id"]).count(), mine(office)) == (1, [])
    assert Message.objects.get(id=row["id"]).text == "", "said, then deleted by its author: it does not come back"


def test_it_is_changed_moved_sent_now_or_thrown_away(office: Any, frames_of: Any) -> None:
    first, second = wait(office), wait(office, text="Autre")
    api = office.api("bruno")
    changed = api.patch(f"/scheduled/{first['id']}", {"text": "Mieux", "at": soon(minutes=5)}).data
    assert (changed["text"], changed["version"]) == ("Mieux", 2)
    assert frames_of(office.bruno.id, "chat.scheduled")[-1]["data"] == changed

    assert api.post(f"/scheduled/{first['id']}/send").status_code == 204
    assert api.post(f"/scheduled/{first['id']}/send").status_code == 404
    assert api.delete(f"/scheduled/{second['id']}").status_code == 204
    due(second)
    actions.send_due()

    assert [one["text"] for one in api.get(f"/channels/{office.general.id}/messages").data["items"]] == ["Mieux"]
    assert mine(office) == []


def test_what_is_being_said_at_this_moment_is_not_taken_back(office: Any) -> None:
    row = wait(office)
    Scheduled.objects.update(taken_at=now())

    for answer in (
        office.api("bruno").delete(f"/scheduled/{row['id']}"),
        office.api("bruno").post(f"/scheduled/{row['id']}/send"),
    ):
        assert (answer.status_code, answer.data["code"]) == (409, "already_leaving")


@pytest.mark.parametrize(
    ("at", "code"),
    [({"minutes": -1}, "time_is_past"), ({"days": 400}, "time_is_too_far")],
    ids=["past", "far"],
)
def test_a_time_that_cannot_be_is_refused(office: Any, at: dict[str, float], code: str, say: Any) -> None:
    answer = office.api("bruno").post(f"/channels/{office.general.id}/scheduled", {"text": "x", "at": soon(**at)})
    assert (answer.status_code, answer.data["code"], answer.data["errors"]) == (400, code, {"at": code})
    refused = office.api("bruno").put(f"/messages/{say('chloe', 'x')['id']}/reminder", {"at": soon(**at)})
    assert (refused.status_code, refused.data["code"]) == (400, code)


def test_rights_are_those_of_the_moment_and_the_words_come_back(office: Any, frames_of: Any) -> None:
    row = wait(office)
    Channel.objects.filter(id=office.general.id).update(archived_at=now())
    due(row)

    assert actions.send_due() == 0
    assert actions.send_due() == 0, "refused once, it does not knock each minute"

    assert not Message.objects.filter(id=row["id"]).exists()
    [back] = mine(office)
    assert (back["refused"], back["text"]) == ("channel_archived", "Pour plus tard")
    assert frames_of(office.bruno.id, "chat.scheduled")[-1]["data"] == back
    told = Notification.objects.get(user=office.bruno, kind="not_sent")
    assert (told.title, told.link_kind, str(told.link_id)) == ("Pour plus tard", "chat.scheduled", row["id"])
    assert [one["title"] for one in office.api("bruno").get("/notifications").data["items"]] == ["Pour plus tard"]
    Channel.objects.filter(id=office.general.id).update(archived_at=None)
    assert office.api("bruno").patch(f"/scheduled/{row['id']}", {"at": soon()}).data["refused"] is None


def test_it_answers_in_a_thread_and_names_who_still_reads(office: Any, say: Any) -> None:
    root = say("chloe", "question")
    text = "@Chloé Nguyen oui, @Alice Martin aussi"
    names = [str(office.chloe.id), str(office.alice.id)]
    row = wait(office, text=text, thread_id=root["id"], mentions=names)
    type(office.alice).objects.filter(id=office.alice.id).update(is_active=False)
    due(row)
    assert actions.send_due() == 1

    said = Message.objects.get(id=row["id"])
    assert (str(said.thread_id), [one["name"] for one in said.mentions]) == (root["id"], ["Chloé Nguyen"])
    assert Notification.objects.filter(user=office.chloe, kind="mention", link_id=said.id).count() == 1
    nowhere = {"text": "x", "at": soon(), "thread_id": str(uuid7())}
    answer = office.api("bruno").post(f"/channels/{office.general.id}/scheduled", nowhere)
    assert (answer.status_code, answer.data["code"]) == (400, "thread_not_found")


def remind(office: Any, message: Any, who: str = "bruno", **distance: float) -> Any:
    return office.api(who).put(f"/messages/{message['id']}/reminder", {"at": soon(**distance)})


def test_a_reminder_is_ones_own_and_comes_once(office: Any, say: Any, frames_of: Any) -> None:
    made = say("chloe", "Relire la note")
    set_at = remind(office, made).data
    moved = remind(office, made, minutes=20).data
    assert (moved["id"], moved["version"]) == (set_at["id"], 2)
    [listed] = office.api("bruno").get("/reminders").data["items"]
    assert listed == {**moved, "author": "Chloé Nguyen", "text": "Relire la note"}
    assert frames_of(office.bruno.id, "chat.reminder")[-1]["data"] == moved
    assert office.api("chloe").get("/reminders").data["items"] == []
    assert "chat.reminder" not in {frame["kind"] for frame in frames_of(office.general.id)}

    assert actions.ring_due() == 0
    Reminder.objects.update(at=now() - timedelta(seconds=1))
    assert (actions.ring_due(), actions.ring_due()) == (1, 0)

    told = Notification.objects.get(user=office.bruno, kind="reminder")
    assert (told.title, told.link_kind, str(told.link_id)) == ("Relire la note", "chat.message", made["id"])
    assert frames_of(office.bruno.id, "chat.reminder")[-1]["op"] == "removed"
    assert office.api("bruno").get("/reminders").data["items"] == []


def test_a_reminder_gives_away_nothing_that_one_may_not_read_any_more(office: Any, say: Any, frames_of: Any) -> None:
    api = office.api("bruno")
    body = {"name": "Cabinet", "open": False, "members": [str(office.chloe.id)]}
    secret = api.post(f"/workspaces/{office.workspace.id}/channels", body).data
    made = say("bruno", "Le secret", channel=secret["id"])
    gone = say("bruno", "Supprimé")
    for message in (made, gone):
        assert remind(office, message, "chloe").status_code == 200
    api.delete(f"/channels/{secret['id']}/members/{office.chloe.id}")
    api.delete(f"/messages/{gone['id']}")

    [left] = office.api("chloe").get("/reminders").data["items"]
    assert (left["message_id"], left["author"], left["text"]) == (made["id"], None, None)
    assert remind(office, made, "chloe").status_code == 404
    Reminder.objects.update(at=now() - timedelta(seconds=1))
    assert actions.ring_due() == 0
    assert not Notification.objects.filter(user=office.chloe, kind="reminder").exists()
    assert office.api("chloe").get("/reminders").data["items"] == []
    assert "secret" not in str(frames_of(office.chloe.id, "chat.reminder"))


def test_how_one_writes_is_the_same_on_all_devices(office: Any, frames_of: Any) -> None:
    desk, phone = office.api("bruno"), office.api("bruno")
    assert phone.get("/chat-preferences").data == {"send_key": "enter", "return_to": "unread", "version": 0}

    chosen = desk.patch("/chat-preferences", {"send_key": "ctrl_enter"}).data
    chosen = desk.patch("/chat-preferences", {"return_to": "latest"}).data

    assert (
        phone.get("/chat-preferences").data == chosen == {"send_key": "ctrl_enter", "return_to": "latest", "version": 2}
    )
    assert frames_of(office.bruno.id, "chat.wishes")[-1]["data"] == chosen
    assert desk.patch("/chat-preferences", {"send_key": "tab"}).status_code == 400


HOSTILE = (
    '<script>alert(1)</script> [x](javascript:alert(1)) "q" \\ \u2028\u202e 🙂',
    "![x](x onerror=alert(1)) <svg/onload=alert(1)> &lt;b&gt; '--; DROP TABLE chat_message",
    "{{7*7}} ${7*7} %s %(text)s \u0000 ```\n</textarea><img src=x onerror=alert(1)>",
)


def test_r064_hostile_words_wait_are_quoted_and_said_as_source(office: Any) -> None:
    api = office.api("bruno")
    for text in HOSTILE:
        kept = clean_text(text)
        row = wait(office, text="x")
        assert api.patch(f"/scheduled/{row['id']}", {"text": text}).data["text"] == kept
        due(row)
        assert actions.send_due() == 1
        said = api.get(f"/messages/{row['id']}").data
        assert (said["text"], said["mentions"]) == (kept, [])
        remind(office, said)
    assert sorted(one["text"] for one in api.get("/reminders").data["items"]) == sorted(
        clean_text(text) for text in HOSTILE
    )
