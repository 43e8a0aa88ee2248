"""Bytes in a folder: `parts/` while they arrive, `kept/ab/cd/` when complete, `notes/ab/` the words beside them."""

import fcntl
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from plano.platform.blobs.base import MARK, Busy, Chunk, Missing, Trouble, checked, new_name


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
        self._flushed = False

    @property
    def offset(self) -> int:
        return self._offset

    def write(self, chunk: Chunk) -> None:
        self._flushed = False
        view = memoryview(chunk)
        while view:
            written = os.write(self._fd, view)
            self._offset += written
            view = view[written:]

    def cut(self, size: int) -> None:
        self._flushed = False
        os.ftruncate(self._fd, size)
        self._offset = os.lseek(self._fd, size, os.SEEK_SET)

    def flush(self) -> None:
        if not self._flushed:
            os.fdatasync(self._fd)
            self._flushed = True

    def close(self) -> None:
        if self._fd >= 0:
            try:
                self.flush()
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

    def read_into(self, offset: int, target: memoryview) -> int:
        return os.preadv(self._fd, [target], offset)

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
        self._notes = root / "notes"

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
        self._note(name).unlink(missing_ok=True)

    def note(self, name: str) -> bytes | None:
        try:
            return self._note(name).read_bytes()
        except FileNotFoundError:
            return None

    def set_note(self, name: str, note: bytes) -> None:
        path = self._note(name)
        self._make_folder(path.parent)
        fresh = path.with_name(f".{name}.{os.getpid()}.{new_name()[:8]}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
            file.write(note)
            file.flush()
            os.fdatasync(file.fileno())
        fresh.rename(path)
        _flush_folder(path.parent)

    def replace(self, name: str, by: str) -> None:
        target = self._path(name)
        try:
            self._path(by).rename(target)
        except FileNotFoundError:
            raise Missing from None
        _flush_folder(target.parent)

    def is_empty(self) -> bool:
        return next(self._files(self._kept, self._parts), None) is None

    def ping(self) -> None:
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self.root / f".write-{os.getpid()}-{new_name()[:8]}"
            probe.touch(mode=0o600)
            probe.unlink()
        except OSError as error:
            raise Trouble(f"{self.root}: {error.strerror}") from None

    def kept_before(self, instant: datetime) -> Iterator[str]:
        for path in self._files(self._parts, self._kept):
            if _older(path, instant):
                yield path.name
        for path in self._files(self._notes):  # a note whose bytes are gone: a crash came in between
            name = path.name
            if not _is_ours(name):
                if _older(path, instant):
                    path.unlink(missing_ok=True)
            elif name != MARK and not self._has_bytes(name) and _older(path, instant):
                yield name

    def _has_bytes(self, name: str) -> bool:
        return self._part(name).exists() or self._path(name).exists()

    def _files(self, *folders: Path) -> Iterator[Path]:
        for folder in folders:
            for parent, _, names in os.walk(folder):
                for name in names:
                    yield Path(parent) / name

    def _part(self, name: str) -> Path:
        return self._parts / checked(name)

    def _path(self, name: str) -> Path:
        return self._kept / checked(name)[:2] / name[2:4] / name

    def _note(self, name: str) -> Path:
        return self._notes / checked(name)[:2] / name

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while folder != self.root:
            folder = folder.parent
            _flush_folder(folder)


def _is_ours(name: str) -> bool:
    try:
        return checked(name) == name
    except Missing:
        return False


def _older(path: Path, instant: datetime) -> bool:
    try:
        return path.stat().st_mtime < instant.timestamp()
    except FileNotFoundError:
        return False


def _flush_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
