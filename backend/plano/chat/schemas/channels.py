"""Channels, conversations and their people."""

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.chat.models import Channel
from plano.chat.schemas.kinds import KindName, kind_name
from plano.chat.schemas.personal import MarkOut
from plano.kernel.schemas import In, Instant, Line, Out

ChannelRole = Literal["guest", "reader", "member", "manager"]
Name = Annotated[Line, Field(min_length=1, max_length=80)]
HistoryName = Literal["all", "joined"]
Topic = Annotated[Line, Field(max_length=250)]


class ChannelIn(In):
    """A new channel; `members` are let in when it is private, and guests always need to be among them."""

    id: UUID | None = None
    name: Name
    topic: Topic = ""
    open: bool = True
    announce: bool = False
    history: HistoryName = "all"
    members: Annotated[list[UUID], Field(max_length=80)] = []


class ChannelPatch(In):
    name: Name | None = None
    topic: Topic | None = None
    announce: bool | None = None
    history: HistoryName | None = None


class ConversationIn(In):
    """With whom: one person, or two to fourteen others. The same people always have the same conversation."""

    id: UUID | None = None
    user_id: UUID | None = None
    user_ids: Annotated[list[UUID], Field(max_length=14)] = []


class ChannelOut(Out):
    """A channel as all its viewers see it. `people` are those of a conversation.

    `announce`: managers write, the others react and answer in threads. `history`: what a newcomer of a private channel
    reads of its past.
    """

    id: UUID
    workspace_id: UUID
    kind: KindName
    name: str
    topic: str
    open: bool
    announce: bool
    history: HistoryName
    people: list[PersonOut]
    created_by: UUID
    archived_at: Instant | None
    created_at: Instant
    version: int

    @classmethod
    def from_model(cls, channel: Channel, *, open: bool, people: Iterable[User] = ()) -> "ChannelOut":
        return cls(
            id=channel.id,
            workspace_id=channel.workspace_id,
            kind=kind_name(channel.kind),
            name=channel.name,
            topic=channel.topic,
            open=open,
            announce=channel.announce,
            history="joined" if channel.history == "joined" else "all",
            people=[PersonOut.from_model(person) for person in people],
            created_by=channel.created_by_id,
            archived_at=channel.archived_at,
            created_at=channel.created_at,
            version=channel.version,
        )


class MessageAbilities(Out):
    edit: bool
    delete: bool


class ChannelAbilities(Out):
    """What this person may do in a channel; `own` and `others` are the messages by author.

    `edit_minutes`: how long one's own words may be changed; null: always, where `own.edit`. `revisions`: what an
    edited message said before is shown.
    """

    post: bool
    reply: bool
    react: bool
    pin: bool
    edit: bool
    archive: bool
    manage_members: bool
    leave: bool
    edit_minutes: int | None
    revisions: bool
    own: MessageAbilities
    others: MessageAbilities


class ChannelMine(Out):
    """What is personal about a channel."""

    mark: MarkOut
    abilities: ChannelAbilities


class ChannelForMe(ChannelOut):
    """A channel with my place in it."""

    mine: ChannelMine


class ChannelMemberOut(Out):
    """Somebody who reads the channel. `granted`: let in by name; otherwise by their role in the workspace."""

    person: PersonOut
    role: ChannelRole
    guest: bool
    granted: bool


class ChannelMemberIn(In):
    user_id: UUID
