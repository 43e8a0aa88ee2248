"""Bytes in a folder of this machine: `parts/` while they arrive, `kept/ab/cd/` when complete."""

import fcntl
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from plano.platform.blobs.base import Busy, Missing


class FilePart:
    """An open part, locked against other writers of any process."""

    def __init__(self, path: Path) -> None:
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            raise Missing from None
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._fd)
            raise Busy from None
        self._offset = os.lseek(self._fd, 0, os.SEEK_END)

    @property
    def offset(self) -> int:
        return self._offset

    def write(self, chunk: bytes) -> None:
        view = memoryview(chunk)
        while view:
            written = os.write(self._fd, view)
            self._offset += written
            view = view[written:]

    def cut(self, size: int) -> None:
        os.ftruncate(self._fd, size)
        self._offset = os.lseek(self._fd, size, os.SEEK_SET)

    def close(self) -> None:
        if self._fd >= 0:
            try:
                os.fdatasync(self._fd)
            finally:
                os.close(self._fd)
                self._fd = -1


class FileContent:
    """An open file; positioned reads need no lock between threads."""

    def __init__(self, path: Path) -> None:
        try:
            self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise Missing from None
        self._size = os.fstat(self._fd).st_size

    @property
    def size(self) -> int:
        return self._size

    def read(self, offset: int, length: int) -> bytes:
        return os.pread(self._fd, length, offset)

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


class FileStore:
    """Keeping is: flush the file, rename it, flush the folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._parts = root / "parts"
        self._kept = root / "kept"

    def begin(self, name: str) -> None:
        self._parts.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self._part(name), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))

    def append(self, name: str) -> FilePart:
        return FilePart(self._part(name))

    def part_size(self, name: str) -> int:
        try:
            return self._part(name).stat().st_size
        except FileNotFoundError:
            raise Missing from None

    def keep(self, name: str) -> int:
        target = self._path(name)
        try:
            fd = os.open(self._part(name), os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            try:
                return target.stat().st_size  # kept already; a crash came before the answer
            except FileNotFoundError:
                raise Missing from None
        try:
            os.fsync(fd)
            size = os.fstat(fd).st_size
        finally:
            os.close(fd)
        self._make_folder(target.parent)
        self._part(name).rename(target)
        _flush_folder(target.parent)
        return size

    def open(self, name: str) -> FileContent:
        return FileContent(self._path(name))

    def discard(self, name: str) -> None:
        self._part(name).unlink(missing_ok=True)
        self._path(name).unlink(missing_ok=True)

    def kept_before(self, instant: datetime) -> Iterator[str]:
        for folder in (self._parts, self._kept):
            for parent, _, names in os.walk(folder):
                for name in names:
                    try:
                        if (Path(parent) / name).stat().st_mtime < instant.timestamp():
                            yield name
                    except FileNotFoundError:
                        continue

    def _part(self, name: str) -> Path:
        return self._parts / _checked(name)

    def _path(self, name: str) -> Path:
        return self._kept / _checked(name)[:2] / name[2:4] / name

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for made in (folder.parent, self._kept, self.root):
            _flush_folder(made)


def _checked(name: str) -> str:
    """Names are ours; a stranger's never becomes a path."""
    if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
        raise Missing
    return name


def _flush_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
