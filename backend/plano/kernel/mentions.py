"""People named in a text as « @name »: in messages, in comments. Who may be named is asked by the feature."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID


class Person(Protocol):
    id: UUID
    name: str


Someone = TypeVar("Someone", bound=Person)


def named_in(text: str, people: Iterable[Someone]) -> list[Someone]:
    """Those whose name is in the text, in its order."""
    return sorted((p for p in people if f"@{p.name}" in text), key=lambda p: (text.index(f"@{p.name}"), p.id))


def kept(mentions: Iterable[dict[str, str]], text: str) -> list[UUID]:
    """Of the people that were named, those that a new text still names."""
    return [UUID(named["id"]) for named in mentions if f"@{named['name']}" in text]


def noted(people: Sequence[Person]) -> list[dict[str, str]]:
    """As it is kept beside the text: the name as it was written."""
    return [{"id": str(person.id), "name": person.name} for person in people]
