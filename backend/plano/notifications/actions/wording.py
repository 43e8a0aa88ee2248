"""What notifications quote follows what it quotes: words that were changed or taken away stay in no list."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from plano.kernel.clock import now
from plano.kernel.text import clean_line
from plano.notifications.live import NOTIFICATION
from plano.notifications.models import Notification
from plano.notifications.schemas import NotificationOut
from plano.platform.live import Emit

MOST_TOLD = 40
"""Whose pages hear of it at once; the others find it when they ask."""


def reword(*, emit: Emit, links: Iterable[UUID], before: str, after: str) -> None:
    """Inside the caller's unit of work. `after` empty: there is nothing to come for any more, it counts as read."""
    quoted, said = clean_line(before)[:200], clean_line(after)[:200]
    found = Notification.objects.filter(link_id__in=list(links), title=quoted).exclude(title=said)
    unread = found.select_for_update(of=("self",)).select_related("actor").filter(read_at=None)
    for row in unread.order_by("-created_at", "id")[:MOST_TOLD]:
        row.title = said
        row.read_at = None if said else now()
        row.touch()
        row.save(update_fields=["title", "read_at", "version", "updated_at"])
        emit.changed(NOTIFICATION, scope=row.user_id, data=NotificationOut.from_model(row))
    if not said:
        found.filter(read_at=None).update(read_at=now(), version=F("version") + 1)
    found.update(title=said, version=F("version") + 1)
