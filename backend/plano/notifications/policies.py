"""A notification belongs to one person; it shows only while they may still see the thing (R-06)."""

from collections.abc import Callable, Collection
from uuid import UUID

from plano.accounts.models import User

Visible = Callable[[User], Collection[UUID]]
_visible: list[Visible] = []


def register_visible_scopes(function: Visible) -> None:
    """`workspaces` answers; it stands above this feature."""
    _visible[:] = [function]


def visible_scopes(user: User) -> set[UUID]:
    """The scopes whose things a person may be told of at this moment."""
    return {user.id, *(scope for function in _visible for scope in function(user))}
