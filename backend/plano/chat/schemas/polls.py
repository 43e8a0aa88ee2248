"""Asking everybody of a channel."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from plano.chat.schemas.messages import Text
from plano.kernel.schemas import In, Instant, Line, Out

Option = Annotated[Line, Field(min_length=1, max_length=200)]


class PollIn(In):
    """A question and two to ten different answers; one or several may be taken, with or without names."""

    id: UUID | None = None
    question: Annotated[Text, Field(min_length=1, max_length=1000)]
    options: Annotated[list[Option], Field(min_length=2, max_length=10)]
    multiple: bool = False
    anonymous: bool = False
    closes_at: Instant | None = None
    thread_id: UUID | None = None


class VoteIn(In):
    """The answers that I take, by their place; none takes my vote back."""

    options: Annotated[list[Annotated[int, Field(ge=0, le=9)]], Field(max_length=10)]


class VoteOut(Out):
    """The answers that I took."""

    options: list[int]
