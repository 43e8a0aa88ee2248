"""`/api/v1/s/{token}/deposits/`: the drop-box behind a link: tus 1.0 (creation, creation-with-upload, expiration).

Nothing of what lies there is told. What has arrived goes on after a cut; the last byte makes the document.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from email.utils import format_datetime
from functools import partial
from uuid import UUID

from plano.accounts.asgi import headers_of
from plano.documents.actions import visits as actions
from plano.documents.faces.receiving import gather
from plano.documents.faces.shared import open_link, outside
from plano.documents.faces.tus import BODY, VERSION, Locked, WrongType, WrongVersion, metadata
from plano.documents.faces.wire import (
    Headers,
    Receive,
    Scope,
    Send,
    answer,
    face,
    header,
    refuse,
)
from plano.documents.models import ShareMode, Upload
from plano.documents.queries import shared as queries
from plano.documents.queries import uploads
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, DomainError, Invalid, NotFound, TooLarge
from plano.kernel.ids import derived_id, uuid7
from plano.kernel.text import clean_line
from plano.platform import blobs

NAME = 120


@dataclass
class Incoming:
    """One body on its way."""

    upload: Upload
    writer: blobs.PartWriter

    def take(self, chunk: bytes) -> None:
        if self.writer.offset + len(chunk) > self.upload.length:
            raise TooLarge("upload_longer_than_said")
        self.writer.write(chunk)


@outside
@face
async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Mounted for POST on the box, HEAD and PATCH on one deposit."""
    headers = headers_of(scope)
    try:
        if headers.get("tus-resumable") != VERSION:
            raise WrongVersion
        if scope["method"] == "POST":
            upload = await asyncio.to_thread(_start, scope, headers)
            offset = await asyncio.to_thread(uploads.offset_of, upload)
            if upload.done_at is None and offset == 0 and (headers.get("content-type") == BODY or upload.length == 0):
                offset = await _body(scope, headers, upload, receive)
            place = header("location", f"/api/v1/s/{scope['path_params']['token']}/deposits/{upload.id}")
            await answer(send, 201, [place, *_state(upload, offset)])
        elif scope["method"] == "PATCH":
            if headers.get("content-type") != BODY:
                raise WrongType
            upload, offset = await asyncio.to_thread(_find, scope, headers)
            if headers.get("upload-offset") != str(offset):
                raise Conflict("offset_mismatch", errors={"offset": offset})
            await answer(send, 204, _state(upload, await _body(scope, headers, upload, receive)))
        else:
            upload, offset = await asyncio.to_thread(_find, scope, headers)
            await answer(send, 200, [*_state(upload, offset), header("upload-length", upload.length)])
    except DomainError as error:
        await refuse(send, error, [header("tus-resumable", VERSION)])


async def _body(scope: Scope, headers: dict[str, str], upload: Upload, receive: Receive) -> int:
    """Receive what the request carries; after the last byte the document is there. Returns the offset."""
    if upload.done_at is not None:
        return upload.length
    incoming = await asyncio.to_thread(_begin, upload)
    try:
        still = partial(open_link, scope, headers, ShareMode.DROP)
        await gather(receive, incoming.take, still, resumable=True)
    finally:
        offset = incoming.writer.offset
        await asyncio.to_thread(incoming.writer.close)
    if offset == upload.length:
        await asyncio.to_thread(_finish, scope, headers, upload)
    return offset


def _start(scope: Scope, headers: dict[str, str]) -> Upload:
    opened = open_link(scope, headers, ShareMode.DROP)
    length = headers.get("upload-length", "")
    if not length.isdigit() or len(length) > 18:
        raise Invalid("upload_length_missing")
    meta = metadata(headers.get("upload-metadata", ""))
    return actions.start_deposit(
        opened=opened,
        id=_creation_id(opened, headers.get("idempotency-key", "")),
        name=meta.get("filename", ""),
        length=int(length),
        depositor=clean_line(meta.get("depositor", ""))[:NAME],
    )


def _find(scope: Scope, headers: dict[str, str]) -> tuple[Upload, int]:
    opened = open_link(scope, headers, ShareMode.DROP)
    upload = Upload.objects.filter(
        id=UUID(scope["path_params"]["upload_id"]), share=opened.link, expires_at__gt=now()
    ).first()
    if upload is None:
        raise NotFound
    return upload, uploads.offset_of(upload)


def _begin(upload: Upload) -> Incoming:
    try:
        return Incoming(upload, blobs.store().append(upload.part))
    except blobs.Missing:
        raise NotFound from None
    except blobs.Busy:
        raise Locked(retry_after=1) from None


def _finish(scope: Scope, headers: dict[str, str], upload: Upload) -> None:
    actions.finish_deposit(opened=open_link(scope, headers, ShareMode.DROP), upload_id=upload.id)


def _state(upload: Upload, offset: int) -> Headers:
    return [
        header("tus-resumable", VERSION),
        header("upload-offset", offset),
        header("upload-expires", format_datetime(upload.expires_at, usegmt=True)),
    ]


def _creation_id(opened: queries.Opened, key: str) -> UUID:
    if not key:
        return uuid7()
    with suppress(ValueError):
        return UUID(key)
    return derived_id(str(opened.visit.id), "deposits", key[:255])
