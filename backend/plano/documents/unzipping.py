"""Looking into an archive before anything of it is written (R-73): sizes, names and kinds, from its directory.

What the directory hides is met later: no more than the said size of each entry is ever read, and its sum must be right.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from plano.documents import names
from plano.kernel.errors import Conflict, Invalid, TooLarge
from plano.platform.blobs import Content

MAX_ENTRIES = 10_000
MAX_DEPTH = 20
MAX_DIRECTORY = 4 << 20
SMALL = 16 << 20
MAX_RATIO = 100
CHUNK = 1 << 19
_DRIVE = re.compile(r"[A-Za-z]:")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40 | 0x2000


@dataclass(frozen=True)
class Item:
    """One entry: the folders it lies in, its name, and how to read it."""

    folders: tuple[str, ...]
    name: str
    info: zipfile.ZipInfo

    @property
    def size(self) -> int:
        return self.info.file_size


class Archive:
    """An archive that may be unpacked: its folders, each after the one it lies in, and its files in their order."""

    def __init__(self, content: Content, *, max_file: int) -> None:
        try:
            self._zip = zipfile.ZipFile(_Window(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
            raise Invalid("not_an_archive") from error
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES:
            raise _too_many()
        self.folders: list[tuple[str, ...]] = []
        self.files: list[Item] = []
        known: set[tuple[str, ...]] = {()}
        for info in infos:
            parts = _parts(info)
            within = parts if info.is_dir() else parts[:-1]
            if len(within) > MAX_DEPTH:
                raise Conflict("archive_too_deep", errors={"limit": MAX_DEPTH})
            for depth in range(1, len(within) + 1):
                if within[:depth] not in known:
                    known.add(within[:depth])
                    self.folders.append(within[:depth])
            if not info.is_dir() and parts:
                self.files.append(Item(within, parts[-1], info))
        if len(self.folders) + len(self.files) > MAX_ENTRIES:
            raise _too_many()
        _require_sane_sizes([item.info for item in self.files], content.size, max_file)
        self.size = sum(item.size for item in self.files)

    def read(self, item: Item) -> Iterator[bytes]:
        """The bytes of a file, never more than were said. Raises `archive_damaged` when they are not right."""
        seen = 0
        try:
            with self._zip.open(item.info) as source:
                while chunk := source.read(CHUNK):
                    seen += len(chunk)
                    yield chunk
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
            raise Conflict("archive_damaged", errors={"name": item.name}) from error
        if seen != item.size:
            raise Conflict("archive_damaged", errors={"name": item.name})


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """The path as clean names, or a refusal of all: an archive with one hostile entry is not looked at further."""
    if info.flag_bits & _ENCRYPTED:
        raise Conflict("archive_encrypted")
    if info.compress_type not in _METHODS:
        raise Invalid("not_an_archive")
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == 3 else 0
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _unsafe()
    path = _spoken(info).replace("\\", "/")
    if "\x00" in info.orig_filename or path.startswith("/") or _DRIVE.match(path):
        raise _unsafe()
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise _unsafe()
    try:
        return tuple(names.clean(part) for part in parts)
    except Invalid:
        raise _unsafe() from None


def _spoken(info: zipfile.ZipInfo) -> str:
    """The name in UTF-8, also when the program that wrote it did not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _require_sane_sizes(infos: list[zipfile.ZipInfo], held: int, max_file: int) -> None:
    packed = sum(info.compress_size for info in infos)
    whole = sum(info.file_size for info in infos)
    if packed > held or (whole > SMALL and whole > MAX_RATIO * max(1, packed)):
        raise _bomb()
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:  # two entries over the same bytes
            raise _bomb()
        end = info.header_offset + 30 + info.compress_size
        if info.file_size > SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise _bomb()
        if info.file_size > max_file:
            raise TooLarge("document_too_large", errors={"max_size": max_file})


def _unsafe() -> Conflict:
    return Conflict("archive_unsafe")


def _bomb() -> Conflict:
    return Conflict("archive_bomb")


def _too_many() -> Conflict:
    return Conflict("archive_too_many", errors={"limit": MAX_ENTRIES})


class _Window(io.RawIOBase):
    """A kept content as a file. A directory that is larger than any honest one is not read at all."""

    def __init__(self, content: Content) -> None:
        self._content, self._at = content, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        base = {0: 0, 1: self._at, 2: self._content.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._content.size - self._at)
        wanted = left if size < 0 else min(size, left)
        if wanted > MAX_DIRECTORY:
            raise _too_many()
        found = self._content.read(self._at, wanted) if wanted else b""
        self._at += len(found)
        return found
