"""The hint after COMMIT: scope and number, and inside this process the frame itself. Losing one costs latency only."""

from collections.abc import Callable
from uuid import UUID

Said = tuple[str, str, str]
"""Kind, op and payload of a frame that was committed."""
Listener = Callable[[UUID, int, Said | None], None]
_listeners: list[Listener] = []


def on_poke(listener: Listener) -> Callable[[], None]:
    """Hear every poke of this process, from any thread. Returns the way to stop."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def poke(scope: UUID, seq: int, said: Said | None = None) -> None:
    """Tell this process that `scope` has reached `seq`. Called from the writer's thread after COMMIT."""
    for listener in _listeners:
        listener(scope, seq, said)
