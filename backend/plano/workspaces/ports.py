"""What the rooms do when a workspace is born or a person leaves it. `config` plugs them in, nothing looks up."""

from collections.abc import Callable

from plano.accounts.models import User
from plano.platform.live import Emit
from plano.workspaces.models import Workspace

Birth = Callable[[User, Workspace, Emit], None]
Departure = Callable[[User, Workspace, Emit], None]

_births: list[Birth] = []
_departures: list[Departure] = []


def at_birth(hook: Birth) -> None:
    """Run inside the unit of work that opens a workspace (the channel « Général », the first board)."""
    if hook not in _births:
        _births.append(hook)


def at_departure(hook: Departure) -> None:
    """Run inside the unit of work that takes a person out of a workspace (locks, calls, assignments)."""
    if hook not in _departures:
        _departures.append(hook)


def born(actor: User, workspace: Workspace, emit: Emit) -> None:
    for hook in _births:
        hook(actor, workspace, emit)


def departed(person: User, workspace: Workspace, emit: Emit) -> None:
    for hook in _departures:
        hook(person, workspace, emit)
