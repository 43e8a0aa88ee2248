"""Limits on every path that tests a secret (R-25): growing delays, never a lock that a stranger can make lasting.

A counter leaks: one failure is forgiven per `decay`. After `free` failures each further one doubles the wait, up to
`longest`. Someone on a known device has a counter of their own, so that a stranger's tries do not keep them out.
Counters live in an UNLOGGED table, shared by all processes; nothing here takes part in the caller's transaction.
"""

import hashlib
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from plano.accounts.models import Throttle
from plano.kernel import clock
from plano.kernel.errors import TooMany


@dataclass(frozen=True)
class Limit:
    """How many failures are free, then how long one waits, and how fast failures are forgiven."""

    free: int
    first_wait: timedelta
    longest: timedelta
    decay: timedelta


ACCOUNT = Limit(5, timedelta(seconds=30), timedelta(minutes=15), timedelta(minutes=15))
DEVICE = Limit(5, timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=5))
NETWORK = Limit(8, timedelta(seconds=30), timedelta(minutes=15), timedelta(minutes=1))


@dataclass(frozen=True)
class Counter:
    """One counter: what is tried, on whom or from where."""

    key: str
    limit: Limit


def on_account(path: str, account: str) -> Counter:
    """The counter of an account as typed: case, accents, Unicode forms and sub-addresses are the same account."""
    return Counter(f"{path}|a|{_digest(same_account(account))}", ACCOUNT)


def on_network(path: str, network: str) -> Counter:
    """The counter of a network."""
    return Counter(f"{path}|n|{network}", NETWORK)


def on_device(path: str, device: str, account: str) -> Counter:
    """The counter of a device that signed in to this account before."""
    return Counter(f"{path}|d|{_digest(f'{device}|{account}')}", DEVICE)


def same_account(typed: str) -> str:
    """One key for all spellings of an identifier or address."""
    text = unicodedata.normalize("NFKD", typed.strip().casefold())
    text = "".join(c for c in text if not unicodedata.combining(c) and not c.isspace())
    local, at, domain = text.rpartition("@")
    if not at:
        return text.split("+")[0]
    return f"{local.split('+')[0]}@{domain}"


def check(counters: Iterable[Counter]) -> None:
    """Raise 429 with `Retry-After` when one of them is waiting."""
    keys = [counter.key for counter in counters]
    at = clock.now()
    until = [
        row.blocked_until
        for row in Throttle.objects.filter(key__in=keys, blocked_until__gt=at)
        if row.blocked_until is not None
    ]
    if until:
        raise TooMany("too_many_attempts", retry_after=max(1, math.ceil((max(until) - at).total_seconds())))


def count(counters: Iterable[Counter]) -> None:
    """One more failure for each."""
    at = clock.now()
    for counter in sorted(counters, key=lambda c: c.key):
        with transaction.atomic():
            Throttle.objects.bulk_create([Throttle(key=counter.key, at=at)], ignore_conflicts=True)
            row = Throttle.objects.select_for_update().get(key=counter.key)
            row.failures = _still(row, counter.limit, at) + 1
            row.at = at
            row.blocked_until = _until(row.failures, counter.limit, at)
            row.save()


def forgive(counter: Counter) -> None:
    """The right secret was given: start again from nothing."""
    Throttle.objects.filter(key=counter.key).delete()


def _still(row: Throttle, limit: Limit, at: datetime) -> int:
    forgiven = int((at - row.at) / limit.decay)
    return max(0, row.failures - max(0, forgiven))


def _until(failures: int, limit: Limit, at: datetime) -> datetime | None:
    beyond = failures - limit.free
    if beyond < 0:
        return None
    wait: timedelta = limit.first_wait * (1 << min(beyond, 16))
    return at + min(limit.longest, wait)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]
