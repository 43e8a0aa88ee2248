"""What the rooms do when a workspace is born or a person leaves it. `config` plugs them in, nothing looks up."""

from collections.abc import Callable, Collection
from uuid import UUID

from plano.accounts.models import User
from plano.platform.live import Emit
from plano.workspaces.models import Workspace

Birth = Callable[[User, Workspace, Emit], None]
Departure = Callable[[User, Workspace, Emit], None]
Farewell = Callable[[User, User, Workspace, Collection[UUID], Emit], None]

_births: list[Birth] = []
_departures: list[Departure] = []
_arrivals: list[Departure] = []
_farewells: list[Farewell] = []


def at_birth(hook: Birth) -> None:
    """Run inside the unit of work that opens a workspace (the channel « Général », the first board)."""
    if hook not in _births:
        _births.append(hook)


def at_departure(hook: Departure) -> None:
    """Run inside the unit of work that takes a person out of a workspace (locks, calls, assignments)."""
    if hook not in _departures:
        _departures.append(hook)


def at_arrival(hook: Departure) -> None:
    """Run inside the unit of work that lets a person into a workspace."""
    if hook not in _arrivals:
        _arrivals.append(hook)


def at_farewell(hook: Farewell) -> None:
    """Run after the departures, with who did it and the scopes that the person saw: to tell those who stay."""
    if hook not in _farewells:
        _farewells.append(hook)


def arrived(person: User, workspace: Workspace, emit: Emit) -> None:
    for hook in _arrivals:
        hook(person, workspace, emit)


def farewell(actor: User, person: User, workspace: Workspace, lost: Collection[UUID], emit: Emit) -> None:
    for hook in _farewells:
        hook(actor, person, workspace, lost, emit)


def born(actor: User, workspace: Workspace, emit: Emit) -> None:
    for hook in _births:
        hook(actor, workspace, emit)


def departed(person: User, workspace: Workspace, emit: Emit) -> None:
    for hook in _departures:
        hook(person, workspace, emit)
