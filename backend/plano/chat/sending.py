"""`/api/v1/exports/{id}/content`: the file of a copy, for who asked for it and may export still (R-07, R-77)."""

import asyncio
from uuid import UUID

from django.db import close_old_connections

from plano.accounts.asgi import Caller
from plano.chat.actions.exports import note_download
from plano.chat.models import Export
from plano.chat.queries.exports import export_for
from plano.documents.faces.disposition import disposition
from plano.documents.faces.streaming import send_content
from plano.documents.faces.wire import FIXED, Receive, Scope, Send, caller, face, header
from plano.kernel.errors import DomainError
from plano.platform import blobs


@face
async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Mounted by `config.routes` for GET."""
    who, export, content = await asyncio.to_thread(_open, scope)
    try:
        name = f"{export.channel.name or 'conversation'} {export.created_at:%Y-%m-%d}.zip"
        headers = [
            (b"content-type", b"application/zip"),
            header("content-disposition", disposition(name, inline=False)),
            header("content-length", content.size),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, *FIXED]})
        await send_content(content, 0, content.size, send, still=lambda: _still(who, export.id))
    finally:
        content.close()


def _open(scope: Scope) -> tuple[Caller, Export, blobs.Content]:
    who = caller(scope)
    export = export_for(who.user, UUID(scope["path_params"]["export_id"]))
    try:
        content = blobs.store().open(export.blob)
    except blobs.Missing:
        raise OSError(f"{export.blob}: absent") from None
    note_download(actor=who.user, export=export)
    return who, export, content


def _still(who: Caller, export_id: UUID) -> bool:
    close_old_connections()
    try:
        export_for(who.user, export_id)
    except DomainError:
        return False
    return who.lives()
