"""Everything links to everything by kind and id: features register how to name their things, nobody imports upward."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

Resolve = Callable[[Any, list[UUID]], dict[UUID, str]]

_resolvers: dict[str, Resolve] = {}


def register(kind: str, resolve: Resolve) -> None:
    """`resolve(user, ids)` gives the titles of those among the ids that the user may see, and of no other."""
    _resolvers[kind] = resolve


def kinds() -> list[str]:
    """The kinds that can be linked to."""
    return sorted(_resolvers)


def titles(user: Any, wanted: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], str]:
    """The titles of these things for this user; what is absent or invisible is not in the answer (R-06)."""
    by_kind: dict[str, list[UUID]] = {}
    for kind, id in wanted:
        by_kind.setdefault(kind, []).append(id)
    return {
        (kind, id): title
        for kind, ids in by_kind.items()
        if kind in _resolvers
        for id, title in _resolvers[kind](user, ids).items()
    }
