"""My uploads, and the limits."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.documents import actions, queries
from plano.documents.schemas import (
    DecisionIn,
    LibraryOut,
    NodeForMe,
    UploadOut,
)
from plano.kernel.http import actor, policy
from plano.kernel.schemas import Page

router = Router(tags=["documents"])


@router.get("/workspaces/{uuid:workspace_id}/library", response=LibraryOut, openapi_extra=policy("documents.read"))
def get_library(request: HttpRequest, workspace_id: UUID) -> LibraryOut:
    """The space taken and the limits."""
    return queries.library_for(actor(request), workspace_id)


@router.get("/uploads", response=Page[UploadOut], openapi_extra=policy("signed_in"))
def list_uploads(request: HttpRequest, workspace_id: UUID | None = None) -> Page[UploadOut]:
    """My uploads that are not done."""
    return Page(items=queries.uploads_for(actor(request), workspace_id))


@router.post(
    "/uploads/{uuid:upload_id}/decision",
    response={200: NodeForMe, 204: None},
    openapi_extra=policy("documents.write"),
)
def decide_upload(request: HttpRequest, upload_id: UUID, payload: DecisionIn) -> NodeForMe | Status[None]:
    """New version, keep both, or skip, for bytes that have arrived; or another folder for them."""
    node = actions.finish_upload(
        actor=actor(request),
        upload_id=upload_id,
        decision=payload.conflict,
        base=payload.base,
        place=payload.parent_id,
        move="parent_id" in payload.model_fields_set,
    )
    return Status(204, None) if node is None else queries.node_for_me(actor(request), node)
