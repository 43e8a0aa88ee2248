"""Share links: those who keep them, and whoever holds one. Bytes have their own face: `faces.shared`."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.documents.actions import shares as actions
from plano.documents.api.paths import NODE
from plano.documents.models import ShareMode
from plano.documents.queries import shares as queries
from plano.documents.schemas.shares import (
    ShareAddress,
    ShareForMe,
    ShareIn,
    ShareMade,
    SharePatch,
    ShareUseOut,
    SharingIn,
    SharingOut,
)
from plano.kernel.http import actor, creation_id, policy
from plano.kernel.schemas import Page

router = Router(tags=["documents"])


@router.get("/workspaces/{uuid:workspace_id}/sharing", response=SharingOut, openapi_extra=policy("documents.read"))
def get_sharing(request: HttpRequest, workspace_id: UUID) -> SharingOut:
    """Whether share links may be made in a workspace."""
    return queries.sharing_for(actor(request), workspace_id)


@router.put("/workspaces/{uuid:workspace_id}/sharing", response=SharingOut, openapi_extra=policy("workspace.manage"))
def set_sharing(request: HttpRequest, workspace_id: UUID, payload: SharingIn) -> SharingOut:
    """Allow share links, or stop all of them."""
    actions.set_sharing(actor=actor(request), workspace_id=workspace_id, links=payload.links)
    return queries.sharing_for(actor(request), workspace_id)


@router.get(
    "/workspaces/{uuid:workspace_id}/shares", response=Page[ShareForMe], openapi_extra=policy("workspace.manage")
)
def list_workspace_shares(request: HttpRequest, workspace_id: UUID, cursor: str | None = None) -> Page[ShareForMe]:
    """All share links of a workspace, for its managers."""
    return queries.shares_of_workspace(actor(request), workspace_id, cursor=cursor)


@router.get(NODE + "/shares", response=Page[ShareForMe], openapi_extra=policy("documents.read"))
def list_node_shares(request: HttpRequest, node_id: UUID) -> Page[ShareForMe]:
    """The share links that open a document or folder, those of the folders above included."""
    return Page(items=queries.shares_of_node(actor(request), node_id))


@router.post(NODE + "/shares", response={201: ShareMade}, openapi_extra=policy("documents.write"))
def create_share(request: HttpRequest, node_id: UUID, payload: ShareIn) -> Status[ShareMade]:
    """Make a share link."""
    values = payload.model_dump(exclude={"id", "mode"})
    link = actions.create_share(
        actor=actor(request),
        node_id=node_id,
        id=creation_id(request, payload.id),
        mode=ShareMode(payload.mode),
        **values,
    )
    mine = queries.for_me(actor(request), [link])[0]
    return Status(201, ShareMade(**mine.model_dump(), url=queries.address_of(link)))


@router.get("/shares/{uuid:share_id}", response=ShareForMe, openapi_extra=policy("documents.read"))
def get_share(request: HttpRequest, share_id: UUID) -> ShareForMe:
    return queries.for_me(actor(request), [queries.share_for(actor(request), share_id)])[0]


@router.patch("/shares/{uuid:share_id}", response=ShareForMe, openapi_extra=policy("share.manage"))
def update_share(request: HttpRequest, share_id: UUID, payload: SharePatch) -> ShareForMe:
    """Change the fields that are given."""
    link = actions.update_share(
        actor=actor(request), share_id=share_id, fields=payload.model_fields_set, **payload.model_dump()
    )
    return queries.for_me(actor(request), [link])[0]


@router.delete("/shares/{uuid:share_id}", response={204: None}, openapi_extra=policy("share.manage"))
def stop_share(request: HttpRequest, share_id: UUID) -> Status[None]:
    """The link is dead at once. It stays in the list, with who stopped it."""
    actions.stop_share(actor=actor(request), share_id=share_id)
    return Status(204, None)


@router.get("/shares/{uuid:share_id}/address", response=ShareAddress, openapi_extra=policy("share.manage"))
def get_share_address(request: HttpRequest, share_id: UUID) -> ShareAddress:
    """The address to hand out."""
    return ShareAddress(url=queries.address_of(queries.managed_share_for(actor(request), share_id)))


@router.get("/shares/{uuid:share_id}/uses", response=Page[ShareUseOut], openapi_extra=policy("share.manage"))
def list_share_uses(request: HttpRequest, share_id: UUID) -> Page[ShareUseOut]:
    """What was done through a link: when, what, from where (shortened)."""
    return Page(items=queries.uses_for(actor(request), share_id))
