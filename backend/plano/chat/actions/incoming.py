"""What programs say in a channel, by an address that its managers made."""

import re
from uuid import UUID

import psycopg
from django.db import IntegrityError

from plano.accounts.actions.robots import PREFIX, make_robot, name_robot
from plano.accounts.models import User
from plano.accounts.tokens import new_token, token_hash
from plano.chat import limits, policies, queries, statements
from plano.chat.actions import hooks
from plano.chat.actions.events import say_hook
from plano.chat.live import MESSAGE
from plano.chat.models import ChannelKind, IncomingHook, Message
from plano.chat.queries.hooks import incoming_for
from plano.chat.schemas.messages import MAX_TEXT
from plano.kernel.clock import now
from plano.kernel.errors import Forbidden, Gone, Invalid, NotFound, TooLarge
from plano.kernel.ids import derived_id, uuid7
from plano.kernel.text import clean_text
from plano.platform.live import unit_of_work
from plano.workspaces.models import Room

MOST_HOOKS = 20
PER_MINUTE = 120
_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|([^>\n]*))?>")
_CALL = re.compile(r"<[!@#]([^|>\n]*)(?:\|([^>\n]*))?>")
NOTED_EVERY = 60


def open_incoming(*, actor: User, channel_id: UUID, id: UUID, name: str) -> tuple[IncomingHook, str]:
    """An address by which a program writes here, told once."""
    channel = queries.channel_for(actor, channel_id)
    policies.require_hooks(actor, channel)
    token = new_token()
    with unit_of_work() as emit:
        channel = hooks.require_place(IncomingHook, actor=actor, channel_id=channel_id, id=id, most=MOST_HOOKS)
        hook = IncomingHook.objects.create(
            id=id,
            channel=channel,
            robot=make_robot(name),
            name=name,
            token_hash=token_hash(token),
            created_by=actor,
        )
        _record(actor, hook, "made")
        say_hook(emit, channel_id=channel_id, actor=actor, verb="hook_in", id=hook.robot_id, name=PREFIX + name)
    return hook, token


def change_incoming(*, actor: User, hook_id: UUID, name: str | None = None, mine: bool = False) -> IncomingHook:
    """Another name, which its messages bear too; or somebody else answers for it."""
    with unit_of_work():
        hook = _locked(actor, hook_id)
        if name is not None and name != hook.name:
            hook.name = name
            name_robot(hook.robot, name)
        if mine:
            hook.created_by = actor
        hook.touch()
        hook.save()
        _record(actor, hook, "changed")
    return hook


def rotate_incoming(*, actor: User, hook_id: UUID) -> tuple[IncomingHook, str]:
    """Another address; the one before is dead."""
    token = new_token()
    with unit_of_work():
        hook = _locked(actor, hook_id)
        hook.token_hash = token_hash(token)
        hook.touch()
        hook.save()
        _record(actor, hook, "rotated")
    return hook, token


def stop_incoming(*, actor: User, hook_id: UUID) -> None:
    """The address is dead for ever; what was said by it stays."""
    with unit_of_work() as emit:
        hook = _locked(actor, hook_id)
        hook.stopped_at = now()
        hook.touch()
        hook.save()
        _record(actor, hook, "stopped")
        say_hook(
            emit,
            channel_id=hook.channel_id,
            actor=actor,
            verb="hook_in_stopped",
            id=hook.robot_id,
            name=PREFIX + hook.name,
        )


def say_by_hook(*, token: str, text: str, key: str) -> None:
    """One message of a program, once per key. It names nobody, opens no rights, and is said while the place stands."""
    hook = _hook_of(token)
    limits.take(hook.robot_id, per_minute=PER_MINUTE)
    words = clean_text(_as_markdown(text)).strip()
    if not words:
        raise Invalid("text_missing", errors={"text": "required"})
    if len(words) > MAX_TEXT:
        raise TooLarge("message_too_long", errors={"text": "too_long", "limit": MAX_TEXT})
    id = derived_id("hook", str(hook.id), key) if key else uuid7()
    args = {
        "channel": hook.channel_id,
        "id": id,
        "robot": hook.robot_id,
        "text": words,
        "at": now(),
    }
    if key and Message.objects.filter(id=id).exists():
        return
    try:
        with unit_of_work() as emit:
            emit.writes(MESSAGE, scope=hook.channel_id, sql=statements.HOOK, args=args)
    except IntegrityError as error:
        if not isinstance(error.__cause__, psycopg.errors.UniqueViolation):
            raise  # else the same was said in the same moment
    if hook.last_used_at is None or (now() - hook.last_used_at).total_seconds() > NOTED_EVERY:
        IncomingHook.objects.filter(id=hook.id).update(last_used_at=now())


def _hook_of(token: str) -> IncomingHook:
    """Looked up by its hash: how long that takes tells nothing of any address."""
    rows = IncomingHook.objects.select_related("channel__workspace")
    hook = rows.filter(token_hash=token_hash(token), stopped_at=None).first()
    if hook is None:
        raise NotFound
    channel = hook.channel
    over = channel.archived_at or channel.workspace.archived_at or Room.CHAT not in channel.workspace.rooms
    if over or channel.kind != ChannelKind.CHANNEL:
        raise Gone("channel_archived")
    if not policies.rules_of(channel.workspace_id).webhooks:
        raise Forbidden("webhooks_not_allowed")
    return hook


def _as_markdown(text: str) -> str:
    """The common form writes addresses as <address|words> and calls people as <!here>: the first are kept."""
    text = _LINK.sub(lambda found: f"[{found[2]}]({found[1]})" if found[2] else found[1], text)
    return _CALL.sub(lambda found: found[2] or found[1], text)


def _locked(actor: User, hook_id: UUID) -> IncomingHook:
    return hooks.locked(incoming_for(actor, hook_id), "robot")


def _record(actor: User, hook: IncomingHook, act: str) -> None:
    hooks.record(actor, hook, f"incoming_hook_{act}")
