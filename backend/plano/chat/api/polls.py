"""Polls."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from plano.chat import actions, queries
from plano.chat.api.faces import json
from plano.chat.schemas import MessageOut, PollIn, VoteIn, VoteOut
from plano.kernel.http import actor, creation_id, policy

router = Router(tags=["chat"])


@router.post(
    "/channels/{uuid:channel_id}/polls", response={201: MessageOut, 200: MessageOut}, openapi_extra=policy("chat.post")
)
def ask_poll(request: HttpRequest, channel_id: UUID, payload: PollIn) -> HttpResponse:
    """Ask everybody here. With the same id or `Idempotency-Key` again: 200 and the same poll."""
    values = {name: getattr(payload, name) for name in PollIn.model_fields if name != "id"}
    id = creation_id(request, payload.id)
    posted = actions.ask(actor=actor(request), channel_id=channel_id, id=id, **values)
    return json(posted.body, 201 if posted.created else 200)


@router.get("/messages/{uuid:message_id}/vote", response=VoteOut, openapi_extra=policy("chat.read"))
def get_vote(request: HttpRequest, message_id: UUID) -> VoteOut:
    """What I voted."""
    return VoteOut(options=queries.vote_of(actor(request), message_id))


@router.put("/messages/{uuid:message_id}/vote", response=MessageOut, openapi_extra=policy("chat.react"))
def cast_vote(request: HttpRequest, message_id: UUID, payload: VoteIn) -> MessageOut:
    """Vote, change my vote, or take it back with no option."""
    return queries.message_out(actions.vote(actor=actor(request), message_id=message_id, options=payload.options))


@router.post("/messages/{uuid:message_id}/close", response=MessageOut, openapi_extra=policy("chat.edit_own"))
def close_poll(request: HttpRequest, message_id: UUID) -> MessageOut:
    """End a poll; its result stays."""
    return queries.message_out(actions.close(actor=actor(request), message_id=message_id))
