"""What was deleted."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.documents import actions, queries
from plano.documents.api.paths import NODE
from plano.documents.schemas import (
    BinPage,
    RestoredOut,
)
from plano.kernel.http import actor, policy

router = Router(tags=["documents"])


@router.get("/workspaces/{uuid:workspace_id}/bin", response=BinPage, openapi_extra=policy("documents.read"))
def list_bin(request: HttpRequest, workspace_id: UUID, cursor: str | None = None) -> BinPage:
    """What was deleted, by whom, when, from where."""
    return queries.bin_for(actor(request), workspace_id, cursor=cursor)


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
