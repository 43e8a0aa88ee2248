"""A selection as one download, an archive as a folder; bytes have their own face: `faces.archive`."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.documents.actions import archives as actions
from plano.documents.actions import unpack
from plano.documents.api.paths import NODE
from plano.documents.queries import archives as queries
from plano.documents.schemas.archives import SelectionIn, TicketOut, UnpackingIn, UnpackingOut
from plano.kernel.http import actor, creation_id, policy
from plano.kernel.schemas import Page

router = Router(tags=["documents"])


@router.post(
    "/workspaces/{uuid:workspace_id}/archives", response={201: TicketOut}, openapi_extra=policy("documents.read")
)
def make_archive(request: HttpRequest, workspace_id: UUID, payload: SelectionIn) -> Status[TicketOut]:
    """Some folders and documents as one zip: the address to fetch it from, within a minute."""
    ticket, plan = actions.make_ticket(actor=actor(request), workspace_id=workspace_id, node_ids=payload.node_ids)
    return Status(
        201,
        TicketOut(
            url=f"/api/v1/archives/{ticket.id}",
            expires_at=ticket.expires_at,
            entries=len(plan.entries),
            size=plan.length,
            left_out=plan.left_out,
        ),
    )


@router.post(NODE + "/unpack", response={202: UnpackingOut}, openapi_extra=policy("documents.write"))
def start_unpacking(request: HttpRequest, node_id: UUID, payload: UnpackingIn) -> Status[UnpackingOut]:
    """Unpack a zip into a new folder beside it. It is looked into first; the rest is done in the background."""
    unpacking = unpack.start_unpacking(actor=actor(request), node_id=node_id, id=creation_id(request, payload.id))
    return Status(202, queries.unpacking_out(unpacking))


@router.get("/unpackings", response=Page[UnpackingOut], openapi_extra=policy("signed_in"))
def list_unpackings(request: HttpRequest) -> Page[UnpackingOut]:
    """My last ones."""
    return Page(items=queries.unpackings_for(actor(request)))


@router.delete("/unpackings/{uuid:unpacking_id}", response={204: None}, openapi_extra=policy("unpacking.own"))
def cancel_unpacking(request: HttpRequest, unpacking_id: UUID) -> Status[None]:
    """No more of it; what is there stays."""
    unpack.cancel_unpacking(actor=actor(request), unpacking_id=unpacking_id)
    return Status(204, None)
