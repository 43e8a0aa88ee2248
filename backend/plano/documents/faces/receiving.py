"""Whole bodies on their way into a part of their own: 512 kB at a time, rights asked again while they come."""

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

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
    checked, buffer, size, more = time.monotonic(), [b""], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        more = bool(message.get("more_body"))
        buffer.append(message.get("body", b""))
        size += len(buffer[-1])
        if size >= CHUNK or not more:
            await asyncio.to_thread(incoming.take, b"".join(buffer))
            buffer, size = [], 0
        if time.monotonic() - checked > RECHECK_SECONDS:
            await asyncio.to_thread(incoming.still, incoming.writer.offset)
            checked = time.monotonic()
    if "content-length" in headers and int(headers["content-length"]) != incoming.writer.offset:
        raise Gone
