"""The ports. One contract test runs on every adapter, bare and under the seal."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from plano.kernel.errors import Unavailable


class Missing(Exception):
    """No bytes under this name."""


class Busy(Exception):
    """Somebody else is writing this part."""


class Trouble(Unavailable):
    """The place of the bytes fails. The reason (a host, a folder, a key) is for the administrator, never in the
    answer (R-126)."""

    default_code = "storage_unavailable"

    def __init__(self, reason: str = "", *, retry_after: int | None = None) -> None:
        super().__init__(retry_after=retry_after)
        self.reason = reason


class Damaged(Trouble):
    """The bytes are not those that were written: cut short, changed, or exchanged. They are never sent."""

    default_code = "content_damaged"


class KeyMissing(Trouble):
    """The key that sealed these bytes is not here; the reason is its identifier."""

    default_code = "storage_key_missing"


def new_name() -> str:
    """128 random bits: nothing of a person's name or text reaches the disk (R-71)."""
    return secrets.token_hex(16)


Chunk = bytes | bytearray | memoryview
MARK = "0" * 32
"""The note of the whole place: it belongs to no bytes."""


def checked(name: str) -> str:
    """Names are ours; a stranger's never becomes a path."""
    if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
        raise Missing
    return name


class PartWriter(Protocol):
    """Writes at the end of a part. Only one at a time has it."""

    @property
    def offset(self) -> int:
        """How many bytes the part has."""
        ...

    def write(self, chunk: Chunk) -> None: ...

    def cut(self, size: int) -> None:
        """Forget what this writer wrote: `size` is where it began."""
        ...

    def flush(self) -> None:
        """What was written is there after a crash."""
        ...

    def close(self) -> None:
        """Flush and let go."""
        ...


class Content(Protocol):
    """Kept bytes, open for reading from several threads."""

    @property
    def size(self) -> int: ...

    def read(self, offset: int, length: int) -> bytes: ...

    def close(self) -> None: ...


class GroundContent(Content, Protocol):
    """What an adapter opens."""

    def read_into(self, offset: int, target: memoryview) -> int:
        """Fill `target`; returns how many bytes there were."""
        ...


class Store(Protocol):
    """Parts are being written; kept bytes never change. What does not answer raises `Trouble` (503)."""

    def begin(self, name: str) -> None:
        """An empty part. Again: nothing happens."""
        ...

    def append(self, name: str) -> PartWriter:
        """Raises Missing or Busy."""
        ...

    def part_size(self, name: str) -> int:
        """Raises Missing. After a crash it is at least what the last flush covered."""
        ...

    def keep(self, name: str) -> int:
        """Make the part permanent under the same name, flushed (R-130); returns the size. Again: nothing happens."""
        ...

    def open(self, name: str) -> Content:
        """Raises Missing, or Damaged. Parts are not found here."""
        ...

    def discard(self, name: str) -> None:
        """Part or kept: gone. Again: nothing happens."""
        ...

    def kept_before(self, instant: datetime) -> Iterator[str]:
        """Names of kept bytes and parts untouched since then, for the sweeper."""
        ...


class Ground(Store, Protocol):
    """An adapter: a store that also keeps a few words beside bytes, replaced whole or not at all."""

    def open(self, name: str) -> GroundContent: ...

    def note(self, name: str) -> bytes | None:
        """The words beside these bytes."""
        ...

    def set_note(self, name: str, note: bytes) -> None:
        """Flushed. They go when the bytes are discarded."""
        ...

    def replace(self, name: str, by: str) -> None:
        """Kept bytes take another name, in the place of what was kept there, in one step."""
        ...

    def is_empty(self) -> bool:
        """Whether nothing was ever kept here."""
        ...

    def ping(self) -> None:
        """Raises Trouble when the place of the bytes does not answer or cannot be written."""
        ...
