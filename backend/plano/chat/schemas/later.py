"""What shall happen later, and how one likes to write. All of it travels in its owner's own scope."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.chat.models import ChatWishes, Reminder, ReturnTo, Scheduled, SendKey
from plano.chat.schemas.files import FileIds
from plano.chat.schemas.messages import MAX_MENTIONS, GroupName, Text
from plano.kernel.schemas import In, Instant, Out

SendKeyName = Literal["enter", "ctrl_enter"]
ReturnToName = Literal["unread", "latest"]
Groups = Annotated[list[GroupName], Field(max_length=2)]
Mentions = Annotated[list[UUID], Field(max_length=MAX_MENTIONS)]


class ScheduledIn(In):
    """A message as it would be sent now, and when it shall be. Its id is that of the message."""

    id: UUID | None = None
    text: Text
    thread_id: UUID | None = None
    in_channel: bool = False
    groups: Groups = []
    confirmed: bool = False
    files: FileIds = []
    mentions: Mentions = []
    at: Instant


class ScheduledPatch(In):
    """Other words, another time. With a time, one that was refused waits anew."""

    text: Text | None = None
    mentions: Mentions | None = None
    groups: Groups | None = None
    confirmed: bool | None = None
    at: Instant | None = None


class ScheduledOut(Out):
    """A message of mine that waits. `refused`: why it could not be sent at its time; it stays until I decide."""

    id: UUID
    channel_id: UUID
    workspace_id: UUID
    thread_id: UUID | None
    text: str
    mentions: list[UUID]
    groups: list[GroupName]
    files: list[UUID]
    in_channel: bool
    at: Instant
    refused: str | None
    version: int

    @classmethod
    def from_model(cls, row: Scheduled) -> "ScheduledOut":
        return cls(
            id=row.id,
            channel_id=row.channel_id,
            workspace_id=row.channel.workspace_id,
            thread_id=row.thread_id,
            text=row.text,
            mentions=[UUID(one) for one in row.mentions],
            groups=list(row.groups),
            files=[UUID(one) for one in row.files],
            in_channel=row.in_channel,
            at=row.at,
            refused=row.refused or None,
            version=row.version,
        )


class ReminderIn(In):
    at: Instant


class ReminderOut(Out):
    """I want to come back to this message. Its words are not in it: who may read them is asked each time."""

    id: UUID
    message_id: UUID
    channel_id: UUID
    workspace_id: UUID
    thread_id: UUID | None
    at: Instant
    version: int

    @classmethod
    def from_model(cls, reminder: Reminder) -> "ReminderOut":
        message = reminder.message
        return cls(
            id=reminder.id,
            message_id=message.id,
            channel_id=message.channel_id,
            workspace_id=message.channel.workspace_id,
            thread_id=message.thread_id,
            at=reminder.at,
            version=reminder.version,
        )


class ReminderForMe(ReminderOut):
    """With who wrote the message and how it begins, while I may read it; else nothing of it."""

    author: str | None
    text: str | None


class ChatWishesOut(Out):
    """How I like to write and to come back. `version` 0: I never chose."""

    send_key: SendKeyName
    return_to: ReturnToName
    version: int

    @classmethod
    def from_model(cls, wishes: ChatWishes, *, version: int | None = None) -> "ChatWishesOut":
        return cls(
            send_key="ctrl_enter" if wishes.send_key == SendKey.CTRL_ENTER else "enter",
            return_to="latest" if wishes.return_to == ReturnTo.LATEST else "unread",
            version=wishes.version if version is None else version,
        )


class ChatWishesPatch(In):
    send_key: SendKeyName | None = None
    return_to: ReturnToName | None = None
