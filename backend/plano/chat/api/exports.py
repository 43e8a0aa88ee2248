"""Copies of conversations. Their bytes are sent by `chat.sending`."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.chat.actions import exports as actions
from plano.chat.queries import exports
from plano.chat.schemas.exports import ExportIn, ExportOut, ExportsOut
from plano.kernel.http import actor, creation_id, policy

router = Router(tags=["chat"])


@router.get("/channels/{uuid:channel_id}/exports", response=ExportsOut, openapi_extra=policy("chat.read"))
def list_exports(request: HttpRequest, channel_id: UUID) -> ExportsOut:
    """Who asked for copies of this channel, and when."""
    return exports.exports_of(actor(request), channel_id)


@router.post(
    "/channels/{uuid:channel_id}/exports",
    response={202: ExportOut, 200: ExportOut},
    openapi_extra=policy("chat.export"),
)
def ask_export(request: HttpRequest, channel_id: UUID, payload: ExportIn) -> Status[ExportOut]:
    """Ask for a copy, where the rules of the workspace allow it; everybody here is told. A notification says when it
    can be downloaded from `/api/v1/exports/{id}/content`."""
    export, made = actions.ask_export(actor=actor(request), channel_id=channel_id, id=creation_id(request, payload.id))
    return Status(202 if made else 200, ExportOut.from_model(export, mine=True))
