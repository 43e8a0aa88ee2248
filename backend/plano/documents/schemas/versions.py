"""Contents of a document."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.documents.models import Version
from plano.documents.schemas.nodes import StateName
from plano.documents.schemas.people import NodePerson
from plano.kernel.schemas import In, Instant, Out


class VersionOut(Out):
    """One content of a document."""

    id: UUID
    node_id: UUID
    number: int
    author: NodePerson
    created_at: Instant
    size: int
    sha256: str
    media_type: str
    origin: Literal["upload", "restore", "import", "sync", "deposit"]
    restored_from: int | None
    label: str
    comment: str
    kept: bool
    depositor: str
    """The name that an outsider gave who brought it by a share link; the author is then the link's creator."""
    state: StateName
    verdict: str
    checked_at: Instant | None

    @classmethod
    def of(cls, version: Version, author: NodePerson) -> "VersionOut":
        return cls.model_validate(
            {name: getattr(version, name) for name in cls.model_fields if name != "author"} | {"author": author}
        )


class VersionPatch(In):
    """What people say of a version. `kept`: it is never thinned out."""

    label: Annotated[str, Field(max_length=120)] | None = None
    comment: Annotated[str, Field(max_length=1000)] | None = None
    kept: bool | None = None


class ComparedLine(Out):
    """One line of two texts side by side; its number in each, from 1."""

    op: Literal["same", "added", "removed"]
    text: str
    before: int | None
    after: int | None


class ComparisonOut(Out):
    """Two versions of a text, line by line, with what surrounds each change. `cut`: they are longer than is shown."""

    before: int
    after: int
    added: int
    removed: int
    hunks: list[list[ComparedLine]]
    cut: bool
