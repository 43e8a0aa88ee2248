"""Who asks by an access token, `Authorization: Bearer plano_pat_…`, in HTTP and on the stream: never beside cookies."""

import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from uuid import UUID

from plano.accounts import scopes
from plano.accounts.models import AccessToken
from plano.accounts.tokens import token_hash
from plano.kernel import clock
from plano.kernel.errors import Forbidden, TooMany

PREFIX = "plano_pat_"
PER_MINUTE = 600
_MOST = 10_000
_lock = Lock()
_spent: OrderedDict[UUID, tuple[float, float]] = OrderedDict()


def secret_in(headers: Mapping[str, str]) -> str | None:
    """The token of these headers (names in small letters), if there is one."""
    kind, _, secret = headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" and secret.strip().startswith(PREFIX) else None


def living(secret: str) -> AccessToken | None:
    """The token with its person, while both stand. Its day of use is noted."""
    if len(secret) > 100:
        return None
    token = AccessToken.objects.select_related("user").filter(token_hash=token_hash(secret)).first()
    if token is None or not token.is_valid(clock.now()) or not token.user.is_active:
        return None
    today = clock.now().date()
    if token.last_used_on != today:
        AccessToken.objects.filter(id=token.id).update(last_used_on=today)
    return token


def living_ids(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these tokens still stand."""
    found = AccessToken.objects.filter(id__in=list(ids), expires_at__gt=clock.now(), user__is_active=True)
    return set(found.values_list("id", flat=True))


def require(token: AccessToken, *, feature: str, policy: str, method: str, path: str) -> None:
    """The token's scopes open this route, and it does not ask too often."""
    _spend(token.id)
    scope = scopes.needed(feature=feature, policy=policy, method=method, path=path)
    if scope is None or scope not in token.scopes:
        raise Forbidden("token_scope", errors={"scope": scope or "none"})


def forget_use() -> None:
    """Every token starts afresh: for tests."""
    with _lock:
        _spent.clear()


def _spend(token_id: UUID) -> None:
    """A bucket that refills evenly over a minute (R-138)."""
    at = time.monotonic()
    with _lock:
        level, since = _spent.pop(token_id, (float(PER_MINUTE), at))
        level = min(PER_MINUTE, level + (at - since) * PER_MINUTE / 60)
        _spent[token_id] = (level - 1 if level >= 1 else level, at)
        while len(_spent) > _MOST:
            _spent.popitem(last=False)
    if level < 1:
        raise TooMany("too_many_requests", retry_after=1)
