"""The closed list of what travels live. Each feature declares its kinds in its `live.py`."""

from dataclasses import dataclass

from plano.kernel.schemas import Out

_KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """A kind of frame and the schema of its `changed` payload, which is the REST answer of the same thing."""

    name: str
    schema: type[Out]

    def __post_init__(self) -> None:
        if self.name in _KINDS and _KINDS[self.name].schema is not self.schema:
            raise ValueError(f"live kind {self.name} is declared twice")
        _KINDS[self.name] = self


def kind_named(name: str) -> Kind:
    """The kind with this name; KeyError when no feature declares it."""
    return _KINDS[name]


def kinds() -> list[Kind]:
    """All declared kinds, by name."""
    return [_KINDS[name] for name in sorted(_KINDS)]
