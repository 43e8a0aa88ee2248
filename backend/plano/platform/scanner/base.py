"""The port. One contract test runs on every adapter."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Finding(StrEnum):
    """What the antivirus says of some bytes."""

    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too_large"
    """More than it takes: it has not looked."""


@dataclass(frozen=True)
class Outcome:
    """A finding, with the name of the signature that matched."""

    finding: Finding
    signature: str = ""


class Unreachable(Exception):
    """It did not answer, or not to the end: nothing is known of these bytes."""


class Scanner(Protocol):
    """Looks at bytes as they come; holds no more than a piece of them."""

    def scan(self, pieces: Iterable[bytes]) -> Outcome:
        """Raises Unreachable."""
        ...

    def version(self) -> str:
        """Its name and that of its signatures, in one line. Raises Unreachable."""
        ...
