"""My marks, levels and drafts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.chat import actions, queries
from plano.chat.schemas import (
    DraftIn,
    DraftOut,
    LevelIn,
    MarkIn,
    MarkOut,
)
from plano.kernel.http import actor, policy
from plano.kernel.schemas import Page

router = Router(tags=["chat"])


@router.put("/channels/{uuid:channel_id}/mark", response=MarkOut, openapi_extra=policy("chat.read"))
def set_mark(request: HttpRequest, channel_id: UUID, payload: MarkIn) -> MarkOut:
    """I have read up to here."""
    return actions.set_mark(actor=actor(request), channel_id=channel_id, **payload.model_dump())


@router.put("/channels/{uuid:channel_id}/level", response=MarkOut, openapi_extra=policy("chat.read"))
def set_level(request: HttpRequest, channel_id: UUID, payload: LevelIn) -> MarkOut:
    """What of this channel disturbs me."""
    return actions.set_level(actor=actor(request), channel_id=channel_id, level=payload.level)


@router.put("/channels/{uuid:channel_id}/draft", response={200: DraftOut, 204: None}, openapi_extra=policy("chat.post"))
def keep_draft(request: HttpRequest, channel_id: UUID, payload: DraftIn) -> Status[Any]:
    """Keep what I have begun; an empty text forgets it."""
    draft = actions.keep_draft(actor=actor(request), channel_id=channel_id, **payload.model_dump())
    return Status(204, None) if draft is None else Status(200, draft)


@router.delete("/channels/{uuid:channel_id}/draft", response={204: None}, openapi_extra=policy("chat.read"))
def forget_draft(request: HttpRequest, channel_id: UUID, thread_id: UUID | None = None) -> Status[None]:
    actions.keep_draft(actor=actor(request), channel_id=channel_id, text="", thread_id=thread_id)
    return Status(204, None)


@router.get("/drafts", response=Page[DraftOut], openapi_extra=policy("own"))
def list_drafts(request: HttpRequest) -> Page[DraftOut]:
    """What I have begun and not sent, everywhere."""
    return Page(items=queries.drafts_for(actor(request)))


@router.get("/unread", response=Page[MarkOut], openapi_extra=policy("own"))
def list_unread(request: HttpRequest) -> Page[MarkOut]:
    """How far I have read in each channel of each workspace, and what is new there."""
    return Page(items=queries.unread_for(actor(request)))
