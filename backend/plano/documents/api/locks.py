"""Keep a document or a folder for oneself for a while."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.documents import actions, queries
from plano.documents.api.paths import NODE
from plano.documents.schemas import LockIn, NodeForMe
from plano.kernel.http import actor, policy

router = Router(tags=["documents"])


@router.post(NODE + "/lock", response=NodeForMe, openapi_extra=policy("documents.write"))
def lock_node(request: HttpRequest, node_id: UUID, payload: LockIn) -> NodeForMe:
    """Lock it, with a reason; again by the same person, the reason and the end change."""
    node = actions.lock_node(actor=actor(request), node_id=node_id, reason=payload.reason, minutes=payload.minutes)
    return queries.node_for_me(actor(request), node)


@router.delete(NODE + "/lock", response=NodeForMe, openapi_extra=policy("documents.write"))
def unlock_node(request: HttpRequest, node_id: UUID) -> NodeForMe:
    """End my lock, or as a manager that of another, who is told."""
    return queries.node_for_me(actor(request), actions.unlock_node(actor=actor(request), node_id=node_id))
