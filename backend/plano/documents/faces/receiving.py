"""Bodies on their way into parts: 512 kB at a time, rights asked again while they come."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from plano.documents import actions
from plano.documents.faces.wire import RECHECK_SECONDS, Gone, Receive
from plano.kernel.errors import Invalid
from plano.platform import blobs

CHUNK = 1 << 19


@dataclass
class Incoming:
    """A body that is being received. `still(size)` raises when it may no longer come."""

    part: str
    writer: blobs.PartWriter
    still: Callable[[int], None]
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    kept: bool = False

    def take(self, chunk: bytes) -> None:
        actions.require_size(self.writer.offset + len(chunk))  # whatever Content-Length said
        self.writer.write(chunk)
        self.digest.update(chunk)

    def keep(self) -> None:
        """Flush and rename: the bytes are there after a crash (R-130)."""
        self.writer.close()
        blobs.store().keep(self.part)
        self.kept = True

    def abandon(self) -> None:
        """Nothing of it stays, unless it was kept: then whoever kept it decides."""
        if self.kept:
            return
        try:
            self.writer.close()
        finally:
            blobs.store().discard(self.part)


def begin(headers: dict[str, str], still: Callable[[int], None]) -> Incoming:
    """A new part for the body that these headers announce."""
    if "content-range" in headers:
        raise Invalid("partial_put")  # RFC 9110, 14.4
    length = headers.get("content-length", "0")
    if not length.isdigit() or len(length) > 18:
        raise Invalid("invalid_length")
    actions.require_size(int(length))
    still(int(length))
    part = blobs.new_name()
    blobs.store().begin(part)
    return Incoming(part, blobs.store().append(part), still)


async def small_body(length: int, receive: Receive) -> bytes:
    """The whole of a short body, or Gone when it is not as long as was announced."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        more = bool(message.get("more_body"))
        if len(body) > length:
            break
    if len(body) != length:
        raise Gone
    return body


async def receive_body(incoming: Incoming, headers: dict[str, str], receive: Receive) -> None:
    """The whole body, or Gone when less came than was announced."""
    await gather(receive, incoming.take, lambda: incoming.still(incoming.writer.offset))
    if "content-length" in headers and int(headers["content-length"]) != incoming.writer.offset:
        raise Gone


async def gather(
    receive: Receive, take: Callable[[bytes], None], still: Callable[[], object], *, resumable: bool = False
) -> None:
    """Hand over a body in chunks, or raise Gone. `still` is asked in between and raises when no more may come.

    `resumable`: what came before a cut, less than a chunk, is handed over too: the sender goes on from there.
    """
    checked, held, size, more = time.monotonic(), [b""], 0, True
    while more:
        try:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
        except (Gone, asyncio.CancelledError):
            if resumable and size:
                take(b"".join(held))
            raise
        more = bool(message.get("more_body"))
        held.append(message.get("body", b""))
        size += len(held[-1])
        if size >= CHUNK or (size and not more):
            chunk, held, size = b"".join(held), [], 0
            await _to_the_end(asyncio.to_thread(take, chunk))
        if time.monotonic() - checked > RECHECK_SECONDS:
            await asyncio.to_thread(still)
            checked = time.monotonic()


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """A write that has begun in a thread is waited for, even when this connection is ended meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
