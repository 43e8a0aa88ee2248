"""Sending bytes that are asked for again and again whether they may go on (R-07, R-77)."""

import asyncio
import time
from collections.abc import Callable, Iterator

from plano.documents.faces import wire
from plano.documents.faces.wire import Gone, Headers, Send, answer, header
from plano.platform.blobs import Content

CHUNK = 1 << 18
AHEAD = 8  # chunks: what a download holds at most


async def send_content(
    content: Content, start: int, end: int, send: Send, *, still: Callable[[], bool], chunk: int = CHUNK
) -> None:
    """From `start` to `end`; the connection ends before the promised length when `still` says no.

    `send` waits while the reader is slow, so a download never holds more than what one visit to a thread reads.
    """
    checked = time.monotonic()
    while start < end:
        for piece in await asyncio.to_thread(_read, content, start, end, chunk):
            if time.monotonic() - checked > wire.RECHECK_SECONDS:
                if not await asyncio.to_thread(still):
                    raise Gone
                checked = time.monotonic()
            start += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": start < end})


def _read(content: Content, start: int, end: int, chunk: int) -> list[bytes]:
    """A few chunks in one visit: waking the two sides costs more than reading."""
    found: list[bytes] = []
    while start < end and len(found) < AHEAD:
        found.append(content.read(start, min(chunk, end - start)))
        if not found[-1]:
            raise OSError("shorter than its row says")
        start += len(found[-1])
    return found


async def send_pieces(
    pieces: Iterator[bytes], start: int, end: int, send: Send, *, still: Callable[[], bool], chunk: int = CHUNK
) -> None:
    """What an iterator gives, from byte `start` to `end` of it; what lies before is made and thrown away."""
    checked, at = time.monotonic(), 0
    while at < end:
        piece = await asyncio.to_thread(_gather, pieces, chunk)
        if piece is None:
            raise OSError("shorter than it was said to be")
        here = piece[max(0, start - at) : end - at]
        at += len(piece)
        if time.monotonic() - checked > wire.RECHECK_SECONDS:
            if not await asyncio.to_thread(still):
                raise Gone
            checked = time.monotonic()
        if here:
            await send({"type": "http.response.body", "body": here, "more_body": at < end})


def _gather(pieces: Iterator[bytes], size: int) -> bytes | None:
    """About `size` bytes; None at the end."""
    held: list[bytes] = []
    total = 0
    for piece in pieces:
        held.append(piece)
        total += len(piece)
        if total >= size:
            break
    return b"".join(held) if held else None


async def not_satisfiable(send: Send, size: int) -> None:
    more: Headers = [header("content-range", f"bytes */{size}"), (b"accept-ranges", b"bytes")]
    await answer(send, 416, more)
