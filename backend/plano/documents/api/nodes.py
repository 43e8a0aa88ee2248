"""Folders and documents."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from plano.documents import actions, queries
from plano.documents.api.paths import NODE
from plano.documents.models import Kind
from plano.documents.schemas import (
    CopyIn,
    DetailsPatch,
    NodeForMe,
    NodeIn,
    NodePage,
    NodePatch,
    SomeNodesOut,
)
from plano.kernel.http import actor, creation_id, etag, if_match, policy

router = Router(tags=["documents"])


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


@router.get("/documents/some", response=SomeNodesOut, openapi_extra=policy("own"))
def get_some(request: HttpRequest, id: Annotated[list[UUID], Query()]) -> SomeNodesOut:
    """Those that I see among these folders and documents, whatever their workspaces: for what holds their ids."""
    return queries.some_for(actor(request), list(dict.fromkeys(id)))


@router.get(NODE, response=NodeForMe, openapi_extra=policy("documents.read"))
def get_node(request: HttpRequest, node_id: UUID, response: HttpResponse) -> NodeForMe:
    """One folder or document, with the way to it."""
    return _tagged(response, queries.node_for_me(actor(request), queries.node_for(actor(request), node_id)))


@router.patch(NODE, response=NodeForMe, openapi_extra=policy("documents.write"))
def update_node(request: HttpRequest, node_id: UUID, payload: NodePatch, response: HttpResponse) -> NodeForMe:
    """Rename or move, also to another workspace. With `If-Match` a lost race answers 412 with the present state."""
    keep_both, expected = payload.on_conflict == "keep_both", if_match(request)
    if payload.workspace_id is not None and not queries.lies_in(node_id, payload.workspace_id):
        node = actions.move_across(
            actor=actor(request),
            node_id=node_id,
            workspace_id=payload.workspace_id,
            parent_id=payload.parent_id,
            keep_both=keep_both,
            expected=expected,
        )
        return _tagged(response, queries.node_for_me(actor(request), node))
    node = actions.update_node(
        actor=actor(request),
        node_id=node_id,
        name=payload.name,
        move=bool({"parent_id", "workspace_id"} & payload.model_fields_set),
        parent_id=payload.parent_id,
        keep_both=keep_both,
        expected=expected,
    )
    return _tagged(response, queries.node_for_me(actor(request), node))


@router.patch(NODE + "/details", response=NodeForMe, openapi_extra=policy("documents.write"))
def describe_node(request: HttpRequest, node_id: UUID, payload: DetailsPatch) -> NodeForMe:
    """Say what it is: a description and tags; only what is given changes."""
    values = payload.model_dump(exclude_unset=True)
    return queries.node_for_me(actor(request), actions.describe_node(actor=actor(request), node_id=node_id, **values))


@router.delete(NODE, response={204: None}, openapi_extra=policy("documents.write"))
def delete_node(request: HttpRequest, node_id: UUID) -> Status[None]:
    """To the bin."""
    actions.delete_node(actor=actor(request), node_id=node_id, expected=if_match(request))
    return Status(204, None)


@router.post(NODE + "/copy", response={201: NodeForMe}, openapi_extra=policy("documents.write"))
def copy_node(request: HttpRequest, node_id: UUID, payload: CopyIn) -> Status[NodeForMe]:
    """A document or a folder once more, here or in another workspace."""
    node = actions.copy_node(
        actor=actor(request),
        node_id=node_id,
        id=creation_id(request, payload.id),
        workspace_id=payload.workspace_id,
        parent_id=payload.parent_id,
        beside=not {"parent_id", "workspace_id"} & payload.model_fields_set,
    )
    return Status(201, queries.node_for_me(actor(request), node))


def _tagged(response: HttpResponse, node: NodeForMe) -> NodeForMe:
    response["ETag"] = etag(node.version)
    return node
