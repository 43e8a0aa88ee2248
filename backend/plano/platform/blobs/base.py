"""The port. One contract test runs on every adapter."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol


class Missing(Exception):
    """No bytes under this name."""


class Busy(Exception):
    """Somebody else is writing this part."""


def new_name() -> str:
    """128 random bits: nothing of a person's name or text reaches the disk (R-71)."""
    return secrets.token_hex(16)


class PartWriter(Protocol):
    """Writes at the end of a part. Only one at a time has it."""

    @property
    def offset(self) -> int:
        """How many bytes the part has."""
        ...

    def write(self, chunk: bytes) -> None: ...

    def cut(self, size: int) -> None:
        """Forget what lies past `size`."""
        ...

    def close(self) -> None:
        """Flush to the disk and let go: what was written is there after a crash."""
        ...


class Content(Protocol):
    """Kept bytes, open for reading from several threads."""

    @property
    def size(self) -> int: ...

    def read(self, offset: int, length: int) -> bytes: ...

    def close(self) -> None: ...


class Store(Protocol):
    """Parts are being written; kept bytes never change."""

    def begin(self, name: str) -> None:
        """An empty part. Again: nothing happens."""
        ...

    def append(self, name: str) -> PartWriter:
        """Raises Missing or Busy."""
        ...

    def part_size(self, name: str) -> int:
        """Raises Missing."""
        ...

    def keep(self, name: str) -> int:
        """Make the part permanent under the same name, flushed (R-130); returns the size. Again: nothing happens."""
        ...

    def open(self, name: str) -> Content:
        """Raises Missing. Parts are not found here."""
        ...

    def discard(self, name: str) -> None:
        """Part or kept: gone. Again: nothing happens."""
        ...

    def kept_before(self, instant: datetime) -> Iterator[str]:
        """Names of kept bytes and parts untouched since then, for the sweeper."""
        ...
