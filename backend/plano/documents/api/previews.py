"""What can be shown of a content. The bytes have a face of their own: `faces.previews`."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.documents import actions, queries
from plano.documents.api.paths import NODE
from plano.documents.models import PreviewKind
from plano.documents.schemas.previews import PreviewName, PreviewOut
from plano.kernel.http import actor, policy

router = Router(tags=["documents"])


@router.get(NODE + "/previews/{kind}", response=PreviewOut, openapi_extra=policy("documents.read"))
def get_preview(request: HttpRequest, node_id: UUID, kind: PreviewName, number: int | None = None) -> PreviewOut:
    """Whether there is a preview of the present content, or of version `number`; asking for one has it made."""
    version = queries.version_shown(actor(request), node_id, number)
    found = queries.preview_of(version, PreviewKind(kind))
    if found is None:
        actions.prepare_preview(version, urgent=True)
    return queries.preview_out(version, PreviewKind(kind), found)
