"""Server-side sessions: the key is only in the cookie, its hash is here, the lifetime follows the configuration."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from plano.accounts.models import Session, User
from plano.accounts.options import RECENT_PROOF, TOUCH_EVERY, lifetimes
from plano.accounts.tokens import new_token, token_hash
from plano.kernel import clock


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
    session = Session.objects.select_related("user").filter(key_hash=token_hash(key)).first()
    return session if session is not None and is_live(session) else None


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


def renew_key(session: Session) -> str:
    """A new key for the same session (R-40); the old one is dead."""
    key = new_token()
    session.key_hash = token_hash(key)
    session.save(update_fields=["key_hash"])
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
