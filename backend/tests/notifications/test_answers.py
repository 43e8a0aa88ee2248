"""Answers by mail: through a real SMTP listener into the right thread, once, from nobody but the person mailed."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from time import process_time
from typing import Any

import pytest

from plano.chat.models import Message
from plano.documents.models import Comment
from plano.notifications import answers, mails, signatures
from plano.notifications.actions import delivering
from plano.notifications.answers import Outcome, listener
from plano.notifications.answers.letters import read_letter
from plano.notifications.answers.words import own_words
from plano.notifications.models import Cadence, Group, Notification
from plano.workspaces import actions as workspaces
from tests.mail_sink import Sink, text_of
from tests.notifications.test_deliveries import mention
from tests.server import free_port


@pytest.fixture
def told(office: Any, say: Any, sink: Sink) -> Notification:
    """Bruno was named by Alice in « Général »."""
    mention(office, say)
    return Notification.objects.select_related("user").get()


def answer(told: Notification, text: str = "Oui, je relis.", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"Bruno <{told.user.email}>"
    mail["To"] = f"reply+{signatures.reply_word(told.id)}@plano.test"
    mail["Subject"] = "Re: Alice vous mentionne"
    mail["Message-ID"] = "<un@mail.test>"
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def replies() -> list[str]:
    return list(Message.objects.exclude(thread=None).order_by("seq").values_list("text", flat=True))


def test_it_lands_once_in_the_thread_and_reads_the_notification(told: Notification) -> None:
    raw = answer(told).as_bytes()
    assert [answers.receive(raw), answers.receive(raw)] == [Outcome.PUBLISHED] * 2

    [made] = Message.objects.exclude(thread=None)
    assert (made.text, made.author_id, made.thread_id) == ("Oui, je relis.", told.user_id, told.link_id)
    told.refresh_from_db()
    assert told.read_at is not None


@pytest.mark.parametrize(
    ("wrong", "outcome"),
    [
        ({"From": "eve@example.test"}, Outcome.WRONG_SENDER),
        ({"From": "a@example.test, b@example.test"}, Outcome.WRONG_SENDER),
        ({"Authentication_Results": "mx.test; spf=pass; dmarc=fail header.from=x"}, Outcome.WRONG_SENDER),
        ({"Auto_Submitted": "auto-replied (vacation)"}, Outcome.IGNORED),
        ({"Precedence": "bulk"}, Outcome.IGNORED),
        ({"X_Loop": "plano"}, Outcome.IGNORED),
        ({"Return_Path": "<>"}, Outcome.IGNORED),
        ({"To": "reply+aaaaaaaaaaaaaaaa@plano.test"}, Outcome.NO_SUCH_ADDRESS),
        ({"To": "contact@plano.test"}, Outcome.NO_SUCH_ADDRESS),
    ],
    ids=lambda one: "-".join(one) if isinstance(one, dict) else str(one),
)
def test_others_machines_and_wrong_addresses_publish_nothing(
    told: Notification, wrong: dict[str, str], outcome: Outcome
) -> None:
    assert answers.receive(answer(told, **wrong).as_bytes()) == outcome
    assert replies() == []


def test_an_address_is_over_after_thirty_days_and_elsewhere(told: Notification) -> None:
    raw = answer(told).as_bytes()
    assert answers.receive(raw.replace(b"@plano.test", b"@plano.example")) == Outcome.NO_SUCH_ADDRESS
    Notification.objects.update(created_at=told.created_at - timedelta(days=31))
    assert answers.receive(raw) == Outcome.NO_SUCH_ADDRESS


def test_who_lost_the_right_is_told_so_and_nothing_is_published(told: Notification, office: Any, sink: Sink) -> None:
    workspaces.remove_member(actor=office.alice, workspace_id=office.workspace.id, user_id=office.bruno.id)
    assert answers.receive(answer(told).as_bytes()) == Outcome.ANSWERED
    [mail] = sink.mails
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["In-Reply-To"] == "<un@mail.test>"
    assert "vous n’y avez pas accès" in text_of(mail)
    assert "votre avis" not in text_of(mail)
    assert replies() == []


def test_attachments_are_not_taken_and_it_is_said(told: Notification, sink: Sink) -> None:
    mail = answer(told, "Voici le plan.")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="plan.pdf")
    assert answers.receive(mail.as_bytes()) == Outcome.PUBLISHED
    assert replies() == ["Voici le plan."]
    assert "pièces jointes" in text_of(sink.mails[0])
    assert answers.receive(answer(told, "\n\n", Message_ID="<deux@mail.test>").as_bytes()) == Outcome.ANSWERED
    assert len(replies()) == 1


def test_in_a_conversation_talk_goes_on_and_in_a_thread_it_stays(office: Any, say: Any, sink: Sink) -> None:
    pair = office.api("alice").post(f"/workspaces/{office.workspace.id}/conversations", {"user_ids": [office.bruno.id]})
    assert pair.status_code in (200, 201), pair.data
    mention(office, say, channel=pair.data["id"])
    told = Notification.objects.select_related("user").get()
    assert answers.receive(answer(told).as_bytes()) == Outcome.PUBLISHED
    assert Message.objects.get(text="Oui, je relis.").thread_id is None

    root = say("bruno", "Ordre du jour ?")
    say("alice", "Le plan.", thread_id=root["id"])
    told = Notification.objects.get(kind="message")
    assert answers.receive(answer(told, "Très bien.").as_bytes()) == Outcome.PUBLISHED
    assert str(Message.objects.get(text="Très bien.").thread_id) == root["id"]


def test_broken_and_hostile_bytes_are_no_mail_or_none_of_ours(told: Notification) -> None:
    for raw in (b"", b"\0\xff\xfe", b"From: x\r\n\r\n", b"A" * 5000, answer(told).as_bytes()[:60], b"\r\n" * 3000):
        assert answers.receive(raw) in (Outcome.NO_MAIL, Outcome.NO_SUCH_ADDRESS)
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3000))
    assert answers.receive(f"From: a@b.fr\r\n{deep}".encode()) == Outcome.NO_MAIL
    assert answers.receive(b"x" * (answers.MAX_BYTES + 1)) == Outcome.TOO_LARGE
    odd = answer(told).as_bytes().replace(b'charset="utf-8"', b'charset="klingon"')
    assert answers.receive(odd) == Outcome.PUBLISHED
    html = "<p>Oui &amp; non</p><script>x()</script><div class='gmail_quote'>Bonjour</div>"
    page = EmailMessage()
    page.set_content(html, subtype="html")
    letter = read_letter(page.as_bytes())
    assert letter is not None
    assert letter.words == "Oui & non"


QUOTED = [
    "Oui.\n\nLe mar. 24 nov. 2026 à 10:00, Plano <plano@x.test> a\nécrit :\n> ---- Répondez au-dessus de cette ligne",
    "Oui.\n\nLe mar. 24 nov. 2026 à 10:00, Plano <plano@plano.test> a écrit :\n\n> Bonjour",
    "Oui.\n\nOn Tue, Nov 24, 2026 at 10:00 AM Plano <plano@x.test> wrote:\n> ---- Answer above this line ----\n> Hi",
    "Oui.\n\nDe : Plano <plano@plano.test>\nEnvoyé : mardi 24 novembre 2026 10:00\nÀ : Bruno\nObjet : Alice\n\nBonjour",
    'Oui.\n\nDe: "Plano" <p@x>\nÀ: "Bruno" <b@x>\nEnvoyé: Mardi 24 Novembre 2026\nObjet: Alice\n\nBonjour',
    "Oui.\n\n-----Message d'origine-----\nDe : Plano\nEnvoyé : lundi\nÀ : Bruno\nObjet : x\n\nBonjour",
    "Oui.\n________________________________\nFrom: Plano <p@x>\nSent: Tuesday\nTo: Bruno\nSubject: Alice\n\nHello",
    "Oui.\n\n-- \nBruno Lefèvre\nMinistère\n\nLe 24/11/2026 à 10:00, Plano a écrit :\n> Bonjour",
    "Oui.\n\nEnvoyé de mon iPhone\n\n> Le 24 nov. 2026 à 10:00, Plano <plano@plano.test> a écrit :\n> \n> Bonjour",
]


@pytest.mark.parametrize("text", QUOTED, ids=range(len(QUOTED)))
def test_what_mail_programs_quote_is_left_out(text: str) -> None:
    assert own_words(text.replace("\n", "\r\n")) == "Oui."


def test_no_word_of_the_writer_is_lost() -> None:
    text = "Bonjour,\n\nCordialement vôtre, je pense que non.\n\n> une citation\n\nMerci\nde relire.\n\n- un\n- deux"
    assert own_words(text) == text


def test_a_mail_of_empty_or_endless_lines_is_read_at_once() -> None:
    """It took hours: the thread that listens, and the worker around it, stood still meanwhile."""
    began = process_time()
    for filler in ("\n" * 50_000, " " * 50_000, ">\n" * 20_000, "On " * 20_000, "On \n" * 20_000, "> " * 20_000):
        assert own_words(f"Oui.\n{filler}Non.").startswith("Oui.")
    assert process_time() - began < 3
    long = "un mot et puis " * 200
    assert own_words(f"{long}\n\n\n\n\n\nFin") == f"{long.strip()}\n\n\nFin"


def test_answers_to_comments_land_in_their_thread(office: Any, sink: Sink) -> None:
    api = office.api("alice")
    made = api.post(f"/workspaces/{office.workspace.id}/nodes", {"kind": "folder", "name": "Notes"})
    assert made.status_code == 201, made.data
    said = {"text": "@Bruno Lefèvre, d’accord ?", "mentions": [office.bruno.id]}
    comment = api.post(f"/nodes/{made.data['id']}/comments", said)
    assert comment.status_code == 201, comment.data
    told = Notification.objects.select_related("user").get()
    assert answers.receive(answer(told).as_bytes()) == Outcome.PUBLISHED
    assert str(Comment.objects.get(text="Oui, je relis.").thread_id) == comment.data["id"]


@pytest.fixture
def door() -> Iterator[int]:
    port = free_port()
    listening = listener.start(f"127.0.0.1:{port}")
    assert listening is not None
    yield port
    listening.stop()


@pytest.mark.django_db(transaction=True)
def test_by_smtp_from_the_mail_to_the_thread(
    office: Any, say: Any, wish: Any, time: Any, sink: Sink, door: int
) -> None:
    wish("bruno", mail="now")
    mention(office, say)
    time.pass_by(minutes=11)
    delivering.deliver_due()
    address = sink.mails[0]["Reply-To"].addresses[0].addr_spec
    told = Notification.objects.select_related("user").get()
    with smtplib.SMTP("127.0.0.1", door, timeout=10) as server:
        server.ehlo()
        assert server.docmd("MAIL", f"FROM:<{told.user.email}>")[0] == 250
        assert server.docmd("RCPT", "TO:<postmaster@plano.test>")[0] == 550
        assert server.docmd("RCPT", f"TO:<{address.upper()}>")[0] == 250
        server.rset()
        server.send_message(answer(told), to_addrs=[address])
        with pytest.raises(smtplib.SMTPDataError) as refused:
            server.send_message(answer(told, From="eve@example.test"), to_addrs=[address])
        assert refused.value.smtp_code == 550
    assert replies() == ["Oui, je relis."]


def test_one_click_ends_these_mails_and_nothing_else(office: Any, say: Any, wish: Any, time: Any, sink: Sink) -> None:
    wish("bruno", mail="now")
    mention(office, say)
    time.pass_by(minutes=11)
    delivering.deliver_due()
    link = sink.mails[0]["List-Unsubscribe"].strip("<>")
    path = link.partition("/api/v1")[2]
    nobody = office.api("bruno").__class__(None)

    assert nobody.get(path).headers["Location"].startswith(mails.END_PATH)
    before = nobody.get(f"{path}/what").data
    assert before == {
        "group": "mentions",
        "cadence": "now",
        "workspace": office.workspace.name,
        "ended": False,
    }
    assert [nobody.post(path).data["ended"] for _ in range(2)] == [True, True]
    mine = office.api("bruno").get("/notifications/preferences").data
    [place] = mine["workspaces"]
    assert place["wishes"] == [{"group": "mentions", "page": True, "push": True, "mail": "never"}]
    assert {one["mail"] for one in mine["everywhere"]} == {"now"}
    assert nobody.post(path[:-3] + "aaa").status_code == 404
    assert nobody.post("/mail/end/x").status_code == 404


def test_one_click_for_a_workspace_that_was_left_ends_nothing_elsewhere(office: Any, wish: Any) -> None:
    """Its name, which may be another by now, is told no more."""
    wish("bruno", mail="now")
    place = office.workspace.id
    word = signatures.mute_word(office.bruno.id, group=Group.MENTIONS, workspace_id=place, cadence=Cadence.NOW)
    workspaces.remove_member(actor=office.alice, workspace_id=place, user_id=office.bruno.id)
    nobody = office.api("bruno").__class__(None)
    told = nobody.post(f"/mail/end/{word}").data
    assert told == {"group": "mentions", "cadence": "now", "workspace": None, "ended": True}
    mine = office.api("bruno").get("/notifications/preferences").data
    assert {one["mail"] for one in mine["everywhere"]} == {"now"}


def test_one_click_in_a_digest_ends_that_digest(office: Any, wish: Any) -> None:
    wish("bruno", mail="weekly")

    word = signatures.mute_word(office.bruno.id, group=None, workspace_id=None, cadence=Cadence.WEEKLY)
    nobody = office.api("bruno").__class__(None)
    assert nobody.post(f"/mail/end/{word}").data["ended"] is True
    wishes = office.api("bruno").get("/notifications/preferences").data["everywhere"]
    assert {one["mail"] for one in wishes} == {"never"}
