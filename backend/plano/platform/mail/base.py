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

    def __post_init__(self) -> None:
        if any(_CONTROL.search(part) for part in (self.to, self.subject, self.name)):
            raise UnsafeHeader("control character in a mail header")
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
    """The RFC 5322 form: one text part, the language said, no auto-replies wanted."""
    sender_name, sender = parseaddr(settings.PLANO.mail_from)
    local, _, domain = message.to.rpartition("@")
    mail = EmailMessage(policy=SMTP if message.to.isascii() else SMTPUTF8)
    mail["From"] = Address(sender_name, addr_spec=sender)
    mail["To"] = Address(message.name, username=local, domain=domain)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{uuid7()}@{sender.rpartition('@')[2] or 'plano'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail["Content-Language"] = message.language
    return mail
