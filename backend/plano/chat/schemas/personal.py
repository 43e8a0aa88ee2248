"""Marks, levels and drafts."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.chat.models import Draft
from plano.chat.schemas.files import FileIds
from plano.chat.schemas.kinds import KindName
from plano.chat.schemas.messages import Text
from plano.kernel.schemas import In, Instant, Out

LevelName = Literal["all", "mentions", "nothing"]


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


class MarkIn(In):
    """Read up to `seq`. Back only with `back` (« mark unread from here »); `thread_id`: only that thread was read."""

    seq: Annotated[int, Field(ge=0, lt=1 << 62)]
    back: bool = False
    thread_id: UUID | None = None


class LevelIn(In):
    level: LevelName


class DraftIn(In):
    """Without words and files the draft is forgotten. Without `files` those that it carries stay."""

    text: Text
    thread_id: UUID | None = None
    files: FileIds | None = None


class DraftOut(Out):
    """What I have begun to write. Travels in my own scope."""

    id: UUID
    channel_id: UUID
    workspace_id: UUID
    thread_id: UUID | None
    text: str
    files: list[UUID]
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
            files=[UUID(id) for id in draft.files],
            updated_at=draft.updated_at,
            version=draft.version,
        )
