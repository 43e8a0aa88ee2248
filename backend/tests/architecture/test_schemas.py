"""Schemas of one name would be one in `openapi.json`, the second silently in place of the first."""

from collections import Counter
from collections.abc import Iterator

import plano.config.api  # noqa: F401 - imports the schemas of every feature
from plano.kernel.schemas import In, Out


def below(schema: type) -> Iterator[type]:
    for child in schema.__subclasses__():
        if child.__module__.startswith("plano.") and "[" not in child.__name__:
            yield child
        yield from below(child)


def test_every_schema_has_a_name_of_its_own() -> None:
    found = {child for schema in (In, Out) for child in below(schema)}
    names = Counter(child.__name__ for child in found)
    twice = [f"{child.__module__}.{child.__name__}" for child in found if names[child.__name__] > 1]
    assert not twice, sorted(twice)
    assert len(names) > 50
