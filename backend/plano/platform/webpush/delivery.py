"""One message to one browser, by the door for outgoing requests; only to push services that the configuration names."""

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from plano.kernel import clock
from plano.platform import outbound
from plano.platform.outbound import AllowList
from plano.platform.outbound.rules import require_named
from plano.platform.webpush.sealing import encoded, raw, sealed
from plano.platform.webpush.vapid import authorization, key_from

LONGEST_WAIT = timedelta(hours=1)
_FIRST_WAIT = timedelta(minutes=1)


class Became(StrEnum):
    """What a push service did with a message."""

    TAKEN = "taken"
    GONE = "gone"
    """This browser listens no more, or not to us: forget it."""
    LATER = "later"
    REFUSED = "refused"
    """It will not be taken by trying again; the subscription stays."""


@dataclass(frozen=True)
class Outcome:
    """What became of a message, and when to try again."""

    became: Became
    wait: timedelta = timedelta()
    reason: str = ""


def is_on() -> bool:
    """Whether any push service may be asked: none by default (R-80)."""
    return bool(settings.PLANO.push_hosts)


def may_go_to(endpoint: str) -> bool:
    """Whether this is an address of a push service that the configuration names."""
    try:
        require_named(endpoint, _allowed())
    except outbound.Refused:
        return False
    return True


def public_key() -> str:
    """What browsers subscribe with, so that nobody else can send to them."""
    return encoded(raw(_key().public_key()))


def post(
    *, endpoint: str, p256dh: str, auth: str, content: bytes, keep: timedelta, topic: str, urgent: bool = False
) -> Outcome:
    """`keep`: how long the service holds it for a browser that is off. A later message of the same `topic` replaces
    it there. Outside transactions: it waits for another host. Raises BadSubscription."""
    headers = {
        "authorization": authorization(_key(), endpoint=endpoint, contact=_contact(), at=clock.now()),
        "content-type": "application/octet-stream",
        "content-encoding": "aes128gcm",
        "ttl": str(int(keep.total_seconds())),
        "urgency": "high" if urgent else "normal",
        "topic": topic,
    }
    body = sealed(content, p256dh=p256dh, auth=auth)
    try:
        answer = outbound.request("POST", endpoint, allowed=_allowed(), headers=headers, body=body, redirects=0)
    except outbound.Refused as refusal:
        return Outcome(Became.REFUSED, reason=refusal.reason)
    except outbound.Failed as failure:
        return Outcome(Became.LATER, wait=_FIRST_WAIT, reason=failure.reason)
    reason = str(answer.status)
    if answer.ok:
        return Outcome(Became.TAKEN)
    if answer.status in (401, 403, 404, 410):  # 401 and 403: it was made for another key of ours
        return Outcome(Became.GONE, reason=reason)
    if answer.status == 429 or answer.status >= 500:
        return Outcome(Became.LATER, wait=_asked(answer.headers.get("retry-after", "")), reason=reason)
    return Outcome(Became.REFUSED, reason=reason)


def _asked(retry_after: str) -> timedelta:
    if not retry_after.isdecimal():
        return _FIRST_WAIT
    return max(timedelta(seconds=1), min(LONGEST_WAIT, timedelta(seconds=int(retry_after[:6]))))


def _allowed() -> AllowList:
    return AllowList.read(settings.PLANO.push_hosts or ())


def _contact() -> str:
    """Whom a push service may write to when we misbehave."""
    base = settings.PLANO.base_url
    return base if base.startswith("https://") else f"mailto:{parseaddr(settings.PLANO.mail_from)[1]}"


def _key() -> ec.EllipticCurvePrivateKey:
    return _kept(settings.PLANO.push_secret())


@lru_cache(maxsize=4)
def _kept(secret: str) -> ec.EllipticCurvePrivateKey:
    return key_from(secret)
