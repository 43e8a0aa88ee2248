"""Contents of a document."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.documents import actions, queries
from plano.documents.api.paths import NODE
from plano.documents.schemas import (
    ComparisonOut,
    NodeForMe,
    SpaceOut,
    VersionOut,
    VersionPatch,
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


@router.get(NODE + "/versions/compare", response=ComparisonOut, openapi_extra=policy("documents.read"))
def compare_versions(request: HttpRequest, node_id: UUID, before: int, after: int) -> ComparisonOut:
    """What changed in a text from one version to the other."""
    return queries.compare_for(actor(request), node_id, before, after)


@router.patch(NODE + "/versions/{int:number}", response=VersionOut, openapi_extra=policy("documents.write"))
def describe_version(request: HttpRequest, node_id: UUID, number: int, payload: VersionPatch) -> VersionOut:
    """Name a version, comment it, keep it from thinning."""
    values = payload.model_dump(exclude_unset=True)
    version = actions.describe_version(actor=actor(request), node_id=node_id, number=number, **values)
    return queries.version_out(version)


@router.delete(NODE + "/versions/{int:number}", response={204: None}, openapi_extra=policy("documents.manage"))
def delete_version(request: HttpRequest, node_id: UUID, number: int) -> Status[None]:
    """An older content, for ever."""
    actions.delete_version(actor=actor(request), node_id=node_id, number=number)
    return Status(204, None)


@router.get(
    "/workspaces/{uuid:workspace_id}/library/space", response=SpaceOut, openapi_extra=policy("documents.manage")
)
def get_space(request: HttpRequest, workspace_id: UUID) -> SpaceOut:
    """What takes the space of the library: the ten largest documents, old versions, the bin."""
    return queries.largest_for(actor(request), workspace_id)
