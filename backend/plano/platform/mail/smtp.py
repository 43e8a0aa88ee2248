"""A mail server: `smtp://`, `smtps://` or `smtp+starttls://`, certificate checked, ten seconds of patience."""

import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from plano.platform.mail.base import Message, as_email

PATIENCE_SECONDS = 10
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class Smtp:
    """One connection a mail: mails are few, and a broken connection is then never reused."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.scheme = parts.scheme
        self.host = parts.hostname or "localhost"
        self.port = parts.port or PORTS[parts.scheme]
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")

    def deliver(self, message: Message) -> None:
        with self._connection() as server:
            if self.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.send_message(as_email(message))

    def _connection(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            return smtplib.SMTP_SSL(
                self.host, self.port, timeout=PATIENCE_SECONDS, context=ssl.create_default_context()
            )
        return smtplib.SMTP(self.host, self.port, timeout=PATIENCE_SECONDS)
