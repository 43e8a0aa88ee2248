"""Bytes on their way, and the limits."""

from typing import Literal
from uuid import UUID

from plano.documents.schemas.nodes import NodeOut
from plano.kernel.schemas import In, Instant, Out

Decision = Literal["version", "keep_both", "skip"]


class DecisionIn(In):
    """The answer to a name that is taken, or to a folder that is gone, for bytes that have arrived."""

    conflict: Decision
    parent_id: UUID | None = None
    base: int | None = None
    """The version of the document in the way that the person saw: one that is newer asks again."""


class UploadOut(Out):
    """One of my uploads that is not done: offered again after a restart."""

    id: UUID
    workspace_id: UUID
    parent_id: UUID | None
    name: str
    length: int
    offset: int
    complete: bool
    expires_at: Instant


class LibraryOut(Out):
    """Limits that the interface tells before somebody meets them."""

    used: int
    quota: int
    max_size: int
    antivirus: bool


class LargeItem(Out):
    """A document with the bytes of all its versions."""

    node: NodeOut
    versions: int
    bytes: int


class SpaceOut(Out):
    """What takes the space of a library: for its managers. Bytes shared by copies count once in `used`."""

    used: int
    quota: int
    older_versions: int
    bin: int
    incoming: int
    largest: list[LargeItem]
