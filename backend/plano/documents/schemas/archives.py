"""Archives on the wire: a selection to download, a zip to unpack."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.kernel.schemas import In, Instant, Out


class SelectionIn(In):
    """What goes into one download."""

    node_ids: Annotated[list[UUID], Field(min_length=1, max_length=10_000)]


class TicketOut(Out):
    """Where to fetch the archive, within a minute. `left_out` documents are held back by the antivirus."""

    url: str
    expires_at: Instant
    entries: int
    size: int
    left_out: int


class UnpackingIn(In):
    id: UUID | None = None


class UnpackingOut(Out):
    """An archive that becomes a folder."""

    id: UUID
    node_id: UUID
    folder_id: UUID | None
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    code: str
    total: int
    done: int
    version: int
