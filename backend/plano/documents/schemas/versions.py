"""Contents of a document."""

from typing import Literal
from uuid import UUID

from plano.documents.models import Version
from plano.documents.schemas.nodes import NodePerson, StateName
from plano.kernel.schemas import Instant, Out


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
