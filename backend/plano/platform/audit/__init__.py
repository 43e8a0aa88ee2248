"""The security journal: append-only, chained, apart from debug logs (R-120, R-123).

`plano.platform.audit.journal` writes and verifies; models are loaded lazily so that this package can be an app.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from plano.platform.audit.journal import Actor


def record(
    *,
    actor: "Actor | None",
    action: str,
    object_kind: str = "",
    object_id: UUID | None = None,
    workspace_id: UUID | None = None,
    result: str = "ok",
    details: Mapping[str, str | int | bool | None] | None = None,
) -> None:
    """Write one entry with the act, in its transaction. See `journal.record`."""
    from plano.platform.audit import journal

    journal.record(
        actor=actor,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        workspace_id=workspace_id,
        result=result,
        details=details,
    )
