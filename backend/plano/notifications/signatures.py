"""Short signed words in mails: the address that an answer goes to, and the link that ends these mails."""

import base64
import binascii
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings

from plano.notifications.models import Cadence, Group

REPLY, MUTE = b"plano.mail.reply", b"plano.mail.mute"
_PROOF = 16
_GROUPS, _CADENCES = list(Group), list(Cadence)
_NOWHERE = UUID(int=0)


def reply_word(notification_id: UUID) -> str:
    """52 letters and digits, whose case does not matter: a local part has room for 64."""
    return _sealed(REPLY, notification_id.bytes)


def notification_of(word: str) -> UUID | None:
    """The notification that is answered, when this word is ours."""
    body = _opened(REPLY, word)
    return UUID(bytes=body) if body is not None and len(body) == 16 else None


def mute_word(user_id: UUID, *, group: Group | None, workspace_id: UUID | None, cadence: Cadence) -> str:
    """What one click ends: mails about a group in a workspace, or a digest."""
    number = _GROUPS.index(group) if group is not None else 255
    body = user_id.bytes + (workspace_id or _NOWHERE).bytes + bytes([number, _CADENCES.index(cadence)])
    return _sealed(MUTE, body)


def muted_by(word: str) -> tuple[UUID, Group | None, UUID | None, Cadence] | None:
    """The person, and what they end."""
    body = _opened(MUTE, word)
    if body is None or len(body) != 34:
        return None
    user_id, place = UUID(bytes=body[:16]), UUID(bytes=body[16:32])
    group = _GROUPS[body[32]] if body[32] < len(_GROUPS) else None
    if body[33] >= len(_CADENCES):
        return None
    return user_id, group, None if place == _NOWHERE else place, _CADENCES[body[33]]


def _sealed(purpose: bytes, body: bytes) -> str:
    return base64.b32encode(body + _proof(settings.SECRET_KEY, purpose, body)).decode().rstrip("=").lower()


def _opened(purpose: bytes, word: str) -> bytes | None:
    if len(word) > 120 or not word.isascii():
        return None
    try:
        raw = base64.b32decode(word.upper() + "=" * (-len(word) % 8))
    except (binascii.Error, ValueError):
        return None
    body, proof = raw[:-_PROOF], raw[-_PROOF:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return body if any(hmac.compare_digest(_proof(key, purpose, body), proof) for key in keys) else None


def _proof(key: str, purpose: bytes, body: bytes) -> bytes:
    return hmac.new(key.encode(), purpose + b"\0" + body, sha256).digest()[:_PROOF]
