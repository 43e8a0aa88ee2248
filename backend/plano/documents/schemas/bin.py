"""What was deleted, and what came back."""

from plano.documents.schemas.nodes import AbilityPair, NodeOut, NodePerson
from plano.kernel.schemas import Instant, Out


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
    contains: int


class BinPage(Out):
    items: list[BinItem]
    next: str | None
    abilities: dict[str, AbilityPair]
