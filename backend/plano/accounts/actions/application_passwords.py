"""Passwords for file and calendar programs. They open DAV and nothing else; the account's own never does (R-50)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from plano.accounts import mails, throttle
from plano.accounts.models import ApplicationPassword, Session, User
from plano.accounts.policies import require_proof
from plano.accounts.tokens import application_password_hash, new_application_password
from plano.kernel import clock
from plano.kernel.errors import Conflict, Invalid, NotFound, Unauthenticated
from plano.kernel.text import folded
from plano.platform import audit
from plano.platform.live.work import unit_of_work

MOST = 50
NOTE_USE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class DavAccess:
    """Who uses which application password, and what it opens."""

    user: User
    password_id: UUID
    files: bool
    calendars: bool
    can_write: bool


def create_application_password(
    *,
    actor: User,
    session: Session | None,
    id: UUID,
    name: str,
    reach: str,
    can_write: bool,
    expires_at: datetime | None,
) -> tuple[ApplicationPassword, str | None]:
    """The row and, the first time only, the password itself: it is shown once. Asks for a recent proof (R-30)."""
    require_proof(session)
    existing = ApplicationPassword.objects.filter(id=id).first()
    if existing is not None:
        if existing.user_id != actor.id:
            raise Conflict("identifier_in_use")
        return existing, None
    if expires_at is not None and (expires_at.tzinfo is None or expires_at <= clock.now()):
        raise Invalid("invalid", errors={"expires_at": "must_be_in_the_future"})
    password = new_application_password()
    with unit_of_work():
        User.objects.select_for_update().get(id=actor.id)  # the limit holds exactly, a reset in between too
        if ApplicationPassword.objects.filter(user=actor).count() >= MOST:
            raise Conflict("too_many_application_passwords")
        row = ApplicationPassword.objects.create(
            id=id,
            user=actor,
            name=name,
            secret_hash=application_password_hash(password),
            reach=reach,
            can_write=can_write,
            expires_at=expires_at,
        )
        audit.record(
            actor=actor,
            action="application_password.created",
            object_kind="accounts.application_password",
            object_id=row.id,
            details={"reach": reach, "can_write": can_write},
        )
        mails.send(actor, "application_password", path=mails.SECURITY_PATH)
    return row, password


def revoke_application_password(*, actor: User, password_id: UUID) -> None:
    """It opens nothing any more, from the next request on."""
    with unit_of_work():
        deleted, _ = ApplicationPassword.objects.filter(id=password_id, user=actor).delete()
        if not deleted:
            raise NotFound
        audit.record(
            actor=actor,
            action="application_password.revoked",
            object_kind="accounts.application_password",
            object_id=password_id,
        )


def authenticate_dav(*, identifier: str, password: str, network: str) -> DavAccess:
    """Identifier (or address) and application password of an active account; 401 for all else, 429 after too many.

    Failures count per account *and* network together: with 160 random bits nobody guesses, and a stranger elsewhere
    must not stop somebody's calendar.
    """
    counters = [
        throttle.on_account("dav", f"{throttle.same_account(identifier)} {network}"),
        throttle.on_network("dav", network),
    ]
    throttle.check(counters)
    at = clock.now()
    row = (
        ApplicationPassword.objects.select_related("user")
        .filter(secret_hash=application_password_hash(password))
        .first()
    )
    key = folded(identifier.strip())
    if (
        row is None
        or not row.is_valid(at)
        or not row.user.is_active
        or key not in (row.user.identifier, row.user.email_key)
    ):
        throttle.count(counters)
        audit.record(actor=None, action="dav.refused", result="refused")
        raise Unauthenticated("wrong_credentials")
    if row.last_used_at is None or at - row.last_used_at > NOTE_USE_EVERY:
        ApplicationPassword.objects.filter(id=row.id).update(last_used_at=at)
    reach = ApplicationPassword.Reach
    return DavAccess(
        user=row.user,
        password_id=row.id,
        files=row.reach in (reach.FILES, reach.BOTH),
        calendars=row.reach in (reach.CALENDARS, reach.BOTH),
        can_write=row.can_write,
    )
