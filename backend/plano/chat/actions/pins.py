"""Pins: what everybody of a channel should find again. Pinned twice is once."""

from uuid import UUID

from plano.accounts.models import User
from plano.chat import policies, queries
from plano.chat.actions.rows import keep, locked_message
from plano.chat.models import Channel, Message
from plano.kernel.clock import now
from plano.kernel.errors import Conflict
from plano.platform.live import unit_of_work

MOST_PINS = 50


def pin(*, actor: User, message_id: UUID) -> Message:
    """Pin a message for everybody who reads it; at most fifty in one channel."""
    return _set(actor, message_id, pinned=True)


def unpin(*, actor: User, message_id: UUID) -> Message:
    """Take the pin away, whoever set it."""
    return _set(actor, message_id, pinned=False)


def _set(actor: User, message_id: UUID, *, pinned: bool) -> Message:
    known = queries.message_for(actor, message_id)
    policies.require_pin(actor, known)
    with unit_of_work() as emit:
        Channel.objects.select_for_update().get(id=known.channel_id)  # two of the fifty-first wait here
        message = locked_message(message_id)
        policies.require_pin(actor, message)
        if (message.pinned_at is not None) == pinned:
            return message
        if (
            pinned
            and Message.objects.filter(channel_id=message.channel_id, pinned_at__isnull=False).count() >= MOST_PINS
        ):
            raise Conflict("too_many_pins")
        message.pinned_at, message.pinned_by = (now(), actor) if pinned else (None, None)
        keep(emit, message, "pinned_at", "pinned_by")
    return message
