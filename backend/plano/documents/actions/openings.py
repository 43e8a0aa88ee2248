"""What a person looked at or downloaded last, for themselves alone (R-144). Forgotten after 90 days."""

import logging
import time
from datetime import datetime, timedelta
from uuid import UUID

from django.db import close_old_connections, connection

from plano.accounts.models import User
from plano.documents.models import Opening
from plano.kernel.clock import now
from plano.platform.database import rows

KEPT = timedelta(days=90)
PAUSE = 60.0
MOST_KNOWN = 10_000
log = logging.getLogger("plano.documents")

_NOTE = """
INSERT INTO documents_opening AS o (user_id, node_id, at)
SELECT %(user)s, n.id, %(at)s FROM documents_node n WHERE n.id = %(node)s AND n.kind = 'document'
ON CONFLICT (user_id, node_id) DO UPDATE SET at = GREATEST(o.at, EXCLUDED.at)
"""
_known: dict[tuple[UUID, UUID], float] = {}


def note_opening(*, user_id: UUID, node_id: UUID) -> None:
    """After the bytes were sent, in a thread: the reader never waits for it, and never learns of its failure.

    A film is hundreds of requests: within a minute they are one.
    """
    moment = time.monotonic()
    if moment - _known.get((user_id, node_id), -PAUSE) < PAUSE:
        return
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[user_id, node_id] = moment
    try:
        if not connection.in_atomic_block:
            close_old_connections()  # the thread's own may have died since
        rows(_NOTE, {"user": user_id, "node": node_id, "at": now()})
    except Exception:
        log.exception("noting what was opened")


def forget_openings(at: datetime | None = None) -> int:
    """What was opened more than 90 days ago. Called by a daily job."""
    return Opening.objects.filter(at__lt=(at or now()) - KEPT).delete()[0]


def forget_mine(actor: User) -> None:
    """By the person's own hand: all of it."""
    Opening.objects.filter(user=actor).delete()
    for key in [key for key in _known if key[0] == actor.id]:
        _known.pop(key, None)
