"""A mail comes to a signed address. Nothing but its token says where, nothing but its From who: both must agree.

The address is known to nobody but the person who was mailed; From must be that person's address; rights are asked
again. The mail server in front is to refuse forged senders (SPF, DKIM, DMARC); its verdict is heard when it is there.
"""

import hashlib
import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from plano.accounts.models import User
from plano.kernel import clock, words
from plano.kernel.errors import DomainError, TooMany, Unavailable
from plano.kernel.ids import derived_id
from plano.notifications import mails, queries, signatures
from plano.notifications.actions.notifications import mark_read
from plano.notifications.answers.letters import Letter, read_letter
from plano.notifications.answers.ports import Land, landing
from plano.notifications.models import Notification
from plano.platform import audit

MAX_BYTES = 10 << 20
LIFE = timedelta(days=30)
_ADDRESS = re.compile(r"reply\+([a-z2-7]{10,60})@([a-z0-9.-]+)", re.IGNORECASE)

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a mail."""

    PUBLISHED = "published"
    IGNORED = "ignored"
    """An automatic one: taken, and forgotten."""
    ANSWERED = "answered"
    """It could not be published: its sender was told by mail."""
    NO_SUCH_ADDRESS = "no_such_address"
    WRONG_SENDER = "wrong_sender"
    TOO_LARGE = "too_large"
    NO_MAIL = "no_mail"
    LATER = "later"


class Reasons(NamedTuple):
    french: str
    english: str


EMPTY = Reasons("elle ne contient aucun texte.", "it holds no text.")
ATTACHED = Reasons(
    "les pièces jointes ne sont pas reprises ; le texte, lui, a été publié.".replace(" ;", "\u202f;"),
    "attachments are not taken; the text was published.",
)


@dataclass(frozen=True)
class Asked:
    """What a signed address stands for."""

    told: Notification
    user: User
    land: Land


def receive(raw: bytes, recipients: list[str] | None = None) -> Outcome:
    """One mail. `recipients`: of the envelope; without, those that the mail itself names."""
    if len(raw) > MAX_BYTES:
        return Outcome.TOO_LARGE
    letter = read_letter(raw)
    if letter is None:
        return Outcome.NO_MAIL
    asked = _asked(letter.recipients if recipients is None else recipients)
    if asked is None:
        return Outcome.NO_SUCH_ADDRESS
    if letter.is_automatic:
        return Outcome.IGNORED
    if letter.sender is None or letter.sender != asked.user.email_key or letter.is_forged:
        log.warning("an answer by mail came from another address than the account's")
        return Outcome.WRONG_SENDER
    return _publish(asked, letter, raw)


def knows(recipient: str) -> bool:
    """Whether this address is one of ours, now."""
    return _asked([recipient]) is not None


def _asked(recipients: list[str]) -> Asked | None:
    domain: str | None = settings.PLANO.mail_reply_domain
    if domain is None:
        return None
    for recipient in recipients:
        found = _ADDRESS.fullmatch(recipient.strip().strip("<>"))
        id = signatures.notification_of(found[1]) if found and found[2].lower() == domain else None
        row = Notification.objects.select_related("user").filter(id=id).first() if id else None
        land = landing(row.link_kind) if row is not None else None
        if row is None or land is None or not mails.is_answerable(row):
            continue
        if row.user.is_active and row.user.email_key and clock.now() - row.created_at < LIFE:
            return Asked(told=row, user=row.user, land=land)
    return None


def _publish(asked: Asked, letter: Letter, raw: bytes) -> Outcome:
    if not letter.words:
        return _tell(asked, letter, _of(asked.user, EMPTY))
    mark = letter.message_id or hashlib.sha256(raw).hexdigest()
    made = derived_id("answer by mail", str(asked.told.id), mark)
    if not queries.visible_to(asked.user).filter(id=asked.told.id).exists():
        return _tell(asked, letter, _title(asked.user, "not_found"))
    try:
        asked.land(asked.user, asked.told, made, letter.words)
    except (TooMany, Unavailable):
        return Outcome.LATER
    except DomainError as error:
        return _tell(asked, letter, _title(asked.user, error.code))
    mark_read(actor=asked.user, ids=[asked.told.id])
    audit.record(
        actor=asked.user,
        action="message.by_mail",
        object_kind=asked.told.link_kind,
        object_id=asked.told.link_id,
        workspace_id=asked.told.workspace_id,
    )
    if letter.attachments:
        _tell(asked, letter, _of(asked.user, ATTACHED))
    return Outcome.PUBLISHED


def _tell(asked: Asked, letter: Letter, reason: str) -> Outcome:
    link = f"{settings.BASE_URL}{mails.OPEN_PATH}{asked.told.id}"
    in_reply_to = letter.message_id if re.fullmatch(r"<[\x21-\x7e]{3,300}>", letter.message_id) else ""
    mails.send_refusal(asked.user, reason, link=link, in_reply_to=in_reply_to)
    return Outcome.ANSWERED


def _of(user: User, reasons: Reasons) -> str:
    return reasons.english if user.language == "en" else reasons.french


def _title(user: User, code: str) -> str:
    with translation.override(user.language):
        return words.title_of(code)
