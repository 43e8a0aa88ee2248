"""GET, HEAD and PUT: bytes pass beside WsgiDAV, in pieces, through the library's own downloads and parts."""

import asyncio
import time
from dataclasses import dataclass

from plano.dav import conditions, inhand
from plano.dav.caller import DavCaller, address_of, caller
from plano.dav.paths import href, new_name, raw_path, segments_of
from plano.dav.reply import dav_headers
from plano.dav.tree import Spot, entity_tag, existing, locate
from plano.documents.actions.locks import presenting
from plano.documents.actions.putting import ABSENT, Base, may_put, put_document
from plano.documents.faces import download, ranges, receiving
from plano.documents.faces.wire import RECHECK_SECONDS, Headers, Receive, Scope, Send, answer, header
from plano.kernel.errors import Conflict, DomainError, Forbidden, Unauthenticated
from plano.platform import blobs
from plano.platform.audit.context import origin
from plano.workspaces.models import Role

SMALL = 1 << 18
FOLDER_PAGE = (
    "Ce dossier s’ouvre comme lecteur réseau (WebDAV), avec un mot de passe d’application.\n"
    "This folder opens as a network drive (WebDAV), with an application password.\n"
).encode()
# What file managers leave behind for themselves; it means nothing to anybody else.
LITTER = {".ds_store", "thumbs.db", "desktop.ini", ".spotlight-v100", ".trashes", ".fseventsd", ".temporaryitems"}


class NotHere(DomainError):
    """405: a folder takes no bytes."""

    status = 405
    default_code = "not_a_document"


async def get(scope: Scope, headers: dict[str, str], send: Send) -> None:
    """A document, whole or in part; of a folder, a sentence."""
    try:
        found = await asyncio.to_thread(_open, scope, headers)
    except ranges.NotSatisfiable as error:
        await download.not_satisfiable(error, send)
        return
    if found is None:
        head: Headers = [(b"content-type", b"text/plain; charset=utf-8"), *dav_headers()]
        await answer(send, 200, head, b"" if scope["method"] == "HEAD" else FOLDER_PAGE)
        return
    await download.deliver(scope, headers, found, send)


def _open(scope: Scope, headers: dict[str, str]) -> download.Download | None:
    with origin(network=address_of(scope, headers), request_id=""):
        who = caller(scope, headers)
        spot = existing(who.user, segments_of(raw_path(scope)))
        if spot.entry is None or spot.is_folder:
            return None
        found = download.opened(
            who, spot.entry.id, None, method=scope["method"], headers=headers, tag=entity_tag(spot.entry.sha256)
        )
        if scope["method"] == "GET":
            inhand.note(who, spot.entry.id, spot.entry.content_version)
        return found


@dataclass(frozen=True, slots=True)
class Put:
    """Where bytes are going, decided before the first of them is taken."""

    who: DavCaller
    spot: Spot
    tokens: frozenset[str]
    incoming: receiving.Incoming
    begun: float


async def put(scope: Scope, headers: dict[str, str], receive: Receive, send: Send) -> None:
    """A new document or a new version: 201 or 204 after COMMIT (R-130). A small one in one visit to a thread."""
    if is_small(headers):
        body = await receiving.small_body(int(headers["content-length"]), receive)
        status, out = await asyncio.to_thread(_put_small, scope, headers, body)
        await answer(send, status, out)
        return
    going = await asyncio.to_thread(_begin, scope, headers)
    saved = False
    try:
        await receiving.receive_body(going.incoming, headers, receive)
        status, out = await asyncio.to_thread(_finish, scope, headers, going)
        saved = True
    finally:
        if not saved:
            await asyncio.to_thread(going.incoming.abandon)
    await answer(send, status, out)


def is_small(headers: dict[str, str]) -> bool:
    """Short, and announced as such: read before anything else is asked."""
    length = headers.get("content-length", "")
    return length.isdigit() and len(length) < 7 and int(length) <= SMALL


def _put_small(scope: Scope, headers: dict[str, str], body: bytes) -> tuple[int, Headers]:
    going = _begin(scope, headers)
    try:
        going.incoming.take(body)
        return _finish(scope, headers, going)
    except BaseException:
        going.incoming.abandon()
        raise


def _begin(scope: Scope, headers: dict[str, str]) -> Put:
    with origin(network=address_of(scope, headers), request_id=""):
        who = caller(scope, headers)
        who.require_write()
        spot = locate(who.user, segments_of(raw_path(scope)))
        if spot.is_folder:
            raise NotHere
        if not spot.exists and not spot.is_free:
            raise Conflict("parent_not_found")
        name = spot.entry.name if spot.entry else new_name(spot.name)
        if name.lower() in LITTER and spot.entry is None:
            raise Forbidden("name_of_a_file_manager")
        tokens = conditions.judge(who.user, spot, headers)
        begun = time.monotonic()

        def still(size: int) -> None:
            if time.monotonic() - begun > RECHECK_SECONDS and not who.lives():
                raise Unauthenticated
            if size > SMALL or spot.role < Role.MEMBER:  # all is asked again at the end, with the change
                with presenting(tokens):
                    _may_put(who, spot, size)

        return Put(who, spot, tokens, receiving.begin(headers, still), begun)


def _may_put(who: DavCaller, spot: Spot, size: int) -> None:
    assert spot.place is not None
    may_put(
        actor=who.user,
        workspace_id=spot.place.id,
        parent_id=spot.parent.id if spot.parent else None,
        node_id=spot.entry.id if spot.entry else None,
        size=size,
    )


def _finish(scope: Scope, headers: dict[str, str], going: Put) -> tuple[int, Headers]:
    """Flush, rename, commit; only then an answer."""
    who, spot = going.who, going.spot
    assert spot.place is not None
    if time.monotonic() - going.begun > RECHECK_SECONDS and not who.lives():
        raise Unauthenticated
    going.incoming.keep()
    expected = headers.get("if-match", "").removeprefix("W/").strip().strip('"')
    if headers.get("if-none-match", "").strip() == "*":
        expected = ABSENT
    entry, base = spot.entry, None
    if entry is not None and not conditions.on_content(headers):  # what it read; else what was there when it began
        base = inhand.of(who, entry.id) or Base(entry.content_version)
    try:
        with origin(network=address_of(scope, headers), request_id=""), presenting(going.tokens):
            node, created = put_document(
                actor=who.user,
                place=spot.place,
                path=spot.segments[3:],
                blob=going.incoming.part,
                sha256=going.incoming.digest.hexdigest(),
                expected=None if expected in ("", "*") else expected,
                base=base,
            )
    except DomainError:  # certainly rolled back; after any other failure the sweeper decides, tomorrow
        blobs.store().discard(going.incoming.part)
        raise
    if entry is not None and base is not None and node.id != entry.id:  # a race was lost: it lies beside
        inhand.note(who, entry.id, base.number, beside=node.id)
        return 201, [header("location", href([*spot.segments[:-1], node.name], folder=False))]
    inhand.note(who, node.id, node.content_version)
    return 201 if created else 204, [header("etag", entity_tag(node.sha256))]
