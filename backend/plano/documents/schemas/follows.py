"""What a person marked, opened or follows, and what happened in a place, on the wire."""

from typing import Literal
from uuid import UUID

from plano.documents.schemas.nodes import KindName, NodeOut
from plano.documents.schemas.people import NodePerson
from plano.kernel.schemas import Instant, Out

VerbName = Literal[
    "created",
    "deposited",
    "version",
    "renamed",
    "moved",
    "copied",
    "deleted",
    "restored",
    "access",
    "locked",
    "unlocked",
    "commented",
    "asked",
    "answered",
    "unpacked",
    "described",
]
RecentKind = Literal["opened", "changed"]


class NodeMarkOut(Out):
    """My star and my bell on one node (`id`), as they are now."""

    id: UUID
    favourite: bool
    followed: bool


class NodeMarksOut(Out):
    """All that I marked and see at this moment: ids of folders and documents."""

    favourites: list[UUID]
    followed: list[UUID]


class ShelfItem(Out):
    """A folder or document away from its folder: `place` is the way to it as far as I see it, null at the top."""

    node: NodeOut
    place: str | None
    at: Instant


class ShelfOut(Out):
    """A short list, the latest first."""

    items: list[ShelfItem]


class ActivityNode(Out):
    """What a line of activity names, by its present name. `binned`: it lies in the bin."""

    id: UUID
    name: str
    kind: KindName
    binned: bool


class ActivityOut(Out):
    """What one person did, once or many times in a row: `count` things, the last of which are in `nodes`.

    `before` and `after` are the names around a renaming; `came_from` the folder that it moved from, when I see it;
    `depositor` names an outsider who used a share link; `what` is what changed in a folder's access, for managers.
    """

    id: UUID
    at: Instant
    verb: VerbName
    actor: NodePerson | None
    depositor: str
    nodes: list[ActivityNode]
    count: int
    times: int
    folder: ActivityNode | None
    number: int | None
    restored_from: int | None
    before: str
    after: str
    came_from: ActivityNode | None
    from_top: bool
    what: str
    person: NodePerson | None


class ActivityPage(Out):
    items: list[ActivityOut]
    next: str | None
