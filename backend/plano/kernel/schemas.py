"""Bases of everything that crosses the wire."""

from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from plano.kernel.text import clean_line, clean_text


class In(BaseModel):
    """What a caller may send. An unknown or read-only field is refused with 400 (R-05)."""

    model_config = ConfigDict(extra="forbid")


class Out(BaseModel):
    """What a REST answer and a frame carry: state, the same for every viewer. An undeclared field is a bug."""

    model_config = ConfigDict(extra="forbid")


class Removed(Out):
    """The payload of a `removed` frame: which thing, and what held it."""

    id: UUID
    parent_id: UUID | None = None


Item = TypeVar("Item")


class Page(Out, Generic[Item]):
    """A page of a list; `next` is the cursor of the following one, null at the end."""

    items: list[Item]
    next: str | None = None


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


Instant = Annotated[datetime, PlainSerializer(_instant, return_type=str)]
"""An instant on the wire: RFC 3339 in UTC."""

Line = Annotated[str, AfterValidator(clean_line)]
"""One cleaned line of text from a person."""

Prose = Annotated[str, AfterValidator(clean_text)]
"""Several cleaned lines of text from a person."""


class ThingIn(In):
    """A thing of any feature, by kind and id."""

    kind: Annotated[str, Field(min_length=1, max_length=40)]
    id: UUID

    @property
    def pair(self) -> tuple[str, UUID]:
        return self.kind, self.id


class ThingOut(Out):
    """A thing of any feature, by kind and id: what it is called depends on who asks (`/references`)."""

    kind: str
    id: UUID

    @classmethod
    def of(cls, thing: tuple[str, UUID] | None) -> "ThingOut | None":
        return None if thing is None else cls(kind=thing[0], id=thing[1])
