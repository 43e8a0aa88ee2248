"""Messages: send, edit, delete. Sending is the hottest path of Plano and is one statement (`statements.POST`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import psycopg
from django.db import IntegrityError, connection, transaction

from plano.accounts.models import User
from plano.chat import limits, policies, queries, statements
from plano.chat.actions import direct
from plano.chat.actions.files import carry, require_files
from plano.chat.actions.naming import AT_ONCE, groups_in, members_of_groups, mention, readers, tell_people
from plano.chat.actions.rows import keep, locked_message, tell
from plano.chat.actions.threads import take_part
from plano.chat.live import MESSAGE
from plano.chat.models import Channel, ChannelKind, Follow, Mention, Message, Revision
from plano.chat.schemas import GROUPS, MAX_TEXT, GroupName
from plano.kernel import mentions as names
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed, TooLarge
from plano.notifications.actions import wording
from plano.platform import database
from plano.platform.live import Emit, unit_of_work
from plano.platform.live.pokes import poke
from plano.workspaces.models import Role

MOST_TOLD = 30
"""People whom one answer notifies; the others find it in their count. A unit of work tells a hundred things."""


@dataclass(frozen=True, slots=True)
class Posted:
    """MessageOut as JSON, and whether this request made it."""

    body: bytes
    created: bool


def post_message(
    *,
    actor: User,
    channel_id: UUID,
    id: UUID,
    text: str,
    thread_id: UUID | None = None,
    mentions: list[UUID] | None = None,
    in_channel: bool = False,
    groups: Sequence[GroupName] = (),
    confirmed: bool = False,
    poll: dict[str, Any] | None = None,
    files: Sequence[UUID] = (),
    urgent: bool = False,
) -> Posted:
    """Say something once: sent again with the same id, the same message. Only mentions, replies and files cost more."""
    require_text(text, empty=bool(files))
    limits.take(actor.id)
    if not mentions and not groups and not files and thread_id is None and not urgent:
        return _send(actor=actor, channel_id=channel_id, id=id, text=text, thread_id=None, named=[], poll=poll)
    channel = queries.channel_for(actor, channel_id)
    carried = _carried(actor, channel, id, files)
    people = readers(channel_id, text, mentions or [])
    called = groups_in(text, groups)
    crowd = members_of_groups(actor, channel, called, confirmed=confirmed)
    everybody = list({person.id: person for person in (*people, *crowd)}.values())
    disturbed = direct.whom_urgent(actor, channel, named=people, groups=bool(called)) if urgent else []
    with unit_of_work() as emit:
        root = _locked_root(actor, channel_id, thread_id)
        followers = _followers(root)
        alsos = {root.author_id, actor.id} if root else set()
        told = {person.id for person in (*everybody[:AT_ONCE], *followers, *disturbed)} | alsos
        database.rows(statements.LOCK_STREAMS, {"scopes": sorted([channel_id, *told])})
        posted = _send(
            actor=actor,
            channel_id=channel_id,
            id=id,
            text=text,
            thread_id=thread_id,
            named=[*names.noted(people), *called],
            in_channel=in_channel and thread_id is not None,
            poll=poll,
            files=carried,
        )
        if posted.created:
            if disturbed:
                direct.disturb(actor=actor, channel=channel, id=id, people=disturbed, named=bool(people))
            _after(
                emit,
                actor=actor,
                id=id,
                root=root,
                people=people,
                named=everybody,
                followers=followers,
                urgent=urgent,
            )
    return posted


def edit_message(
    *, actor: User, message_id: UUID, text: str, mentions: list[UUID] | None = None, version: int | None = None
) -> Message:
    """Say it better; what it said before is kept. People named for the first time are told, once."""
    before = queries.message_for(actor, message_id)
    policies.require_edit(actor, before)
    require_text(text, empty=bool(before.files))
    with unit_of_work() as emit:
        message = locked_message(message_id)
        if message.deleted_at is not None:
            raise Conflict("message_deleted")
        if version is not None and _said_otherwise_since(message, version):
            current = queries.message_out(message)
            raise PreconditionFailed(errors={"current": current.model_dump(mode="json")})
        wanted = names.kept(message.mentions, text) if mentions is None else mentions
        people = readers(message.channel_id, text, wanted, forgiving=mentions is None)
        called = groups_in(text, [group for group, (id, _) in GROUPS.items() if _is_named(message, id)])
        named = [*names.noted(people), *called]
        if text == message.text and named == message.mentions:
            return message
        said = message.text
        Revision.objects.create(message=message, version=message.version, text=said)
        message.text, message.mentions, message.edited_at = text, named, now()
        message.version += 1
        message.save(update_fields=["text", "mentions", "edited_at", "version"])
        if not called:
            Mention.objects.filter(message=message).exclude(user__in=people).delete()
        links = [message.id, *([message.thread_id] if message.thread_id else [])]
        wording.reword(emit=emit, links=links, before=said, after=text)
        mention(emit, actor=actor, message=message, people=people)
        tell(emit, message)
    return message


def _send(
    *,
    actor: User,
    channel_id: UUID,
    id: UUID,
    text: str,
    thread_id: UUID | None,
    named: list[dict[str, str]],
    in_channel: bool = False,
    poll: dict[str, Any] | None = None,
    files: Sequence[UUID] = (),
) -> Posted:
    args: dict[str, Any] = {
        "user": actor.id,
        "channel": channel_id,
        "id": id,
        "thread": thread_id,
        "in_channel": in_channel,
        "poll": None if poll is None else orjson.dumps(poll).decode(),
        "files": orjson.dumps(files).decode() if files else "[]",
        "text": text,
        "at": now(),
        "mentions": orjson.dumps(named).decode(),
    }
    rows = _once(args)
    if not rows:
        raise NotFound
    role, workspace_archived, archived, hears, known, placed, kind, seq, payload = rows[0]
    if seq is not None:
        transaction.on_commit(lambda: poke(channel_id, seq, (MESSAGE.name, "changed", payload)))
        if kind == ChannelKind.CONVERSATION and thread_id is None:
            transaction.on_commit(lambda: direct.tell_later(channel_id), robust=True)
        return Posted(payload.encode(), created=True)
    if known:
        return _again(actor, channel_id, id)
    if role < Role.MEMBER:
        raise Forbidden("workspace_archived" if workspace_archived else "role_too_low")
    if archived:
        raise Forbidden("channel_archived")
    if hears and (thread_id is None or in_channel):
        raise Forbidden("announcements_only")
    if thread_id is not None and not placed:
        raise Invalid("thread_not_found", errors={"thread_id": "thread_not_found"})
    raise RuntimeError("a message was neither written nor refused")


def _once(args: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The statement; when the same id arrives twice at once, the second looks again and finds the first."""
    try:
        if not connection.in_atomic_block:
            return database.rows(statements.POST, args)
        with transaction.atomic():
            return database.rows(statements.POST, args)
    except IntegrityError as error:
        if not isinstance(error.__cause__, psycopg.errors.UniqueViolation):
            raise
        return database.rows(statements.POST, args)


def _again(actor: User, channel_id: UUID, id: UUID) -> Posted:
    [(channel, author, payload, erased)] = database.rows(statements.ONE, {"id": id})
    if channel != channel_id or author != actor.id:
        raise Conflict("identifier_in_use")
    if erased:
        raise Conflict("message_deleted")
    return Posted(payload.encode(), created=False)


def _after(
    emit: Emit,
    *,
    actor: User,
    id: UUID,
    root: Message | None,
    people: list[User],
    named: list[User],
    followers: list[User],
    urgent: bool = False,
) -> None:
    message = Message.objects.select_related("channel", "author").get(id=id)
    carry(message)
    mention(emit, actor=actor, message=message, people=named, urgent=urgent)
    if root is None:
        return
    root.reply_count += 1
    root.last_reply_at = message.created_at
    root.repliers = [*[who for who in root.repliers if who != actor.id], actor.id][-5:]
    keep(emit, root, "reply_count", "last_reply_at", "repliers")
    take_part(emit, actor=actor, root=root, reply=message, named=people)
    told = {person.id for person in named}
    rest = [person for person in followers if person.id not in told and person.id != actor.id]
    tell_people(emit, actor=actor, message=message, people=rest, kind="message", link_id=root.id)


def _is_named(message: Message, id: UUID) -> bool:
    return any(one["id"] == str(id) for one in message.mentions)


def _carried(actor: User, channel: Channel, id: UUID, files: Sequence[UUID]) -> list[UUID]:
    """Sent again, nothing is asked anew: what it carries may have gone meanwhile."""
    if not files or Message.objects.filter(id=id).exists():
        return list(files)
    return require_files(actor, channel, files)


def require_text(text: str, *, empty: bool = False) -> None:
    """Something is said, and not too much of it. `empty`: it carries something else."""
    if not text.strip() and not empty:
        raise Invalid("message_empty", errors={"text": "required"})
    if len(text) > MAX_TEXT:
        raise TooLarge("message_too_long", errors={"text": "too_long", "limit": MAX_TEXT})


def _locked_root(actor: User, channel_id: UUID, thread_id: UUID | None) -> Message | None:
    """Rows of messages are locked before streams, by replies and edits alike."""
    return None if thread_id is None else queries.root_for(actor, channel_id, thread_id, locked=True)


def _followers(root: Message | None) -> list[User]:
    """Who follows a thread hears of its replies, and its first author unless they left it."""
    if root is None:
        return []
    ids = queries.followers_of(root)[-MOST_TOLD:]
    if not Follow.objects.filter(root=root, user_id=root.author_id).exists():
        ids.append(root.author_id)
    return policies.readers_among(root.channel_id, ids)


def _said_otherwise_since(message: Message, version: int) -> bool:
    """Somebody changed the words after this version; an answer, a sign or a pin counts for nothing."""
    return version != message.version and (
        version > message.version or Revision.objects.filter(message=message, version__gte=version).exists()
    )
