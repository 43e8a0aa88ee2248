"""Making and closing accounts: the command line and the first administrator (R-08, R-33)."""

import re
from uuid import UUID

from django.contrib.auth.hashers import make_password

from plano.accounts import mails, ports, queries, throttle
from plano.accounts.actions.email import is_taken
from plano.accounts.actions.ending import end_everything
from plano.accounts.actions.passwords import context_of, encoded_form, spend, store_password
from plano.accounts.actions.signing import Place
from plano.accounts.emails import plain_address
from plano.accounts.models import OneTimeLink, User
from plano.accounts.options import SETUP_LIFETIME, base_url
from plano.accounts.passwords import Context, generate, require_acceptable
from plano.accounts.tokens import new_token, token_hash
from plano.accounts.zones import known_zone
from plano.kernel import clock
from plano.kernel.errors import Conflict, Invalid, NotFound
from plano.kernel.ids import uuid7
from plano.kernel.text import clean_line, folded
from plano.platform import audit
from plano.platform.live.work import unit_of_work

_IDENTIFIER = re.compile(r"[\w.@+-]{2,150}")


def create_user(
    *,
    identifier: str,
    name: str,
    actor: User | None = None,
    password: str | None = None,
    email: str | None = None,
    is_admin: bool = False,
    language: str = "fr",
    time_zone: str = "Europe/Paris",
    id: UUID | None = None,
) -> User:
    """A new account. Without a password nobody signs in to it until a reset link is used."""
    address = _sound_address(email)
    user = User(
        id=id or uuid7(),
        identifier=folded(identifier.strip()),
        name=clean_line(name),
        email=address,
        email_key=folded(address) if address else None,
        is_admin=is_admin,
        language=language,
        time_zone=time_zone,
    )
    _require_sound(user)
    if password is not None:
        require_acceptable(password, Context(user.identifier, user.name, user.email, is_admin))
    user.password = make_password(None) if password is None else encoded_form(password)
    user.password_changed_at = clock.now() if password is not None else None
    with unit_of_work():
        user.save(force_insert=True)
        audit.record(
            actor=actor,
            action="account.created",
            object_kind="accounts.person",
            object_id=user.id,
            details={"is_admin": is_admin},
        )
    return user


def disable_user(*, user: User, actor: User | None = None) -> None:
    """The person can do nothing from this moment: sessions, sockets, application passwords, links (R-42)."""
    with unit_of_work() as emit:
        admins = list(User.objects.select_for_update().filter(is_admin=True, is_active=True).order_by("id"))
        if [admin.id for admin in admins] == [user.id]:
            raise Conflict("last_admin")
        User.objects.filter(id=user.id).update(is_active=False)
        user.is_active = False
        end_everything(emit, user=user)
        ports.disabled(user, emit)
        audit.record(actor=actor, action="account.disabled", object_kind="accounts.person", object_id=user.id)


def enable_user(*, user: User, actor: User | None = None) -> None:
    """The account may sign in again, with the password it had."""
    with unit_of_work():
        User.objects.filter(id=user.id).update(is_active=True)
        user.is_active = True
        audit.record(actor=actor, action="account.enabled", object_kind="accounts.person", object_id=user.id)


def reset_password(*, user: User, actor: User | None = None, password: str | None = None) -> str:
    """For the command line: a given or generated password, answered once; every session ends."""
    chosen = password or generate()
    require_acceptable(chosen, context_of(user))
    encoded = encoded_form(chosen)
    with unit_of_work() as emit:
        store_password(emit, user=user, encoded=encoded)
        audit.record(actor=actor, action="password.reset_by_admin", object_kind="accounts.person", object_id=user.id)
        mails.send(user, "password_changed", path=mails.FORGOTTEN_PATH)
    return chosen


def setup_link() -> str | None:
    """The address that makes the first administrator, once, within 24 hours; asking again kills the one before.

    None when there is an administrator already.
    """
    if queries.has_admin():
        return None
    token = new_token()
    with unit_of_work():
        OneTimeLink.objects.filter(purpose=OneTimeLink.Purpose.SETUP).delete()
        OneTimeLink.objects.create(
            token_hash=token_hash(token),
            purpose=OneTimeLink.Purpose.SETUP,
            expires_at=clock.now() + SETUP_LIFETIME,
        )
        audit.record(actor=None, action="setup.link_made")
    return f"{base_url()}{mails.SETUP_PATH}{token}"


def use_setup_link(
    *,
    token: str,
    identifier: str,
    name: str,
    email: str | None,
    password: str,
    language: str,
    time_zone: str,
    place: Place,
) -> User:
    """The first administrator; the link is dead afterwards, also when two use it at the same moment."""
    counters = [throttle.on_network("link", place.network)]
    throttle.check(counters)
    link = queries.link_with(token, OneTimeLink.Purpose.SETUP)
    if link is None or queries.has_admin():
        throttle.count(counters)
        raise NotFound("link_over")
    with unit_of_work():
        user = create_user(
            actor=None,
            identifier=identifier,
            name=name,
            password=password,
            email=email,
            is_admin=True,
            language=language,
            time_zone=time_zone,
        )
        spend(link)
    return user


def _sound_address(email: str | None) -> str | None:
    if not email:
        return None
    try:
        return plain_address(email)
    except ValueError as error:
        raise Invalid("invalid", errors={"email": "invalid_email"}) from error


def _require_sound(user: User) -> None:
    """Identifiers are plain, unique, and never somebody else's address."""
    if not _IDENTIFIER.fullmatch(user.identifier):
        raise Invalid("invalid", errors={"identifier": "invalid_identifier"})
    if "@" in user.identifier and user.identifier != user.email_key:
        raise Invalid("invalid", errors={"identifier": "invalid_identifier"})
    if not user.name or len(user.name) > 120:
        raise Invalid("invalid", errors={"name": "invalid_name"})
    try:
        known_zone(user.time_zone)
    except ValueError as error:
        raise Invalid("invalid", errors={"time_zone": "invalid_time_zone"}) from error
    if User.objects.filter(identifier=user.identifier).exists():
        raise Conflict("identifier_taken", errors={"identifier": "identifier_taken"})
    if user.email is not None and is_taken(user.email):
        raise Conflict("email_taken", errors={"email": "email_taken"})
