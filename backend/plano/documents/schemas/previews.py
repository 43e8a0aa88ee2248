"""What can be shown of a content."""

from typing import Literal
from uuid import UUID

from plano.kernel.schemas import Out

PreviewName = Literal["thumbnail", "image", "pdf"]
ReasonName = Literal["damaged", "password", "too_large", "too_slow", "unavailable"]


class PreviewOut(Out):
    """Whether a preview is there; its bytes are at `…/previews/{kind}/content`."""

    node_id: UUID
    number: int
    kind: PreviewName
    state: Literal["ready", "preparing", "refused"]
    reason: ReasonName | None
    media_type: str
    size: int
    width: int
    height: int
