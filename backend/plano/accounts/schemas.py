"""What crosses the wire about people."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from plano.accounts.emails import plain_address
from plano.accounts.models import AccessToken, ApplicationPassword, Session, User
from plano.accounts.zones import known_zone
from plano.kernel.schemas import In, Instant, Line, Out

LanguageCode = Literal["fr", "en"]
Reach = Literal["files", "calendars", "both"]
ScopeName = Literal[
    "chat:read",
    "chat:write",
    "documents:read",
    "documents:write",
    "tasks:read",
    "tasks:write",
    "calendar:read",
    "calendar:write",
    "notifications:read",
    "notifications:write",
    "profile:read",
]
Secret = Annotated[str, Field(min_length=1, max_length=4096)]
Name = Annotated[Line, Field(min_length=1, max_length=120)]
Address = Annotated[str, Field(max_length=254), AfterValidator(plain_address)]
Zone = Annotated[str, Field(max_length=64), AfterValidator(known_zone)]


class PersonOut(Out):
    """The public part of a person, as every feature shows it."""

    id: UUID
    name: str
    avatar_url: str | None
    color: int
    version: int

    @classmethod
    def from_model(cls, user: User) -> "PersonOut":
        return cls(id=user.id, name=user.name, avatar_url=avatar_url(user), color=user.color, version=user.version)


class MeOut(Out):
    """The person who is signed in."""

    id: UUID
    identifier: str
    email: str | None
    name: str
    language: LanguageCode
    time_zone: str
    is_admin: bool
    avatar_url: str | None
    color: int
    version: int

    @classmethod
    def from_model(cls, user: User) -> "MeOut":
        return cls(
            id=user.id,
            identifier=user.identifier,
            email=user.email,
            name=user.name,
            language="en" if user.language == "en" else "fr",
            time_zone=user.time_zone,
            is_admin=user.is_admin,
            avatar_url=avatar_url(user),
            color=user.color,
            version=user.version,
        )


class SessionEndedOut(Out):
    """A session of the person is over; null means all of them. The socket layer closes on it."""

    session_id: UUID | None


class SessionOut(Out):
    """One signed-in browser, for the person's own list."""

    id: UUID
    device: str
    current: bool
    created_at: Instant
    last_seen_at: Instant
    expires_at: Instant

    @classmethod
    def from_model(cls, session: Session, *, current: bool, expires_at: datetime) -> "SessionOut":
        return cls(
            id=session.id,
            device=session.device,
            current=current,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            expires_at=expires_at,
        )


class SessionsOut(Out):
    """All live sessions of the person, the latest first."""

    items: list[SessionOut]


class ApplicationPasswordOut(Out):
    """An application password, without its secret."""

    id: UUID
    name: str
    reach: Reach
    can_write: bool
    created_at: Instant
    expires_at: Instant | None
    last_used_at: Instant | None

    @classmethod
    def from_model(cls, row: ApplicationPassword) -> "ApplicationPasswordOut":
        reach: Reach = "files" if row.reach == "files" else "calendars" if row.reach == "calendars" else "both"
        return cls(
            id=row.id,
            name=row.name,
            reach=reach,
            can_write=row.can_write,
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
        )


class ApplicationPasswordsOut(Out):
    """The person's application passwords, the latest first."""

    items: list[ApplicationPasswordOut]


class NewApplicationPasswordOut(Out):
    """Answered once, at creation; `password` is null when the same creation is sent again."""

    application_password: ApplicationPasswordOut
    password: str | None


class AccessTokenOut(Out):
    """An access token, without its secret. `last_used_on` is a day."""

    id: UUID
    name: str
    scopes: list[str]
    created_at: Instant
    expires_at: Instant
    last_used_on: date | None

    @classmethod
    def from_model(cls, row: AccessToken) -> "AccessTokenOut":
        return cls(
            id=row.id,
            name=row.name,
            scopes=row.scopes,
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_on=row.last_used_on,
        )


class AccessTokensOut(Out):
    """The person's access tokens, the latest first."""

    items: list[AccessTokenOut]


class NewAccessTokenOut(Out):
    """Answered once, at creation; `token` is null when the same creation is sent again."""

    access_token: AccessTokenOut
    token: str | None


class AccessTokenIn(In):
    """A new access token: what it opens, until when (90 days when nothing is said, a year at most)."""

    id: UUID | None = None
    name: Annotated[Line, Field(min_length=1, max_length=80)]
    scopes: Annotated[list[ScopeName], Field(min_length=1, max_length=20)]
    expires_at: datetime | None = None


class CsrfOut(Out):
    """The value to send in `X-CSRF-Token`, the same as in the cookie `plano_csrf`."""

    token: str


class PasswordRulesOut(Out):
    """How long a password must be, for the hint beside the field."""

    min_length: int
    admin_min_length: int


class SignInIn(In):
    """Identifier or address, and password."""

    identifier: Annotated[str, Field(min_length=1, max_length=254)]
    password: Secret


class ProofIn(In):
    """The password again, before something that matters (R-30)."""

    password: Secret


class ProfileIn(In):
    """What a person changes of themselves; absent fields stay."""

    name: Name | None = None
    language: LanguageCode | None = None
    time_zone: Zone | None = None


class EmailIn(In):
    """A new address; it takes effect when the link sent there is used."""

    email: Address


class PasswordChangeIn(In):
    """The old and the new one. Application passwords end too unless the person keeps them."""

    current: Secret
    new: Secret
    keep_application_passwords: bool = False


class ResetRequestIn(In):
    """Identifier or address of an account that may exist."""

    identifier: Annotated[str, Field(min_length=1, max_length=254)]


class ResetIn(In):
    """The new password."""

    password: Secret


class ApplicationPasswordIn(In):
    """A new application password; `id` makes a repeated send harmless."""

    id: UUID | None = None
    name: Annotated[Line, Field(min_length=1, max_length=80)]
    reach: Reach = "both"
    can_write: bool = True
    expires_at: datetime | None = None


class SetupIn(In):
    """The first administrator."""

    identifier: Annotated[str, Field(min_length=2, max_length=150)]
    name: Name
    email: Address | None = None
    password: Secret
    language: LanguageCode = "fr"
    time_zone: Zone = "Europe/Paris"


def avatar_url(user: User) -> str | None:
    """Where the picture is; its name changes with the picture, so that browsers may keep it."""
    return avatar_at(user.id, user.avatar)


def avatar_at(user_id: UUID, avatar: str | None) -> str | None:
    """The same of a row without its model."""
    return f"/api/v1/people/{user_id}/avatar?v={avatar[:16]}" if avatar else None
