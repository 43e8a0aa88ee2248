"""The hint after COMMIT: scope and number, nothing else. Losing one costs latency, never data."""

from collections.abc import Callable
from uuid import UUID

Listener = Callable[[UUID, int], None]
_listeners: list[Listener] = []


def on_poke(listener: Listener) -> Callable[[], None]:
    """Hear every poke of this process, from any thread. Returns the way to stop."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def poke(scope: UUID, seq: int) -> None:
    """Tell this process that `scope` has reached `seq`. Called from the writer's thread after COMMIT."""
    for listener in _listeners:
        listener(scope, seq)
