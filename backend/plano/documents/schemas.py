"""What crosses the wire about the library."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.accounts.schemas import PersonOut
from plano.documents.models import Node, Version
from plano.kernel.schemas import In, Instant, Out
from plano.workspaces.schemas import AccessOut

KindName = Literal["folder", "document"]
StateName = Literal["empty", "unscanned"]
AccessKind = Literal["inherited", "opened", "restricted"]
OnConflict = Literal["refuse", "keep_both", "reuse"]
Decision = Literal["version", "keep_both", "skip"]
GrantRole = Literal["reader", "member", "manager"]
Name = Annotated[str, Field(max_length=4096)]


class NodePerson(PersonOut):
    """Somebody as they stand beside a document; a guest is marked wherever the name appears."""

    guest: bool


class NodeOut(Out):
    """A folder or a document, the same for all who see it."""

    id: UUID
    workspace_id: UUID
    scope_id: UUID
    parent_id: UUID | None
    kind: KindName
    name: str
    access: AccessKind
    created_at: Instant
    created_by: NodePerson
    modified_at: Instant
    modified_by: NodePerson
    size: int
    media_type: str
    sha256: str
    content_version: int
    state: StateName
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
    """A new name, a new place, or both."""

    name: Name | None = None
    parent_id: UUID | None = None
    on_conflict: Literal["refuse", "keep_both"] = "refuse"


class CopyIn(In):
    """Where the copy goes; without `parent_id` beside the original."""

    id: UUID | None = None
    parent_id: UUID | None = None


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
    origin: Literal["upload", "restore", "import", "sync"]
    restored_from: int | None

    @classmethod
    def of(cls, version: Version, author: NodePerson) -> "VersionOut":
        return cls.model_validate(
            {name: getattr(version, name) for name in cls.model_fields if name != "author"} | {"author": author}
        )


class NodeAccessOut(Out):
    """« Qui y a accès ? » of a node: the people with their reasons, and the folder that decides."""

    access: AccessOut
    folder: PathItem | None
    may_manage: bool


class AccessIn(In):
    """Give a folder its own access: opened to the workspace and its guests by name, or restricted to named people."""

    open: bool


class GrantIn(In):
    role: GrantRole


class DecisionIn(In):
    """The answer to a name that is taken, or to a folder that is gone, for bytes that have arrived."""

    conflict: Decision
    parent_id: UUID | None = None


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


def access_kind(node: Node, *, open: bool) -> AccessKind:
    """Whether the node has people of its own, and which way."""
    if not node.has_own_scope:
        return "inherited"
    return "opened" if open else "restricted"
