"""Fair use: how often one person may send (R-138). Counted in this process: it protects others, it is not a quota."""

import time
from collections import OrderedDict
from math import ceil
from threading import Lock
from uuid import UUID

from django.conf import settings

from plano.kernel.errors import TooMany

_PEOPLE = 10_000
_buckets: OrderedDict[UUID, tuple[float, float]] = OrderedDict()
_lock = Lock()


def take(user_id: UUID, *, per_minute: int | None = None) -> None:
    """One message of a bucket that refills evenly over a minute; TooMany says when to come back."""
    size: int = per_minute or settings.PLANO.messages_per_minute
    at = time.monotonic()
    with _lock:
        level, since = _buckets.pop(user_id, (float(size), at))
        level = min(size, level + (at - since) * size / 60)
        _buckets[user_id] = (max(0.0, level - 1) if level >= 1 else level, at)
        while len(_buckets) > _PEOPLE:
            _buckets.popitem(last=False)
    if level < 1:
        raise TooMany("too_many_messages", retry_after=ceil((1 - level) * 60 / size))


def forget() -> None:
    """Everybody starts afresh: for tests."""
    with _lock:
        _buckets.clear()
