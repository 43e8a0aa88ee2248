"""Share links: those who keep them, and whoever holds one. Bytes have their own face: `faces.shared`."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.accounts.addresses import network_of
from plano.accounts.middleware import address_of
from plano.accounts.options import is_https
from plano.documents import limits
from plano.documents.actions import shares as actions
from plano.documents.api.paths import NODE
from plano.documents.models import ShareMode
from plano.documents.queries import shares as queries
from plano.documents.schemas.shares import (
    ShareAddress,
    SharedPage,
    SharedView,
    ShareForMe,
    ShareIn,
    ShareMade,
    SharePatch,
    ShareUseOut,
    SharingIn,
    SharingOut,
    VisitIn,
)
from plano.kernel.errors import NotFound
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


# --- For whoever holds the link ----------------------------------------------------------------------------


@router.get("/s/{token}", auth=None, response=SharedView, openapi_extra=policy("public.link"))
def see_shared(request: HttpRequest, token: str) -> SharedView:
    """What the link opens. Reading it changes nothing (R-62)."""
    limits.look(network_of(address_of(request)))
    link = queries.link_by_token(token)
    return queries.view(link, queries.visit_of(link, _keys(request).get(link.id)))


@router.post("/s/{token}/visit", auth=None, response={201: SharedView}, openapi_extra=policy("public.link"))
def open_shared(request: HttpRequest, response: HttpResponse, token: str, payload: VisitIn) -> Status[SharedView]:
    """Open the link for this browser, with its password when it has one. One use. Already open: nothing happens."""
    address = address_of(request)
    limits.look(network_of(address))
    link = queries.link_by_token(token)
    visit = queries.visit_of(link, _keys(request).get(link.id))
    if visit is not None:
        return Status(201, queries.view(link, visit))
    link, visit, key = actions.open_visit(
        token=token, password=payload.password, address=limits.shortened(address), network=network_of(address)
    )
    response.set_cookie(
        queries.cookie_of(link.id),
        key,
        max_age=int(actions.VISIT.total_seconds()),
        path="/",
        secure=is_https(),
        httponly=True,
        samesite="Lax",
    )
    return Status(201, queries.view(link, visit))


@router.get("/s/{token}/items", auth=None, response=SharedPage, openapi_extra=policy("public.link"))
def list_shared(
    request: HttpRequest, token: str, folder_id: UUID | None = None, cursor: str | None = None
) -> SharedPage:
    """What lies in the shared folder, or in one below it."""
    limits.look(network_of(address_of(request)))
    opened = queries.opened(token, _keys(request), mode=ShareMode.READ)
    if opened.link.node.kind != "folder":
        raise NotFound
    return queries.shared_page(opened.link, folder_id, cursor=cursor)


def _keys(request: HttpRequest) -> queries.Keys:
    return queries.Keys(dict(request.COOKIES))
