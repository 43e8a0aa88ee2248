"""Share links, for whoever holds one. Bytes have their own faces: `faces.shared` and `faces.deposits`."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.accounts.addresses import network_of
from plano.accounts.middleware import address_of
from plano.accounts.options import is_https
from plano.documents import limits
from plano.documents.actions import visits as actions
from plano.documents.models import ShareMode
from plano.documents.queries import shared as queries
from plano.documents.schemas.shares import SharedPage, SharedView, VisitIn
from plano.kernel.errors import NotFound
from plano.kernel.http import policy

router = Router(tags=["documents"])


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
