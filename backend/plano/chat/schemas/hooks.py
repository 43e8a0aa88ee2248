"""Doors of a channel for programs."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from plano.accounts.schemas import PersonOut
from plano.kernel.schemas import In, Instant, Line, Out

HookName = Annotated[Line, Field(min_length=1, max_length=60)]
Url = Annotated[Line, Field(min_length=1, max_length=500)]
EventName = Literal["message.posted", "message.edited", "message.deleted", "ping"]


class IncomingHookOut(Out):
    """A robot that writes here. `answerable`: whether who made it still manages the channel."""

    id: UUID
    name: str
    robot: PersonOut
    created_by: PersonOut
    answerable: bool
    created_at: Instant
    last_used_at: Instant | None
    stopped_at: Instant | None
    version: int


class OutgoingHookOut(Out):
    """A service that is told what is said here. `url` is for managers; all readers see its `host`."""

    id: UUID
    name: str
    host: str
    url: str | None
    created_by: PersonOut
    answerable: bool
    created_at: Instant
    overlap_until: Instant | None
    failing_since: Instant | None
    retry_at: Instant | None
    gave_up: bool
    stopped_at: Instant | None
    waiting: int
    version: int


class HooksOut(Out):
    """What comes in and what goes out. `manage`: whether I may change it; `outgoing_hosts`: whom this installation
    allows to be told, for managers."""

    incoming: list[IncomingHookOut]
    outgoing: list[OutgoingHookOut]
    manage: bool
    allowed: bool
    outgoing_hosts: list[str]


class IncomingHookIn(In):
    id: UUID | None = None
    name: HookName


class OutgoingHookIn(In):
    """`url`: https, of a host that this installation allows."""

    id: UUID | None = None
    name: HookName
    url: Url


class HookPatch(In):
    """`mine`: I answer for it from now on."""

    name: HookName | None = None
    mine: Literal[True] | None = None


class NewIncomingHookOut(Out):
    """The address is shown once."""

    hook: IncomingHookOut
    url: str


class NewOutgoingHookOut(Out):
    """The secret is shown once."""

    hook: OutgoingHookOut
    secret: str


class DeliveryOut(Out):
    """One try to tell. `status`: what the service answered; `reason`: why it did not."""

    id: UUID
    event: EventName
    seq: int | None
    attempt: int
    status: int | None
    reason: str
    milliseconds: int
    at: Instant


class DeliveriesOut(Out):
    """The latest fifty, newest first."""

    items: list[DeliveryOut]


def as_text(body: dict[str, Any]) -> str:
    """The words of what a program sent: `text`, then the words of its attachments. Other fields say nothing here."""
    parts = [_word(body, "text")]
    attachments = body.get("attachments")
    for one in attachments[:20] if isinstance(attachments, list) else []:
        if isinstance(one, dict):
            title, link = _word(one, "title"), _word(one, "title_link")
            parts += [f"<{link}|{title}>" if title and link else title, _word(one, "text") or _word(one, "fallback")]
    return "\n\n".join(part for part in parts if part)


def _word(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    return value.strip() if isinstance(value, str) else ""
