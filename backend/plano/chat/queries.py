"""Reads of conversations, always for somebody. Pages of messages are JSON made by the database (`statements`)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.chat import policies, statements
from plano.chat.models import Channel, ChannelKind, Draft, Message
from plano.chat.schemas import (
    ChannelForMe,
    ChannelMemberOut,
    ChannelMine,
    ChannelOut,
    DraftOut,
    MarkOut,
    MessageOut,
    RevisionOut,
)
from plano.kernel import pagination
from plano.kernel.errors import Invalid, NotFound
from plano.platform import database
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Membership, Role, Room
from plano.workspaces.schemas import role_name

LISTED = [ChannelKind.CHANNEL.value, ChannelKind.CONVERSATION.value]
PAGE, MAX_PAGE = 50, 100


def channel_for(actor: User, channel_id: UUID) -> Channel:
    """A channel that the actor sees."""
    channel = Channel.objects.select_related("workspace").filter(id=channel_id).first()
    policies.require_channel(actor, channel)
    assert channel is not None
    return channel


def channels_for(actor: User, workspace_id: UUID, *, kinds: list[str] = LISTED) -> list[ChannelForMe]:
    """The channels by name, then the conversations, as this person sees them."""
    access.require_room(access.membership_of(actor, workspace_id).workspace, Room.CHAT)
    roles = access.roles_by_scope(actor, workspace_id)
    channels = list(Channel.objects.filter(id__in=roles, kind__in=kinds).select_related("workspace"))
    return _for_me(actor, channels, roles, marks_for(actor, workspace_id=workspace_id, kinds=kinds))


def channel_for_me(actor: User, channel_id: UUID) -> ChannelForMe:
    """One channel with my place in it."""
    channel = channel_for(actor, channel_id)
    role = access.role_in(actor, channel.id)
    if role is None:
        raise NotFound
    marks = marks_for(actor, channel_id=channel.id, kinds=ChannelKind.values)
    return _for_me(actor, [channel], {channel.id: role}, marks)[0]


def _for_me(
    actor: User, channels: list[Channel], roles: dict[UUID, Role], marks: dict[UUID, MarkOut]
) -> list[ChannelForMe]:
    opened = dict(AccessScope.objects.filter(id__in=[c.id for c in channels]).values_list("id", "open"))
    people = people_of(channels)
    found = []
    for channel in channels:
        if channel.id not in marks:  # lost between two of our statements
            continue
        shared = ChannelOut.from_model(channel, open=opened[channel.id], people=people[channel.id])
        abilities = policies.abilities(actor, channel, roles[channel.id], open=opened[channel.id])
        mine = ChannelMine(mark=marks[channel.id], abilities=abilities)
        found.append(ChannelForMe(**{name: getattr(shared, name) for name in ChannelOut.model_fields}, mine=mine))
    return sorted(found, key=lambda c: (c.kind, c.name.casefold(), [p.name.casefold() for p in c.people]))


def channel_out(channel: Channel) -> ChannelOut:
    """The shared form of a channel, for answers and frames."""
    opened = AccessScope.objects.values_list("open", flat=True).get(id=channel.id)
    return ChannelOut.from_model(channel, open=opened, people=people_of([channel])[channel.id])


def people_of(channels: Iterable[Channel]) -> dict[UUID, list[User]]:
    """The two people of each conversation, by name."""
    pairs = {channel.id: [UUID(id) for id in channel.pair.split(":")] for channel in channels if channel.pair}
    users = {user.id: user for user in User.objects.filter(id__in={id for pair in pairs.values() for id in pair})}
    found: dict[UUID, list[User]] = defaultdict(list)
    for channel_id, pair in pairs.items():
        found[channel_id] = sorted((users[id] for id in pair), key=lambda user: (user.name.casefold(), user.id))
    return found


def marks_for(
    actor: User, *, workspace_id: UUID | None = None, channel_id: UUID | None = None, kinds: list[str] = LISTED
) -> dict[UUID, MarkOut]:
    """My place in each channel that I see, unread counts included."""
    args = {"user": actor.id, "workspace": workspace_id, "channel": channel_id, "kinds": kinds}
    rows = database.rows(statements.MARKS, args)
    fields = list(MarkOut.model_fields)
    return {row[0]: MarkOut.model_validate(dict(zip(fields, row, strict=True))) for row in rows}


def unread_for(actor: User) -> list[MarkOut]:
    """My place in every channel of every workspace, for the shell."""
    return sorted(marks_for(actor).values(), key=lambda mark: (mark.workspace_id, mark.channel_id))


def members_of(actor: User, channel_id: UUID) -> list[ChannelMemberOut]:
    """Everybody who reads the channel, and whether by name or by role."""
    channel_for(actor, channel_id)
    return [
        ChannelMemberOut(
            person=PersonOut.from_model(reason.user),
            role=role_name(reason.role),
            guest=reason.guest,
            granted=reason.granted,
        )
        for reason in access.explain_scope(channel_id)
    ]


@dataclass(frozen=True, slots=True)
class PageWanted:
    """Which messages: before or after a number, or around one; of the channel or of one thread."""

    way: str = "newest"
    at: int = 0
    thread_id: UUID | None = None
    limit: int = PAGE


def page_wanted(
    channel_id: UUID, *, before: str | None, after: str | None, around: str | None, thread_id: UUID | None, limit: int
) -> PageWanted:
    """Understand what was asked. `around` is a message's id or a number."""
    size = max(1, min(limit, MAX_PAGE))
    if around is not None:
        return PageWanted("around", _number(channel_id, around), thread_id, max(2, size))
    if after is not None:
        return PageWanted("after", _decoded(after), thread_id, size)
    if before is not None:
        return PageWanted("before", _decoded(before), thread_id, size)
    return PageWanted(thread_id=thread_id, limit=size)


def message_page(actor: User, channel_id: UUID, wanted: PageWanted) -> bytes:
    """MessagePage as JSON, in one statement with its access check; NotFound for the invisible."""
    args = {"user": actor.id, "channel": channel_id, "at": wanted.at, "thread": wanted.thread_id}
    sql = statements.page(wanted.way, in_thread=wanted.thread_id is not None, limit=wanted.limit)
    rows = database.rows(sql, args)
    if not rows:
        raise NotFound
    items, first, last, older, newer = rows[0]
    if items is None:
        return b'{"items":[],"next":null,"newer":null}'
    up = f'"{pagination.encode(last)}"' if newer else "null"
    down = f'"{pagination.encode(first)}"' if older else "null"
    following = up if wanted.way == "after" else down
    return f'{{"items":[{items}],"next":{following},"newer":{up}}}'.encode()


def _decoded(cursor: str) -> int:
    """A cursor, or a message's number as it is: a client asks again for the run that it holds."""
    if cursor.isascii() and cursor.isdigit():
        return _bounded(cursor)
    return _bounded(pagination.decode(cursor, size=1)[0])


def _bounded(number: str) -> int:
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Invalid("invalid_cursor")
    return int(number)


def _number(channel_id: UUID, around: str) -> int:
    try:
        wanted = UUID(around)
    except ValueError:
        return _bounded(around)
    row = Message.objects.filter(id=wanted, channel_id=channel_id).values_list("seq", "thread__seq").first()
    if row is None:
        raise NotFound
    return int(row[1] or row[0])


def message_for(actor: User, message_id: UUID) -> Message:
    """A message in a channel that the actor sees."""
    message = Message.objects.select_related("channel__workspace", "author").filter(id=message_id).first()
    policies.require_channel(actor, message.channel if message else None)
    assert message is not None
    return message


def message_out(message: Message) -> MessageOut:
    """The shared form of a message, by the ORM."""
    return messages_out([message])[0]


def messages_out(messages: Sequence[Message]) -> list[MessageOut]:
    """The shared form of several messages, with one question about all their authors."""
    found = Membership.objects.filter(
        workspace_id__in={message.channel.workspace_id for message in messages},
        user_id__in={message.author_id for message in messages},
        role=Role.GUEST,
    )
    guests = set(found.values_list("workspace_id", "user_id"))
    return [
        MessageOut.from_model(message, guest=(message.channel.workspace_id, message.author_id) in guests)
        for message in messages
    ]


def revisions_for(actor: User, message_id: UUID) -> list[RevisionOut]:
    """What the message said before, the latest first."""
    message = message_for(actor, message_id)
    return [RevisionOut.from_model(revision) for revision in message.revisions.order_by("-version")]


def drafts_for(actor: User) -> list[DraftOut]:
    """My drafts in channels that I still see, the latest first."""
    visible = access.visible_scope_ids(actor)
    drafts = Draft.objects.filter(user=actor, channel_id__in=visible).select_related("channel")
    return [DraftOut.from_model(draft) for draft in drafts.order_by("-updated_at", "id")]


def resolve(actor: User, ids: list[UUID]) -> dict[UUID, str]:
    """Names of the channels among these ids that the actor sees; a conversation has the other person's."""
    channels = list(Channel.objects.filter(id__in=ids).filter(id__in=access.visible_scope_ids(actor)))
    return {channel.id: title for channel, title in titled(actor, channels)}


def resolve_messages(actor: User, ids: list[UUID]) -> dict[UUID, str]:
    """The beginning of the messages among these ids that the actor sees."""
    messages = Message.objects.filter(id__in=ids, channel_id__in=access.visible_scope_ids(actor), deleted_at=None)
    return {id: " ".join(text.split())[:80] for id, text in messages.values_list("id", "text")}


def titled(actor: User, channels: list[Channel]) -> list[tuple[Channel, str]]:
    """Each channel with what this person calls it."""
    people = people_of(channels)
    return [
        (channel, channel.name or ", ".join(p.name for p in people[channel.id] if p.id != actor.id))
        for channel in channels
    ]


def search_names(
    actor: User, text: str, limit: int = 8, *, workspace_id: UUID | None = None
) -> list[tuple[Channel, str]]:
    """Channels and conversations whose name has all of these words; accents do not matter."""
    found = Channel.objects.filter(
        id__in=access.visible_scope_ids(actor, workspace_id), kind__in=LISTED, workspace__rooms__contains=[Room.CHAT]
    )
    words = text.split()[:5]
    named = found.filter(kind=ChannelKind.CHANNEL)
    for word in words:
        named = named.filter(name__unaccent__icontains=word)
    others = User.objects.exclude(id=actor.id)
    for word in words:
        others = others.filter(name__unaccent__icontains=word)
    pairs = [
        ":".join(sorted((str(actor.id), str(id))))
        for id in others.filter(id__in=access.acquaintances(actor).values("id")).values_list("id", flat=True)[:50]
    ]
    channels = [*named.order_by("archived_at", "name", "id")[:limit], *found.filter(pair__in=pairs)[:limit]]
    return titled(actor, channels[:limit])


def last_messages_for(actor: User, workspace_id: UUID, limit: int = 5) -> list[tuple[MessageOut, str]]:
    """The newest message of each channel of a workspace with the channel's name, the latest first, for Accueil."""
    workspace = access.membership_of(actor, workspace_id).workspace
    if Room.CHAT not in workspace.rooms:
        return []
    channels = list(
        Channel.objects.filter(id__in=access.visible_scope_ids(actor, workspace_id), kind__in=LISTED, archived_at=None)
    )
    names = {channel.id: title for channel, title in titled(actor, channels)}
    newest = [row[0] for row in database.rows(statements.NEWEST, {"channels": list(names), "limit": limit})]
    found = Message.objects.select_related("author", "channel").in_bulk(newest)
    messages = messages_out([found[id] for id in newest if id in found])
    return [(message, names[message.channel_id]) for message in messages]


def unread_mentions_for(actor: User, limit: int = 10) -> list[MessageOut]:
    """Messages that name the actor and that they have not read, the latest first, of all workspaces."""
    marks = {id: mark.seq for id, mark in marks_for(actor).items()}
    rows = (
        Message.objects.filter(
            mention_rows__user=actor, channel_id__in=marks, deleted_at=None, channel__archived_at=None
        )
        .select_related("author", "channel")
        .order_by("-created_at", "-seq")[: limit * 5]
    )
    unread = [m for m in rows if m.author_id != actor.id and m.seq > marks[m.channel_id]]
    return messages_out(unread[:limit])
