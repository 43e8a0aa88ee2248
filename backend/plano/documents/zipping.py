"""A zip archive made while it is sent: contents stored as they are, so that its length is known before the first byte.

The same entries always give the same bytes: a download that was cut goes on where it stopped (documents-14).
"""

import hashlib
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from plano.documents import names
from plano.platform.blobs import Content
from plano.platform.blobs.copying import chunks

_FORBIDDEN = str.maketrans({**dict.fromkeys('<>:"|?*\\/', "_"), **dict.fromkeys(map(chr, range(32)), "_")})
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789")}
_FIRST, _LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive, or a folder (its path ends with a slash). `text` is content that is not in the store."""

    path: str
    at: datetime
    size: int = 0
    sha256: str = ""
    blob: str = ""
    scope_id: UUID | None = None
    version_id: UUID | None = None
    text: bytes = b""


Reader = Callable[[Entry], Iterable[bytes]]


def safe_name(name: str) -> str:
    """The name as every system takes it: what Windows refuses becomes an underscore, visibly (documents-3)."""
    name = name.translate(_FORBIDDEN)
    kept = name.rstrip(". ")
    name = kept + "_" * bool(len(kept) < len(name)) if kept else "_"
    stem, dot, rest = name.partition(".")
    return f"{stem}_{dot}{rest}" if stem.strip().upper() in _RESERVED else name


class Folder:
    """Names of one folder of an archive: each once, also where capitals do not count."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._taken: set[str] = set()

    def place(self, name: str) -> str:
        """The path of a new entry, numbered when its name is taken."""
        wanted = candidate = safe_name(name)
        count = 1
        while names.key(candidate) in self._taken:
            count += 1
            candidate = names.numbered(wanted, count)
        self._taken.add(names.key(candidate))
        return self.path + candidate


def tag(entries: Iterable[Entry], zone: str) -> str:
    """Names these very bytes: the validator of a download that goes on."""
    digest = hashlib.sha256(zone.encode())
    for entry in entries:
        digest.update(f"\x1e{entry.path}\x1f{entry.at.timestamp()}\x1f{entry.size}\x1f{entry.sha256}".encode())
        digest.update(entry.text)
    return digest.hexdigest()


def length(entries: Sequence[Entry]) -> int:
    """How many bytes `pieces` gives."""
    limit = zipfile.ZIP64_LIMIT
    offset, directory = 0, 0
    for entry in entries:
        name, extra = len(entry.path.encode()), len(_extra(entry))
        beginning = offset
        large = entry.size * 1.05 > limit  # as zipfile decides
        offset += 30 + name + extra + (20 if large else 0) + entry.size + (24 if large else 16)
        fields = (2 if entry.size > limit else 0) + (1 if beginning > limit else 0)
        directory += 46 + name + extra + (4 + 8 * fields if fields else 0)
    longer = len(entries) > zipfile.ZIP_FILECOUNT_LIMIT or offset > limit or directory > limit
    return offset + directory + (76 if longer else 0) + 22


def pieces(entries: Iterable[Entry], read: Reader, zone: str) -> Iterator[bytes]:
    """The archive in pieces. `read` gives the bytes of an entry when its turn comes; memory holds one piece."""
    sink = _Sink()
    archive = zipfile.ZipFile(cast("BinaryIO", sink), "w", zipfile.ZIP_STORED)  # a stream that only writes
    where = ZoneInfo(zone)
    for entry in entries:
        info = zipfile.ZipInfo(entry.path, _date(entry.at.astimezone(where)))
        info.extra = _extra(entry)
        info.file_size = entry.size
        info.external_attr = (0o40755 << 16 | 0x10) if entry.path.endswith("/") else 0o100644 << 16
        with archive.open(info, "w") as out:
            for chunk in [entry.text] if entry.text else read(entry) if entry.size else ():
                out.write(chunk)
                yield sink.take()
        yield sink.take()
    archive.close()
    yield sink.take()


class _Sink:
    """Collects what zipfile writes, until it is taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


def _date(at: datetime) -> tuple[int, int, int, int, int, int]:
    fields = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    return min(max(fields, _FIRST), _LAST)


def _extra(entry: Entry) -> bytes:
    """The instant itself beside the local date: systems that know this field are right in every time zone."""
    seconds = int(entry.at.timestamp())
    return struct.pack("<HHBi", 0x5455, 5, 1, seconds) if 0 <= seconds < 1 << 31 else b""


def read_blob(content: Content, size: int, chunk: int = 1 << 19) -> Iterator[bytes]:
    """All bytes of a kept content, piece by piece."""
    left = size
    for piece in chunks(content, chunk):
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return
    if left:
        raise OSError("shorter than its row says")
