"""The bytes of a document for somebody who may read them: whole or a range, never all in memory.

One thread call for a small file: may they, the bytes. A large one is read 2 MB at a time off the event loop
(`streaming`); rights are asked again every 3 s while it runs, and it ends when they end (R-07, R-77).
"""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Protocol
from urllib.parse import parse_qs
from uuid import UUID

from django.db import close_old_connections

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.faces import ranges
from plano.documents.faces.disposition import disposition
from plano.documents.faces.streaming import send_content
from plano.documents.faces.wire import FIXED, Scope, Send, answer, header
from plano.documents.types import INLINE, wire_type
from plano.kernel.errors import NotFound
from plano.platform import blobs
from plano.platform.blobs import Content

CHUNK = 1 << 18


class Who(Protocol):
    """A person, by a session or by an application password, and whether that still holds."""

    @property
    def user(self) -> User: ...

    def lives(self) -> bool: ...


@dataclass(frozen=True)
class Download:
    """What one person may read at this moment, open."""

    who: Who
    node_id: UUID
    number: int | None
    name: str
    modified_at: datetime
    size: int
    sha256: str
    media_type: str
    content: Content | None
    first: bytes
    part: ranges.Part | None
    tag: str


async def deliver(scope: Scope, headers: dict[str, str], found: Download, send: Send) -> None:
    """Answer GET or HEAD, and close what was open."""
    try:
        await _send(scope, headers, found, send)
    finally:
        if found.content is not None:
            found.content.close()


async def not_satisfiable(error: ranges.NotSatisfiable, send: Send) -> None:
    """416, with the size that there is."""
    await answer(send, 416, [header("content-range", f"bytes */{error.args[0]}"), (b"accept-ranges", b"bytes")])


async def _send(scope: Scope, headers: dict[str, str], found: Download, send: Send) -> None:
    inline = parse_qs(scope["query_string"].decode("latin1")).get("inline") == ["1"] and found.media_type in INLINE
    tag = found.tag
    out = [
        header("content-type", INLINE[found.media_type] if inline else wire_type(found.media_type)),
        header("content-disposition", disposition(found.name, inline=inline)),
        header("etag", tag),
        header("last-modified", format_datetime(found.modified_at, usegmt=True)),
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
    begun, end = start + len(found.first), start + length
    await send_content(found.content, begun, end, send, still=lambda: _still(found))


def opened(
    who: Who, node_id: UUID, number: int | None, *, method: str, headers: dict[str, str], tag: str | None = None
) -> Download:
    """In a thread: rights, file and first bytes of a document, or of one of its versions."""
    row = _row(who, node_id, number)
    if row is None or (number is not None and row[3] is None):
        raise NotFound
    if row[3] is not None:
        policies.require_state(state=row[10], author_id=row[11], actor_id=who.user.id)
    name, size, sha256, media_type, blob = row[0], row[4] or 0, row[5] or "", row[6] or "", row[7]
    tag = tag or tag_of(sha256)
    try:
        part = ranges.wanted(headers.get("range", ""), headers.get("if-range", ""), tag=tag, size=size)
    except ranges.NotSatisfiable:
        raise ranges.NotSatisfiable(size) from None
    content = None
    first = b""
    if blob:
        try:
            content = blobs.store().open(blob)
        except blobs.Missing:
            raise OSError(f"{blob}: absent") from None
        if method == "GET":
            start, length = (part.start, part.length) if part else (0, size)
            first = content.read(start, min(CHUNK, length))
    return Download(who, node_id, number, name, row[8], size, sha256, media_type, content, first, part, tag)


def tag_of(sha256: str) -> str:
    """The entity tag of a content: what it is, not when it came."""
    return f'"{sha256 or "empty"}"'


def _row(who: Who, node_id: UUID, number: int | None) -> tuple[Any, ...] | None:
    found: tuple[Any, ...] | None = statements.one(statements.CONTENT, user=who.user.id, node=node_id, number=number)
    return found


def _still(found: Download) -> bool:
    """Whether the session lives and the person may read the document still."""
    close_old_connections()
    row = _row(found.who, found.node_id, found.number) if found.who.lives() else None
    return row is not None and (
        row[3] is None or policies.is_downloadable(state=row[10], author_id=row[11], actor_id=found.who.user.id)
    )
