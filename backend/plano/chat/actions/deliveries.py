"""Telling other services what was said, in the order of its numbers, from the log: sending costs nothing more.

Each hook has a cursor in its channel's log. A worker takes a hook for a while, tells what stands behind the cursor one
by one, and moves the cursor with each that was taken. What fails is tried again later, ever more seldom, for a day.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import close_old_connections

from plano.accounts.models import User
from plano.accounts.options import base_url
from plano.chat import policies
from plano.chat.actions.events import say_hook
from plano.chat.actions.outgoing import PREFIX, secrets_of
from plano.chat.live import MESSAGE, TOUCHED
from plano.chat.models import Delivery, Message, OutgoingHook
from plano.chat.queries.hooks import KEPT_DELIVERIES, allowed_hosts, deliveries_for, host_of, managers_of, outgoing_for
from plano.chat.schemas.hooks import DeliveryOut
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.notifications.actions import notify
from plano.platform import database, outbound
from plano.platform.live import unit_of_work
from plano.platform.live.models import Stream
from plano.workspaces.models import Room

AT_ONCE = 4
PORTION = 20
LEASE = timedelta(minutes=6)
"""Longer than a portion may take."""
GIVE_UP = timedelta(hours=24)
_PAUSES = (5, 30, 120, 600, 1800, 3600)
_DUE = """
UPDATE chat_outgoinghook h SET leased_until = %(until)s
WHERE h.id IN (
    SELECT o.id FROM chat_outgoinghook o JOIN live_stream s ON s.id = o.channel_id
    WHERE o.stopped_at IS NULL AND o.retry_at <= %(now)s AND o.leased_until <= %(now)s AND s.seq > o.seq
    ORDER BY o.retry_at LIMIT 8 FOR UPDATE OF o SKIP LOCKED
)
RETURNING h.id
"""
_NEXT = """
SELECT seq, kind, op, payload, at FROM live_frame
WHERE scope_id = %(channel)s AND seq > %(seq)s AND seq <= %(upto)s ORDER BY seq LIMIT %(limit)s
"""
_BEFORE = """
SELECT payload::json ->> 'edited_at' FROM live_frame
WHERE scope_id = %(channel)s AND seq >= %(first)s AND seq < %(seq)s AND kind = 'chat.message' AND op = 'changed'
  AND payload::json ->> 'id' = %(id)s
ORDER BY seq DESC LIMIT 1
"""
_FORGET = """
DELETE FROM chat_delivery WHERE hook_id = %(hook)s AND id NOT IN (
    SELECT id FROM chat_delivery WHERE hook_id = %(hook)s ORDER BY created_at DESC LIMIT %(kept)s
)
"""


@dataclass(frozen=True, slots=True)
class Event:
    """What one number of the log says to the outside."""

    name: str
    seq: int
    data: dict[str, Any]


def tell_services() -> int:
    """One round: every hook that is behind is taken by one worker. Returns how many were."""
    taken = [row[0] for row in database.rows(_DUE, {"now": now(), "until": now() + LEASE})]
    if len(taken) == 1:
        _tell(taken[0])
    elif taken:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(_tell_apart, taken))
    return len(taken)


def ping(*, actor: User, hook_id: UUID) -> DeliveryOut:
    """A try by hand, beside the order of events."""
    hook = outgoing_for(actor, hook_id)
    _send(hook, Event("ping", 0, {"channel": _channel(hook), "by": actor.name}))
    return deliveries_for(actor, hook_id)[0]


def resume(*, actor: User, hook_id: UUID) -> OutgoingHook:
    """The next try is now."""
    hook = outgoing_for(actor, hook_id)
    OutgoingHook.objects.filter(id=hook.id, stopped_at=None).update(retry_at=now())
    hook.refresh_from_db()
    return hook


def signature(secret: str, id: str, at: int, body: bytes) -> str:
    """Standard Webhooks: HMAC-SHA256 of « id.timestamp.body »."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(key, f"{id}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


def _tell_apart(hook_id: UUID) -> None:
    try:
        _tell(hook_id)
    finally:
        close_old_connections()


def _tell(hook_id: UUID) -> None:
    """What stands behind the cursor of one hook, a portion of it."""
    hook = OutgoingHook.objects.select_related("channel__workspace", "created_by").get(id=hook_id)
    try:
        end = Stream.reached(hook.channel_id)
        if not _may_leave(hook):
            _pass(hook, end)
            return
        args = {"channel": hook.channel_id, "seq": hook.seq, "upto": end, "limit": PORTION}
        frames = database.rows(_NEXT, args)
        for seq, kind, op, payload, at in frames:
            event = _event(hook, seq, kind, op, payload, at)
            if event is not None and not _told(hook, event):
                return
            _pass(hook, seq)
            if not OutgoingHook.objects.filter(id=hook.id, stopped_at=None).exists():
                return
        if len(frames) < PORTION:
            _pass(hook, end)  # the log forgets what is a month old
    finally:
        OutgoingHook.objects.filter(id=hook_id).update(leased_until=now())


def _may_leave(hook: OutgoingHook) -> bool:
    """What is said while it may not leave will not leave later either."""
    place = hook.channel.workspace
    return Room.CHAT in place.rooms and policies.rules_of(place.id).webhooks


def _pass(hook: OutgoingHook, seq: int) -> None:
    hook.seq = seq
    OutgoingHook.objects.filter(id=hook.id, seq__lt=seq).update(seq=seq, failures=0, failing_since=None, retry_at=now())


def _told(hook: OutgoingHook, event: Event) -> bool:
    """Whether the service took it. If not, later; after a day, never."""
    attempt = hook.failures + 1
    if _send(hook, event, attempt):
        hook.failures, hook.failing_since = 0, None
        return True
    at = now()
    since = hook.failing_since or at
    pause = _PAUSES[min(attempt, len(_PAUSES)) - 1]
    OutgoingHook.objects.filter(id=hook.id).update(
        failures=attempt, failing_since=since, retry_at=at + timedelta(seconds=pause)
    )
    if at - since >= GIVE_UP:
        _give_up(hook)
    return False


def _send(hook: OutgoingHook, event: Event, attempt: int = 1) -> bool:
    began, at = time.monotonic(), int(now().timestamp())
    id = f"msg_{hook.id.hex}_{event.seq}" if event.seq else f"msg_{uuid7().hex}"
    body = orjson.dumps({"type": event.name, "timestamp": now(), "data": event.data})
    headers = {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signature(secret, id, at, body) for secret in secrets_of(hook)),
    }
    status, reason = None, ""
    try:
        answer = outbound.request("POST", hook.url, allowed=allowed_hosts(), headers=headers, body=body, redirects=0)
        status, taken = answer.status, answer.ok
    except (outbound.Refused, outbound.Failed) as error:
        reason, taken = error.reason.value, False
    Delivery.objects.create(
        hook=hook,
        event=event.name,
        seq=event.seq or None,
        attempt=attempt,
        status=status,
        reason=reason,
        milliseconds=round((time.monotonic() - began) * 1000),
    )
    database.rows(_FORGET, {"hook": hook.id, "kept": KEPT_DELIVERIES})
    return taken


def _give_up(hook: OutgoingHook) -> None:
    """Nobody took anything for a day: the managers are told, and the channel reads that nothing leaves any more."""
    with unit_of_work() as emit:
        kept = OutgoingHook.objects.filter(id=hook.id, stopped_at=None)
        if not kept.update(stopped_at=now(), gave_up=True):
            return
        notify(
            emit=emit,
            recipients=managers_of(hook.channel),
            kind="webhook_stopped",
            actor=None,
            workspace_id=hook.channel.workspace_id,
            scope_id=hook.channel_id,
            title=f"{hook.name} · #{hook.channel.name}",
            link_kind="chat.channel",
            link_id=hook.channel_id,
        )
        say_hook(
            emit,
            channel_id=hook.channel_id,
            actor=hook.created_by,
            verb="hook_out_gave_up",
            id=hook.id,
            name=host_of(hook),
        )


def _event(hook: OutgoingHook, seq: int, kind: str, op: str, payload: str, at: datetime) -> Event | None:
    """What a frame says of a message of a person; None for all else."""
    if kind not in (MESSAGE.name, TOUCHED.name):
        return None
    data = orjson.loads(payload)
    if op == "removed":
        gone = {"id": data["id"], "channel": _channel(hook), "deleted_at": at}
        return Event("message.deleted", seq, gone)
    if kind == TOUCHED.name:  # it is not for newcomers: its words are in its row only
        return _of_row(hook, seq, data)
    first = int(data["seq"])
    if data["system"] is not None or data["author"]["robot"] or first <= hook.since:
        return None
    if data["deleted_at"] is not None:
        name = "message.deleted"
    elif first == seq:
        name = "message.posted"
    elif data["edited_at"] is None or _edited_before(hook, data, seq) == data["edited_at"]:
        return None  # a reaction, a pin, an answer
    else:
        name = "message.edited"
    return Event(name, seq, _shown(hook, data))


def _of_row(hook: OutgoingHook, seq: int, data: dict[str, Any]) -> Event | None:
    message = Message.objects.select_related("author").filter(id=data["id"], version=data["version"]).first()
    if message is None or message.system is not None or message.author.is_robot or message.seq <= hook.since:
        return None
    name = "message.deleted" if message.deleted_at else "message.edited" if message.edited_at else ""
    row = {
        "id": str(message.id),
        "thread_id": message.thread_id,
        "seq": message.seq,
        "author": {"id": str(message.author_id), "name": message.author.name},
        "text": message.text,
        "created_at": message.created_at,
        "edited_at": message.edited_at,
        "deleted_at": message.deleted_at,
    }
    return Event(name, seq, _shown(hook, row)) if name else None


def _edited_before(hook: OutgoingHook, data: dict[str, Any], seq: int) -> str | None:
    args = {"channel": hook.channel_id, "first": data["seq"], "seq": seq, "id": data["id"]}
    rows: Iterable[tuple[Any, ...]] = database.rows(_BEFORE, args)
    return next((row[0] for row in rows), None)


def _shown(hook: OutgoingHook, data: dict[str, Any]) -> dict[str, Any]:
    """What leaves: the words, who said them and where; no picture, no address of mail, no reactions."""
    author, channel = data["author"], hook.channel
    return {
        "id": data["id"],
        "channel": _channel(hook),
        "thread_id": data["thread_id"],
        "seq": data["seq"],
        "author": {"id": author["id"], "name": author["name"]},
        "text": data["text"],
        "created_at": data["created_at"],
        "edited_at": data["edited_at"],
        "deleted_at": data["deleted_at"],
        "url": f"{base_url()}/w/{channel.workspace.slug}/discussions/{channel.id}?message={data['id']}",
    }


def _channel(hook: OutgoingHook) -> dict[str, str]:
    channel = hook.channel
    return {"id": str(channel.id), "name": channel.name, "workspace_id": str(channel.workspace_id)}
