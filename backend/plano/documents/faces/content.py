"""`/api/v1/nodes/{id}/content` and `…/versions/{n}/content`: downloads with ranges, and whole-file PUT."""

import asyncio
from uuid import UUID

from plano.accounts.asgi import Caller, headers_of
from plano.documents import actions, queries
from plano.documents.faces import download, opened, ranges, receiving
from plano.documents.faces.wire import Headers, Receive, Scope, Send, answer, caller, face, header
from plano.kernel.errors import DomainError, Unauthenticated
from plano.platform import blobs


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
        await download.not_satisfiable(error, send)
        return
    await download.deliver(scope, headers, found, send)
    await opened.noted(scope, found)


def _open(scope: Scope, headers: dict[str, str]) -> download.Download:
    """Session, rights, file and first bytes, in one visit to a thread."""
    params = scope["path_params"]
    number = params.get("number")
    return download.opened(
        caller(scope),
        UUID(params["node_id"]),
        None if number is None else int(number),
        method=scope["method"],
        headers=headers,
    )


async def _put(scope: Scope, receive: Receive, send: Send) -> None:
    headers = headers_of(scope)
    who, incoming = await asyncio.to_thread(_begin_put, scope, headers)
    saved = False
    try:
        await receiving.receive_body(incoming, headers, receive)
        status, out, body = await asyncio.to_thread(_finish_put, scope, who, incoming, headers)
        saved = True
    finally:
        if not saved:
            await asyncio.to_thread(incoming.abandon)
    await answer(send, status, out, body)


def _begin_put(scope: Scope, headers: dict[str, str]) -> tuple[Caller, receiving.Incoming]:
    who = caller(scope)
    node_id = UUID(scope["path_params"]["node_id"])

    def still(size: int) -> None:
        actions.may_write(actor=who.user, node_id=node_id)

    return who, receiving.begin(headers, still)


def _finish_put(
    scope: Scope, who: Caller, incoming: receiving.Incoming, headers: dict[str, str]
) -> tuple[int, Headers, bytes]:
    """Flush, rename, commit; only then an answer (R-130)."""
    if not who.lives():
        raise Unauthenticated
    incoming.keep()
    expected = headers.get("if-match", "").removeprefix("W/").strip().strip('"')
    try:
        node = actions.save_content(
            actor=who.user,
            node_id=UUID(scope["path_params"]["node_id"]),
            blob=incoming.part,
            sha256=incoming.digest.hexdigest(),
            expected=expected or None,
            must_say=True,
        )
    except DomainError:  # certainly rolled back; after any other failure the sweeper decides, tomorrow
        blobs.store().discard(incoming.part)
        raise
    body = queries.node_out(node).model_dump_json().encode()
    return 200, [(b"content-type", b"application/json"), header("etag", download.tag_of(node.sha256))], body
