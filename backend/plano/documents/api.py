"""JSON face of the library. Bytes have faces of their own: `faces.content` and `faces.tus`."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.documents import actions, queries
from plano.documents.models import Kind
from plano.documents.schemas import (
    AccessIn,
    BinPage,
    CopyIn,
    DecisionIn,
    GrantIn,
    LibraryOut,
    NodeAccessOut,
    NodeForMe,
    NodeIn,
    NodePage,
    NodePatch,
    RestoredOut,
    UploadOut,
    VersionOut,
)
from plano.kernel.http import actor, creation_id, etag, if_match, policy
from plano.kernel.schemas import Page
from plano.workspaces.schemas import role_of

router = Router(tags=["documents"])
NODE = "/nodes/{uuid:node_id}"


@router.get("/workspaces/{uuid:workspace_id}/nodes", response=NodePage, openapi_extra=policy("documents.read"))
def list_nodes(
    request: HttpRequest,
    workspace_id: UUID,
    parent_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = queries.PAGE,
) -> HttpResponse:
    """The children of a folder; without `parent_id` the top of what I see."""
    page = queries.page_for(actor(request), workspace_id, parent_id=parent_id, cursor=cursor, limit=limit)
    return HttpResponse(page, content_type="application/json")


@router.post(
    "/workspaces/{uuid:workspace_id}/nodes", response={201: NodeForMe}, openapi_extra=policy("documents.write")
)
def create_node(request: HttpRequest, workspace_id: UUID, payload: NodeIn) -> Status[NodeForMe]:
    """Create a folder, or an empty document whose bytes come by `PUT …/content`."""
    values = payload.model_dump(exclude={"id", "kind"})
    node = actions.create_node(
        actor=actor(request),
        workspace_id=workspace_id,
        id=creation_id(request, payload.id),
        kind=Kind(payload.kind),
        **values,
    )
    return Status(201, queries.node_for_me(actor(request), node))


@router.get("/workspaces/{uuid:workspace_id}/library", response=LibraryOut, openapi_extra=policy("documents.read"))
def get_library(request: HttpRequest, workspace_id: UUID) -> LibraryOut:
    """The space taken and the limits."""
    return queries.library_for(actor(request), workspace_id)


@router.get("/workspaces/{uuid:workspace_id}/bin", response=BinPage, openapi_extra=policy("documents.read"))
def list_bin(request: HttpRequest, workspace_id: UUID, cursor: str | None = None) -> BinPage:
    """What was deleted, by whom, when, from where."""
    return queries.bin_for(actor(request), workspace_id, cursor=cursor)


@router.get(NODE, response=NodeForMe, openapi_extra=policy("documents.read"))
def get_node(request: HttpRequest, node_id: UUID, response: HttpResponse) -> NodeForMe:
    """One folder or document, with the way to it."""
    return _tagged(response, queries.node_for_me(actor(request), queries.node_for(actor(request), node_id)))


@router.patch(NODE, response=NodeForMe, openapi_extra=policy("documents.write"))
def update_node(request: HttpRequest, node_id: UUID, payload: NodePatch, response: HttpResponse) -> NodeForMe:
    """Rename, move, or both. With `If-Match` a lost race answers 412 with the present state."""
    node = actions.update_node(
        actor=actor(request),
        node_id=node_id,
        name=payload.name,
        move="parent_id" in payload.model_fields_set,
        parent_id=payload.parent_id,
        keep_both=payload.on_conflict == "keep_both",
        expected=if_match(request),
    )
    return _tagged(response, queries.node_for_me(actor(request), node))


@router.delete(NODE, response={204: None}, openapi_extra=policy("documents.write"))
def delete_node(request: HttpRequest, node_id: UUID) -> Status[None]:
    """To the bin."""
    actions.delete_node(actor=actor(request), node_id=node_id, expected=if_match(request))
    return Status(204, None)


@router.post(NODE + "/restore", response=RestoredOut, openapi_extra=policy("documents.write"))
def restore_node(request: HttpRequest, node_id: UUID) -> RestoredOut:
    """Back from the bin."""
    back = actions.restore_node(actor=actor(request), node_id=node_id)
    return RestoredOut(node=queries.node_out(back.node), moved_to_root=back.moved_to_root, renamed=back.renamed)


@router.delete(NODE + "/bin", response={204: None}, openapi_extra=policy("documents.manage"))
def purge_node(request: HttpRequest, node_id: UUID) -> Status[None]:
    """Out of the bin, for ever."""
    actions.purge_node(actor=actor(request), node_id=node_id)
    return Status(204, None)


@router.post(NODE + "/copy", response={201: NodeForMe}, openapi_extra=policy("documents.write"))
def copy_node(request: HttpRequest, node_id: UUID, payload: CopyIn) -> Status[NodeForMe]:
    """The same document once more."""
    node = actions.copy_node(
        actor=actor(request),
        node_id=node_id,
        id=creation_id(request, payload.id),
        move_to="parent_id" in payload.model_fields_set,
        parent_id=payload.parent_id,
    )
    return Status(201, queries.node_for_me(actor(request), node))


@router.get(NODE + "/versions", response=Page[VersionOut], openapi_extra=policy("documents.read"))
def list_versions(request: HttpRequest, node_id: UUID) -> Page[VersionOut]:
    """All contents of a document, the newest first."""
    return Page(items=queries.versions_for(actor(request), node_id))


@router.post(NODE + "/versions/{int:number}/restore", response=NodeForMe, openapi_extra=policy("documents.write"))
def restore_version(request: HttpRequest, node_id: UUID, number: int) -> NodeForMe:
    """An older content becomes the newest version."""
    node = actions.restore_version(actor=actor(request), node_id=node_id, number=number)
    return queries.node_for_me(actor(request), node)


@router.get(NODE + "/access", response=NodeAccessOut, openapi_extra=policy("documents.read"))
def get_access(request: HttpRequest, node_id: UUID) -> NodeAccessOut:
    """« Qui y a accès ? »"""
    return queries.access_for(actor(request), node_id)


@router.put(NODE + "/access", response=NodeAccessOut, openapi_extra=policy("documents.manage"))
def set_access(request: HttpRequest, node_id: UUID, payload: AccessIn) -> NodeAccessOut:
    """Give a folder its own access: opened to named guests, or restricted to named people."""
    actions.set_access(actor=actor(request), node_id=node_id, open=payload.open)
    return queries.access_for(actor(request), node_id)


@router.delete(NODE + "/access", response=NodeAccessOut, openapi_extra=policy("documents.manage"))
def inherit_access(request: HttpRequest, node_id: UUID) -> NodeAccessOut:
    """Back to the access of the folder above."""
    actions.inherit_access(actor=actor(request), node_id=node_id)
    return queries.access_for(actor(request), node_id)


@router.put(NODE + "/access/{uuid:user_id}", response=NodeAccessOut, openapi_extra=policy("documents.manage"))
def grant_access(request: HttpRequest, node_id: UUID, user_id: UUID, payload: GrantIn) -> NodeAccessOut:
    """Let one person in."""
    actions.grant_access(actor=actor(request), node_id=node_id, user_id=user_id, role=role_of(payload.role))
    return queries.access_for(actor(request), node_id)


@router.delete(NODE + "/access/{uuid:user_id}", response={204: None}, openapi_extra=policy("documents.manage"))
def revoke_access(request: HttpRequest, node_id: UUID, user_id: UUID) -> Status[None]:
    """Take one person's own access away."""
    actions.revoke_access(actor=actor(request), node_id=node_id, user_id=user_id)
    return Status(204, None)


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
        place=payload.parent_id,
        move="parent_id" in payload.model_fields_set,
    )
    return Status(204, None) if node is None else queries.node_for_me(actor(request), node)


def _tagged(response: HttpResponse, node: NodeForMe) -> NodeForMe:
    response["ETag"] = etag(node.version)
    return node
