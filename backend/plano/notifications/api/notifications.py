"""JSON face of notifications."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.kernel.http import actor, policy
from plano.notifications import actions, queries
from plano.notifications.schemas import GroupName, NotificationOut, NotificationPage, ReadIn

router = Router(tags=["notifications"])


@router.get("/notifications", response=NotificationPage, openapi_extra=policy("own"))
def list_notifications(
    request: HttpRequest,
    cursor: str | None = None,
    unread: bool = False,
    group: GroupName | None = None,
    workspace_id: UUID | None = None,
) -> NotificationPage:
    """What concerns me, the latest first, with the number of unread ones; of some kinds, or of one workspace."""
    return queries.page_for(actor(request), cursor=cursor, unread_only=unread, group=group, workspace_id=workspace_id)


@router.get("/notifications/{uuid:notification_id}", response=NotificationOut, openapi_extra=policy("own"))
def get_notification(request: HttpRequest, notification_id: UUID) -> NotificationOut:
    """One of mine, while I may see what it is about: where a link of a mail leads."""
    return queries.one_for(actor(request), notification_id)


@router.post("/notifications/read", response={204: None}, openapi_extra=policy("own"))
def mark_read(request: HttpRequest, payload: ReadIn) -> Status[None]:
    """These, all about one thing, or all."""
    actions.mark_read(actor=actor(request), ids=payload.ids, link_id=payload.link_id, all=payload.all)
    return Status(204, None)
