"""`/api/v1/nodes/{id}/content` and `…/versions/{n}/content`: downloads with ranges, and whole-file PUT.

One thread call for a small file: who asks, may they, the bytes. A large one is read 512 kB at a time off the event
loop; rights are asked again every 3 s while it runs, and it ends when they end (R-07, R-77).
"""

import asyncio
import hashlib
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.db import close_old_connections

from plano.accounts import sessions
from plano.accounts.asgi import Caller, headers_of
from plano.documents import actions, policies, queries, statements
from plano.documents.faces import ranges
from plano.documents.faces.disposition import disposition
from plano.documents.faces.wire import FIXED, RECHECK_SECONDS, Gone, Receive, Scope, Send, answer, caller, face, header
from plano.documents.types import INLINE, wire_type
from plano.kernel.errors import DomainError, Invalid, NotFound, Unauthenticated
from plano.platform import blobs
from plano.platform.blobs import Content

CHUNK = 1 << 19


@dataclass(frozen=True)
class Download:
    """What one person may read at this moment, open."""

    caller: Caller
    node_id: UUID
    number: int | None
    name: str
    size: int
    sha256: str
    media_type: str
    content: Content | None
    first: bytes
    part: ranges.Part | None


@face
async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Mounted by `config.routes` for GET, HEAD and PUT."""
    if scope["method"] == "PUT":
        await _put(scope, receive, send)
    else:
        await _get(scope, send)


async def _get(scope: Scope, send: Send) -> None:
    headers = headers_of(scope)
    try:
        found = await asyncio.to_thread(_open, scope, headers)
    except ranges.NotSatisfiable as error:
        size = error.args[0]
        await answer(send, 416, [header("content-range", f"bytes */{size}"), (b"accept-ranges", b"bytes")])
        return
    try:
        await _send(scope, headers, found, send)
    finally:
        if found.content is not None:
            found.content.close()


async def _send(scope: Scope, headers: dict[str, str], found: Download, send: Send) -> None:
    inline = parse_qs(scope["query_string"].decode("latin1")).get("inline") == ["1"] and found.media_type in INLINE
    tag = _tag(found.sha256)
    out = [
        header("content-type", INLINE[found.media_type] if inline else wire_type(found.media_type)),
        header("content-disposition", disposition(found.name, inline=inline)),
        header("etag", tag),
        (b"accept-ranges", b"bytes"),
    ]
    if tag in [known.strip() for known in headers.get("if-none-match", "").split(",")]:
        await answer(send, 304, out)
        return
    start, length = (found.part.start, found.part.length) if found.part else (0, found.size)
    if found.part:
        out.append(header("content-range", found.part.content_range))
    out.append(header("content-length", length))
    await send({"type": "http.response.start", "status": 206 if found.part else 200, "headers": [*out, *FIXED]})
    if scope["method"] == "HEAD" or length == len(found.first) or found.content is None:
        body = b"" if scope["method"] == "HEAD" else found.first
        await send({"type": "http.response.body", "body": body})
        return
    await send({"type": "http.response.body", "body": found.first, "more_body": True})
    await _stream(found, found.content, start + len(found.first), start + length, send)


async def _stream(found: Download, content: Content, offset: int, end: int, send: Send) -> None:
    """Chunk by chunk; `send` waits while the reader is slow, so memory stays flat."""
    checked = time.monotonic()
    while offset < end:
        chunk = await asyncio.to_thread(content.read, offset, min(CHUNK, end - offset))
        if not chunk:
            raise OSError(f"{found.sha256}: shorter than its row says")
        offset += len(chunk)
        if time.monotonic() - checked > RECHECK_SECONDS:
            if not await asyncio.to_thread(_still, found):
                raise Gone  # the connection ends before the promised length: the browser tells a failed download
            checked = time.monotonic()
        await send({"type": "http.response.body", "body": chunk, "more_body": offset < end})


def _open(scope: Scope, headers: dict[str, str]) -> Download:
    """Session, rights, file and first bytes, in one visit to a thread."""
    who = caller(scope)
    params = scope["path_params"]
    node_id, number = UUID(params["node_id"]), params.get("number")
    row = _row(who, node_id, None if number is None else int(number))
    if row is None or (number is not None and row[3] is None):
        raise NotFound
    if row[3] is not None:
        policies.require_state(state=row[10], author_id=row[11], actor_id=who.user.id)
    name, size, sha256, media_type, blob = row[0], row[4] or 0, row[5] or "", row[6] or "", row[7]
    try:
        part = ranges.wanted(headers.get("range", ""), headers.get("if-range", ""), tag=_tag(sha256), size=size)
    except ranges.NotSatisfiable:
        raise ranges.NotSatisfiable(size) from None
    content = None
    first = b""
    if blob:
        try:
            content = blobs.store().open(blob)
        except blobs.Missing:
            raise OSError(f"{blob}: absent") from None
        if scope["method"] == "GET":
            start, length = (part.start, part.length) if part else (0, size)
            first = content.read(start, min(CHUNK, length))
    return Download(
        who, node_id, None if number is None else int(number), name, size, sha256, media_type, content, first, part
    )


def _row(who: Caller, node_id: UUID, number: int | None) -> tuple[Any, ...] | None:
    found: tuple[Any, ...] | None = statements.one(statements.CONTENT, user=who.user.id, node=node_id, number=number)
    return found


def _still(found: Download) -> bool:
    """Whether the session lives and the person may read the document still."""
    close_old_connections()
    alive = found.caller.session_id in sessions.live_ids([found.caller.session_id])
    row = _row(found.caller, found.node_id, found.number) if alive else None
    return row is not None and (
        row[3] is None or policies.is_downloadable(state=row[10], author_id=row[11], actor_id=found.caller.user.id)
    )


def _tag(sha256: str) -> str:
    return f'"{sha256 or "empty"}"'


# --- PUT ---------------------------------------------------------------------------------------------------


@dataclass
class Incoming:
    """A PUT that is being received into a part of its own."""

    who: Caller
    node_id: UUID
    part: str
    writer: blobs.PartWriter
    digest: "hashlib._Hash"
    kept: bool = False

    def take(self, chunk: bytes) -> None:
        actions.require_size(self.writer.offset + len(chunk))  # whatever Content-Length said
        self.writer.write(chunk)
        self.digest.update(chunk)


async def _put(scope: Scope, receive: Receive, send: Send) -> None:
    headers = headers_of(scope)
    incoming = await asyncio.to_thread(_begin_put, scope, headers)
    saved = False
    try:
        await _receive(incoming, headers, receive)
        status, out, body = await asyncio.to_thread(_finish_put, incoming, headers)
        saved = True
    finally:
        if not saved:
            await asyncio.to_thread(_abandon, incoming)
    await answer(send, status, out, body)


def _begin_put(scope: Scope, headers: dict[str, str]) -> Incoming:
    who = caller(scope)
    node_id = UUID(scope["path_params"]["node_id"])
    if "content-range" in headers:
        raise Invalid("partial_put")  # RFC 9110, 14.4
    length = headers.get("content-length", "0")
    if not length.isdigit():
        raise Invalid("invalid_length")
    actions.may_write(actor=who.user, node_id=node_id)
    actions.require_size(int(length))
    part = blobs.new_name()
    blobs.store().begin(part)
    return Incoming(who, node_id, part, blobs.store().append(part), hashlib.sha256())


async def _receive(incoming: Incoming, headers: dict[str, str], receive: Receive) -> None:
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
            await asyncio.to_thread(actions.may_write, actor=incoming.who.user, node_id=incoming.node_id)
            checked = time.monotonic()
    if "content-length" in headers and int(headers["content-length"]) != incoming.writer.offset:
        raise Gone


def _finish_put(incoming: Incoming, headers: dict[str, str]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Flush, rename, commit; only then an answer (R-130)."""
    incoming.writer.close()
    if incoming.who.session_id not in sessions.live_ids([incoming.who.session_id]):
        raise Unauthenticated
    blobs.store().keep(incoming.part)
    incoming.kept = True
    expected = headers.get("if-match", "").removeprefix("W/").strip().strip('"')
    try:
        node = actions.save_content(
            actor=incoming.who.user,
            node_id=incoming.node_id,
            blob=incoming.part,
            sha256=incoming.digest.hexdigest(),
            expected=None if expected in ("", "*") else expected,
        )
    except DomainError:  # certainly rolled back; after any other failure the sweeper decides, tomorrow
        blobs.store().discard(incoming.part)
        raise
    body = queries.node_out(node).model_dump_json().encode()
    return 200, [(b"content-type", b"application/json"), header("etag", _tag(node.sha256))], body


def _abandon(incoming: Incoming) -> None:
    if incoming.kept:
        return
    try:
        incoming.writer.close()
    finally:
        blobs.store().discard(incoming.part)
