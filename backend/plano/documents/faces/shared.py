"""`/api/v1/s/{token}/…`: the bytes behind a share link, for people without an account. What they send: `deposits`.

The link's secret is in the path, the visit's key in a cookie; both are asked at every request and every 3 s while
bytes go (R-77). Downloads with ranges, and a folder as one zip.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from django.http.request import split_domain_port, validate_host

from plano.accounts.addresses import client_address, network_of
from plano.accounts.asgi import SAFE, cookies_of, headers_of, require_same_origin
from plano.accounts.options import trusted_proxies
from plano.documents import limits, policies
from plano.documents.actions import visits as actions
from plano.documents.faces import ranges
from plano.documents.faces.archive import send_archive, turn
from plano.documents.faces.disposition import disposition
from plano.documents.faces.streaming import not_satisfiable, send_content
from plano.documents.faces.wire import (
    FIXED,
    Headers,
    Receive,
    Scope,
    Send,
    face,
    header,
)
from plano.documents.models import ShareMode, ShareUse
from plano.documents.queries import archives
from plano.documents.queries import shared as queries
from plano.documents.types import INLINE, wire_type
from plano.kernel.errors import DomainError, Invalid, NotFound
from plano.platform import blobs

CHUNK = 1 << 18
NAME = 120
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def outside(app: App) -> App:
    """Found by no search engine; the secret of the address goes to nobody."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0] != b"referrer-policy"]
                kept += [(b"referrer-policy", b"no-referrer"), (b"x-robots-tag", b"noindex, nofollow")]
                message = {**message, "headers": kept}
            await send(message)

        await app(scope, receive, marked)

    return guarded


@outside
@face
async def content(scope: Scope, receive: Receive, send: Send) -> None:
    """One document behind a link."""
    headers = headers_of(scope)
    row = await asyncio.to_thread(_document, scope, headers)
    name, _, size, sha256, media_type, blob = row[:6]
    tag = f'"{sha256 or "empty"}"'
    try:
        part = ranges.wanted(headers.get("range", ""), headers.get("if-range", ""), tag=tag, size=size)
    except ranges.NotSatisfiable:
        await not_satisfiable(send, size)
        return
    inline = _inline(scope, media_type)
    start, length = (part.start, part.length) if part else (0, size)
    out: Headers = [
        header("content-type", INLINE[media_type] if inline else wire_type(media_type)),
        header("content-disposition", disposition(name, inline=inline)),
        header("etag", tag),
        (b"accept-ranges", b"bytes"),
        header("content-length", length),
    ]
    if part:
        out.append(header("content-range", part.content_range))
    kept = await asyncio.to_thread(blobs.store().open, blob) if blob and scope["method"] == "GET" else None
    try:
        await send({"type": "http.response.start", "status": 206 if part else 200, "headers": [*out, *FIXED]})
        if kept is None or length == 0:
            await send({"type": "http.response.body", "body": b""})
            return
        node_id = UUID(scope["path_params"]["node_id"])
        await send_content(
            kept, start, start + length, send, still=lambda: _still(scope, headers, node_id), chunk=CHUNK
        )
    finally:
        if kept is not None:
            kept.close()


@outside
@face
async def archive(scope: Scope, receive: Receive, send: Send) -> None:
    """The shared folder, or one below it, as one zip."""
    headers = headers_of(scope)
    opened, plan = await asyncio.to_thread(_plan, scope, headers)
    with turn(str(opened.link.id)):
        await send_archive(
            scope,
            headers,
            plan,
            send,
            scopes=lambda: {opened.link.scope_id} if _still(scope, headers, None) else None,
            actor_id=None,
        )


# --- In threads --------------------------------------------------------------------------------------------


def open_link(scope: Scope, headers: dict[str, str], mode: ShareMode) -> queries.Opened:
    """The link and the visit of this request, with the checks that Django's faces make."""
    close_old_connections()
    host, _ = split_domain_port(headers.get("host", ""))
    if not host or not validate_host(host, settings.ALLOWED_HOSTS):
        raise Invalid("invalid_host")
    if scope["method"] not in SAFE:
        require_same_origin(headers)
    limits.look(network_of(_address(scope, headers)))
    return queries.opened(scope["path_params"]["token"], queries.Keys(cookies_of(headers)), mode=mode)


def _address(scope: Scope, headers: dict[str, str]) -> str:
    peer = (scope.get("client") or ("", 0))[0]
    return client_address(peer=peer, forwarded_for=headers.get("x-forwarded-for", ""), proxies=trusted_proxies())


def _document(scope: Scope, headers: dict[str, str]) -> tuple[Any, ...]:
    opened = open_link(scope, headers, ShareMode.READ)
    node_id = UUID(scope["path_params"]["node_id"])
    row = queries.row_of(opened.link, node_id)
    if row[1] is not None:
        policies.require_state(state=row[6], author_id=row[7], actor_id=None)
    if scope["method"] == "GET":
        what = ShareUse.What.OPENED if _inline(scope, row[4]) else ShareUse.What.DOWNLOADED
        _note(opened, headers, what, node_id)
    return row


def _inline(scope: Scope, media_type: str) -> bool:
    """Looked at in the page: noted as such, since the bytes are seen all the same."""
    return parse_qs(scope["query_string"].decode("latin1")).get("inline") == ["1"] and media_type in INLINE


def _plan(scope: Scope, headers: dict[str, str]) -> tuple[queries.Opened, archives.Plan]:
    opened = open_link(scope, headers, ShareMode.READ)
    wanted = parse_qs(scope["query_string"].decode("latin1")).get("folder_id", [""])[0]
    language = "en" if headers.get("accept-language", "fr").lower().startswith("en") else "fr"
    try:
        folder_id = UUID(wanted) if wanted else None
    except ValueError:
        raise NotFound from None
    plan = archives.plan_of_link(opened.link, folder_id, language=language)
    if scope["method"] == "GET":
        _note(opened, headers, ShareUse.What.ARCHIVED, folder_id or opened.link.node_id)
    return opened, plan


def _note(opened: queries.Opened, headers: dict[str, str], what: str, node_id: UUID) -> None:
    """For the list of uses: each time from the first byte, and the first time from any other; nobody takes a document
    unseen by asking from its second byte on (documents-16)."""
    resumes = not headers.get("range", "bytes=0-").startswith("bytes=0-")
    actions.note_use(opened=opened, what=what, node=queries.shared_node(opened.link, node_id), resumes=resumes)


def _still(scope: Scope, headers: dict[str, str], node_id: UUID | None) -> bool:
    """Whether the link still opens this."""
    close_old_connections()
    try:
        keys = queries.Keys(cookies_of(headers))
        link = queries.opened(scope["path_params"]["token"], keys, mode=ShareMode.READ).link
        row = None if node_id is None else queries.row_of(link, node_id)
    except DomainError:
        return False
    return row is None or policies.is_downloadable(state=row[6], author_id=row[7], actor_id=None)
