"""Channels and conversations as one person sees them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.chat import policies
from plano.chat.models import Channel, ChannelKind
from plano.chat.queries.marks import LISTED, marks_for
from plano.chat.schemas import (
    ChannelForMe,
    ChannelMemberOut,
    ChannelMine,
    ChannelOut,
    MarkOut,
)
from plano.kernel.errors import NotFound
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Role, Room
from plano.workspaces.schemas import role_name


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
    rules = {id: policies.rules_of(id) for id in {channel.workspace_id for channel in channels}}
    found = []
    for channel in channels:
        if channel.id not in marks:  # lost between two of our statements
            continue
        shared = ChannelOut.from_model(channel, open=opened[channel.id], people=people[channel.id])
        abilities = policies.abilities(
            actor, channel, roles[channel.id], open=opened[channel.id], rules=rules[channel.workspace_id]
        )
        mine = ChannelMine(mark=marks[channel.id], abilities=abilities)
        found.append(ChannelForMe(**{name: getattr(shared, name) for name in ChannelOut.model_fields}, mine=mine))
    return sorted(found, key=lambda c: (c.kind, c.name.casefold(), [p.name.casefold() for p in c.people]))


def channel_out(channel: Channel) -> ChannelOut:
    """The shared form of a channel, for answers and frames."""
    opened = AccessScope.objects.values_list("open", flat=True).get(id=channel.id)
    return ChannelOut.from_model(channel, open=opened, people=people_of([channel])[channel.id])


def people_of(channels: Iterable[Channel]) -> dict[UUID, list[User]]:
    """The people of each conversation, by name."""
    pairs = {channel.id: [UUID(id) for id in channel.pair.split(":")] for channel in channels if channel.pair}
    users = {user.id: user for user in User.objects.filter(id__in={id for pair in pairs.values() for id in pair})}
    found: dict[UUID, list[User]] = defaultdict(list)
    for channel_id, pair in pairs.items():
        found[channel_id] = sorted((users[id] for id in pair), key=lambda user: (user.name.casefold(), user.id))
    return found


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


def open_channels(actor: User, ids: Iterable[UUID]) -> list[tuple[Channel, str]]:
    """Those among these that the actor can open, with what they call them: no room of theirs is off."""
    open_rooms = Q(kind=ChannelKind.MEETING) | Q(workspace__rooms__contains=[Room.CHAT])
    seen = Channel.objects.filter(open_rooms, id__in=set(ids) & set(access.visible_scope_ids(actor)))
    return titled(actor, list(seen))


def titled(actor: User, channels: list[Channel]) -> list[tuple[Channel, str]]:
    """Each channel with what this person calls it."""
    people = people_of(channels)
    return [
        (channel, channel.name or ", ".join(p.name for p in people[channel.id] if p.id != actor.id))
        for channel in channels
    ]
