"""The port of the bus, and its adapter inside one process (tests)."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

Pokes = Callable[[str, int], None]
Ephemera = Callable[[dict[str, Any]], None]


class Bus(ABC):
    """Carries `(scope, seq)` hints and small ephemeral messages to the other nodes.

    Delivery is best effort: a lost hint costs latency (the sweep finds it), a lost ephemeral message costs nothing.
    A node never hears itself.
    """

    def __init__(self, *, on_poke: Pokes, on_ephemeral: Ephemera) -> None:
        self.on_poke = on_poke
        self.on_ephemeral = on_ephemeral

    @abstractmethod
    async def start(self) -> None:
        """Connect, and stay connected through restarts of the other side."""

    @abstractmethod
    async def stop(self) -> None:
        """Leave."""

    def is_heard(self) -> bool:
        """Whether this node hears the others at this moment."""
        return True

    @abstractmethod
    def tell(self, scope: str, seq: int) -> None:
        """Hint that `scope` reached `seq`. Returns at once."""

    @abstractmethod
    def publish(self, message: dict[str, Any]) -> None:
        """Send an ephemeral message of at most 4 kB as JSON (a longer one is dropped). Returns at once."""


class MemoryBus(Bus):
    """Joins several hubs of one process: for tests."""

    _nodes: list["MemoryBus"] = []

    async def start(self) -> None:
        self._nodes.append(self)

    async def stop(self) -> None:
        self._nodes.remove(self)

    def tell(self, scope: str, seq: int) -> None:
        for node in self._nodes:
            if node is not self:
                node.on_poke(scope, seq)

    def publish(self, message: dict[str, Any]) -> None:
        for node in self._nodes:
            if node is not self:
                node.on_ephemeral(message)
