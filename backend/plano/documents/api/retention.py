"""What happens to documents of a folder that nobody changes."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.documents.actions import retention as actions
from plano.documents.api.paths import NODE
from plano.documents.models import RetentionAct
from plano.documents.queries import retention as queries
from plano.documents.schemas.retention import DryRun, RetentionForMe, RetentionIn
from plano.kernel.http import actor, if_match, policy

router = Router(tags=["documents"])
RULE = NODE + "/retention"


@router.get(RULE, response=RetentionForMe, openapi_extra=policy("documents.read"))
def get_retention(request: HttpRequest, node_id: UUID) -> RetentionForMe:
    """The rule that holds in a folder, its own or that of one above."""
    return queries.retention_for(actor(request), node_id)


@router.put(RULE, response=RetentionForMe, openapi_extra=policy("documents.manage"))
def set_retention(request: HttpRequest, node_id: UUID, payload: RetentionIn) -> RetentionForMe:
    """After so many days without change, into the bin or into another folder; announced seven days before."""
    actions.set_retention(
        actor=actor(request),
        node_id=node_id,
        days=payload.days,
        act=RetentionAct(payload.act),
        archive_id=payload.archive_id,
        expected=if_match(request),
    )
    return queries.retention_for(actor(request), node_id)


@router.delete(RULE, response={204: None}, openapi_extra=policy("documents.manage"))
def drop_retention(request: HttpRequest, node_id: UUID) -> Status[None]:
    """No rule any more."""
    actions.drop_retention(actor=actor(request), node_id=node_id)
    return Status(204, None)


@router.post(RULE + "/dry-run", response=DryRun, openapi_extra=policy("documents.manage"))
def try_retention(request: HttpRequest, node_id: UUID, payload: RetentionIn) -> DryRun:
    """What such a rule would do today. Nothing is done."""
    return queries.dry_run(actor(request), node_id, **payload.model_dump())
