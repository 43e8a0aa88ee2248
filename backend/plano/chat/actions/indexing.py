"""New messages into the table of words, behind their sending (ADR 0018)."""

from plano.platform import database

STEP = 2_000
"""Messages of one channel in one statement."""

# A stream's row is written by whoever numbers a message in it: what this statement reads of it, it reads of them all.
_INDEX = f"""
WITH todo AS MATERIALIZED (
    SELECT s.id, COALESCE(i.seq, 0) AS since, LEAST(s.seq, COALESCE(i.seq, 0) + {STEP}) AS until
    FROM live_stream s JOIN chat_channel c ON c.id = s.id LEFT JOIN chat_indexed i ON i.channel_id = s.id
    WHERE s.seq > COALESCE(i.seq, 0) LIMIT 200
),
words AS (
    INSERT INTO chat_words (message_id, channel_id, seq, at, vector)
    SELECT m.id, m.channel_id, m.seq, m.created_at, plano_message_words(m.channel_id, m.author_id, m.text, m.poll)
    FROM todo JOIN chat_message m ON m.channel_id = todo.id AND m.seq > todo.since AND m.seq <= todo.until
    WHERE m.system IS NULL AND m.deleted_at IS NULL ORDER BY m.created_at
    ON CONFLICT (message_id) DO NOTHING RETURNING 1
),
done AS (
    INSERT INTO chat_indexed AS i (channel_id, seq) SELECT id, until FROM todo
    ON CONFLICT (channel_id) DO UPDATE SET seq = GREATEST(i.seq, EXCLUDED.seq) RETURNING 1
)
SELECT (SELECT count(*) FROM words), (SELECT count(*) FROM done)
"""  # noqa: S608 - made of constants


def index_messages() -> int:
    """Until nothing is left; how many messages were taken in."""
    taken: int = 0
    while True:
        [(words, channels)] = database.rows(_INDEX)
        taken += words
        if not channels:
            return taken
