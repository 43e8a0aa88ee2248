"""Changing a password, and choosing a new one by a link sent to the address in the database (R-28)."""

from uuid import UUID

from procrastinate.contrib.django import app

from plano.accounts import hashers, mails, queries, sessions, throttle
from plano.accounts.actions.ending import end_everything
from plano.accounts.actions.signing import Place, require_password
from plano.accounts.devices import Device
from plano.accounts.models import OneTimeLink, Session, User
from plano.accounts.options import RESET_LIFETIME
from plano.accounts.passwords import Context, normal, require_acceptable
from plano.accounts.tokens import new_token, token_hash
from plano.kernel import clock
from plano.kernel.errors import Invalid, NotFound
from plano.kernel.ids import uuid7
from plano.platform import audit
from plano.platform.live.work import Emit, unit_of_work

SEND_RESET = "accounts.send_reset_link"
QUEUE = "accounts"


def context_of(user: User) -> Context:
    """What a password of this person may not be made of."""
    return Context(user.identifier, user.name, user.email, user.is_admin)


def change_password(
    *,
    actor: User,
    session: Session,
    current: str,
    new: str,
    keep_application_passwords: bool,
    place: Place,
) -> str:
    """The old password proves the person; every other session ends, this one gets a new key (R-40, R-42)."""
    require_password(actor=actor, password=current, place=place, field="current")
    if normal(current) == normal(new):
        raise Invalid("password_refused", errors={"new": "password_unchanged"})
    require_acceptable(new, context_of(actor), field="new")
    encoded = encoded_form(new)
    with unit_of_work() as emit:
        user = User.objects.select_for_update().get(id=actor.id)
        store_password(
            emit, user=user, encoded=encoded, keep=session, keep_application_passwords=keep_application_passwords
        )
        key = sessions.prove_anew(session)
        audit.record(actor=user, action="password.changed", object_kind="accounts.person", object_id=user.id)
        mails.send(user, "password_changed", path=mails.FORGOTTEN_PATH)
    return key


def request_reset(*, identifier: str, place: Place) -> None:
    """Ask for a link. The same answer and the same work whether the account exists or not (R-27)."""
    counters = [throttle.on_account("reset", identifier), throttle.on_network("reset", place.network)]
    throttle.check(counters)
    throttle.count(counters)
    user = queries.account_named(identifier)
    app.configure_task(SEND_RESET, queue=QUEUE).defer(user_id=str(user.id if user else uuid7()))


def send_reset_link(*, user_id: UUID) -> None:
    """The link, to the address in the database; the ones sent before are dead. Nothing for whom may not sign in."""
    token = new_token()
    with unit_of_work():
        user = User.objects.select_for_update().filter(id=user_id, is_active=True).first()
        if user is None or not user.email:
            return
        OneTimeLink.objects.filter(user=user, purpose=OneTimeLink.Purpose.RESET).delete()
        OneTimeLink.objects.create(
            token_hash=token_hash(token),
            purpose=OneTimeLink.Purpose.RESET,
            user=user,
            expires_at=clock.now() + RESET_LIFETIME,
        )
        audit.record(actor=None, action="password.reset_sent", object_kind="accounts.person", object_id=user.id)
        mails.send(user, "reset", path=f"{mails.RESET_PATH}{token}")


def use_reset_link(*, token: str, password: str, place: Place) -> Device:
    """A new password by the link, once. Ends every session and application password; signing in comes after.

    The device of whoever holds the link is known from now on, so that a stranger's tries do not keep them out.
    """
    counters = [throttle.on_network("link", place.network)]
    throttle.check(counters)
    link = queries.link_with(token, OneTimeLink.Purpose.RESET)
    if link is None or link.user is None or not link.user.is_active:
        throttle.count(counters)
        raise NotFound("link_over")
    require_acceptable(password, context_of(link.user))
    encoded = encoded_form(password)
    with unit_of_work() as emit:
        user = User.objects.select_for_update().get(id=link.user.id)
        spend(link)
        store_password(emit, user=user, encoded=encoded)
        audit.record(actor=user, action="password.reset", object_kind="accounts.person", object_id=user.id)
        mails.send(user, "password_changed", path=mails.FORGOTTEN_PATH)
    return place.device.with_account(user.id)


def spend(link: OneTimeLink) -> None:
    """A link works once, also when it is used twenty times at the same moment."""
    deleted, _ = OneTimeLink.objects.filter(id=link.id).delete()
    if not deleted:
        raise NotFound("link_over")


def encoded_form(password: str) -> str:
    """The hash of a new password, made outside of any transaction."""
    with hashers.hashing_slot():
        return hashers.encode(normal(password))


def store_password(
    emit: Emit,
    *,
    user: User,
    encoded: str,
    keep: Session | None = None,
    keep_application_passwords: bool = False,
) -> None:
    """Write the hash and end what rested on the old one."""
    user.password = encoded
    user.password_changed_at = clock.now()
    user.save(update_fields=["password", "password_changed_at"])
    end_everything(emit, user=user, keep=keep, keep_application_passwords=keep_application_passwords)
