"""`/dav/files/<workspace>/…`: WebDAV class 1 and 2 over the document library.

Bytes (GET, HEAD, PUT) and lists (PROPFIND) have paths of their own; the other methods are WsgiDAV's, over our provider.
"""

import asyncio
import logging
from collections.abc import Callable
from itertools import chain, islice
from typing import Any

from plano.accounts.asgi import headers_of
from plano.dav import bodies, engine, propfind, xml
from plano.dav.caller import CHALLENGE, DavCaller, address_of, caller
from plano.dav.paths import raw_path, segments_of
from plano.dav.reply import FOLDER_METHODS, METHODS, Reply, dav_headers
from plano.dav.tree import existing, locate
from plano.documents.faces.wire import FIXED, Gone, Receive, Scope, Send, answer, face, header, refuse
from plano.kernel.errors import DomainError, TooLarge, Unauthenticated
from plano.platform.audit.context import origin

BODY_SECONDS = 60
XML: tuple[bytes, bytes] = (b"content-type", b"application/xml; charset=utf-8")
log = logging.getLogger("plano.dav")


@face
async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Mounted by `config.routes` for every method."""
    headers = headers_of(scope)
    method: str = scope["method"]
    try:
        if method not in METHODS:
            await answer(send, 405, [header("allow", ", ".join(METHODS))])
        elif method in ("GET", "HEAD"):
            await bodies.get(scope, headers, send)
        elif method == "PUT":
            await bodies.put(scope, headers, receive, send)
        else:
            body = await _body(headers, receive)
            reply = await asyncio.to_thread(_handle, scope, headers, body)
            await _send(send, reply)
    except DomainError as error:
        more = _more(error)
        if method == "PUT" and not bodies.is_small(headers):  # what still comes is not read: the sender must notice
            more.append((b"connection", b"close"))
        await refuse(send, error, more, status_of(error))


def status_of(error: DomainError) -> int:
    """DAV has words of its own for a full workspace (RFC 4918, 11.5)."""
    return 507 if error.code in ("quota_exceeded", "storage_full") else error.status


def _more(error: DomainError) -> list[tuple[bytes, bytes]]:
    return [CHALLENGE] if isinstance(error, Unauthenticated) else []


async def _body(headers: dict[str, str], receive: Receive) -> bytes:
    if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")[:18]) > xml.MAX_BYTES:
        raise TooLarge("too_large")
    parts: list[bytes] = []
    size, more = 0, True
    async with asyncio.timeout(BODY_SECONDS):
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            more = bool(message.get("more_body"))
            if size > xml.MAX_BYTES:
                raise TooLarge("too_large")
    return b"".join(parts)


async def _send(send: Send, reply: Reply) -> None:
    head = [*reply.headers, *FIXED]
    if isinstance(reply.body, bytes):
        sized = [] if reply.status in (204, 304) else [header("content-length", len(reply.body))]
        await send({"type": "http.response.start", "status": reply.status, "headers": [*sized, *head]})
        await send({"type": "http.response.body", "body": reply.body})
        return
    await send({"type": "http.response.start", "status": reply.status, "headers": head})
    while (piece := await asyncio.to_thread(next, reply.body, None)) is not None:  # made as fast as it is read
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _handle(scope: Scope, headers: dict[str, str], body: bytes) -> Reply:
    """In a thread: who asks, what it names, the answer."""
    with origin(network=address_of(scope, headers), request_id=""):
        who = caller(scope, headers)
        segments = segments_of(raw_path(scope))
        return _METHODS.get(scope["method"], engine.handle)(scope, headers, body, who, segments)


def _options(scope: Scope, headers: dict[str, str], body: bytes, who: DavCaller, segments: list[str]) -> Reply:
    spot = locate(who.user, segments)
    allowed = FOLDER_METHODS if spot.is_folder else METHODS
    return Reply(200, [*dav_headers(), header("allow", ", ".join(allowed))])


def _propfind(scope: Scope, headers: dict[str, str], body: bytes, who: DavCaller, segments: list[str]) -> Reply:
    spot = existing(who.user, segments)
    asked = propfind.question(body)
    depth = headers.get("depth", "infinity").lower()
    engine.require_depth(depth)
    pieces = propfind.answer(who.user, spot, asked, depth=depth)
    first = list(islice(pieces, 2))
    return Reply(207, [XML, *dav_headers()], first[0] if len(first) == 1 else chain(first, pieces))


Method = Callable[[Any, dict[str, str], bytes, DavCaller, list[str]], Reply]
_METHODS: dict[str, Method] = {"OPTIONS": _options, "PROPFIND": _propfind}
