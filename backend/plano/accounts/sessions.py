"""Server-side sessions: the key is only in the cookie, its hash is here, the lifetime follows the configuration."""

import json
from datetime import datetime
from uuid import UUID

from django.db.models import F

from plano.accounts.models import Session, User
from plano.accounts.options import RECENT_PROOF, TOUCH_EVERY, lifetimes
from plano.accounts.tokens import new_token, token_hash
from plano.kernel import clock
from plano.kernel.errors import Unauthenticated
from plano.platform.database import rows

# Every request asks this: as SQL once and for all it costs a third of what the ORM needs to compile it (bench).
_SESSION = [field.attname for field in Session._meta.concrete_fields]
_USER = [field.attname for field in User._meta.concrete_fields]
_BY_KEY = "SELECT {columns} FROM {session} s LEFT JOIN {user} u ON u.id = s.user_id WHERE s.key_hash = %s".format(  # noqa: S608 - our own names
    columns=", ".join(
        [f's."{field.column}"' for field in Session._meta.concrete_fields]
        + [f'u."{field.column}"' for field in User._meta.concrete_fields]
    ),
    session=Session._meta.db_table,
    user=User._meta.db_table,
)


def deadline(session: Session, user: User) -> datetime:
    """When the session ends if nothing more happens (R-41)."""
    lives = lifetimes(is_admin=user.is_admin)
    return min(session.last_seen_at + lives.idle, session.created_at + lives.absolute)


def absolute_end(session: Session, user: User) -> datetime:
    """When the session ends in any case."""
    return session.created_at + lifetimes(is_admin=user.is_admin).absolute


def is_live(session: Session) -> bool:
    """Not over, and its person may still sign in."""
    user = session.user
    return user is None or (user.is_active and clock.now() < deadline(session, user))


def live_session(key: str | None) -> Session | None:
    """The live session of this cookie value with its person, in one query."""
    if not key or len(key) > 100:
        return None
    found = rows(_BY_KEY, [token_hash(key)])
    if not found:
        return None
    row = found[0]
    session = Session.from_db("default", _SESSION, row[: len(_SESSION)])
    session.payload = json.loads(session.payload)  # raw SQL gives jsonb as text
    session.user = User.from_db("default", _USER, row[len(_SESSION) :]) if session.user_id else None
    return session if is_live(session) else None


def live_ids(ids: list[UUID]) -> set[UUID]:
    """Which of these sessions are live; the socket layer asks from time to time."""
    found = Session.objects.select_related("user").filter(id__in=ids)
    return {session.id for session in found if is_live(session)}


def touch(session: Session) -> None:
    """Note activity, at most once a minute: a busy person must not cost a write per request."""
    at = clock.now()
    if at - session.last_seen_at < TOUCH_EVERY:
        return
    Session.objects.filter(id=session.id, last_seen_at__lt=at).update(last_seen_at=at)
    session.last_seen_at = at


def has_recent_proof(session: Session | None) -> bool:
    """Whether the password was given within ten minutes (R-30)."""
    return session is not None and session.proved_at is not None and clock.now() - session.proved_at <= RECENT_PROOF


def new_session(*, user: User, device: str) -> tuple[Session, str]:
    """A session that begins with a proof; returns the row and the key for the cookie."""
    key = new_token()
    at = clock.now()
    session = Session.objects.create(
        key_hash=token_hash(key), user=user, device=device, created_at=at, last_seen_at=at, proved_at=at
    )
    return session, key


def prove_anew(session: Session) -> str:
    """The password was given again: ten more minutes, under a new key; the old one is dead (R-30, R-40)."""
    key = new_token()
    session.key_hash, session.proved_at = token_hash(key), clock.now()
    kept = Session.objects.filter(id=session.id).update(key_hash=session.key_hash, proved_at=session.proved_at)
    if not kept:
        raise Unauthenticated  # ended in the same moment
    return key


def forget_expired() -> int:
    """Delete the sessions that are over. Called by a daily job; `live_session` refuses them anyway."""
    over = [
        session.id
        for session in Session.objects.select_related("user").order_by(F("last_seen_at"))[:10_000]
        if session.user is None or clock.now() >= deadline(session, session.user)
    ]
    count, _ = Session.objects.filter(id__in=over).delete()
    return count
