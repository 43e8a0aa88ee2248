"""Reads about people and their sessions."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from plano.accounts import sessions
from plano.accounts.models import AccessToken, ApplicationPassword, OneTimeLink, Picture, Session, User
from plano.accounts.policies import require_acquainted
from plano.accounts.tokens import token_hash
from plano.kernel import clock
from plano.kernel.errors import NotFound
from plano.kernel.text import folded


def account_named(typed: str) -> User | None:
    """The account with this identifier or address, active or not. One query whatever the answer (R-27)."""
    key = folded(typed.strip())
    found = list(User.objects.filter(Q(identifier=key) | Q(email_key=key), is_robot=False)[:2])
    return next((u for u in found if u.identifier == key), found[0] if found else None)


def people(ids: Iterable[UUID]) -> dict[UUID, User]:
    """These people by id; those who do not exist are absent. Access is the caller's question."""
    return User.objects.in_bulk(list(ids))


def active_user(user_id: UUID) -> User | None:
    """A person who may sign in."""
    return User.objects.filter(id=user_id, is_active=True).first()


def accounts() -> list[User]:
    """Everybody, for the command line."""
    return list(User.objects.filter(is_robot=False).order_by("identifier"))


def sessions_of(user: User) -> list[Session]:
    """The person's live sessions, the latest first."""
    found = Session.objects.select_related("user").filter(user=user).order_by("-last_seen_at")[:200]
    return [session for session in found if sessions.is_live(session)]


def picture_for(actor: User, person_id: UUID) -> bytes:
    """The picture (WebP) of somebody whom the actor knows."""
    person = require_acquainted(actor, User.objects.filter(id=person_id).first())
    picture = Picture.objects.filter(user=person).first()
    if picture is None or not person.avatar:
        raise NotFound
    return bytes(picture.content)


def opens_files(password_id: UUID) -> bool:
    """Whether an application password opens files at this moment: there, not over, its person active."""
    row = ApplicationPassword.objects.select_related("user").filter(id=password_id).first()
    calendars = ApplicationPassword.Reach.CALENDARS
    return row is not None and row.is_valid(clock.now()) and row.user.is_active and row.reach != calendars


def application_passwords_of(user: User) -> list[ApplicationPassword]:
    """The person's own, the latest first."""
    return list(ApplicationPassword.objects.filter(user=user).order_by("-created_at"))


def access_tokens_of(user: User) -> list[AccessToken]:
    """The person's own, the latest first."""
    return list(AccessToken.objects.filter(user=user).order_by("-created_at"))


def link_with(token: str, purpose: OneTimeLink.Purpose) -> OneTimeLink | None:
    """The link of this token, when it still opens."""
    return (
        OneTimeLink.objects.select_related("user")
        .filter(token_hash=token_hash(token), purpose=purpose, expires_at__gt=clock.now())
        .first()
    )


def has_admin() -> bool:
    """Whether somebody can already administer the platform."""
    return User.objects.filter(is_admin=True, is_active=True).exists()
