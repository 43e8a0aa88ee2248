"""`/api/v1/uploads/`: tus 1.0 (creation, creation-with-upload, termination, checksum, expiration), resumable.

`Upload-Defer-Length` and `Upload-Concat` are refused: who sends says how much, and in one piece after the other.
`base` in the metadata is the version that the writer had in hand.

The offset is what the disk has. The last byte is the completion: flushed, renamed, committed, then answered. A name
that is taken answers 409 with the document in the way; the bytes stay, and `POST …/decision` settles it without
sending them again. Another person's upload is absent.
"""

import asyncio
import base64
import binascii
import hashlib
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TypedDict
from uuid import UUID

from django.conf import settings

from plano.accounts import sessions
from plano.accounts.asgi import Caller, headers_of
from plano.documents import actions, queries
from plano.documents.faces.receiving import gather, small_body
from plano.documents.faces.wire import (
    Gone,
    Headers,
    Receive,
    Scope,
    Send,
    answer,
    caller,
    face,
    header,
    refuse,
)
from plano.documents.models import Node, Upload
from plano.kernel.errors import Conflict, DomainError, Invalid, NotFound, TooLarge, Unauthenticated
from plano.kernel.ids import derived_id, uuid7
from plano.platform import blobs

VERSION = "1.0.0"
BODY = "application/offset+octet-stream"
ALGORITHMS = {"sha256": hashlib.sha256, "sha1": hashlib.sha1, "md5": hashlib.md5}
MAX_DIGESTS = 256
SMALL = 1 << 18

_digests: OrderedDict[str, tuple[int, "hashlib._Hash"]] = OrderedDict()
"""Running SHA-256 of parts that this process receives; a lost one is computed again from the disk."""
_receiving: dict[UUID, "asyncio.Task[None]"] = {}
"""Who receives which upload now. A client that comes back after a sleep takes over from its own dead connection."""


class Mismatch(DomainError):
    """The checksum of a chunk is not that of its bytes: nothing of it is kept."""

    status = 460
    default_code = "checksum_mismatch"


class WrongVersion(DomainError):
    status = 412
    default_code = "tus_version"


class WrongType(DomainError):
    status = 415
    default_code = "wrong_content_type"


class Locked(DomainError):
    """Another connection still sends to this upload."""

    status = 423
    default_code = "upload_busy"


@dataclass
class Incoming:
    """One body on its way into a part."""

    who: Caller
    upload: Upload
    writer: blobs.PartWriter
    start: int
    digest: "hashlib._Hash | None"
    checksum: "tuple[hashlib._Hash, bytes] | None" = None

    def forget(self) -> None:
        """None of this body counts."""
        self.digest = None
        self.writer.cut(self.start)

    def take(self, chunk: bytes) -> None:
        if self.writer.offset + len(chunk) > self.upload.length:
            self.forget()
            raise TooLarge("upload_longer_than_said")
        digest, self.digest = self.digest, None  # a disk that is full takes a part of it: hashed again from there
        self.writer.write(chunk)
        if digest is not None:
            digest.update(chunk)
            self.digest = digest
        if self.checksum is not None:
            self.checksum[0].update(chunk)


@face
async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Mounted by `config.routes`."""
    method = scope["method"]
    if method == "OPTIONS":
        await answer(send, 204, _capabilities())
        return
    headers = headers_of(scope)
    try:
        if headers.get("tus-resumable") != VERSION:
            raise WrongVersion
        if method == "POST":
            await _create(scope, headers, receive, send)
        elif method == "HEAD":
            await _head(scope, send)
        elif method == "PATCH":
            await _patch(scope, headers, receive, send)
        else:
            await _terminate(scope, send)
    except DomainError as error:
        await refuse(send, error, [header("tus-resumable", VERSION), header("tus-version", VERSION)])


async def _create(scope: Scope, headers: dict[str, str], receive: Receive, send: Send) -> None:
    if _is_small(headers):
        body = await small_body(int(headers["content-length"]), receive)
        upload, offset, node = await asyncio.to_thread(_take_whole, scope, headers, body)
        await answer(send, 201, [*_state(upload, offset), header("location", _location(upload)), *_node(node)])
        return
    who, upload, offset = await asyncio.to_thread(_start, scope, headers)
    more: Headers = [header("location", _location(upload))]
    if upload.id in _receiving:  # the same creation again, after a cut that this side has not noticed
        await _take_over(upload.id)
        offset = await asyncio.to_thread(queries.offset_of, upload)
    begun = offset > 0 or upload.complete_at is not None
    if begun:  # the body begins at 0 again: the client reads the offset and goes on from there
        more += _node(upload.node if upload.done_at else None)
    elif headers.get("content-type") == BODY or upload.length == 0:
        offset, node = await _body(who, upload, offset, headers, receive)
        more += _node(node)
    await answer(send, 201, [*_state(upload, offset), *more])


async def _head(scope: Scope, send: Send) -> None:
    upload_id = _id(scope)
    await _take_over(upload_id)
    upload, offset = await asyncio.to_thread(_find, scope, upload_id)
    more = [header("upload-length", upload.length), *_node(upload.node if upload.done_at else None)]
    await answer(send, 200, [*_state(upload, offset), *more])


async def _patch(scope: Scope, headers: dict[str, str], receive: Receive, send: Send) -> None:
    if headers.get("content-type") != BODY:
        raise WrongType
    upload_id = _id(scope)
    who = await asyncio.to_thread(caller, scope)
    upload = await asyncio.to_thread(actions.may_continue, actor=who.user, upload_id=upload_id)
    await _take_over(upload_id)
    said = headers.get("upload-offset", "")
    offset = await asyncio.to_thread(queries.offset_of, upload)
    if not said.isdigit() or int(said) != offset:
        raise Conflict("offset_mismatch", errors={"offset": offset})
    offset, node = await _body(who, upload, offset, headers, receive)
    await answer(send, 204, [*_state(upload, offset), *_node(node)])


async def _terminate(scope: Scope, send: Send) -> None:
    upload_id = _id(scope)
    who = await asyncio.to_thread(caller, scope)
    await asyncio.to_thread(queries.upload_for, who.user, upload_id)
    await _take_over(upload_id)
    await asyncio.to_thread(actions.discard_upload, actor=who.user, upload_id=upload_id)
    await answer(send, 204, [header("tus-resumable", VERSION)])


async def _body(
    who: Caller, upload: Upload, offset: int, headers: dict[str, str], receive: Receive
) -> tuple[int, Node | None]:
    """Receive what the request carries; when it was the last byte, finish. Returns the offset and the document."""
    if offset < upload.length:
        checksum = _checksum(headers)
        incoming = await asyncio.to_thread(_open, who, upload, offset, checksum)
        task = asyncio.create_task(_receive(incoming, receive))
        _receiving[upload.id] = task
        gone = False
        try:
            await task
        except asyncio.CancelledError:
            gone = True  # another connection of the same person goes on from what is on the disk
        except Gone:
            gone = True
        finally:
            if _receiving.get(upload.id) is task:
                del _receiving[upload.id]
            offset = await asyncio.to_thread(_close, incoming)
        if gone:
            raise Gone
    if offset < upload.length:
        return offset, None
    return offset, await asyncio.to_thread(_complete, who, upload.id, upload.part)


async def _receive(incoming: Incoming, receive: Receive) -> None:
    """What came before a cut stays, unless it was announced with a checksum: then nothing vouches for it."""
    checked = incoming.checksum
    try:
        await gather(receive, incoming.take, lambda: _still(incoming), resumable=checked is None)
        if checked is not None and checked[0].digest() != checked[1]:
            raise Mismatch
    except (Gone, Mismatch, asyncio.CancelledError):
        if checked is not None:
            incoming.forget()
        raise


async def _take_over(upload_id: UUID) -> None:
    """End an earlier connection of the same upload, and wait until its bytes are on the disk."""
    task = _receiving.get(upload_id)
    if task is not None:
        task.cancel()
        for _ in range(100):
            if upload_id not in _receiving:
                break
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.02)


# --- In threads --------------------------------------------------------------------------------------------


class Said(TypedDict):
    """What a creation says of its bytes."""

    id: UUID
    workspace_id: UUID | None
    parent_id: UUID | None
    name: str
    conflict: str
    node_id: UUID | None
    base: int | None


def _said(who: Caller, headers: dict[str, str]) -> Said:
    if "upload-concat" in headers:
        raise Invalid("unknown_extension")
    meta = metadata(headers.get("upload-metadata", ""))
    return {
        "id": _creation_id(who, headers.get("idempotency-key", "")),
        "workspace_id": _uuid(meta, "workspace_id"),
        "parent_id": _uuid(meta, "parent_id"),
        "name": meta.get("filename", ""),
        "conflict": meta.get("conflict") or "ask",
        "node_id": _uuid(meta, "node_id"),
        "base": _number(meta, "base"),
    }


def _start(scope: Scope, headers: dict[str, str]) -> tuple[Caller, Upload, int]:
    who = caller(scope)
    said = _said(who, headers)
    length = headers.get("upload-length", "")
    if not length.isdigit() or len(length) > 18:
        raise Invalid("upload_length_missing")
    upload = actions.start_upload(actor=who.user, length=int(length), **said)
    return who, upload, queries.offset_of(upload)


def _take_whole(scope: Scope, headers: dict[str, str], body: bytes) -> tuple[Upload, int, Node | None]:
    """All of a small file in one visit to a thread."""
    who = caller(scope)
    upload, node = actions.take_whole(actor=who.user, body=body, **_said(who, headers))
    if node is not None:
        return upload, upload.length, node
    return upload, queries.offset_of(upload), upload.node if upload.done_at else None


def _find(scope: Scope, upload_id: UUID) -> tuple[Upload, int]:
    upload = queries.upload_for(caller(scope).user, upload_id)
    return upload, queries.offset_of(upload)


def _open(who: Caller, upload: Upload, offset: int, checksum: "tuple[hashlib._Hash, bytes] | None") -> Incoming:
    try:
        writer = blobs.store().append(upload.part)
    except blobs.Missing:
        raise NotFound from None
    except blobs.Busy:
        raise Locked(retry_after=1) from None
    if writer.offset != offset:
        writer.close()
        raise Conflict("offset_mismatch", errors={"offset": writer.offset})
    at, digest = _digests.pop(upload.part, (-1, None))
    if offset == 0:
        digest = hashlib.sha256()
    elif at != offset:
        digest = None
    return Incoming(who, upload, writer, offset, digest, checksum)


def _close(incoming: Incoming) -> int:
    """Flush: the offset that is told next is on the disk (R-130)."""
    offset = incoming.writer.offset
    incoming.writer.close()
    if incoming.digest is not None:
        _digests[incoming.upload.part] = (offset, incoming.digest)
        while len(_digests) > MAX_DIGESTS:
            _digests.popitem(last=False)
    return offset


def _complete(who: Caller, upload_id: UUID, part: str) -> Node | None:
    if who.session_id not in sessions.live_ids([who.session_id]):
        raise Unauthenticated
    at, digest = _digests.pop(part, (-1, None))
    upload = queries.upload_for(who.user, upload_id)
    known = digest.hexdigest() if digest is not None and at == upload.length else None
    actions.arrived(actor=who.user, upload_id=upload_id, sha256=known)
    return actions.finish_upload(actor=who.user, upload_id=upload_id)


def _still(incoming: Incoming) -> None:
    """Rights and session, while a long body comes (R-07)."""
    if incoming.who.session_id not in sessions.live_ids([incoming.who.session_id]):
        raise Unauthenticated
    actions.may_continue(actor=incoming.who.user, upload_id=incoming.upload.id)


# --- Headers -----------------------------------------------------------------------------------------------


def metadata(value: str) -> dict[str, str]:
    """`Upload-Metadata`: keys with base64 values."""
    found: dict[str, str] = {}
    for pair in value.split(","):
        key, _, encoded = pair.strip().partition(" ")
        if not key:
            continue
        try:
            found[key] = base64.b64decode(encoded.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Invalid("invalid_metadata", errors={key[:40]: "invalid_metadata"}) from None
    return found


def _checksum(headers: dict[str, str]) -> "tuple[hashlib._Hash, bytes] | None":
    value = headers.get("upload-checksum")
    if value is None:
        return None
    name, _, encoded = value.partition(" ")
    if name not in ALGORITHMS:
        raise Invalid("unknown_checksum")
    try:
        return ALGORITHMS[name](usedforsecurity=False), base64.b64decode(encoded.strip(), validate=True)
    except binascii.Error:
        raise Invalid("unknown_checksum") from None


def _capabilities() -> Headers:
    return [
        header("tus-resumable", VERSION),
        header("tus-version", VERSION),
        header("tus-extension", "creation,creation-with-upload,termination,checksum,expiration"),
        header("tus-max-size", settings.PLANO.upload_max_size),
        header("tus-checksum-algorithm", ",".join(ALGORITHMS)),
    ]


def _state(upload: Upload, offset: int) -> Headers:
    return [
        header("tus-resumable", VERSION),
        header("upload-offset", offset),
        header("upload-expires", format_datetime(upload.expires_at, usegmt=True)),
    ]


def _location(upload: Upload) -> str:
    return f"/api/v1/uploads/{upload.id}"


def _is_small(headers: dict[str, str]) -> bool:
    """A creation that brings all its bytes, and few: it is read before anything else is asked."""
    length = headers.get("content-length", "")
    return (
        headers.get("content-type") == BODY
        and length == headers.get("upload-length")
        and length.isdigit()
        and len(length) < 7
        and 0 < int(length) <= SMALL
        and "upload-checksum" not in headers
    )


def _node(node: Node | None) -> Headers:
    """The document that the bytes became, and how many contents it has had."""
    if node is None:
        return []
    return [header("plano-node", str(node.id)), header("plano-version", node.content_version)]


def _id(scope: Scope) -> UUID:
    return UUID(scope["path_params"]["upload_id"])


def _uuid(meta: dict[str, str], name: str) -> UUID | None:
    value = meta.get(name, "")
    if value in ("", "null"):
        return None
    try:
        return UUID(value)
    except ValueError:
        raise Invalid("invalid_metadata", errors={name: "invalid_metadata"}) from None


def _number(meta: dict[str, str], name: str) -> int | None:
    value = meta.get(name, "")
    if not value:
        return None
    if not value.isdigit() or len(value) > 9:
        raise Invalid("invalid_metadata", errors={name: "invalid_metadata"})
    return int(value)


def _creation_id(who: Caller, key: str) -> UUID:
    if not key:
        return uuid7()
    with suppress(ValueError):
        return UUID(key)
    return derived_id(str(who.user.id), "uploads", key[:255])
