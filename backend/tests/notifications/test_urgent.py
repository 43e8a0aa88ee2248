"""Conversations tell their people after a moment; « urgent » rings out of hours, counted, never for all."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plano.chat.actions.direct import tell_conversation
from plano.chat.models import ChatPolicy
from plano.notifications.actions import delivering
from plano.notifications.models import Notification
from tests.mail_sink import Sink

SATURDAY = "2026-11-28T23:00"


@pytest.fixture
def pair(office: Any) -> Any:
    """Alice and Bruno."""
    made = office.api("alice").post(f"/workspaces/{office.workspace.id}/conversations", {"user_ids": [office.bruno.id]})
    assert made.status_code in (200, 201), made.data
    return made.data["id"]


def test_one_row_counts_what_is_unread_and_goes_when_it_is_read(office: Any, say: Any, pair: Any) -> None:
    first = say("alice", "Bonjour", channel=pair)
    tell_conversation(pair)
    last = say("alice", "Tu es là ?", channel=pair)
    for _ in range(2):
        tell_conversation(pair)
    [told] = office.api("bruno").get("/notifications").data["items"]
    assert (told["kind"], told["count"], told["title"], told["link_id"]) == ("direct", 2, "Tu es là ?", pair)
    assert office.api("alice").get("/notifications").data["items"] == []
    office.api("bruno").put(f"/channels/{pair}/mark", {"seq": last["seq"]})
    tell_conversation(pair)
    assert Notification.objects.filter(read_at=None).count() == 0
    assert first["seq"] < last["seq"]


def test_a_row_is_held_while_it_becomes_read(office: Any, say: Any, pair: Any) -> None:
    """Or what is counted meanwhile has the same version, and other pages keep what came first."""
    say("alice", "Bonjour", channel=pair)
    tell_conversation(pair)
    with CaptureQueriesContext(connection) as asked:
        assert office.api("bruno").post("/notifications/read", {"all": True}).status_code == 204
    [held] = [one["sql"] for one in asked.captured_queries if "FOR UPDATE" in one["sql"]]
    assert 'FOR UPDATE OF "notifications_notification"' in held
    assert office.api("bruno").get("/notifications").data["unread"] == 0


def test_who_reads_at_once_or_wants_silence_is_told_nothing(office: Any, say: Any, pair: Any) -> None:
    made = say("alice", "Bonjour", channel=pair)
    office.api("bruno").put(f"/channels/{pair}/mark", {"seq": made["seq"]})
    tell_conversation(pair)
    office.api("bruno").put(f"/channels/{pair}/level", {"level": "nothing"})
    say("alice", "Encore", channel=pair)
    tell_conversation(pair)
    assert Notification.objects.count() == 0


def test_the_sender_sees_when_it_will_be_read_unless_it_is_kept_quiet(office: Any, pair: Any, time: Any) -> None:
    time.go_to(SATURDAY)
    path = f"/channels/{pair}/availability"
    [one] = office.api("alice").get(path).data["items"]
    assert one == {
        "person_id": str(office.bruno.id),
        "reads_at": "2026-11-30T07:30:00Z",
        "away": False,
        "absence": "",
    }
    assert office.api("alice").get(f"/people/{office.bruno.id}/availability").data == one
    body = {"disconnects": True, "days": [0], "begins": "09:00", "ends": "17:00", "territory": "metropole"}
    absent = {"absent_from": "2026-11-28", "absent_to": "2026-12-01", "absence": "En congé"}
    office.api("bruno").put("/notifications/rhythm", body | absent)
    [one] = office.api("alice").get(path).data["items"]
    assert (one["away"], one["absence"], one["reads_at"]) == (True, "En congé", "2026-12-07T08:00:00Z")
    office.api("bruno").put("/notifications/rhythm", body | absent | {"tells_senders": False})
    assert office.api("alice").get(path).data["items"] == []
    assert office.api("outsider").get(path).status_code == 404


def test_urgent_rings_out_of_hours_and_is_counted_for_both(
    office: Any, say: Any, wish: Any, pair: Any, time: Any, sink: Sink
) -> None:
    wish("bruno", mail="now")
    time.go_to(SATURDAY)
    say("alice", "Le site est en panne", channel=pair, urgent=True)
    [told] = office.api("bruno").get("/notifications").data["items"]
    assert (told["urgent"], told["rings_at"]) == (True, "2026-11-28T22:00:00Z")
    time.pass_by(minutes=11)
    delivering.deliver_due()
    assert "[Urgent]" in sink.mails[0]["Subject"]
    sent = office.api("alice").get("/notifications/urgent").data
    assert (sent["sent_today"], sent["sent_this_month"], sent["a_day"]) == (1, 1, 3)
    [got] = office.api("bruno").get("/notifications/urgent").data["received"]
    assert (got["person"]["name"], got["count"]) == ("Alice Martin", 1)

    for _ in range(2):
        say("alice", "@Bruno Lefèvre, vite", mentions=[office.bruno.id], urgent=True)
    refused = say("alice", "@Bruno Lefèvre, vite", mentions=[office.bruno.id], urgent=True, status=429)
    assert refused["code"] == "urgent_used_up"


def test_urgent_words_do_not_wait_with_those_before_them(
    office: Any, say: Any, wish: Any, pair: Any, time: Any, sink: Sink
) -> None:
    wish("bruno", mail="now")
    time.go_to(SATURDAY)
    say("alice", "À lundi", channel=pair)
    tell_conversation(pair)
    time.pass_by(minutes=20)
    delivering.deliver_due()
    assert sink.mails == []
    say("alice", "Le site est en panne", channel=pair, urgent=True)
    time.pass_by(minutes=11)
    delivering.deliver_due()
    assert len(sink.mails) == 1


def test_urgent_is_for_people_and_where_the_workspace_lets_it(office: Any, say: Any, pair: Any) -> None:
    assert say("alice", "Bonjour", urgent=True, status=400)["code"] == "urgent_needs_people"
    assert say("alice", "@tous, vite", groups=["all"], urgent=True, status=400)["code"] == "urgent_not_for_all"
    ChatPolicy.objects.create(workspace=office.workspace, urgent=False)
    assert say("alice", "Vite", channel=pair, urgent=True, status=403)["code"] == "urgent_off"
