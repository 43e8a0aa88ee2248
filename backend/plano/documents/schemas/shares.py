"""Share links on the wire: for those who keep them, and for whoever opens one."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.documents.schemas import KindName, NodePerson, StateName
from plano.kernel.schemas import In, Instant, Line, Out

ShareModeName = Literal["read", "drop"]
ShareState = Literal["active", "expired", "exhausted", "stopped"]
StopName = Literal["", "by_hand", "deleted", "moved", "creator", "archived", "sharing_off"]
ShareName = Annotated[Line, Field(max_length=120)]
Password = Annotated[str, Field(min_length=8, max_length=256)]
Uses = Annotated[int, Field(ge=1, le=10_000)]


class SharingOut(Out):
    """Whether a workspace allows share links."""

    workspace_id: UUID
    links: bool


class SharingIn(In):
    links: bool


class ShareIn(In):
    """A new link. Without an end it ends in 30 days."""

    id: UUID | None = None
    mode: ShareModeName = "read"
    label: ShareName = ""
    password: Password | None = None
    expires_at: datetime | None = None
    max_uses: Uses | None = None


class SharePatch(In):
    """What changes; a password of null takes it away."""

    label: ShareName | None = None
    password: Password | None = None
    expires_at: datetime | None = None
    max_uses: Uses | None = None


class ShareOut(Out):
    """A link, the same for all who see its object. The name is null for a manager who does not see the object."""

    id: UUID
    workspace_id: UUID
    scope_id: UUID
    node_id: UUID
    name: str | None
    kind: KindName
    mode: ShareModeName
    label: str
    created_by: NodePerson
    created_at: Instant
    expires_at: Instant
    protected: bool
    max_uses: int | None
    uses: int
    state: ShareState
    stop_reason: StopName
    stopped_at: Instant | None
    stopped_by: NodePerson | None
    version: int


class ShareForMe(ShareOut):
    """A link with what I may do with it."""

    may_manage: bool


class ShareAddress(Out):
    """The address to hand out; null when the server's key has changed since: then a new link is needed."""

    url: str | None


class ShareMade(ShareForMe):
    """A link with its address."""

    url: str | None


class ShareUseOut(Out):
    """One thing that was done through a link. `network` is shortened: it names no person."""

    id: UUID
    at: Instant
    what: Literal["opened", "downloaded", "archived", "deposited"]
    name: str
    depositor: str
    network: str


class SharedView(Out):
    """What the holder of a link sees first. Nothing but `state` before the password."""

    state: Literal["password", "ready", "open"]
    mode: ShareModeName | None = None
    kind: KindName | None = None
    node_id: UUID | None = None
    name: str | None = None
    shared_by: str | None = None
    expires_at: Instant | None = None
    uses_left: int | None = None
    size: int | None = None
    media_type: str | None = None
    content_state: StateName | None = None
    max_size: int | None = None


class VisitIn(In):
    """Opening a link: its password, when it has one."""

    password: Annotated[str, Field(max_length=1024)] | None = None


class SharedItem(Out):
    """A folder or document inside a shared folder, without anything about people."""

    id: UUID
    kind: KindName
    name: str
    size: int
    media_type: str
    modified_at: Instant
    state: StateName


class SharedStep(Out):
    id: UUID
    name: str


class SharedPage(Out):
    """What lies in the shared folder or in one below it. `path` begins at the shared folder."""

    items: list[SharedItem]
    next: str | None
    path: list[SharedStep]
