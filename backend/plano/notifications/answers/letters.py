"""What a mail says, whoever made it: its sender, whether a person wrote it, its words, what hangs on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses
from html.parser import HTMLParser

from plano.kernel.text import folded
from plano.notifications.answers.words import own_words

MAX_PARTS = 200
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_AUTOMATIC = ("X-Loop", "X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id", "List-Unsubscribe", "Feedback-Id")


@dataclass(frozen=True)
class Letter:
    """One mail, read."""

    sender: str | None
    """Folded; None when there is not exactly one."""
    recipients: list[str]
    message_id: str
    is_automatic: bool
    is_forged: bool
    """A mail server on the way says so (DMARC)."""
    words: str
    attachments: int


def read_letter(raw: bytes) -> Letter | None:
    """None when it is no mail at all."""
    try:
        mail = message_from_bytes(raw, policy=policy.default.clone(raise_on_defect=False))
        assert isinstance(mail, EmailMessage)
        senders = [one.addr_spec for header in mail.get_all("From", []) for one in header.addresses]
        return Letter(
            sender=folded(senders[0]) if len(senders) == 1 else None,
            recipients=[address for _, address in getaddresses([v for name in _TO for v in _all(mail, name)])],
            message_id=" ".join(_all(mail, "Message-ID"))[:500],
            is_automatic=_is_automatic(mail),
            is_forged=any(re.search(r"\bdmarc=fail\b", value, re.I) for value in _all(mail, "Authentication-Results")),
            words=own_words(_text(mail)),
            attachments=_attachments(mail),
        )
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError):
        return None  # the standard library breaks in many ways on what is no mail


def _all(mail: EmailMessage, name: str) -> list[str]:
    return [str(value) for value in mail.get_all(name, [])]


def _is_automatic(mail: EmailMessage) -> bool:
    """Absences, receipts, lists, bounces (RFC 3834): answering them would go round for ever."""
    said = [value.strip().lower() for value in _all(mail, "Auto-Submitted")]
    if any(not value.startswith("no") for value in said):
        return True
    if any(value.strip().lower() in {"bulk", "junk", "list", "auto_reply"} for value in _all(mail, "Precedence")):
        return True
    if any(name in mail for name in _AUTOMATIC) or "".join(_all(mail, "Return-Path")).strip() == "<>":
        return True
    return mail.get_content_type() in {"multipart/report", "message/delivery-status"}


def _text(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    if plain is not None and (text := _content(plain)).strip():
        return text
    html = mail.get_body(("html",))
    return _plain(_content(html)) if html is not None else ""


def _content(part: MIMEPart) -> str:
    try:
        found = part.get_content()
    except (LookupError, ValueError):  # an unknown charset, broken bytes
        payload = part.get_payload(decode=True)
        found = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return found if isinstance(found, str) else ""


def _attachments(mail: EmailMessage) -> int:
    """Files; pictures of a signature, which stand in the text, are none."""
    parts = [part for count, part in enumerate(mail.walk()) if count < MAX_PARTS and not part.is_multipart()]
    return sum(part.get_content_disposition() == "attachment" or _is_loose(part) for part in parts)


def _is_loose(part: EmailMessage) -> bool:
    return part.get_content_maintype() not in {"text", "image", "multipart"} and part.get_filename() is not None


class _Plain(HTMLParser):
    """The words of a page: blocks on lines of their own; quotations of a mail program left out."""

    BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "pre", "ul", "ol", "table"})
    SILENT = frozenset({"script", "style", "head", "title", "blockquote"})
    EMPTY = frozenset({"br", "img", "hr", "meta", "link", "input"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silence: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.parts.append("\n")
        if tag in self.EMPTY:
            return
        quoted = any("gmail_quote" in (value or "") for name, value in attrs if name == "class")
        if self.silence:
            if tag == self.silence[0]:
                self.silence.append(tag)
        elif tag in self.SILENT or quoted:
            self.silence = [tag]

    def handle_endtag(self, tag: str) -> None:
        if self.silence and tag == self.silence[0]:
            self.silence.pop()
        if tag in {"p", "div", "li"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silence:
            self.parts.append(re.sub(r"\s+", " ", data))


def _plain(html: str) -> str:
    parser = _Plain()
    parser.feed(html)
    lines = [line.strip() for line in "".join(parser.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
