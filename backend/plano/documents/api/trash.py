"""What was deleted."""

from dataclasses import asdict
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.documents import actions, queries
from plano.documents.api.paths import NODE
from plano.documents.schemas import (
    BinPage,
    PurgedOut,
    RestoredOut,
    RestoreIn,
)
from plano.kernel.http import actor, policy

router = Router(tags=["documents"])


@router.get("/workspaces/{uuid:workspace_id}/bin", response=BinPage, openapi_extra=policy("documents.read"))
def list_bin(request: HttpRequest, workspace_id: UUID, cursor: str | None = None) -> BinPage:
    """What was deleted, by whom, when, from where."""
    return queries.bin_for(actor(request), workspace_id, cursor=cursor)


@router.post(NODE + "/restore", response=RestoredOut, openapi_extra=policy("documents.write"))
def restore_node(request: HttpRequest, node_id: UUID, payload: RestoreIn | None = None) -> RestoredOut:
    """Back from the bin: where it was, or into a folder that is named."""
    choose = payload is not None and "parent_id" in payload.model_fields_set
    place = payload.parent_id if payload else None
    back = actions.restore_node(actor=actor(request), node_id=node_id, choose=choose, parent_id=place)
    return RestoredOut(node=queries.node_out(back.node), moved_to_root=back.moved_to_root, renamed=back.renamed)


@router.delete(NODE + "/bin", response=PurgedOut, openapi_extra=policy("documents.manage"))
def purge_node(request: HttpRequest, node_id: UUID) -> PurgedOut:
    """Out of the bin, for ever; the answer says what is gone."""
    return PurgedOut(**asdict(actions.purge_node(actor=actor(request), node_id=node_id)))
