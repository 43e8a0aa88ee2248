"""Signs under messages, and pins."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.chat import actions, queries
from plano.chat.schemas import FrequentOut, MessageOut, ReactionOut
from plano.kernel.http import actor, policy
from plano.kernel.schemas import Page

router = Router(tags=["chat"])


@router.put(
    "/messages/{uuid:message_id}/reactions/{str:emoji}", response=MessageOut, openapi_extra=policy("chat.react")
)
def give_reaction(request: HttpRequest, message_id: UUID, emoji: str) -> MessageOut:
    """Answer with one sign (an emoji). Given again: nothing changes."""
    return queries.message_out(actions.react(actor=actor(request), message_id=message_id, emoji=emoji))


@router.delete(
    "/messages/{uuid:message_id}/reactions/{str:emoji}", response=MessageOut, openapi_extra=policy("chat.react")
)
def take_reaction_back(request: HttpRequest, message_id: UUID, emoji: str) -> MessageOut:
    """Take one's own sign back. Not there: nothing changes."""
    return queries.message_out(actions.take_back(actor=actor(request), message_id=message_id, emoji=emoji))


@router.get("/messages/{uuid:message_id}/reactions", response=Page[ReactionOut], openapi_extra=policy("chat.read"))
def list_reactions(request: HttpRequest, message_id: UUID) -> Page[ReactionOut]:
    """Who gave which sign."""
    return Page(items=queries.reactions_of(actor(request), message_id))


@router.get("/reactions/frequent", response=FrequentOut, openapi_extra=policy("own"))
def list_frequent(request: HttpRequest) -> FrequentOut:
    """The signs that I give most."""
    return FrequentOut(items=queries.frequent_for(actor(request)))


@router.get("/channels/{uuid:channel_id}/pins", response=Page[MessageOut], openapi_extra=policy("chat.read"))
def list_pins(request: HttpRequest, channel_id: UUID) -> Page[MessageOut]:
    """What is pinned here, the latest pin first."""
    return Page(items=queries.pins_for(actor(request), channel_id))


@router.put("/messages/{uuid:message_id}/pin", response=MessageOut, openapi_extra=policy("chat.pin"))
def pin_message(request: HttpRequest, message_id: UUID) -> MessageOut:
    """Pin for everybody. Pinned already: nothing changes."""
    return queries.message_out(actions.pin(actor=actor(request), message_id=message_id))


@router.delete("/messages/{uuid:message_id}/pin", response=MessageOut, openapi_extra=policy("chat.pin"))
def unpin_message(request: HttpRequest, message_id: UUID) -> MessageOut:
    """Take the pin away."""
    return queries.message_out(actions.unpin(actor=actor(request), message_id=message_id))
