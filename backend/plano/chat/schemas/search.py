"""What a search in messages answers."""

from typing import Literal
from uuid import UUID

from plano.chat.schemas.messages import AuthorOut
from plano.kernel.schemas import Instant, Out

SearchOrder = Literal["recent", "relevance"]


class WordsPart(Out):
    """A piece of the words around; `hit`: it is one that was asked for."""

    text: str
    hit: bool


class FoundMessage(Out):
    """A message that was found. `thread_id`: it is an answer in that thread; `file`: found by what it carries."""

    id: UUID
    channel_id: UUID
    workspace_id: UUID
    channel_name: str
    conversation: bool
    archived: bool
    thread_id: UUID | None
    seq: int
    author: AuthorOut
    created_at: Instant
    edited: bool
    pinned: bool
    poll: bool
    reply_count: int
    file: str
    excerpt: list[WordsPart]


class SearchProblem(Out):
    """A value that its operator does not understand: a day that is none, for instance."""

    operator: str
    value: str


class FoundMessages(Out):
    """One page of what was found; `next`: where the next one begins."""

    items: list[FoundMessage]
    next: str | None
    problems: list[SearchProblem]
