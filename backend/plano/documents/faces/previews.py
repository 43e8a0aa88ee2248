"""`/api/v1/nodes/{id}/previews/{kind}/content`: the bytes of a preview, under the rights of what it shows (R-06)."""

import asyncio
from contextlib import suppress
from urllib.parse import parse_qs
from uuid import UUID

from plano.accounts.asgi import headers_of
from plano.documents import queries
from plano.documents.faces import download, opened, ranges
from plano.documents.faces.wire import Receive, Scope, Send, caller, face
from plano.documents.models import PreviewKind
from plano.kernel.errors import NotFound
from plano.platform import blobs

_ENDINGS = {"application/pdf": ".pdf", "image/webp": ".webp"}


@face
async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Mounted by `config.routes` for GET and HEAD. `?number=` names an older version."""
    headers = headers_of(scope)
    try:
        found = await asyncio.to_thread(_open, scope, headers)
    except ranges.NotSatisfiable as error:
        await download.not_satisfiable(error, send)
        return
    await download.deliver(scope, headers, found, send)
    if scope["path_params"]["kind"] != PreviewKind.THUMBNAIL:
        await opened.noted(scope, found)


def _open(scope: Scope, headers: dict[str, str]) -> download.Download:
    who = caller(scope)
    params = scope["path_params"]
    version = queries.version_shown(who.user, UUID(params["node_id"]), _number(scope))
    found = queries.preview_of(version, PreviewKind(params["kind"]))
    if found is None or not found.blob:
        raise NotFound
    tag = download.tag_of(found.id.hex)
    try:
        part = ranges.wanted(headers.get("range", ""), headers.get("if-range", ""), tag=tag, size=found.size)
    except ranges.NotSatisfiable:
        raise ranges.NotSatisfiable(found.size) from None
    try:
        content = blobs.store().open(found.blob)
    except blobs.Missing:
        raise NotFound from None  # it is made again when the sweeper has told
    start, length = (part.start, part.length) if part else (0, found.size)
    first = content.read(start, min(download.CHUNK, length)) if scope["method"] == "GET" else b""
    return download.Download(
        who=who,
        node_id=version.node_id,
        number=version.number,
        name=f"{params['kind']}{_ENDINGS.get(found.media_type, '')}",
        modified_at=found.created_at,
        size=found.size,
        sha256=found.id.hex,
        media_type=found.media_type,
        content=content,
        first=first,
        part=part,
        tag=tag,
    )


def _number(scope: Scope) -> int | None:
    for value in parse_qs(scope["query_string"].decode("latin1")).get("number", []):
        with suppress(ValueError):
            return int(value[:9])
    return None
