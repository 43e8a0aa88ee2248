"""What other rooms show of conversations: names, search, Accueil, Mon bureau."""

from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Length

from plano.accounts.models import User
from plano.chat import statements
from plano.chat.models import Channel, ChannelKind, Message
from plano.chat.plain import beginning
from plano.chat.queries.channels import open_channels, titled
from plano.chat.queries.floors import floors_of
from plano.chat.queries.marks import LISTED, marks_for
from plano.chat.queries.messages import messages_out
from plano.chat.schemas import (
    MessageOut,
)
from plano.platform import database
from plano.platform.references import Card
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Room

_READ = 2000
FILES_ONLY = {"fr": "Fichiers joints", "en": "Attached files"}


def resolve(actor: User, ids: list[UUID]) -> dict[UUID, Card]:
    """What links to the channels among these ids show that the actor sees; a conversation has the other's name."""
    found = open_channels(actor, ids)
    opened = dict(AccessScope.objects.filter(id__in=[channel.id for channel, _ in found]).values_list("id", "open"))
    return {
        channel.id: Card(
            title=title,
            workspace_id=channel.workspace_id,
            shape=channel.kind,
            status="archived" if channel.archived_at else "" if opened[channel.id] else "private",
        )
        for channel, title in found
    }


def resolve_messages(actor: User, ids: list[UUID]) -> dict[UUID, Card]:
    """What links to the messages among these ids show that the actor sees: their beginning, who said it and where."""
    found = Message.objects.filter(id__in=ids, deleted_at=None, system__isnull=True).select_related("author")
    messages = list(found)
    places = {channel.id: (channel, name) for channel, name in open_channels(actor, {m.channel_id for m in messages})}
    hidden = floors_of(actor.id)
    return {
        message.id: Card(
            title=beginning(message.text[:_READ], 160) or FILES_ONLY[actor.language],
            workspace_id=places[message.channel_id][0].workspace_id,
            inside=places[message.channel_id][1],
            at=message.created_at,
            author=message.author.name,
        )
        for message in messages
        if message.channel_id in places and message.seq > hidden.get(message.channel_id, 0)
    }


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
    known = others.filter(id__in=access.acquaintances(actor).values("id")).values_list("id", flat=True)[:50]
    with_them = Q(id__in=[])
    for id in known:
        with_them |= Q(pair__contains=str(id))
    talks = found.filter(with_them, kind=ChannelKind.CONVERSATION).annotate(size=Length("pair")).order_by("size", "id")
    channels = [*named.order_by("archived_at", "name", "id")[:limit], *talks[:limit]]
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
    hidden = floors_of(actor.id)
    messages = messages_out(
        [found[id] for id in newest if id in found and found[id].seq > hidden.get(found[id].channel_id, 0)]
    )
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
    hidden = floors_of(actor.id)
    unread = [
        m for m in rows if m.author_id != actor.id and m.seq > max(marks[m.channel_id], hidden.get(m.channel_id, 0))
    ]
    return messages_out(unread[:limit])
