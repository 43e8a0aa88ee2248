"""Who may see a person's picture, and what asks for a recent proof.

Accounts know nothing of workspaces: whoever knows who meets whom registers a function here.
"""

from collections.abc import Callable

from plano.accounts.models import Session, User
from plano.accounts.sessions import has_recent_proof
from plano.kernel.errors import Forbidden, NotFound

Acquaintance = Callable[[User, User], bool]
_acquaintances: list[Acquaintance] = []


def register_acquaintance(knows: Acquaintance) -> None:
    """`knows(viewer, person)`: whether they share a workspace."""
    if knows not in _acquaintances:
        _acquaintances.append(knows)


def is_acquainted(viewer: User, person: User) -> bool:
    """A person knows themselves and those whom a registered rule says (R-10)."""
    return viewer.id == person.id or any(knows(viewer, person) for knows in _acquaintances)


def require_acquainted(viewer: User, person: User | None) -> User:
    """The person, or the same answer as for one who never existed (R-03)."""
    if person is None or not is_acquainted(viewer, person):
        raise NotFound
    return person


def require_proof(session: Session | None) -> None:
    """R-30: the password was given within ten minutes."""
    if not has_recent_proof(session):
        raise Forbidden("recent_proof_required")
