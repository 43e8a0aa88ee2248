"""What every converter answers."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Reason(StrEnum):
    """Why there is nothing to show; each has a plain sentence in the interface."""

    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105 - a reason
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    UNAVAILABLE = "unavailable"
    """The program that would do it is not installed here."""


class Refused(Exception):
    """The file could not be converted."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


@dataclass(frozen=True)
class Made:
    """One file that was made, in the workplace."""

    path: Path
    media_type: str
    width: int = 0
    height: int = 0
