"""Search in messages."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.chat.queries import search
from plano.chat.schemas.search import FoundMessages, SearchOrder
from plano.kernel.http import actor, policy

router = Router(tags=["chat"])


@router.get("/messages/search", response=FoundMessages, openapi_extra=policy("signed_in"))
def search_messages(
    request: HttpRequest,
    q: str,
    workspace_id: UUID | None = None,
    channel_id: UUID | None = None,
    order: SearchOrder = "recent",
    cursor: str | None = None,
    limit: int = search.PAGE,
) -> FoundMessages:
    """Words, « phrases », `-exclusions`, `de:` `dans:` `avant:` `après:` `depuis:` `le:` `avec:` `mentionne:`, in
    French or English (`from:` `in:` …). In all that the person reads, in one workspace, or in one channel."""
    return search.search_messages(
        actor(request), q, workspace_id=workspace_id, channel_id=channel_id, order=order, cursor=cursor, limit=limit
    )
