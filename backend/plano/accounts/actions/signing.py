"""Signing in and out, and the proof asked again before what matters."""

from dataclasses import dataclass
from uuid import UUID

from plano.accounts import devices, hashers, mails, queries, sessions, throttle
from plano.accounts.actions.ending import end_sessions
from plano.accounts.devices import Device
from plano.accounts.models import OneTimeLink, Session, User
from plano.accounts.passwords import normal
from plano.accounts.throttle import Counter
from plano.kernel import clock
from plano.kernel.errors import Invalid, NotFound, Unauthenticated
from plano.platform import audit
from plano.platform.live.work import unit_of_work


@dataclass(frozen=True)
class Place:
    """From where somebody asks: network (IPv4 address or /64), device, and what the browser calls itself."""

    network: str
    device: Device
    user_agent: str = ""


@dataclass(frozen=True)
class SignedIn:
    """A new session, its key for the cookie, and the device that now knows the account."""

    user: User
    session: Session
    key: str
    device: Device


def sign_in(*, identifier: str, password: str, place: Place, previous: Session | None = None) -> SignedIn:
    """The right password of an active account opens a new session; everything else gets one same answer (R-27).

    The session that the browser had before is over (R-40); reset links that were sent are dead (R-28).
    """
    user = queries.account_named(identifier)
    counters = _sign_in_counters(identifier, user, place)
    checked = user.password if user else ""
    right = _is_right(password, user, counters)
    if user is None or not right:
        audit.record(
            actor=None,
            action="session.refused",
            object_kind="accounts.person",
            object_id=user.id if user else None,
            result="refused",
        )
        raise Unauthenticated("wrong_credentials")
    with unit_of_work():
        now_stored = User.objects.select_for_update().get(id=user.id)
        if now_stored.password != checked or not now_stored.is_active:
            raise Unauthenticated("wrong_credentials")  # changed or closed while we were comparing
        if user.password != checked:
            user.save(update_fields=["password"])
        return start_session(user=user, place=place, previous=previous)


def start_session(*, user: User, place: Place, previous: Session | None = None) -> SignedIn:
    """A new session for somebody who has just proved who they are: by password, or by accepting an invitation."""
    known = place.device.knows(user.id)
    is_first = user.last_login is None
    with unit_of_work() as emit:
        if previous is not None and previous.user is not None:
            end_sessions(emit, user=previous.user, ended=Session.objects.filter(id=previous.id))
        OneTimeLink.objects.filter(user=user, purpose=OneTimeLink.Purpose.RESET).delete()
        user.last_login = clock.now()
        user.save(update_fields=["last_login"])
        session, key = sessions.new_session(user=user, device=devices.label(place.user_agent))
        audit.record(actor=user, action="session.opened", object_kind="accounts.session", object_id=session.id)
        if not known and not is_first:
            mails.send(user, "new_device", path=mails.SECURITY_PATH, device=session.device)
    return SignedIn(user, session, key, place.device.with_account(user.id))


def sign_out(*, session: Session) -> None:
    """This session ends, its sockets too (R-42)."""
    if session.user is None:
        return
    with unit_of_work() as emit:
        end_sessions(emit, user=session.user, ended=Session.objects.filter(id=session.id))
        audit.record(actor=session.user, action="session.closed", object_kind="accounts.session", object_id=session.id)


def end_session(*, actor: User, session_id: UUID) -> None:
    """A person ends one of their own sessions (R-43)."""
    mine = Session.objects.filter(user=actor, id=session_id)
    with unit_of_work() as emit:
        if not end_sessions(emit, user=actor, ended=mine):
            raise NotFound
        audit.record(actor=actor, action="session.ended", object_kind="accounts.session", object_id=session_id)


def prove(*, actor: User, session: Session, password: str, place: Place) -> str:
    """The password again: the session is proved for ten minutes, under a new key (R-30, R-40)."""
    require_password(actor=actor, password=password, place=place, field="password")
    key = sessions.prove_anew(session)
    audit.record(actor=actor, action="session.proved", object_kind="accounts.session", object_id=session.id)
    return key


def require_password(*, actor: User, password: str, place: Place, field: str) -> None:
    """The actor's own password, limited like any other test of a secret (R-25)."""
    counters = [
        throttle.on_account("proof", str(actor.id)),
        throttle.on_network("proof", place.network),
    ]
    if not _is_right(password, actor, counters):
        audit.record(actor=actor, action="session.proof_refused", result="refused")
        raise Invalid("wrong_password", errors={field: "wrong_password"})


def _sign_in_counters(identifier: str, user: User | None, place: Place) -> list[Counter]:
    if user is not None and place.device.knows(user.id):
        return [throttle.on_device("sign-in", place.device.name, str(user.id))]
    return [throttle.on_account("sign-in", identifier), throttle.on_network("sign-in", place.network)]


def _is_right(password: str, user: User | None, counters: list[Counter]) -> bool:
    """Test the secret under the limits. The same work for every account, present or not; old hashes are renewed."""
    throttle.check(counters)
    usable = user is not None and user.has_usable_password()
    with hashers.hashing_slot():
        throttle.check(counters)
        right, outdated = hashers.matches(normal(password), user.password if user and usable else None)
        right = right and user is not None and user.is_active
        if not right:
            throttle.count(counters)
            return False
        if outdated and user is not None:  # kept by the sign-in that asked, under the row's lock
            user.password = hashers.encode(normal(password))
    throttle.forgive(counters[0])
    return True
