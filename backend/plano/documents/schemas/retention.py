"""Rules for documents that nobody changes for long, on the wire (C17)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.documents.schemas.nodes import PathItem
from plano.documents.schemas.people import NodePerson
from plano.kernel.schemas import In, Instant, Out

ActName = Literal["bin", "archive"]


class RetentionOut(Out):
    """The rule of one folder. It `sleeps` while who set it does not manage the folder, or its archive is gone."""

    id: UUID
    folder_id: UUID
    folder_name: str
    days: int
    act: ActName
    archive_id: UUID | None
    archive_name: str | None
    set_by: NodePerson
    sleeps: bool
    version: int


class RetentionForMe(Out):
    """The rule that holds in a folder, its own or that of the nearest one above that has one."""

    rule: RetentionOut | None
    own: bool
    may_set: bool


class RetentionIn(In):
    """After how many days without change, and where to."""

    days: Annotated[int, Field(ge=30, le=36_500)]
    act: ActName
    archive_id: UUID | None = None


class Concerned(Out):
    """A document that the rule would file now, were there no announcement before."""

    id: UUID
    name: str
    path: list[PathItem]
    modified_at: Instant
    size: int


class DryRun(Out):
    """What a rule would do today: how many, how much, and the first hundred, the oldest first."""

    count: int
    bytes: int
    items: list[Concerned]
