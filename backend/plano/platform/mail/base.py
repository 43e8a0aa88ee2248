"""The port. A header with a line break is refused before anything is written (R-83)."""

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from typing import Protocol

from django.conf import settings
from django.db import transaction

from plano.kernel import clock
from plano.kernel.ids import uuid7

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
EXTRA_HEADERS = {
    "Reply-To",
    "In-Reply-To",
    "References",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
}


class UnsafeHeader(ValueError):
    """An address or a subject that could add a header or a recipient."""


@dataclass(frozen=True)
class Message:
    """One mail to one person."""

    to: str
    subject: str
    text: str
    name: str = ""
    language: str = "fr"
    html: str = ""
    """The same in simple HTML, without pictures or anything that tells that it was read; empty: text alone."""
    message_id: str = ""
    """What stands before the @: given, a mail that is sent twice is known for the same one."""
    headers: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", tuple((name, value) for name, value in self.headers))
        parts = (self.to, self.subject, self.name, self.message_id, *(value for _, value in self.headers))
        if any(_CONTROL.search(part) for part in parts):
            raise UnsafeHeader("control character in a mail header")
        if any(name not in EXTRA_HEADERS for name, _ in self.headers):
            raise UnsafeHeader("a header that mails of Plano do not have")
        if self.to.count("@") != 1 or re.search(r"[\s,;<>\"]", self.to):
            raise UnsafeHeader("not one plain address")


class Adapter(Protocol):
    """Where mails go."""

    def deliver(self, message: Message) -> None:
        """Hand over one mail. Raises when it could not be."""


def send(*, to: str, subject: str, text: str, name: str = "", language: str = "fr") -> None:
    """Send one mail once the present transaction is committed; nothing leaves when it is rolled back."""
    message = Message(to=to, subject=subject, text=text, name=name, language=language)
    from plano.platform.mail.delivery import dispatch

    transaction.on_commit(lambda: dispatch(message), robust=True)


def as_email(message: Message) -> EmailMessage:
    """The RFC 5322 form: a text part, the same in HTML when there is one, the language said, no auto-replies wanted."""
    sender_name, sender = parseaddr(settings.PLANO.mail_from)
    local, _, domain = message.to.rpartition("@")
    mail = EmailMessage(policy=SMTP if message.to.isascii() else SMTPUTF8)
    mail["From"] = Address(sender_name, addr_spec=sender)
    mail["To"] = Address(message.name, username=local, domain=domain)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{message.message_id or uuid7()}@{host()}>"
    headers = {"Auto-Submitted": "auto-generated", **dict(message.headers)}
    for header, value in headers.items():
        mail[header] = value
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    mail["Content-Language"] = message.language
    return mail


def host() -> str:
    """The domain that mails come from."""
    return parseaddr(settings.PLANO.mail_from)[1].rpartition("@")[2] or "plano"
