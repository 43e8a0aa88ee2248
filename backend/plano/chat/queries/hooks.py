"""What comes into a channel by programs, and what goes out of it: shown to all who read it."""

from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.chat import policies
from plano.chat.models import Channel, Delivery, IncomingHook, OutgoingHook
from plano.chat.queries.channels import channel_for
from plano.chat.schemas.hooks import DeliveryOut, HooksOut, IncomingHookOut, OutgoingHookOut
from plano.kernel.errors import NotFound
from plano.platform.live.models import Stream
from plano.platform.outbound import AllowList
from plano.workspaces import policies as access

KEPT_DELIVERIES = 50
Hook = TypeVar("Hook", IncomingHook, OutgoingHook)


def allowed_hosts() -> AllowList:
    """Who may be told at all."""
    return AllowList.read(settings.PLANO.webhook_hosts or ())


def host_of(hook: OutgoingHook) -> str:
    return urlsplit(hook.url).hostname or ""


def hooks_for(actor: User, channel_id: UUID) -> HooksOut:
    """All readers of a channel see its doors; its managers their addresses too."""
    channel = channel_for(actor, channel_id)
    manages = policies.manages_hooks(actor, channel)
    coming = IncomingHook.objects.filter(channel=channel, stopped_at=None).select_related(
        "channel", "robot", "created_by"
    )
    going = OutgoingHook.objects.filter(channel=channel, stopped_at=None).select_related("channel", "created_by")
    return HooksOut(
        incoming=[incoming_out(hook) for hook in coming.order_by("created_at")],
        outgoing=[outgoing_out(hook, whole=manages) for hook in going.order_by("created_at")],
        manage=manages,
        allowed=policies.rules_of(channel.workspace_id).webhooks,
        outgoing_hosts=list(settings.PLANO.webhook_hosts or ()) if manages else [],
    )


def incoming_for(actor: User, hook_id: UUID) -> IncomingHook:
    """One that the actor may change."""
    rows = IncomingHook.objects.select_related("channel__workspace", "robot", "created_by")
    return _manageable(actor, rows.filter(id=hook_id, stopped_at=None).first())


def outgoing_for(actor: User, hook_id: UUID) -> OutgoingHook:
    """One that the actor may change."""
    rows = OutgoingHook.objects.select_related("channel__workspace", "created_by")
    return _manageable(actor, rows.filter(id=hook_id, stopped_at=None).first())


def deliveries_for(actor: User, hook_id: UUID) -> list[DeliveryOut]:
    """The latest tries, for managers."""
    hook = outgoing_for(actor, hook_id)
    rows = Delivery.objects.filter(hook=hook).order_by("-created_at")[:KEPT_DELIVERIES]
    return [
        DeliveryOut(
            id=row.id,
            event=row.event,  # type: ignore[arg-type]  # the column holds what was written of `EventName`
            seq=row.seq,
            attempt=row.attempt,
            status=row.status,
            reason=row.reason,
            milliseconds=row.milliseconds,
            at=row.created_at,
        )
        for row in rows
    ]


def incoming_out(hook: IncomingHook) -> IncomingHookOut:
    return IncomingHookOut(
        id=hook.id,
        name=hook.name,
        robot=PersonOut.from_model(hook.robot),
        created_by=PersonOut.from_model(hook.created_by),
        answerable=_answers(hook.created_by, hook.channel),
        created_at=hook.created_at,
        last_used_at=hook.last_used_at,
        stopped_at=hook.stopped_at,
        version=hook.version,
    )


def outgoing_out(hook: OutgoingHook, *, whole: bool = True) -> OutgoingHookOut:
    at = Stream.reached(hook.channel_id)
    return OutgoingHookOut(
        id=hook.id,
        name=hook.name,
        host=host_of(hook),
        url=hook.url if whole else None,
        created_by=PersonOut.from_model(hook.created_by),
        answerable=_answers(hook.created_by, hook.channel),
        created_at=hook.created_at,
        overlap_until=hook.overlap_until,
        failing_since=hook.failing_since,
        retry_at=hook.retry_at if hook.failing_since else None,
        gave_up=hook.gave_up,
        stopped_at=hook.stopped_at,
        waiting=max(0, at - hook.seq),
        version=hook.version,
    )


def managers_of(channel: Channel) -> Iterable[User]:
    """Those who answer for the channel, and who opened it."""
    return [person for person in access.viewers_of_scope(channel.id) if policies.manages_hooks(person, channel)]


def _answers(person: User, channel: Channel) -> bool:
    return person.is_active and policies.manages_hooks(person, channel)


def _manageable(actor: User, hook: Hook | None) -> Hook:
    if hook is None:
        raise NotFound
    policies.require_hooks(actor, hook.channel)
    return hook
