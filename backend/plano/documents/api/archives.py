"""A selection as one download; bytes have their own face: `faces.archive`."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.documents.actions import archives as actions
from plano.documents.schemas.archives import SelectionIn, TicketOut
from plano.kernel.http import actor, policy

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
