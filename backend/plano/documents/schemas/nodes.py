"""Folders and documents on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.documents.schemas.locks import LockOut
from plano.documents.schemas.people import NodePerson
from plano.kernel.schemas import In, Instant, Out
from plano.workspaces.models import ScopeKind

KindName = Literal["folder", "document"]


StateName = Literal["empty", "unscanned", "checking", "clean", "infected"]


AccessKind = Literal["inherited", "opened", "restricted", "conversation"]
"""`conversation`: the folder of a conversation's files, for exactly the people of that conversation."""


OnConflict = Literal["refuse", "keep_both", "reuse"]


Name = Annotated[str, Field(max_length=4096)]


FieldValue = str | int | float
"""A text, a number, a day (`2027-01-31`), the id of an option or of a person."""


class NodeOut(Out):
    """A folder or a document, the same for all who see it."""

    id: UUID
    workspace_id: UUID
    scope_id: UUID
    parent_id: UUID | None
    kind: KindName
    name: str
    lock: LockOut | None
    access: AccessKind
    created_at: Instant
    created_by: NodePerson
    modified_at: Instant
    modified_by: NodePerson
    description: str
    tags: list[str]
    fields: dict[str, FieldValue]
    """Values of the workspace's own fields, by the field's id."""
    open_comments: int
    """Remarks that are not resolved; derived, so `version` stays."""
    depositor: str
    size: int
    media_type: str
    sha256: str
    content_version: int
    state: StateName
    thumbnail: bool
    """Whether `…/previews/thumbnail/content` has a small picture of the present content."""
    version: int


class NodeAbilities(Out):
    """What a person may do with the nodes of a scope."""

    rename: bool
    move: bool
    delete: bool
    upload: bool
    restore: bool
    purge: bool
    manage_access: bool
    break_lock: bool


class AbilityPair(Out):
    """For what I made, and for what others made."""

    own: NodeAbilities
    others: NodeAbilities


class ScopeFacts(Out):
    """Who a folder with its own access is for, in a number; null when it is open to the workspace."""

    open: bool
    people: int


class PathItem(Out):
    """One step of the way to a node, as far as the reader sees it."""

    id: UUID
    name: str
    access: AccessKind


class NodePage(Out):
    """The children of a folder, or the top of what the reader sees. `counts` is of what they see in each folder."""

    items: list[NodeOut]
    next: str | None
    abilities: dict[str, AbilityPair]
    scopes: dict[str, ScopeFacts]
    counts: dict[str, int]
    folder: NodeOut | None
    path: list[PathItem]


class SomeNodesOut(Out):
    """Those of the nodes asked for that the reader sees; which of them lie in the bin. Of others nothing is said."""

    items: list[NodeOut]
    binned: list[UUID]


class NodeForMe(NodeOut):
    """One node with the way to it and what I may do."""

    path: list[PathItem]
    abilities: NodeAbilities


class NodeIn(In):
    """A new folder, or an empty document whose bytes come by PUT."""

    id: UUID | None = None
    kind: KindName
    name: Name
    parent_id: UUID | None = None
    on_conflict: OnConflict = "refuse"
    restricted: bool = False


class NodePatch(In):
    """A new name, a new place, or both. `workspace_id`: a place in another workspace."""

    name: Name | None = None
    parent_id: UUID | None = None
    workspace_id: UUID | None = None
    on_conflict: Literal["refuse", "keep_both"] = "refuse"


Tag = Annotated[str, Field(min_length=1, max_length=40)]


class DetailsPatch(In):
    """What people say of a folder or document; only the fields that are given change."""

    description: Annotated[str, Field(max_length=2000)] | None = None
    tags: Annotated[list[Tag], Field(max_length=20)] | None = None


class CopyIn(In):
    """Where the copy goes; without a place beside the original. `workspace_id`: a place in another workspace."""

    id: UUID | None = None
    parent_id: UUID | None = None
    workspace_id: UUID | None = None


class FolderCount(Out):
    """How much lies in a folder that came full (a copy): the same for all who see it."""

    id: UUID
    workspace_id: UUID
    count: int


def access_kind(*, own: bool, of: str, open: bool) -> AccessKind:
    """Whether a node has people of its own, and which way; `of`: what kind of scope it is in."""
    if not own:
        return "inherited"
    if of != ScopeKind.FOLDER:
        return "conversation"
    return "opened" if open else "restricted"
