"""The port. One contract test runs on every adapter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from plano.platform.outbound.allowed import AllowList

MOST_REDIRECTS = 3
MOST_SECONDS = 10.0
MOST_BYTES = 5 * 1024 * 1024


class Reason(StrEnum):
    """Why there is no answer; each has a plain sentence where it is shown."""

    ADDRESS = "address"
    """Not a plain http(s) address."""
    HOST = "host"
    """The configuration does not name this host."""
    PRIVATE = "private"
    """The host's address is none of the public Internet."""
    HEADER = "header"
    """A header that is not for outside."""
    UNKNOWN_HOST = "unknown_host"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    REDIRECTS = "redirects"
    ENCODING = "encoding"


class _Unanswered(Exception):
    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


class Refused(_Unanswered):
    """It was not sent, and will not be."""


class Failed(_Unanswered):
    """Nobody answered, or not in a way that can be read. Another try may do better."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other host said; names of headers in small letters."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Outbound(Protocol):
    """Sends one request."""

    def request(
        self, method: str, url: str, *, allowed: AllowList, headers: Mapping[str, str], body: bytes, redirects: int
    ) -> Answer:
        """Raises Refused or Failed."""
        ...
