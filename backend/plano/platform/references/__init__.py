"""Everything links to everything by kind and id: features register how to name their things, nobody imports upward."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from plano.kernel.text import clean_line

LONGEST = 250


@dataclass(frozen=True, slots=True)
class Card:
    """What a link to a thing shows to somebody who sees the thing.

    `inside`: the folder or the channel where it lies, when that one is visible too; `within`: the folders above it,
    as far as they are visible, so that a page knows what goes when one of them does. `day` and `hour` are the same
    for everybody, `at` is an instant. `picture`: a route that asks for the right anew.
    """

    title: str
    workspace_id: UUID
    shape: str = ""
    status: str = ""
    inside: str = ""
    within: tuple[UUID, ...] = ()
    at: datetime | None = None
    day: date | None = None
    hour: time | None = None
    author: str = ""
    media_type: str = ""
    size: int | None = None
    picture: str | None = None


Resolve = Callable[[Any, list[UUID]], dict[UUID, Card]]

_resolvers: dict[str, Resolve] = {}


def register(kind: str, resolve: Resolve) -> None:
    """`resolve(user, ids)` tells of those among the ids that the user may see, and of no other."""
    _resolvers[kind] = resolve


def kinds() -> list[str]:
    """The kinds that can be linked to."""
    return sorted(_resolvers)


def cards(user: Any, wanted: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], Card]:
    """What links to these things show to this user; what is absent or invisible is not in the answer (R-06)."""
    things = list(dict.fromkeys(wanted))
    by_kind: dict[str, list[UUID]] = {}
    for kind, id in things:
        by_kind.setdefault(kind, []).append(id)
    found = {kind: _resolvers[kind](user, ids) for kind, ids in by_kind.items() if kind in _resolvers}
    return {(kind, id): _one_line(found[kind][id]) for kind, id in things if id in found.get(kind, {})}


def _one_line(card: Card) -> Card:
    """Names that came by other doors than ours turn no words around either (R-71)."""
    return replace(card, title=clean_line(card.title)[:LONGEST], inside=clean_line(card.inside)[:LONGEST])
