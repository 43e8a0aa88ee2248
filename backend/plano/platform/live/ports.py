"""What the live layer asks of the features above it. `config` plugs the answers in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Principal:
    """Who holds a socket: the person, the session it rests on, and when that session ends at the latest.

    `heard`: of a program, how the names of the kinds begin that it hears; None hears all.
    """

    user_id: UUID
    session_id: str
    expires_at: datetime
    heard: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The scopes whose frames a person receives, and those where the person's presence shows."""

    scopes: list[UUID]
    presence: list[UUID]
    since: dict[UUID, int] = field(default_factory=dict)
    """In these scopes nothing up to this number is for the person: what was said before they came."""


@dataclass(frozen=True, slots=True)
class Ports:
    """All are synchronous and may use the database; they run in threads."""

    authenticate: Callable[[dict[str, str]], Principal | None]
    """Headers to a live session or token, or None."""
    subscriptions: Callable[[UUID], Subscriptions]
    """A person's scopes at this moment."""
    alive: Callable[[Iterable[str]], set[str]]
    """Which of these session ids are still live."""
