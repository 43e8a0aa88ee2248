"""Messages."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.chat import actions, queries
from plano.chat.api.faces import json, tagged
from plano.chat.schemas import (
    MessageIn,
    MessageOut,
    MessagePage,
    MessagePatch,
    RevisionOut,
)
from plano.kernel.http import actor, creation_id, if_match, policy, straight
from plano.kernel.schemas import Page

router = Router(tags=["chat"])


@router.get("/channels/{uuid:channel_id}/messages", response=MessagePage, openapi_extra=policy("chat.read"))
@straight
def list_messages(
    request: HttpRequest,
    channel_id: UUID,
    before: str | None = None,
    after: str | None = None,
    around: str | None = None,
    cursor: str | None = None,
    thread_id: UUID | None = None,
    limit: int = queries.PAGE,
) -> HttpResponse:
    """A page of messages, newest first; `cursor` is `before`. `after` answers oldest first; `around` a message."""
    wanted = queries.page_wanted(
        actor(request),
        channel_id,
        before=before or cursor,
        after=after,
        around=around,
        thread_id=thread_id,
        limit=limit,
    )
    return json(queries.message_page(actor(request), channel_id, wanted))


@router.post(
    "/channels/{uuid:channel_id}/messages",
    response={201: MessageOut, 200: MessageOut},
    openapi_extra=policy("chat.post"),
)
@straight
def post_message(request: HttpRequest, channel_id: UUID, payload: MessageIn) -> HttpResponse:
    """Say something. With the same id or `Idempotency-Key` again: 200 and the same message."""
    posted = actions.post_message(
        actor=actor(request),
        channel_id=channel_id,
        id=creation_id(request, payload.id),
        text=payload.text,
        thread_id=payload.thread_id,
        mentions=payload.mentions,
        in_channel=payload.in_channel,
        groups=payload.groups,
        confirmed=payload.confirmed,
        files=payload.files,
        urgent=payload.urgent,
    )
    return json(posted.body, 201 if posted.created else 200)


@router.get("/messages/{uuid:message_id}", response=MessageOut, openapi_extra=policy("chat.read"))
def get_message(request: HttpRequest, message_id: UUID, response: HttpResponse) -> MessageOut:
    return tagged(response, queries.message_out(queries.message_for(actor(request), message_id)))


@router.patch("/messages/{uuid:message_id}", response=MessageOut, openapi_extra=policy("chat.edit_own"))
def edit_message(request: HttpRequest, message_id: UUID, payload: MessagePatch, response: HttpResponse) -> MessageOut:
    """Change one's own words. With `If-Match`, 412 when another tab did it first."""
    message = actions.edit_message(
        actor=actor(request),
        message_id=message_id,
        text=payload.text,
        mentions=payload.mentions,
        version=if_match(request),
    )
    return tagged(response, queries.message_out(message))


@router.delete(
    "/messages/{uuid:message_id}", response={200: MessageOut, 204: None}, openapi_extra=policy("chat.delete")
)
def delete_message(request: HttpRequest, message_id: UUID) -> Status[MessageOut] | Status[None]:
    """Take the words away; the trace that stays is the answer, 204 where nothing stays."""
    left = actions.delete_message(actor=actor(request), message_id=message_id)
    return Status(204, None) if left is None else Status(200, queries.message_out(left))


@router.get("/messages/{uuid:message_id}/revisions", response=Page[RevisionOut], openapi_extra=policy("chat.read"))
def list_revisions(request: HttpRequest, message_id: UUID) -> Page[RevisionOut]:
    """What the message said before."""
    return Page(items=queries.revisions_for(actor(request), message_id))
