"""`/api/v1/nodes/{id}/archive` and `/api/v1/archives/{ticket}`: folders and selections as one streamed zip.

Stored, so that the length is known; the same tree gives the same bytes, so that a cut download goes on by `Range`.
Rights are asked for each file when its turn comes and every 3 s; when they end, so does the connection.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import close_old_connections

from plano.accounts import sessions
from plano.accounts.asgi import Caller, headers_of
from plano.documents import policies, zipping
from plano.documents.actions import archives as actions
from plano.documents.faces import ranges, wire
from plano.documents.faces.disposition import disposition
from plano.documents.faces.streaming import not_satisfiable, send_pieces
from plano.documents.faces.wire import FIXED, Gone, Headers, Receive, Scope, Send, caller, face, header
from plano.documents.models import Version
from plano.documents.queries import archives as queries
from plano.kernel.errors import TooMany
from plano.platform import blobs

PER_PERSON, PER_PROCESS = 3, 12
_running: Counter[str] = Counter()


@face
async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Mounted by `config.routes` for GET and HEAD."""
    headers = headers_of(scope)
    who, plan = await asyncio.to_thread(_plan, scope, headers)
    with turn(str(who.user.id)):
        await send_archive(
            scope, headers, plan, send, scopes=lambda: _scopes(who, plan.workspace_id), actor_id=who.user.id
        )


class Allowed:
    """Whether the document that is being sent may go on: where it lies now, and what the antivirus says now.

    `scopes` gives what the reader sees at this moment, or None when they may have nothing any more.
    """

    def __init__(self, scopes: Callable[[], set[UUID] | None], actor_id: UUID | None) -> None:
        self._scopes, self._actor_id = scopes, actor_id
        self._seen, self._at = scopes(), time.monotonic()
        self._entry: zipping.Entry | None = None

    def begin(self, entry: zipping.Entry) -> bool:
        """The turn of an entry has come."""
        self._entry = entry
        if time.monotonic() - self._at > wire.RECHECK_SECONDS:
            return self.still()
        return self._may()

    def still(self) -> bool:
        """Asked again while bytes go."""
        close_old_connections()
        self._seen, self._at = self._scopes(), time.monotonic()
        return self._may()

    def _may(self) -> bool:
        if self._seen is None or self._entry is None or self._entry.version_id is None:
            return self._seen is not None
        found = Version.objects.filter(id=self._entry.version_id, node__deleted_at=None)
        row = found.values_list("state", "author_id", "depositor", "node__scope_id").first()
        if row is None or row[3] not in self._seen:
            return False
        sender = None if row[2] else row[1]  # as `policies.require_downloadable` has it
        return policies.is_downloadable(state=row[0], author_id=sender, actor_id=self._actor_id)


async def send_archive(
    scope: Scope,
    headers: dict[str, str],
    plan: queries.Plan,
    send: Send,
    *,
    scopes: Callable[[], set[UUID] | None],
    actor_id: UUID | None,
) -> None:
    """The archive of a plan, whole or from where it was cut."""
    size, tag = plan.length, f'"{plan.tag}"'
    try:
        part = ranges.wanted(headers.get("range", ""), headers.get("if-range", ""), tag=tag, size=size)
    except ranges.NotSatisfiable:
        await not_satisfiable(send, size)
        return
    out: Headers = [
        (b"content-type", b"application/zip"),
        header("content-disposition", disposition(f"{plan.name}.zip", inline=False)),
        header("etag", tag),
        (b"accept-ranges", b"bytes"),
    ]
    start, length = (part.start, part.length) if part else (0, size)
    if part:
        out.append(header("content-range", part.content_range))
    if scope["method"] == "HEAD":
        head = [*out, header("content-length", length), *FIXED]
        await send({"type": "http.response.start", "status": 206 if part else 200, "headers": head})
        await send({"type": "http.response.body", "body": b""})
        return
    out.append(header("content-length", length))
    await send({"type": "http.response.start", "status": 206 if part else 200, "headers": [*out, *FIXED]})

    allowed = await asyncio.to_thread(Allowed, scopes, actor_id)

    def read(entry: zipping.Entry) -> Iterable[bytes]:
        if not allowed.begin(entry):
            raise Gone
        content = blobs.store().open(entry.blob)
        try:
            yield from zipping.read_blob(content, entry.size)
        finally:
            content.close()

    pieces = zipping.pieces(plan.entries, read, plan.zone)
    try:
        await send_pieces(pieces, start, start + length, send, still=allowed.still)
    finally:
        await asyncio.to_thread(_close, pieces)


def _scopes(who: Caller, workspace_id: UUID) -> set[UUID] | None:
    alive = who.session_id in sessions.live_ids([who.session_id])
    return queries.still_visible(who.user, workspace_id) if alive else None


def _close(pieces: Iterator[bytes]) -> None:
    close = getattr(pieces, "close", None)
    if close is not None:
        close()


@contextmanager
def turn(who: str) -> Iterator[None]:
    """Archives read much: a few at once for each person, and for all (R-138)."""
    if _running[who] >= PER_PERSON or _running.total() >= PER_PROCESS:
        raise TooMany("too_many_archives", retry_after=10)
    _running[who] += 1
    try:
        yield
    finally:
        _running[who] -= 1
        if not _running[who]:
            del _running[who]


def _plan(scope: Scope, headers: dict[str, str]) -> tuple[Caller, queries.Plan]:
    who = caller(scope)
    params = scope["path_params"]
    if "node_id" in params:
        return who, queries.plan_of_folder(who.user, UUID(params["node_id"]))
    ticket, plan = queries.plan_of_ticket(who.user, UUID(params["ticket_id"]))
    if scope["method"] == "GET":
        actions.use_ticket(ticket=ticket, resuming="range" in headers)
    return who, plan
