"""Away, a person gets a mail; its link clears what it told of; an answer by mail is in the thread, live; one click."""

import re
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.mail_sink import Sink, open_sink, text_of
from tests.server import Person, Server, free_port, start
from tests.waiting import becomes

from e2e.conftest import close_all
from e2e.office import WEB, open_office

SLUG = "plan-de-continuite"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with open_sink(free_port()) as found:
        yield found


@pytest.fixture
def door() -> int:
    return free_port()


@pytest.fixture
def posted(tmp_path: Path, sink: Sink, door: int) -> Iterator[Server]:
    """A Plano that mails at once, at any hour, and takes answers."""
    running = start(
        tmp_path / "data",
        PLANO_WEB_DIR=str(WEB),
        PLANO_SMTP_URL=sink.url,
        PLANO_MAIL_FROM="Plano <plano@plano.test>",
        PLANO_MAIL_AFTER="0s",
        PLANO_MAIL_REPLY_DOMAIN="plano.test",
        PLANO_MAIL_REPLY_LISTEN=f"127.0.0.1:{door}",
        PLANO_DISCONNECT="0",
    )
    yield running
    running.stop()


def unread_in(person: Person, channel: str) -> list[str]:
    found = person.get("/notifications")["items"]
    return [one["id"] for one in found if one["read_at"] is None and one["parent_id"] == channel]


@pytest.mark.timeout(240)
def test_a_mail_is_answered_by_mail_opened_and_ended(posted: Server, browser: Browser, sink: Sink, door: int) -> None:
    bruno = posted.sign_in("bruno")
    groups = [one["group"] for one in bruno.get("/notifications/preferences")["proposed"]]
    table = {"everywhere": [{"group": name, "page": True, "push": False, "mail": "now"} for name in groups]}
    assert bruno.http.put("/notifications/preferences", json=table).status_code == 200
    bruno.http.post("/notifications/read", json={"all": True})
    name = bruno.get("/me")["name"]

    alice = open_office(posted, browser, "alice")
    space = alice.workspace_id(SLUG)
    channel = alice.api("GET", f"/workspaces/{space}/channels")["items"][0]["id"]
    said = alice.api(
        "POST", f"/channels/{channel}/messages", {"text": f"@{name}, le secret du plan ?", "mentions": [bruno.id]}
    )
    alice.go(f"/w/{SLUG}/discussions/{channel}?fil={said['id']}")

    def mentions() -> list[EmailMessage]:
        return [one for one in sink.mails if "vous mentionne" in one["Subject"]]

    assert becomes(lambda: bool(mentions()), posted.process, seconds=20, every=0.2)
    mail = mentions()[0]
    assert "le secret" not in text_of(mail)

    # answered by mail: in the thread, before Alice's eyes
    answer = EmailMessage()
    answer["From"] = bruno.get("/me")["email"]
    answer["To"] = str(mail["Reply-To"])
    answer["Message-ID"] = "<reponse@mail.test>"
    answer["Subject"] = f"Re: {mail['Subject']}"
    answer.set_content("Je le relis ce soir.\n\nLe mar. 24 nov. 2026, Plano <plano@plano.test> a écrit :\n> Bonjour")
    with smtplib.SMTP("127.0.0.1", door, timeout=10) as server:
        server.send_message(answer)
    expect(alice.page.get_by_text("Je le relis ce soir.").first).to_be_visible()
    assert alice.api("GET", f"/messages/{said['id']}")["reply_count"] == 1

    # told again; the link of the mail leads there and clears it on all devices
    alice.api("POST", f"/channels/{channel}/messages", {"text": f"@{name}, encore", "mentions": [bruno.id]})
    assert becomes(lambda: len(mentions()) > 1, posted.process, seconds=20, every=0.2)
    assert unread_in(bruno, channel)
    link = re.search(r"https?://\S+/notifications/\S+", text_of(mentions()[-1]))
    ending = re.search(r"https?://\S+/courriels/arreter/\S+", text_of(mentions()[-1]))
    assert link
    assert ending
    reader = open_office(posted, browser, "bruno")
    reader.go(link[0].removeprefix(posted.url))
    expect(reader.page).to_have_url(re.compile(rf"/discussions/{channel}"))
    # the demonstration's own direct message to Bruno may be told at any moment: only this conversation is looked at
    reader.until(lambda: not unread_in(bruno, channel), "what was opened is cleared")

    # one click, without signing in, ends these mails
    nobody = open_office(posted, browser, width=390, height=844)
    page = nobody.go(ending[0].removeprefix(posted.url))
    page.get_by_role("button", name="Ne plus les recevoir").click()
    expect(page.get_by_text("C’est fait.")).to_be_visible()
    nobody.is_accessible()
    assert not nobody.scrolls_sideways()
    [place] = bruno.get("/notifications/preferences")["workspaces"]
    assert [one["mail"] for one in place["wishes"]] == ["never"]

    # who is away says so to whoever writes to them
    hours = bruno.get("/notifications/rhythm")
    kept = {key: hours[key] for key in ("disconnects", "days", "begins", "ends", "territory")}
    absent = {"absent_from": "2026-01-01", "absent_to": "2099-12-31", "absence": "En congé, voir Chloé"}
    assert bruno.http.put("/notifications/rhythm", json=kept | absent).status_code == 200
    pair = alice.api("POST", f"/workspaces/{space}/conversations", {"user_ids": [bruno.id]})
    alice.go(f"/w/{SLUG}/discussions/{pair['id']}")
    alice.page.get_by_role("textbox").last.fill("Bonjour")
    expect(alice.page.get_by_text("En congé, voir Chloé")).to_be_visible()
    alice.is_accessible()
    close_all([alice, reader, nobody])
