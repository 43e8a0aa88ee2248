"""Bytes in memory, for tests."""

from collections.abc import Iterator
from datetime import datetime

from plano.kernel.clock import now
from plano.platform.blobs.base import Busy, Chunk, Missing


class MemoryPart:
    def __init__(self, store: "MemoryStore", name: str) -> None:
        self._store, self._name = store, name
        if name in store.locked:
            raise Busy
        self._bytes = store.parts[name]
        store.locked.add(name)

    @property
    def offset(self) -> int:
        return len(self._bytes)

    def write(self, chunk: Chunk) -> None:
        self._bytes += chunk

    def cut(self, size: int) -> None:
        del self._bytes[size:]

    def flush(self) -> None:
        return

    def close(self) -> None:
        self._store.locked.discard(self._name)
        self._store.touched[self._name] = now()


class MemoryContent:
    def __init__(self, content: bytes) -> None:
        self._content = content

    @property
    def size(self) -> int:
        return len(self._content)

    def read(self, offset: int, length: int) -> bytes:
        return self._content[offset : offset + length]

    def read_into(self, offset: int, target: memoryview) -> int:
        found = self.read(offset, len(target))
        target[: len(found)] = found
        return len(found)

    def close(self) -> None:
        return


class MemoryStore:
    def __init__(self) -> None:
        self.parts: dict[str, bytearray] = {}
        self.kept: dict[str, bytes] = {}
        self.notes: dict[str, bytes] = {}
        self.locked: set[str] = set()
        self.touched: dict[str, datetime] = {}

    def begin(self, name: str) -> None:
        self.parts.setdefault(name, bytearray())
        self.touched[name] = now()

    def append(self, name: str) -> MemoryPart:
        if name not in self.parts:
            raise Missing
        return MemoryPart(self, name)

    def part_size(self, name: str) -> int:
        if name not in self.parts:
            raise Missing
        return len(self.parts[name])

    def keep(self, name: str) -> int:
        if name in self.parts:
            self.kept[name] = bytes(self.parts.pop(name))
            self.touched[name] = now()
        if name not in self.kept:
            raise Missing
        return len(self.kept[name])

    def open(self, name: str) -> MemoryContent:
        if name not in self.kept:
            raise Missing
        return MemoryContent(self.kept[name])

    def discard(self, name: str) -> None:
        self.parts.pop(name, None)
        self.kept.pop(name, None)
        self.notes.pop(name, None)

    def kept_before(self, instant: datetime) -> Iterator[str]:
        return iter([n for n in (*self.parts, *self.kept) if self.touched[n] < instant])

    def note(self, name: str) -> bytes | None:
        return self.notes.get(name)

    def set_note(self, name: str, note: bytes) -> None:
        self.notes[name] = note

    def replace(self, name: str, by: str) -> None:
        if by not in self.kept:
            raise Missing
        self.kept[name] = self.kept.pop(by)

    def is_empty(self) -> bool:
        return not (self.parts or self.kept)

    def ping(self) -> None:
        return
