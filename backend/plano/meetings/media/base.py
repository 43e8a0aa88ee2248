"""The port of the media server: rooms made by us only, one seat per participant, and what a seat tells back."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

Source = Literal["main", "screen"]
Jsep = dict[str, Any]
"""A session description as browsers know it: `type` and `sdp`."""


class MediaUnavailable(Exception):
    """The media server does not answer; nothing was begun."""


class MediaRefused(Exception):
    """The media server did not accept what was asked of it."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What one line of an offer carries."""

    mid: str
    kind: str
    participant_id: str
    source: Source


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that the others send, for the one connection that receives. `fresh`: a new connection is needed."""

    jsep: Jsep
    streams: list[Stream]
    fresh: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A network candidate of the server for the connection `pc`: main, screen or receive."""

    pc: str
    candidate: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class HungUp:
    """The server gave a connection up; the browser may make it anew."""

    pc: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The seat is gone with the server; the participant takes a new one."""


Told = Offer | Candidate | HungUp | Lost
Tell = Callable[[Told], None]


class Seat(ABC):
    """One participant's place in a room. Names, roles and identifiers come from us, never from the browser."""

    @abstractmethod
    async def publish(self, source: Source, jsep: Jsep) -> Jsep:
        """Send pictures and sound; again to restart the network path. Returns the answer."""

    @abstractmethod
    async def unpublish(self, source: Source) -> None:
        """Send nothing more of this source."""

    @abstractmethod
    async def answer(self, jsep: Jsep) -> None:
        """The browser's answer to the last Offer."""

    @abstractmethod
    async def trickle(self, pc: str, candidate: dict[str, Any] | None) -> None:
        """A network candidate of the browser."""

    @abstractmethod
    async def layer(self, mid: str, substream: int) -> None:
        """Receive this line small (0), middle (1) or large (2); -1: not at all."""

    @abstractmethod
    async def renew(self) -> None:
        """Make the receiving connection anew."""

    @abstractmethod
    async def silence(self, *, muted: bool) -> None:
        """Stop the participant's sound at the server, or let it through again."""

    @abstractmethod
    async def leave(self) -> None:
        """Give the seat back."""


class MediaServer(ABC):
    """The rooms of one media server."""

    @abstractmethod
    async def start(self) -> None:
        """Connect, and stay connected through restarts of the other side."""

    @abstractmethod
    async def stop(self) -> None:
        """Leave."""

    @abstractmethod
    def healthy(self) -> bool:
        """Answers at this moment."""

    @abstractmethod
    async def take_seat(self, *, meeting_id: UUID, participant_id: UUID, tell: Tell) -> Seat:
        """A place in the meeting's room, which is made when absent. Raises MediaUnavailable."""

    @abstractmethod
    async def close_room(self, meeting_id: UUID) -> None:
        """The meeting is over or empty."""
