"""A notification belongs to one person; it shows only while they may still see the thing (R-06)."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from plano.accounts.models import User

Visible = Callable[[User], Collection[UUID]]
_visible: list[Visible] = []
_places: list[Visible] = []
_names: list[Callable[[Collection[UUID]], Mapping[UUID, str]]] = []


def register_visible_scopes(function: Visible) -> None:
    """`workspaces` answers; it stands above this feature."""
    _visible[:] = [function]


def visible_scopes(user: User) -> set[UUID]:
    """The scopes whose things a person may be told of at this moment."""
    return {user.id, *(scope for function in _visible for scope in function(user))}


def register_workspaces(of: Visible, names: Callable[[Collection[UUID]], Mapping[UUID, str]]) -> None:
    """`workspaces` answers: those of a person, and what they are called."""
    _places[:] = [of]
    _names[:] = [names]


def workspaces_of(user: User) -> set[UUID]:
    """Where a person may choose how they are told, whatever their role."""
    return {id for function in _places for id in function(user)}


def workspace_names(ids: Collection[UUID]) -> dict[UUID, str]:
    return {id: name for function in _names for id, name in function(ids).items()}
