"""What travels about people: oneself, one's ended sessions, and the public part of a person to those who see it."""

from collections.abc import Callable, Iterable
from uuid import UUID

from plano.accounts.models import User
from plano.accounts.schemas import MeOut, PersonOut, SessionEndedOut
from plano.platform.live.kinds import Kind

ME = Kind("accounts.me", MeOut)
PERSON = Kind("accounts.person", PersonOut)
SESSION_ENDED = Kind("accounts.session_ended", SessionEndedOut)

Audience = Callable[[User], Iterable[UUID]]
_audiences: list[Audience] = []


def register_audience(scopes_of: Audience) -> None:
    """`scopes_of(person)`: the scopes whose people see this person's name and picture."""
    if scopes_of not in _audiences:
        _audiences.append(scopes_of)


def audience_of(user: User) -> list[UUID]:
    """Every scope that shows the person, each once."""
    return sorted({scope for scopes_of in _audiences for scope in scopes_of(user)})
