"""The unit of work: one transaction, its frames as its last statements, its pokes after COMMIT.

Frames of several scopes are numbered in the order of the scopes' ids, so that two units of work never wait for each
other in a circle. At most 100 frames a unit: bulk work commits in batches, or it holds its scope for seconds.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from plano.kernel.schemas import Out, Removed
from plano.platform.live.kinds import Kind
from plano.platform.live.pokes import poke

MAX_FRAMES = 100

_APPEND = """
WITH n AS (
    INSERT INTO live_stream AS s (id, seq, trimmed_to) VALUES (%(scope)s, 1, 0)
    ON CONFLICT (id) DO UPDATE SET seq = s.seq + 1
    RETURNING seq
)
INSERT INTO live_frame (scope_id, seq, kind, op, payload, at)
SELECT %(scope)s, n.seq, %(kind)s, %(op)s, %(payload)s, now() FROM n
RETURNING seq
"""


@dataclass
class Emit:
    """Collects the frames of one unit of work. The audience is the scope, never a list made by hand."""

    _pending: list[tuple[UUID, str, str, str]] = field(default_factory=list)
    _statements: list[tuple[UUID, Kind, str, dict[str, Any]]] = field(default_factory=list)

    def changed(self, kind: Kind, *, scope: UUID, data: Out) -> None:
        """The thing is now as `data` says."""
        if type(data) is not kind.schema:
            raise TypeError(f"{kind.name} carries {kind.schema.__name__}, not {type(data).__name__}")
        self._pending.append((scope, kind.name, "changed", data.model_dump_json()))

    def removed(self, kind: Kind, *, scope: UUID, data: Removed) -> None:
        """The thing is no longer there for the people of this scope."""
        self._pending.append((scope, kind.name, "removed", data.model_dump_json()))

    def writes(self, kind: Kind, *, scope: UUID, sql: str, args: dict[str, Any]) -> None:
        """A row that bears its frame's number: `sql` numbers and writes both, and answers (seq, payload)."""
        self._statements.append((scope, kind, sql, args))

    def flush(self) -> None:
        """Number and write what was collected. Called once, by `unit_of_work`."""
        count = len(self._pending) + len(self._statements)
        if count > MAX_FRAMES:
            raise RuntimeError(f"{count} frames in one unit of work; batches of {MAX_FRAMES} at most")
        frames: list[tuple[UUID, Callable[[], object]]] = [
            (scope, partial(append, scope=scope, kind=kind, op=op, payload=payload))
            for scope, kind, op, payload in self._pending
        ]
        frames += [(each[0], partial(_write, *each)) for each in self._statements]
        for _, write in sorted(frames, key=lambda frame: frame[0]):
            write()
        self._pending.clear()
        self._statements.clear()


def append(*, scope: UUID, kind: str, op: str, payload: str) -> int:
    """Write one frame as one statement and poke after COMMIT. Must be the last of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, {"scope": scope, "kind": kind, "op": op, "payload": payload})
        row = cursor.fetchone()
    seq = int(row[0])
    transaction.on_commit(lambda: poke(scope, seq, (kind, op, payload)))
    return seq


def _write(scope: UUID, kind: Kind, sql: str, args: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, args)
        rows = cursor.fetchall()
    for seq, payload in rows:
        transaction.on_commit(partial(poke, scope, int(seq), (kind.name, "changed", payload)))


_current: ContextVar[Emit | None] = ContextVar("plano_unit_of_work", default=None)


@contextmanager
def unit_of_work() -> Iterator[Emit]:
    """`with unit_of_work() as emit:` — everything or nothing, and frames only for what was committed.

    A unit inside another joins it: one transaction, one ordered list of frames.
    """
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    emit = Emit()
    token = _current.set(emit)
    try:
        with transaction.atomic():
            yield emit
            emit.flush()
    finally:
        _current.reset(token)
