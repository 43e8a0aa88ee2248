"""Doors for programs: an address to write by, and services that are told."""

from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.accounts.options import base_url
from plano.chat.actions import deliveries, incoming, outgoing
from plano.chat.queries import hooks as queries
from plano.chat.schemas.hooks import (
    DeliveriesOut,
    DeliveryOut,
    HookPatch,
    HooksOut,
    IncomingHookIn,
    IncomingHookOut,
    NewIncomingHookOut,
    NewOutgoingHookOut,
    OutgoingHookIn,
    OutgoingHookOut,
    as_text,
)
from plano.kernel.errors import Invalid, TooLarge
from plano.kernel.http import actor, creation_id, policy

MOST_BYTES = 128 * 1024
router = Router(tags=["webhooks"])
MANAGE = policy("chat.manage")


@router.get("/channels/{uuid:channel_id}/hooks", response=HooksOut, openapi_extra=policy("chat.read"))
def list_hooks(request: HttpRequest, channel_id: UUID) -> HooksOut:
    """What comes into the channel by programs, and what goes out of it."""
    return queries.hooks_for(actor(request), channel_id)


@router.post("/channels/{uuid:channel_id}/incoming-hooks", response={201: NewIncomingHookOut}, openapi_extra=MANAGE)
def open_incoming_hook(request: HttpRequest, channel_id: UUID, payload: IncomingHookIn) -> Status[NewIncomingHookOut]:
    """An address by which a program writes here; it is shown this once."""
    hook, token = incoming.open_incoming(
        actor=actor(request), channel_id=channel_id, id=creation_id(request, payload.id), name=payload.name
    )
    return Status(201, _shown(hook, token))


@router.patch("/incoming-hooks/{uuid:hook_id}", response=IncomingHookOut, openapi_extra=MANAGE)
def change_incoming_hook(request: HttpRequest, hook_id: UUID, payload: HookPatch) -> IncomingHookOut:
    """Another name, or I answer for it from now on."""
    hook = incoming.change_incoming(
        actor=actor(request), hook_id=hook_id, name=payload.name, mine=payload.mine is not None
    )
    return queries.incoming_out(hook)


@router.post("/incoming-hooks/{uuid:hook_id}/rotate", response=NewIncomingHookOut, openapi_extra=MANAGE)
def rotate_incoming_hook(request: HttpRequest, hook_id: UUID) -> NewIncomingHookOut:
    """Another address; the one before is dead at once."""
    return _shown(*incoming.rotate_incoming(actor=actor(request), hook_id=hook_id))


@router.delete("/incoming-hooks/{uuid:hook_id}", response={204: None}, openapi_extra=MANAGE)
def stop_incoming_hook(request: HttpRequest, hook_id: UUID) -> None:
    """The address is dead; what was said by it stays."""
    incoming.stop_incoming(actor=actor(request), hook_id=hook_id)


@router.post("/channels/{uuid:channel_id}/outgoing-hooks", response={201: NewOutgoingHookOut}, openapi_extra=MANAGE)
def open_outgoing_hook(request: HttpRequest, channel_id: UUID, payload: OutgoingHookIn) -> Status[NewOutgoingHookOut]:
    """A service that is told from now on; everybody in the channel reads so. The secret is shown this once."""
    hook, secret = outgoing.open_outgoing(
        actor=actor(request),
        channel_id=channel_id,
        id=creation_id(request, payload.id),
        name=payload.name,
        url=payload.url,
    )
    return Status(201, NewOutgoingHookOut(hook=queries.outgoing_out(hook), secret=secret))


@router.patch("/outgoing-hooks/{uuid:hook_id}", response=OutgoingHookOut, openapi_extra=MANAGE)
def change_outgoing_hook(request: HttpRequest, hook_id: UUID, payload: HookPatch) -> OutgoingHookOut:
    """Another name, or I answer for it from now on."""
    hook = outgoing.change_outgoing(
        actor=actor(request), hook_id=hook_id, name=payload.name, mine=payload.mine is not None
    )
    return queries.outgoing_out(hook)


@router.post("/outgoing-hooks/{uuid:hook_id}/rotate", response=NewOutgoingHookOut, openapi_extra=MANAGE)
def rotate_outgoing_hook(request: HttpRequest, hook_id: UUID) -> NewOutgoingHookOut:
    """Another secret; for 24 hours both sign."""
    hook, secret = outgoing.rotate_outgoing(actor=actor(request), hook_id=hook_id)
    return NewOutgoingHookOut(hook=queries.outgoing_out(hook), secret=secret)


@router.post("/outgoing-hooks/{uuid:hook_id}/ping", response=DeliveryOut, openapi_extra=MANAGE)
def try_outgoing_hook(request: HttpRequest, hook_id: UUID) -> DeliveryOut:
    """Send a `ping` at once, and what came back. It waits at most ten seconds."""
    return deliveries.ping(actor=actor(request), hook_id=hook_id)


@router.post("/outgoing-hooks/{uuid:hook_id}/resume", response=OutgoingHookOut, openapi_extra=MANAGE)
def resume_outgoing_hook(request: HttpRequest, hook_id: UUID) -> OutgoingHookOut:
    """Try again at once what waits after a failure."""
    return queries.outgoing_out(deliveries.resume(actor=actor(request), hook_id=hook_id))


@router.delete("/outgoing-hooks/{uuid:hook_id}", response={204: None}, openapi_extra=MANAGE)
def stop_outgoing_hook(request: HttpRequest, hook_id: UUID) -> None:
    """Nothing more leaves."""
    outgoing.stop_outgoing(actor=actor(request), hook_id=hook_id)


@router.get("/outgoing-hooks/{uuid:hook_id}/deliveries", response=DeliveriesOut, openapi_extra=MANAGE)
def list_deliveries(request: HttpRequest, hook_id: UUID) -> DeliveriesOut:
    """The latest fifty tries."""
    return DeliveriesOut(items=queries.deliveries_for(actor(request), hook_id))


@router.post("/hooks/{token}", auth=None, openapi_extra=policy("public.hook"))
def say_by_hook(request: HttpRequest, token: str) -> HttpResponse:
    """A program says something: JSON `{"text": "…"}`, or a form with `payload=` or `text=`. Answers `ok`.

    `Idempotency-Key` makes a repeated send harmless. `username`, `icon_url` and other fields of the common form are
    accepted and say nothing: the robot's name is the one that the channel's managers gave.
    """
    incoming.say_by_hook(token=token, text=as_text(_body(request)), key=request.META.get("HTTP_IDEMPOTENCY_KEY", ""))
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def _body(request: HttpRequest) -> dict[str, Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise TooLarge
    given: Any = request.body
    try:
        if (request.content_type or "").startswith("application/x-www-form-urlencoded"):
            form = parse_qs(given.decode())
            payload = form.get("payload")
            read: Any = orjson.loads(payload[0]) if payload else {name: values[0] for name, values in form.items()}
        else:
            read = orjson.loads(given)
    except ValueError:
        raise Invalid("invalid_json") from None
    if not isinstance(read, dict):
        raise Invalid("invalid_json")
    return read


def _shown(hook: Any, token: str) -> NewIncomingHookOut:
    return NewIncomingHookOut(hook=queries.incoming_out(hook), url=f"{base_url()}/api/v1/hooks/{token}")
