"""What was deleted, and what came back."""

from uuid import UUID

from plano.documents.schemas.nodes import AbilityPair, NodeOut
from plano.documents.schemas.people import NodePerson
from plano.kernel.schemas import In, Instant, Out


class RestoredOut(Out):
    """Back from the bin: where it was, unless its place or its name is gone."""

    node: NodeOut
    moved_to_root: bool
    renamed: bool


class BinItem(Out):
    """What was deleted: by whom, when, from where."""

    node: NodeOut
    deleted_at: Instant
    deleted_by: NodePerson | None
    place: str | None
    place_gone: bool
    contains: int


class BinPage(Out):
    items: list[BinItem]
    next: str | None
    abilities: dict[str, AbilityPair]


class RestoreIn(In):
    """Another folder than where it was; null: the top. Without the field it goes back where it was."""

    parent_id: UUID | None = None


class PurgedOut(Out):
    """What is gone for ever: content, versions, previews and what search knew of it (C15)."""

    documents: int
    versions: int
    bytes: int
