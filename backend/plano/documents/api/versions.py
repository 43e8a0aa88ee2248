"""Contents of a document."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.documents import actions, queries
from plano.documents.api.paths import NODE
from plano.documents.schemas import (
    NodeForMe,
    VersionOut,
)
from plano.kernel.http import actor, policy
from plano.kernel.schemas import Page

router = Router(tags=["documents"])


@router.get(NODE + "/versions", response=Page[VersionOut], openapi_extra=policy("documents.read"))
def list_versions(request: HttpRequest, node_id: UUID) -> Page[VersionOut]:
    """All contents of a document, the newest first."""
    return Page(items=queries.versions_for(actor(request), node_id))


@router.post(NODE + "/check", response=NodeForMe, openapi_extra=policy("documents.manage"))
def check_again(request: HttpRequest, node_id: UUID) -> NodeForMe:
    """Have the antivirus look again at the present content."""
    return queries.node_for_me(actor(request), actions.recheck(actor=actor(request), node_id=node_id))


@router.post(NODE + "/versions/{int:number}/restore", response=NodeForMe, openapi_extra=policy("documents.write"))
def restore_version(request: HttpRequest, node_id: UUID, number: int) -> NodeForMe:
    """An older content becomes the newest version."""
    node = actions.restore_version(actor=actor(request), node_id=node_id, number=number)
    return queries.node_for_me(actor(request), node)
