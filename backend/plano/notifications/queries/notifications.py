"""Reads of one's own notifications."""

from uuid import UUID

from django.db.models import Q, QuerySet

from plano.accounts.models import User
from plano.kernel import pagination
from plano.kernel.errors import NotFound
from plano.notifications import policies
from plano.notifications.models import Notification
from plano.notifications.queries.preferences import GROUP_OF
from plano.notifications.schemas import GroupName, NotificationOut, NotificationPage


def visible_to(actor: User) -> QuerySet[Notification]:
    """Mine, about things that I may see now."""
    mine = Notification.objects.filter(user=actor)
    return mine.filter(Q(scope_id=None) | Q(scope_id__in=policies.visible_scopes(actor)))


def page_for(
    actor: User,
    *,
    cursor: str | None = None,
    unread_only: bool = False,
    group: GroupName | None = None,
    workspace_id: UUID | None = None,
) -> NotificationPage:
    """The latest first; only of some kinds, or of one workspace, when that is asked. `unread` counts all."""
    found = visible_to(actor)
    unread = found.filter(read_at=None).count()
    if unread_only:
        found = found.filter(read_at=None)
    if group is not None:
        found = found.filter(kind__in=[kind for kind, of in GROUP_OF.items() if of == group])
    if workspace_id is not None:
        found = found.filter(workspace_id=workspace_id)
    if cursor:
        found = found.filter(pagination.earlier(cursor))
    rows = list(found.select_related("actor").order_by("-created_at", "-id")[: pagination.LIMIT + 1])
    shown = rows[: pagination.LIMIT]
    more = pagination.encode_time(shown[-1].created_at, shown[-1].id) if len(rows) > len(shown) else None
    return NotificationPage(items=[NotificationOut.from_model(row) for row in shown], next=more, unread=unread)


def unread_count(user: User) -> int:
    """How many things a person has not read."""
    return visible_to(user).filter(read_at=None).count()


def one_for(actor: User, id: UUID) -> NotificationOut:
    row = visible_to(actor).select_related("actor").filter(id=id).first()
    if row is None:
        raise NotFound
    return NotificationOut.from_model(row)
