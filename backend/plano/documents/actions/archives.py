"""A selection as one download: the ticket that the browser follows."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from plano.accounts.models import User
from plano.documents.models import ArchiveTicket
from plano.documents.queries.archives import Plan, plan_of_selection
from plano.kernel.clock import now
from plano.kernel.errors import NotFound

TO_BEGIN = timedelta(seconds=60)
TO_RESUME = timedelta(hours=12)


def make_ticket(*, actor: User, workspace_id: UUID, node_ids: Sequence[UUID]) -> tuple[ArchiveTicket, Plan]:
    """To be followed within a minute, by the same person, once."""
    plan = plan_of_selection(actor, workspace_id, node_ids)
    ArchiveTicket.objects.filter(expires_at__lte=now()).delete()
    ticket = ArchiveTicket.objects.create(
        owner=actor, workspace_id=workspace_id, node_ids=list(dict.fromkeys(node_ids)), expires_at=now() + TO_BEGIN
    )
    return ticket, plan


def use_ticket(*, ticket: ArchiveTicket, resuming: bool) -> None:
    """The first request begins; later ones only go on with what was cut."""
    if resuming and ticket.begun_at is not None:
        return
    at = now()
    begun = ArchiveTicket.objects.filter(id=ticket.id, begun_at=None, expires_at__gt=at).update(
        begun_at=at, expires_at=at + TO_RESUME
    )
    if not begun:
        raise NotFound
