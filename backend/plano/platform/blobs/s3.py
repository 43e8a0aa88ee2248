"""Bytes in a bucket: `content/` what is kept, `parts/` what is on its way, `notes/` the words beside both.

A part is a multipart upload in pieces of 8 MiB, and the object `parts/NAME`: which pieces count, and the tail that is
too short to be a piece. That object is all the state there is: any node goes on from it, and it is written whole at
every flush. A piece uploaded after it was written counts too, for it begins with the tail: after a crash at most
8 MiB are sent again. Piece numbers are used once; those of a chunk that was taken back are left out at the end.
"""

import heapq
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from plano.platform.blobs.base import MARK, Busy, Chunk, Missing, Trouble, checked
from plano.platform.blobs.bucket import Bucket, answered
from plano.platform.blobs.locks import Locks, PostgresLocks

PIECE = 8 << 20
MANY = 5000
HEAD = 1 << 16
CONNECT_SECONDS, READ_SECONDS, LONG_SECONDS = 2, 5, 60
for _name in ("boto3", "botocore", "s3transfer"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # in detail they write signatures and headers


@dataclass(frozen=True)
class State:
    """What is known of a part, without its tail."""

    upload: str = ""
    pieces: tuple[tuple[int, int], ...] = ()
    """Ranges of the piece numbers that count."""
    seen: int = 0
    """The highest number used."""
    size: int = 0
    """Bytes in those pieces."""

    def with_piece(self, number: int, size: int) -> "State":
        if self.pieces and self.pieces[-1][1] == number - 1:
            pieces = (*self.pieces[:-1], (self.pieces[-1][0], number))
        else:
            pieces = (*self.pieces, (number, number))
        return replace(self, pieces=pieces, seen=max(self.seen, number), size=self.size + size)

    def counts(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.pieces)


def at(url: str) -> "S3Store":
    """`s3://KEY:SECRET@host:port/bucket/prefix?region=…&tls=0`. Without key and secret: the standard variables."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    bucket, _, prefix = parts.path.strip("/").partition("/")
    session = boto3.session.Session(
        aws_access_key_id=unquote(parts.username) if parts.username else None,
        aws_secret_access_key=unquote(parts.password) if parts.password else None,
        region_name=options.get("region", "us-east-1"),
    )

    def client(seconds: int) -> Any:
        return session.client(
            "s3",
            endpoint_url=f"{'http' if options.get('tls') == '0' else 'https'}://{host}",
            config=Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=seconds,
                retries={"mode": "standard", "total_max_attempts": 2},
                max_pool_connections=64,
                tcp_keepalive=True,
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    place = f"{host}/{bucket}"
    found = Bucket(client(READ_SECONDS), client(LONG_SECONDS), bucket, f"{prefix}/" if prefix else "", place)
    return S3Store(found, PostgresLocks())


class S3Part:
    """Collects pieces; what is left at a flush is the tail."""

    def __init__(self, store: "S3Store", name: str) -> None:
        self._store, self._name = store, name
        if not store.locks.take(name):
            raise Busy
        try:
            self._state, tail = store.load(name)
            self._buffer = bytearray(tail)
            self._dirty = False
            found = store.after(name, self._state)
            if found.seen != self._state.seen:
                self._state, self._dirty = found, True
                self._buffer.clear()
                self.flush()
        except BaseException:
            store.locks.release(name)
            raise
        self._begun, self._tail = self._state, bytes(self._buffer)

    @property
    def offset(self) -> int:
        return self._state.size + len(self._buffer)

    def write(self, chunk: Chunk) -> None:
        self._buffer += chunk
        self._dirty = True
        while len(self._buffer) >= (size := PIECE if self._state.seen < MANY else 8 * PIECE):
            if not self._state.upload:
                self._begin()
            number = self._state.seen + 1
            self._store.put_piece(self._name, self._state.upload, number, bytes(self._buffer[:size]))
            del self._buffer[:size]
            self._state = self._state.with_piece(number, size)

    def cut(self, size: int) -> None:
        if size != self._begun.size + len(self._tail):
            raise ValueError("a writer goes back to where it began, and nowhere else")
        self._state = replace(self._begun, upload=self._state.upload, seen=self._state.seen)
        self._buffer = bytearray(self._tail)
        self._dirty = True
        self.flush()  # at once: pieces that do not count must not be found after a crash

    def flush(self) -> None:
        if self._dirty:
            self._store.save(self._name, self._state, bytes(self._buffer))
            self._dirty = False

    def close(self) -> None:
        try:
            self.flush()
        finally:
            self._store.locks.release(self._name)

    def _begin(self) -> None:
        """The upload's identifier is kept before its first piece."""
        upload = self._store.begin_upload(self._name)
        self._state = replace(self._state, upload=upload)
        self._begun = replace(self._begun, upload=upload)
        self._store.save(self._name, self._begun, self._tail)


class S3Content:
    """Small and scattered readings are one request each; one that goes on where the last ended becomes a stream."""

    def __init__(self, store: "S3Store", name: str) -> None:
        self._bucket, self._name = store.bucket, name
        with answered(self._bucket.place):
            head = self._bucket.client.head_object(**self._bucket.key("content", name))
        self._size = int(head["ContentLength"])
        self._stream: Any = None
        self._next = -1
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        return self._size

    def read(self, offset: int, length: int) -> bytes:
        end = min(offset + length, self._size)
        if offset >= end:
            return b""
        if not self._lock.acquire(blocking=False):
            return self._get(offset, end).read()  # type: ignore[no-any-return]
        try:
            if offset == self._next:
                found = self._go_on(offset, end)
            else:
                self._let_go()
                with answered(self._bucket.place):
                    found = self._get(offset, end).read()
            self._next = offset + len(found)
            return found
        finally:
            self._lock.release()

    def read_into(self, offset: int, target: memoryview) -> int:
        found = self.read(offset, len(target))
        target[: len(found)] = found
        return len(found)

    def close(self) -> None:
        self._let_go()

    def _go_on(self, offset: int, end: int) -> bytes:
        for _ in range(2):
            with answered(self._bucket.place):
                if self._stream is None:
                    self._stream = self._get(offset, self._size)
                try:
                    found: bytes = self._stream.read(end - offset)
                    if len(found) == end - offset:
                        return found
                except (BotoCoreError, OSError):
                    pass  # cut in the middle: once more from here
            self._let_go()
        raise Trouble(f"{self._bucket.place}: cut", retry_after=5)

    def _get(self, offset: int, end: int) -> Any:
        place = self._bucket.key("content", self._name)
        return self._bucket.client.get_object(**place, Range=f"bytes={offset}-{end - 1}")["Body"]

    def _let_go(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None


class S3Store:
    """One bucket, or a prefix of one."""

    def __init__(self, bucket: Bucket, locks: Locks) -> None:
        self.bucket, self.locks = bucket, locks

    # --- The port ---

    def begin(self, name: str) -> None:
        try:
            self.bucket.size_of("parts", name)
        except Missing:
            self.save(name, State(), b"")

    def append(self, name: str) -> S3Part:
        return S3Part(self, checked(name))

    def part_size(self, name: str) -> int:
        state, tail = self._state(name)
        found = self.after(name, state)
        return found.size if found.seen != state.seen else state.size + tail

    def keep(self, name: str) -> int:
        """A content of one piece is written whole; a longer one is put together by the server."""
        try:
            state, tail = self.load(name)
        except Missing:
            return self.bucket.size_of("content", name)
        found = self.after(name, state)
        if found.seen != state.seen:
            state, tail = found, b""
        if state.pieces:
            size = self._complete(name, state, tail)
        else:
            size = len(tail)
            self.bucket.put("content", name, tail)
            self._abort(name, state)
        self.bucket.delete("parts", name)
        return size

    def open(self, name: str) -> S3Content:
        return S3Content(self, name)

    def discard(self, name: str) -> None:
        with suppress(Missing):
            self._abort(name, self._state(name)[0])
        for kind in ("parts", "content", "notes"):
            self.bucket.delete(kind, name)

    def kept_before(self, instant: datetime) -> Iterator[str]:
        """The three lists are in the order of the names: they are walked side by side."""
        lists = [self.bucket.listed(kind) for kind in ("content", "parts", "notes")]
        for name, group in groupby(heapq.merge(*lists), key=lambda item: item[0]):
            found = {kind: at for _, kind, at in group}
            dates = [at for kind, at in found.items() if kind != "notes"] or list(found.values())
            if name != MARK and max(dates) < instant:
                yield name

    def note(self, name: str) -> bytes | None:
        try:
            with answered(self.bucket.place):
                body = self.bucket.client.get_object(**self.bucket.key("notes", name))["Body"]
                found: bytes = body.read()
                return found
        except Missing:
            checked(name)
            return None

    def set_note(self, name: str, note: bytes) -> None:
        self.bucket.put("notes", name, note)

    def replace(self, name: str, by: str) -> None:
        with answered(self.bucket.place):
            self.bucket.slow.copy(self.bucket.key("content", by), **self.bucket.key("content", name))
        self.bucket.delete("content", by)

    def is_empty(self) -> bool:
        return next(self.bucket.listed("content"), None) is None and next(self.bucket.listed("parts"), None) is None

    def ping(self) -> None:
        """Write and delete one object."""
        probe = {"Bucket": self.bucket.name, "Key": f"{self.bucket.prefix}probe"}
        try:
            with answered(self.bucket.place):
                self.bucket.client.put_object(**probe, Body=b"")
                self.bucket.client.delete_object(**probe)
        except Missing:
            raise Trouble(f"{self.bucket.place}: NoSuchBucket") from None

    # --- Parts ---

    def load(self, name: str) -> tuple[State, bytes]:
        """The state of a part and its tail."""
        with answered(self.bucket.place):
            whole = self.bucket.client.get_object(**self.bucket.key("parts", name))["Body"].read()
        head, _, tail = whole.partition(b"\n")
        return _parsed(head), tail

    def save(self, name: str, state: State, tail: bytes) -> None:
        self.bucket.put("parts", name, json.dumps(asdict(state)).encode() + b"\n" + tail)

    def after(self, name: str, state: State) -> State:
        """With the pieces that came after it was written: a crash."""
        for piece in self._pieces(name, state.upload, state.seen):
            state = state.with_piece(piece["PartNumber"], piece["Size"])
        return state

    def begin_upload(self, name: str) -> str:
        with answered(self.bucket.place):
            found = self.bucket.client.create_multipart_upload(**self.bucket.key("content", name))
        return str(found["UploadId"])

    def put_piece(self, name: str, upload: str, number: int, body: bytes) -> str:
        with answered(self.bucket.place):
            found = self.bucket.slow.upload_part(
                **self.bucket.key("content", name), UploadId=upload, PartNumber=number, Body=body
            )
        return str(found["ETag"])

    def _state(self, name: str) -> tuple[State, int]:
        """The state of a part and the length of its tail."""
        with answered(self.bucket.place):
            found = self.bucket.client.get_object(**self.bucket.key("parts", name), Range=f"bytes=0-{HEAD - 1}")
            start: bytes = found["Body"].read()
        total = int(str(found["ContentRange"]).rpartition("/")[2]) if "ContentRange" in found else len(start)
        head, _, _ = start.partition(b"\n")
        return _parsed(head), total - len(head) - 1

    def _pieces(self, name: str, upload: str, after: int) -> Iterator[dict[str, Any]]:
        if not upload:
            return
        more = True
        while more:
            try:
                with answered(self.bucket.place):
                    found = self.bucket.client.list_parts(
                        **self.bucket.key("content", name), UploadId=upload, PartNumberMarker=after
                    )
            except Missing:
                return  # completed or aborted
            yield from sorted(found.get("Parts", []), key=lambda piece: int(piece["PartNumber"]))
            more, after = bool(found.get("IsTruncated")), int(found.get("NextPartNumberMarker") or 0)

    def _complete(self, name: str, state: State, tail: bytes) -> int:
        pieces = [
            {"PartNumber": piece["PartNumber"], "ETag": piece["ETag"]}
            for piece in self._pieces(name, state.upload, 0)
            if state.counts(piece["PartNumber"])
        ]
        if not pieces:  # put together before; a crash came before the part was forgotten
            return self.bucket.size_of("content", name)
        if tail:
            number = state.seen + 1
            pieces.append({"PartNumber": number, "ETag": self.put_piece(name, state.upload, number, tail)})
        with answered(self.bucket.place):
            self.bucket.slow.complete_multipart_upload(
                **self.bucket.key("content", name), UploadId=state.upload, MultipartUpload={"Parts": pieces}
            )
        return state.size + len(tail)

    def _abort(self, name: str, state: State) -> None:
        if state.upload:
            place = self.bucket.key("content", name)
            with suppress(Missing), answered(self.bucket.place):
                self.bucket.client.abort_multipart_upload(**place, UploadId=state.upload)


def _parsed(head: bytes) -> State:
    found = json.loads(head)
    return State(**found | {"pieces": tuple((first, last) for first, last in found["pieces"])})
