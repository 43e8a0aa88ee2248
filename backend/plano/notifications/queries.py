"""Reads of one's own notifications."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from plano.accounts.models import User
from plano.kernel import pagination
from plano.kernel.errors import Invalid
from plano.notifications import policies
from plano.notifications.models import Notification
from plano.notifications.schemas import NotificationOut, NotificationPage


def visible_to(actor: User) -> QuerySet[Notification]:
    """Mine, about things that I may see now."""
    mine = Notification.objects.filter(user=actor)
    return mine.filter(Q(scope_id=None) | Q(scope_id__in=policies.visible_scopes(actor)))


def page_for(actor: User, *, cursor: str | None = None, unread_only: bool = False) -> NotificationPage:
    """The latest first."""
    found = visible_to(actor)
    unread = found.filter(read_at=None).count()
    if unread_only:
        found = found.filter(read_at=None)
    if cursor:
        at, id = pagination.decode(cursor, size=2)
        try:
            before = datetime.fromisoformat(at), UUID(id)
        except ValueError as error:
            raise Invalid("invalid_cursor") from error
        found = found.filter(Q(created_at__lt=before[0]) | Q(created_at=before[0], id__lt=before[1]))
    rows = list(found.select_related("actor").order_by("-created_at", "-id")[: pagination.LIMIT + 1])
    shown = rows[: pagination.LIMIT]
    more = pagination.encode(shown[-1].created_at.isoformat(), str(shown[-1].id)) if len(rows) > len(shown) else None
    return NotificationPage(items=[NotificationOut.from_model(row) for row in shown], next=more, unread=unread)
