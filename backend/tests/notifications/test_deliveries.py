"""The ladder by mail: once, to who has not seen it, in their hours, with the rights of that moment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from plano.notifications.actions import delivering
from plano.notifications.models import Delivery, Notification
from plano.workspaces import actions as workspaces
from tests.mail_sink import Sink, html_of, text_of

AT_BRUNO = "@Bruno Lefèvre, votre avis sur le plan ?"


def mention(office: Any, say: Any, who: str = "bruno", **more: Any) -> Any:
    person = getattr(office, who)
    return say("alice", f"@{person.name}, votre avis sur le plan ?", mentions=[person.id], **more)


def test_unread_for_ten_minutes_it_is_mailed_once_without_its_words(
    office: Any, say: Any, wish: Any, time: Any, sink: Sink
) -> None:
    wish("bruno", mail="now")
    mention(office, say)
    delivering.deliver_due()
    assert sink.mails == []
    Notification.objects.update(created_at=time())
    time.pass_by(minutes=11)
    delivering.deliver_due()
    delivering.deliver_due()

    [mail] = sink.mails
    told = Notification.objects.get()
    assert mail["To"] == f"Bruno Lefèvre <{office.bruno.email}>"
    assert mail["Subject"] == f"Alice Martin vous mentionne – {office.workspace.name}"
    for part in (text_of(mail), html_of(mail)):
        assert "votre avis" not in part
        assert f"/notifications/{told.id}" in part
        assert "<img" not in part
        assert "mardi 24 novembre, 10:00" in part.lower()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Content-Language"] == "fr"
    assert mail["Reply-To"].addresses[0].domain == "plano.test"
    assert len(mail["Reply-To"].addresses[0].username) <= 64
    assert Delivery.objects.get().outcome == "sent"


def test_who_chose_so_reads_the_words_in_their_language(
    office: Any, say: Any, wish: Any, time: Any, sink: Sink
) -> None:
    office.bruno.language, office.bruno.time_zone = "en", "America/Cayenne"
    office.bruno.save(update_fields=["language", "time_zone"])
    wish("bruno", mail="now", mail_text=True)
    time.go_to("2026-11-24T14:00")
    say("alice", "@Bruno Lefèvre <script>alert(1)</script> & « plan »", mentions=[office.bruno.id])
    Notification.objects.update(created_at=time())
    time.pass_by(minutes=11)
    delivering.deliver_due()

    [mail] = sink.mails
    assert "mentions you" in mail["Subject"]
    assert "<script>" in text_of(mail)
    assert "<script>" not in html_of(mail)
    assert "&lt;script&gt;" in html_of(mail)
    assert "Tuesday 24 November, 10:00" in text_of(mail)


@pytest.mark.parametrize("reason", ["read", "out_of_sight", "unwished", "nobody"])
def test_what_became_needless_meanwhile_goes_to_nobody(
    office: Any, say: Any, wish: Any, time: Any, sink: Sink, reason: str
) -> None:
    wish("bruno", mail="now")
    made = mention(office, say)
    if reason == "read":
        office.api("bruno").put(f"/channels/{office.general.id}/mark", {"seq": made["seq"]})
    elif reason == "out_of_sight":
        workspaces.remove_member(actor=office.alice, workspace_id=office.workspace.id, user_id=office.bruno.id)
    elif reason == "unwished":
        wish("bruno", mail="never")
    else:
        office.bruno.is_active = False
        office.bruno.save(update_fields=["is_active"])
    time.pass_by(minutes=11)
    delivering.deliver_due()

    assert sink.mails == []
    assert [row.outcome for row in Delivery.objects.all()] == [reason]


def test_out_of_hours_it_waits_for_the_next_working_morning(
    office: Any, say: Any, wish: Any, time: Any, sink: Sink
) -> None:
    wish("bruno", mail="now")
    time.go_to("2026-11-27T18:25")  # a Friday, five minutes before the end
    mention(office, say)
    [told] = office.api("bruno").get("/notifications").data["items"]
    assert told["rings_at"] == "2026-11-27T17:25:00Z"
    time.go_to("2026-11-27T18:40")
    delivering.deliver_due()
    mention(office, say, "chloe")
    [told] = office.api("chloe").get("/notifications").data["items"]
    assert told["rings_at"] == "2026-11-30T07:30:00Z"
    rhythm = office.api("chloe").get("/notifications/rhythm").data
    assert (rhythm["rings_now"], rhythm["next_moment"], rhythm["waiting"]) == (False, "2026-11-30T07:30:00Z", 1)
    assert sink.mails == []
    time.go_to("2026-11-30T08:31")
    delivering.deliver_due()
    assert [mail["To"].addresses[0].addr_spec for mail in sink.mails] == [office.bruno.email]


def test_exceptions_pass_by_person_and_by_word(office: Any, say: Any, wish: Any, time: Any, sink: Sink) -> None:
    rhythm = office.api("bruno").get("/notifications/rhythm").data
    keys = ("disconnects", "days", "begins", "ends", "territory")
    body = {key: rhythm[key] for key in keys} | {"people": [office.alice.id], "words": ["ÉVACUATION"]}
    assert office.api("bruno").put("/notifications/rhythm", body).status_code == 200
    wish("bruno", mail="now")
    time.go_to("2026-11-28T23:00")
    for who, text in (("alice", "@Bruno Lefèvre"), ("chloe", "@Bruno Lefèvre"), ("chloe", "@Bruno Lefèvre évacuation")):
        say(who, text, mentions=[office.bruno.id])
    time.pass_by(minutes=11)
    delivering.deliver_due()

    assert len(sink.mails) == 2
    stranger = {**body, "people": [office.outsider.id]}
    assert office.api("bruno").put("/notifications/rhythm", stranger).data["code"] == "person_not_found"


def test_a_digest_gathers_what_is_still_unread_by_workspace(
    office: Any, say: Any, wish: Any, time: Any, sink: Sink
) -> None:
    wish("bruno", mail="daily")
    mention(office, say)
    read = mention(office, say)
    mention(office, say)
    office.api("bruno").post("/notifications/read", {"link_id": read["id"]})
    time.go_to("2026-11-25T08:29")
    delivering.deliver_due()
    assert sink.mails == []
    time.go_to("2026-11-25T08:31")
    delivering.deliver_due()

    [mail] = sink.mails
    assert mail["Subject"] == "Plano\u00a0: votre résumé du jour"
    assert text_of(mail).count("/notifications/") >= 2
    assert "2 nouveautés" in text_of(mail)
    assert office.workspace.name in text_of(mail)
    assert mail["Reply-To"] is None


def test_one_address_that_no_mail_can_have_keeps_nobody_waiting(
    office: Any, say: Any, wish: Any, time: Any, sink: Sink
) -> None:
    for who in ("bruno", "chloe"):
        wish(who, mail="now")
        mention(office, say, who)
        time.pass_by(seconds=1)
    office.bruno.email = '"bruno lefevre"@plano.test'  # as a directory may give it
    office.bruno.save(update_fields=["email"])
    time.pass_by(minutes=11)
    delivering.deliver_due()
    assert [mail["To"].addresses[0].addr_spec for mail in sink.mails] == [office.chloe.email]
    [left] = Delivery.objects.filter(done_at=None)
    assert (left.user_id, left.tries, left.due_at > time()) == (office.bruno.id, 1, True)


@pytest.mark.parametrize("cadence", ["daily", "weekly"])
def test_what_comes_on_a_weekend_is_in_the_digest_of_monday(
    office: Any, say: Any, wish: Any, time: Any, sink: Sink, cadence: str
) -> None:
    wish("bruno", mail=cadence)
    time.go_to("2026-11-28T15:00")
    mention(office, say)
    time.go_to("2026-11-30T08:29")
    delivering.deliver_due()
    assert sink.mails == []
    time.go_to("2026-11-30T08:31")
    delivering.deliver_due()
    assert len(sink.mails) == 1


def test_a_workspace_may_be_otherwise_than_everywhere(office: Any, say: Any, time: Any, sink: Sink) -> None:
    quiet = {"group": "mentions", "page": False, "push": False, "mail": "never"}
    body = {"workspaces": [{"workspace_id": office.workspace.id, "wishes": [quiet]}]}
    kept = office.api("bruno").put("/notifications/preferences", body).data
    assert kept["workspaces"] == [{"workspace_id": str(office.workspace.id), "wishes": [quiet]}]
    assert kept["everywhere"] == kept["proposed"]
    mention(office, say)
    [told] = office.api("bruno").get("/notifications").data["items"]
    assert told["rings_at"] is None
    assert Delivery.objects.count() == 0
    assert office.api("bruno").delete("/notifications/preferences").data["workspaces"] == []
    stranger = {"workspaces": [{"workspace_id": office.workspace.id, "wishes": [quiet]}]}
    assert office.api("outsider").put("/notifications/preferences", stranger).data["code"] == "workspace_not_found"


def test_who_has_left_a_workspace_no_longer_sees_its_row(office: Any) -> None:
    quiet = {"group": "mentions", "page": False, "push": False, "mail": "never"}
    body = {"workspaces": [{"workspace_id": office.workspace.id, "wishes": [quiet]}]}
    office.api("bruno").put("/notifications/preferences", body)
    workspaces.remove_member(actor=office.alice, workspace_id=office.workspace.id, user_id=office.bruno.id)
    assert office.api("bruno").get("/notifications/preferences").data["workspaces"] == []


def test_a_mail_server_that_is_down_or_refuses_is_asked_again(
    office: Any, say: Any, wish: Any, time: Any, sink: Sink, settings: Any
) -> None:
    wish("bruno", mail="now")
    mention(office, say)
    time.pass_by(minutes=11)
    good = settings.PLANO
    settings.PLANO = replace(good, smtp_url="smtp://127.0.0.1:9")
    delivering.deliver_due()
    settings.PLANO = good
    sink.refusal = "550 unknown"
    delivering.deliver_due()
    assert (Delivery.objects.get().tries, Delivery.objects.get().done_at) == (1, None)
    sink.refusal = None
    time.pass_by(minutes=5)
    delivering.deliver_due()
    assert len(sink.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(office: Any, say: Any, wish: Any, time: Any, sink: Sink) -> None:
    wish("bruno", mail="now")
    mention(office, say)
    time.pass_by(minutes=11)

    def work(_: int) -> None:
        delivering.deliver_due()
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert len(sink.mails) == 1


def test_hostile_names_reach_no_header(office: Any, say: Any, wish: Any, time: Any, sink: Sink) -> None:
    office.alice.name = 'Éve\r\nBcc: x@example.test, "<b>" \u2028 Z'
    office.alice.save(update_fields=["name"])
    wish("bruno", mail="now")
    mention(office, say)
    time.pass_by(minutes=11)
    delivering.deliver_due()

    [mail] = sink.mails
    assert mail["Bcc"] is None
    assert "Bcc: x@example.test" in mail["Subject"]
    assert "<b>" not in html_of(mail)


@pytest.mark.parametrize(
    "wrong",
    [
        {"begins": "18:00", "ends": "18:00"},
        {"quiet_from": "12:00"},
        {"absent_from": "2026-12-01"},
        {"absent_from": "2026-12-02", "absent_to": "2026-12-01"},
        {"days": []},
        {"days": [7]},
        {"territory": "corse"},
        {"begins": "08:30:15"},
        {"words": ["x" * 61]},
        {"words": ["mot"] * 21},
        {"absence": "x" * 201},
    ],
    ids=lambda wrong: "-".join(wrong),
)
def test_hours_that_make_no_sense_are_refused(office: Any, wrong: dict[str, Any]) -> None:
    body = {"disconnects": True, "days": [0], "begins": "09:00", "ends": "17:00", "territory": "metropole"}
    assert office.api("bruno").put("/notifications/rhythm", body | wrong).status_code == 400
