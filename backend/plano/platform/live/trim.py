"""The log forgets: frames older than the time that a client may sleep. Whoever slept longer loads a fresh snapshot."""

from datetime import datetime, timedelta

from django.db import connection, transaction

KEPT = timedelta(days=30)
BATCH = 5000

_TRIM = """
WITH old AS (
    SELECT scope_id, seq FROM live_frame WHERE at < %(before)s ORDER BY scope_id, seq LIMIT %(batch)s
), marked AS (
    UPDATE live_stream s SET trimmed_to = GREATEST(s.trimmed_to, o.upto)
    FROM (SELECT scope_id, max(seq) AS upto FROM old GROUP BY scope_id) o WHERE s.id = o.scope_id
)
DELETE FROM live_frame f USING old WHERE f.scope_id = old.scope_id AND f.seq = old.seq
"""


def trim(*, before: datetime) -> int:
    """Delete the frames from before this instant, in short transactions; returns how many."""
    total = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TRIM, {"before": before, "batch": BATCH})
            deleted: int = cursor.rowcount
        total += deleted
        if deleted < BATCH:
            return total
