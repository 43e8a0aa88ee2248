"""What crosses the wire about conversations. Shared things are the same for every viewer; mine is in `MarkOut`."""

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.chat.models import Channel, Draft, Message, Revision
from plano.kernel.schemas import In, Instant, Line, Out
from plano.kernel.text import clean_text

KindName = Literal["channel", "conversation", "meeting"]
LevelName = Literal["all", "mentions", "nothing"]
ChannelRole = Literal["guest", "reader", "member", "manager"]
Name = Annotated[Line, Field(min_length=1, max_length=80)]
Topic = Annotated[Line, Field(max_length=250)]
Text = Annotated[str, AfterValidator(clean_text)]
MAX_TEXT = 20_000
MAX_MENTIONS = 50


class ChannelIn(In):
    """A new channel; `members` are let in when it is private, and guests always need to be among them."""

    id: UUID | None = None
    name: Name
    topic: Topic = ""
    open: bool = True
    members: Annotated[list[UUID], Field(max_length=80)] = []


class ChannelPatch(In):
    name: Name | None = None
    topic: Topic | None = None


class ConversationIn(In):
    """With whom."""

    id: UUID | None = None
    user_id: UUID


class ChannelOut(Out):
    """A channel as all its viewers see it. `people` are the two of a conversation."""

    id: UUID
    workspace_id: UUID
    kind: KindName
    name: str
    topic: str
    open: bool
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
    """What this person may do in a channel; `own` and `others` are the messages by author."""

    post: bool
    edit: bool
    archive: bool
    manage_members: bool
    leave: bool
    own: MessageAbilities
    others: MessageAbilities


class MarkOut(Out):
    """My place in a channel: how far I have read and what is new since. Travels in my own scope.

    `unread` counts others' messages after `seq`, at most 100; `last_seq` is the newest message that it knew of.
    """

    channel_id: UUID
    workspace_id: UUID
    kind: KindName
    seq: int
    unread: int
    mentions: int
    last_seq: int
    level: LevelName
    version: int


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


class AuthorOut(PersonOut):
    """Who wrote, and whether they are a guest here."""

    guest: bool


class MentionOut(Out):
    """Somebody named in the text as « @name »."""

    id: UUID
    name: str


class MessageIn(In):
    """A message. `mentions` are the people named as « @name » in the text; they must be able to read the channel."""

    id: UUID | None = None
    text: Text
    thread_id: UUID | None = None
    mentions: Annotated[list[UUID], Field(max_length=MAX_MENTIONS)] = []


class MessagePatch(In):
    text: Text
    mentions: Annotated[list[UUID], Field(max_length=MAX_MENTIONS)] | None = None


class MessageOut(Out):
    """A message as all viewers see it. Deleted: no text. `reply_count` and `repliers` are of the thread it opens."""

    id: UUID
    channel_id: UUID
    thread_id: UUID | None
    seq: int
    author: AuthorOut
    text: str
    mentions: list[MentionOut]
    created_at: Instant
    edited_at: Instant | None
    deleted_at: Instant | None
    reply_count: int
    last_reply_at: Instant | None
    repliers: list[UUID]
    version: int

    @classmethod
    def from_model(cls, message: Message, *, guest: bool) -> "MessageOut":
        author = PersonOut.from_model(message.author)
        return cls(
            id=message.id,
            channel_id=message.channel_id,
            thread_id=message.thread_id,
            seq=message.seq,
            author=AuthorOut(**dict(author), guest=guest),
            text=message.text,
            mentions=[MentionOut(id=UUID(named["id"]), name=named["name"]) for named in message.mentions],
            created_at=message.created_at,
            edited_at=message.edited_at,
            deleted_at=message.deleted_at,
            reply_count=message.reply_count,
            last_reply_at=message.last_reply_at,
            repliers=message.repliers,
            version=message.version,
        )


class MessagePage(Out):
    """Newest first, unless asked `after`. `next` goes on in the direction asked, `newer` goes to newer ones."""

    items: list[MessageOut]
    next: str | None
    newer: str | None


class RevisionOut(Out):
    """What a message said before an edit."""

    version: int
    text: str
    replaced_at: Instant

    @classmethod
    def from_model(cls, revision: Revision) -> "RevisionOut":
        return cls(version=revision.version, text=revision.text, replaced_at=revision.created_at)


class MarkIn(In):
    """Read up to `seq`. Back only with `back` (« mark unread from here »); `thread_id`: only that thread was read."""

    seq: Annotated[int, Field(ge=0, lt=1 << 62)]
    back: bool = False
    thread_id: UUID | None = None


class LevelIn(In):
    level: LevelName


class DraftIn(In):
    """An empty text forgets the draft."""

    text: Text
    thread_id: UUID | None = None


class DraftOut(Out):
    """What I have begun to write. Travels in my own scope."""

    id: UUID
    channel_id: UUID
    workspace_id: UUID
    thread_id: UUID | None
    text: str
    updated_at: Instant
    version: int

    @classmethod
    def from_model(cls, draft: Draft) -> "DraftOut":
        return cls(
            id=draft.id,
            channel_id=draft.channel_id,
            workspace_id=draft.channel.workspace_id,
            thread_id=draft.thread_id,
            text=draft.text,
            updated_at=draft.updated_at,
            version=draft.version,
        )


def kind_name(kind: str) -> KindName:
    """The word of a kind on the wire."""
    return "conversation" if kind == "conversation" else "meeting" if kind == "meeting" else "channel"
