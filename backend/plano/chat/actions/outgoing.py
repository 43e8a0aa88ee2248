"""Services that are told what is said in a channel: made, changed and stopped by its managers, seen by all."""

import base64
import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from plano.accounts.models import User
from plano.chat import policies, queries
from plano.chat.actions import hooks
from plano.chat.actions.events import say_hook
from plano.chat.models import OutgoingHook
from plano.chat.queries.hooks import allowed_hosts, host_of, outgoing_for
from plano.kernel.clock import now
from plano.kernel.errors import Forbidden, Invalid
from plano.platform.live import unit_of_work
from plano.platform.live.models import Stream
from plano.platform.outbound import Reason, Refused
from plano.platform.outbound.rules import require_named

MOST_HOOKS = 5
OVERLAP = timedelta(hours=24)
PREFIX = "whsec_"


def open_outgoing(*, actor: User, channel_id: UUID, id: UUID, name: str, url: str) -> tuple[OutgoingHook, str]:
    """From now on this service is told; everybody in the channel reads so. The secret is told once."""
    policies.require_hooks(actor, queries.channel_for(actor, channel_id))
    _require_allowed(url)
    with unit_of_work() as emit:
        channel = hooks.require_place(OutgoingHook, actor=actor, channel_id=channel_id, id=id, most=MOST_HOOKS)
        at = Stream.reached(channel_id)
        hook = OutgoingHook.objects.create(
            id=id, channel=channel, name=name, url=url, created_by=actor, since=at, seq=at
        )
        _record(actor, hook, "made")
        say_hook(emit, channel_id=channel_id, actor=actor, verb="hook_out", id=hook.id, name=host_of(hook))
    return hook, secrets_of(hook)[0]


def change_outgoing(*, actor: User, hook_id: UUID, name: str | None = None, mine: bool = False) -> OutgoingHook:
    """Another name, or somebody else answers for it. The address never changes: that is another hook."""
    with unit_of_work():
        hook = _locked(actor, hook_id)
        hook.name = name or hook.name
        if mine:
            hook.created_by = actor
        hook.touch()
        hook.save()
        _record(actor, hook, "changed")
    return hook


def rotate_outgoing(*, actor: User, hook_id: UUID) -> tuple[OutgoingHook, str]:
    """Another secret; for a day both sign, so that nothing is missed meanwhile."""
    with unit_of_work():
        hook = _locked(actor, hook_id)
        hook.generation += 1
        hook.overlap_until = now() + OVERLAP
        hook.touch()
        hook.save()
        _record(actor, hook, "rotated")
    return hook, secrets_of(hook)[0]


def stop_outgoing(*, actor: User, hook_id: UUID) -> None:
    """Nothing more leaves, also nothing that waits."""
    with unit_of_work() as emit:
        hook = _locked(actor, hook_id)
        hook.stopped_at = now()
        hook.touch()
        hook.save()
        _record(actor, hook, "stopped")
        say_hook(emit, channel_id=hook.channel_id, actor=actor, verb="hook_out_stopped", id=hook.id, name=host_of(hook))


def secrets_of(hook: OutgoingHook) -> list[str]:
    """The secret that holds, and the one before while both do. None is kept: they follow from the key of this place."""
    both = hook.overlap_until is not None and now() < hook.overlap_until
    generations = [hook.generation, *([hook.generation - 1] if both else [])]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [PREFIX + base64.b64encode(_derived(key, hook.id, one)).decode() for one in generations for key in keys]


def _derived(key: str, id: UUID, generation: int) -> bytes:
    return hmac.new(key.encode(), f"chat.outgoing:{id}:{generation}".encode(), hashlib.sha256).digest()


def _require_allowed(url: str) -> None:
    try:
        require_named(url, allowed_hosts())
    except Refused as refused:
        if refused.reason == Reason.ADDRESS:
            raise Invalid("webhook_address", errors={"url": "webhook_address"}) from None
        raise Forbidden("webhook_host_not_allowed", errors={"url": "webhook_host_not_allowed"}) from None


def _locked(actor: User, hook_id: UUID) -> OutgoingHook:
    return hooks.locked(outgoing_for(actor, hook_id))


def _record(actor: User, hook: OutgoingHook, act: str) -> None:
    hooks.record(actor, hook, f"outgoing_hook_{act}", host=host_of(hook))
