"""Messages and their pages."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from plano.accounts.schemas import PersonOut
from plano.chat.models import Message, Revision
from plano.chat.schemas.files import FileIds
from plano.kernel.schemas import In, Instant, Out, ThingOut
from plano.kernel.text import clean_text

Text = Annotated[str, AfterValidator(clean_text)]
Verb = Literal[
    "arrived",
    "added",
    "left",
    "removed",
    "left_space",
    "removed_space",
    "disabled",
    "history_all",
    "history_joined",
    "exported",
    "hook_in",
    "hook_in_stopped",
    "hook_out",
    "hook_out_stopped",
    "hook_out_gave_up",
]
MAX_TEXT = 20_000
MAX_MENTIONS = 50


GroupName = Literal["all", "managers"]
GROUPS: dict[GroupName, tuple[UUID, tuple[str, ...]]] = {
    "all": (UUID("00000000-0000-7000-8000-000000000001"), ("tous", "all")),
    "managers": (UUID("00000000-0000-7000-8000-000000000002"), ("gestionnaires", "managers")),
}
"""How a group stands in `mentions`: a fixed id, and its word in the text."""


class AuthorOut(PersonOut):
    """Who wrote, and whether they are a guest here, or no person: a program."""

    guest: bool
    robot: bool


class MentionOut(Out):
    """Somebody named in the text as « @name »."""

    id: UUID
    name: str


class MessageIn(In):
    """A message. `mentions` are the people named as « @name » in the text; they must be able to read the channel.

    `groups`: « @all », « @managers » in the text name all readers or the managers; above twenty people only when
    `confirmed`. `in_channel`: an answer in a thread that the channel shows too.
    `files`: documents of the library that it carries; then the text may be empty. `urgent`: it rings out of hours for
    the people named, or for the others of a conversation; never for a group, three times a day, counted for both.
    """

    id: UUID | None = None
    text: Text
    thread_id: UUID | None = None
    in_channel: bool = False
    groups: Annotated[list[GroupName], Field(max_length=2)] = []
    confirmed: bool = False
    files: FileIds = []
    mentions: Annotated[list[UUID], Field(max_length=MAX_MENTIONS)] = []
    urgent: bool = False


class MessagePatch(In):
    text: Text
    mentions: Annotated[list[UUID], Field(max_length=MAX_MENTIONS)] | None = None


class ReactionsOut(Out):
    """One sign under a message: how many gave it, and the first of them (at most 200)."""

    emoji: str
    count: int
    people: list[UUID]


class PinnedOut(Out):
    """Since when a message is pinned, and by whom."""

    at: Instant
    by: UUID | None


class SystemOut(Out):
    """What happened in the channel, told by a line without words of anybody: the author did it, to these people.

    Of a webhook, `people` holds the robot or the service by name.
    """

    verb: Verb
    people: list[MentionOut]


class PollOptionOut(Out):
    """A choice: how many took it, and who (the first 200; nobody in a poll without names)."""

    text: str
    count: int
    people: list[UUID]


class PollOut(Out):
    """A poll; its question is the message's text. Over when closed by hand or when `closes_at` has passed."""

    options: list[PollOptionOut]
    multiple: bool
    anonymous: bool
    closes_at: Instant | None
    closed_at: Instant | None
    voters: int


class MessageOut(Out):
    """A message as all viewers see it. Deleted: no text. `reply_count` and `repliers` are of the thread it opens.

    `files`: documents of the library; each reader asks for what they see of them. `made`: the tasks, events and
    decisions that came out of it, whoever may see them.
    """

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
    in_channel: bool
    system: SystemOut | None
    poll: PollOut | None
    reactions: list[ReactionsOut]
    made: list[ThingOut]
    files: list[UUID]
    pinned: PinnedOut | None
    version: int

    @classmethod
    def from_model(cls, message: Message, *, guest: bool) -> "MessageOut":
        author = PersonOut.from_model(message.author)
        return cls(
            id=message.id,
            channel_id=message.channel_id,
            thread_id=message.thread_id,
            seq=message.seq,
            author=AuthorOut(**dict(author), guest=guest, robot=message.author.is_robot),
            text=message.text,
            mentions=[MentionOut(id=UUID(named["id"]), name=named["name"]) for named in message.mentions],
            created_at=message.created_at,
            edited_at=message.edited_at,
            deleted_at=message.deleted_at,
            reply_count=message.reply_count,
            last_reply_at=message.last_reply_at,
            repliers=message.repliers,
            in_channel=message.in_channel,
            system=SystemOut.model_validate(message.system) if message.system else None,
            poll=PollOut.model_validate(message.poll) if message.poll else None,
            reactions=[ReactionsOut(**each) for each in message.reactions],
            made=[ThingOut.model_validate(each) for each in message.made],
            files=[UUID(id) for id in message.files],
            pinned=PinnedOut(at=message.pinned_at, by=message.pinned_by_id) if message.pinned_at else None,
            version=message.version,
        )


class TouchedOut(Out):
    """A message changed that not everybody here may read: those who hold it ask for it again."""

    id: UUID
    channel_id: UUID
    thread_id: UUID | None
    seq: int
    version: int


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
