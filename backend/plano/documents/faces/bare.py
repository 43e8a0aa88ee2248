"""`/api/v1/nodes/{id}/bare`: a picture without its metadata (place, author, device), made when it is asked for (R-74).

Two at a time, in a child with limits; from its workplace in pieces, and nothing of it is kept.
"""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import close_old_connections

from plano.accounts.asgi import Caller
from plano.documents import queries
from plano.documents.actions import previews
from plano.documents.faces.disposition import disposition
from plano.documents.faces.streaming import send_pieces
from plano.documents.faces.wire import FIXED, Receive, Scope, Send, caller, face, header
from plano.documents.models import Version
from plano.documents.names import split
from plano.kernel.errors import DomainError, TooMany
from plano.platform import converters
from plano.platform.converters import Made

AT_ONCE = 2
CHUNK = 1 << 19
_running = 0


@dataclass(frozen=True)
class Picture:
    """What goes out."""

    version: Version
    name: str
    made: Made
    size: int


@face
async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Mounted by `config.routes` for GET."""
    global _running
    who = await asyncio.to_thread(caller, scope)
    if _running >= AT_ONCE:
        raise TooMany("too_many_pictures", retry_after=5)
    _running += 1
    try:
        with ExitStack() as ending:
            found = await asyncio.to_thread(_make, who, scope, ending)
            await _send(found, send, still=lambda: _still(who, found.version))
    finally:
        _running -= 1


def _make(who: Caller, scope: Scope, ending: ExitStack) -> Picture:
    version = queries.version_shown(who.user, UUID(scope["path_params"]["node_id"]))
    folder = ending.enter_context(converters.workplace())
    made = previews.bare(version, folder)
    queries.version_shown(who.user, version.node_id, version.number)  # it took its time: asked again
    name = split(version.node.name)[0] + made.path.suffix
    return Picture(version, name, made, made.path.stat().st_size)


def _still(who: Caller, version: Version) -> bool:
    """Whether the session lives and the person may have the picture still."""
    close_old_connections()
    try:
        queries.version_shown(who.user, version.node_id, version.number)
    except DomainError:
        return False
    return who.lives()


async def _send(found: Picture, send: Send, *, still: Callable[[], bool]) -> None:
    head = [
        header("content-type", found.made.media_type),
        header("content-disposition", disposition(found.name, inline=False)),
        header("content-length", found.size),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": [*head, *FIXED]})
    with found.made.path.open("rb") as file:
        await send_pieces(iter(partial(file.read, CHUNK), b""), 0, found.size, send, still=still)
