"""What is the same for programs that write in a channel and for services that are told of it."""

from typing import TypeVar
from uuid import UUID

from plano.accounts.models import User
from plano.chat import policies
from plano.chat.models import Channel, IncomingHook, OutgoingHook
from plano.kernel.errors import Conflict, NotFound
from plano.platform import audit, database

Hook = TypeVar("Hook", IncomingHook, OutgoingHook)


def require_place(kind: type[Hook], *, actor: User, channel_id: UUID, id: UUID, most: int) -> Channel:
    """The channel, held, where this person may now make one more hook of this kind, with this id; `most` in one."""
    channel = Channel.objects.select_for_update().select_related("workspace").get(id=channel_id)
    policies.require_hooks(actor, channel)
    if kind.objects.filter(id=id).exists():
        raise Conflict("identifier_in_use")  # its address or secret cannot be told again
    if kind.objects.filter(channel=channel, stopped_at=None).count() >= most:
        raise Conflict("too_many_hooks")
    return channel


def locked(hook: Hook, *related: str) -> Hook:
    """The row for change, once its rights were asked; stopped meanwhile is absent."""
    kind = type(hook)
    try:
        return database.locked(kind.objects.filter(id=hook.id, stopped_at=None), "channel", "created_by", *related)
    except kind.DoesNotExist:
        raise NotFound from None


def record(actor: User, hook: IncomingHook | OutgoingHook, act: str, **details: str) -> None:
    """`act` names the kind too: `incoming_hook_made`."""
    audit.record(
        actor=actor,
        action=f"channel.{act}",
        object_kind="chat.channel",
        object_id=hook.channel_id,
        workspace_id=hook.channel.workspace_id,
        details={"hook": str(hook.id), "name": hook.name, **details},
    )
