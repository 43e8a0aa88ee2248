"""Mails: one contract for each adapter, headers that cannot be forged, files that only their owner reads (R-83)."""

import os
import socketserver
import stat
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from plano.platform import mail
from plano.platform.mail.base import as_email
from plano.platform.mail.memory import Memory
from plano.platform.mail.outbox import Outbox
from plano.platform.mail.smtp import Smtp

MESSAGE = mail.Message(to="alice@example.test", name="Élodie", subject="Être là", text="Bonjour « Élodie »\n")


class Sink(socketserver.StreamRequestHandler):
    """Just enough of RFC 5321 to receive a mail."""

    received: list[bytes] = []

    def handle(self) -> None:
        def say(text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

        say("220 sink")
        while line := self.rfile.readline().strip().upper():
            if line.startswith(b"EHLO"):
                say("250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8")
            elif line.startswith(b"DATA"):
                say("354 go")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.received.append(body)
                say("250 ok")
            elif line.startswith(b"QUIT"):
                say("221 bye")
                return
            else:
                say("250 ok")


@pytest.fixture
def smtp() -> Iterator[tuple[Smtp, Callable[[], EmailMessage]]]:
    Sink.received = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        port = server.server_address[1]
        yield Smtp(f"smtp://127.0.0.1:{port}"), lambda: parsed(Sink.received[-1])
        server.shutdown()
        thread.join()


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)  # type: ignore[return-value]


def same(found: EmailMessage) -> bool:
    return (
        found["To"] == "Élodie <alice@example.test>"
        and found["Subject"] == "Être là"
        and found.get_content().replace("\r\n", "\n") == MESSAGE.text
        and found["Auto-Submitted"] == "auto-generated"
        and found["Content-Language"] == "fr"
    )


def test_each_adapter_delivers_the_same_mail(tmp_path: Path, smtp: tuple[Smtp, Callable[[], EmailMessage]]) -> None:
    memory, outbox, (server, last) = Memory(), Outbox(tmp_path / "outbox"), smtp

    for adapter in (memory, outbox, server):
        adapter.deliver(MESSAGE)

    (file,) = (tmp_path / "outbox").glob("*.eml")
    assert same(parsed(file.read_bytes()))
    assert same(last())
    assert same(parsed(as_email(memory.sent[0]).as_bytes()))


def test_a_mail_server_that_is_down_is_an_error_that_the_job_tries_again() -> None:
    with pytest.raises(OSError):
        Smtp("smtp://127.0.0.1:9").deliver(MESSAGE)


@pytest.mark.parametrize("field", ["to", "subject", "name"])
@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: evil@evil.test", "x\nBcc: evil@evil.test", "x\x00y", "x\u2028Bcc: e@e.test"]
)
def test_r083_no_field_adds_a_header(field: str, evil: str) -> None:
    values = {"to": "alice@example.test", "subject": "s", "name": "n", "text": "t", field: evil}

    with pytest.raises(mail.UnsafeHeader):
        mail.Message(**values)


@pytest.mark.parametrize("to", ["a@b.fr,c@d.fr", "a@b.fr c@d.fr", "Alice <a@b.fr>", "a", "a@b@c.fr"])
def test_r083_a_mail_has_one_plain_recipient(to: str) -> None:
    with pytest.raises(mail.UnsafeHeader):
        mail.Message(to=to, subject="s", text="t")


def test_r083_files_are_private_and_old_ones_go(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    outbox.deliver(MESSAGE)
    outbox.deliver(MESSAGE)
    old, kept = sorted(outbox.folder.glob("*.eml"))
    os.utime(old, (0, 0))

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(outbox.folder.stat().st_mode) == 0o700
    assert outbox.purge() == 1
    assert list(outbox.folder.glob("*.eml")) == [kept]


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_when_the_act_is_rolled_back(outbox: Any) -> None:
    with transaction.atomic():
        mail.send(to="a@b.fr", subject="s", text="t")
        transaction.set_rollback(True)
    assert outbox() == []

    with transaction.atomic():
        mail.send(to="a@b.fr", subject="s", text="t")
        assert outbox() == []
    assert len(outbox()) == 1


@pytest.mark.django_db(transaction=True)
def test_with_a_mail_server_a_job_delivers(monkeypatch: pytest.MonkeyPatch, outbox: Any) -> None:
    from dataclasses import replace

    from django.db import connection

    monkeypatch.setattr(settings, "PLANO", replace(settings.PLANO, smtp_url="smtp://127.0.0.1:9"))

    mail.send(to="a@b.fr", subject="s", text="t")

    assert outbox() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'to' FROM procrastinate_jobs WHERE task_name = 'mail.deliver'")
        assert cursor.fetchall() == [("mail.deliver", "a@b.fr")]
