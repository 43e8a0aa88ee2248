"""One thing is made out of another, and each keeps the other by kind and id (ADR 0017).

The feature of the source registers how it keeps what was made of its things; the feature of the result calls `note`
inside its own unit of work, and imports nobody.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from plano.kernel.errors import Invalid
from plano.platform.live import Emit

Thing = tuple[str, UUID]
Act = Literal["new", "gone", "again"]


class Keeper(Protocol):
    """How a source keeps what was made of it. `new`: the actor must see the source, or is refused; `gone`: the thing
    went to the bin; `again`: it came back, by whoever."""

    def __call__(self, emit: Emit, *, actor: Any, id: UUID, made: Thing, workspace_id: UUID, act: Act) -> None: ...


@dataclass(frozen=True, slots=True)
class State:
    """What a chip shows of a thing: its title, whether it is finished, when it is, how it stands."""

    title: str
    done: bool = False
    at: datetime | None = None
    all_day: bool = False
    status: str = ""
    parent_id: UUID | None = None


Describe = Callable[[Any, list[UUID]], dict[UUID, State]]

_keepers: dict[str, Keeper] = {}
_describers: dict[str, Describe] = {}


def source(kind: str, keeper: Keeper) -> None:
    """Things of this kind can be made into others."""
    _keepers[kind] = keeper


def result(kind: str, describe: Describe) -> None:
    """Things of this kind can be made out of others; `describe(user, ids)` tells of those that the user sees."""
    _describers[kind] = describe


def note(emit: Emit, *, actor: Any, origin: Thing | None, made: Thing, workspace_id: UUID) -> None:
    """`made` came out of `origin`, which the actor sees and which belongs to the same workspace; else refused."""
    if origin is None:
        return
    keeper = _keepers.get(origin[0])
    if keeper is None:
        raise Invalid("origin_not_found", errors={"origin": "origin_not_found"})
    keeper(emit, actor=actor, id=origin[1], made=made, workspace_id=workspace_id, act="new")


def forget(emit: Emit, *, actor: Any, origin: Thing | None, made: Thing, workspace_id: UUID) -> None:
    """`made` is in the bin: its source shows it no more. A source that is gone itself keeps nothing."""
    _tell(emit, actor, origin, made, workspace_id, "gone")


def again(emit: Emit, *, actor: Any, origin: Thing | None, made: Thing, workspace_id: UUID) -> None:
    """`made` is back from the bin: its source shows it again."""
    _tell(emit, actor, origin, made, workspace_id, "again")


def _tell(emit: Emit, actor: Any, origin: Thing | None, made: Thing, workspace_id: UUID, act: Act) -> None:
    keeper = None if origin is None else _keepers.get(origin[0])
    if origin is not None and keeper is not None:
        keeper(emit, actor=actor, id=origin[1], made=made, workspace_id=workspace_id, act=act)


def results() -> list[str]:
    """The kinds that things are made into."""
    return sorted(_describers)


def states(user: Any, kind: str, ids: Iterable[UUID]) -> dict[UUID, State]:
    """How these things stand, for this user; what is absent or invisible is not in the answer (R-06)."""
    return _describers[kind](user, list(ids)) if kind in _describers else {}
