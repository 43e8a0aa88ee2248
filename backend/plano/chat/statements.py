"""The hot paths as one raw statement each: send a message, read a page, count what is unread.

`policies` says the same things in Python; `tests/chat/test_statements.py` holds them equal.
"""

from functools import cache

# Who may see the channel, and as what: workspaces.policies.role_in, with the channel and the person.
_CAN = """
SELECT u.id AS user_id, u.name, u.color, u.avatar, u.version, m.role = 10 AS guest, c.workspace_id, c.kind,
       LEAST(COALESCE(g.role, m.role), CASE WHEN w.archived_at IS NULL THEN 40 ELSE 20 END) AS role,
       w.archived_at IS NOT NULL AS workspace_archived, c.archived_at IS NOT NULL AS archived,
       c.announce AND COALESCE(g.role, m.role) < 40 AND c.created_by_id <> m.user_id AS hears
FROM chat_channel c
JOIN workspaces_accessscope s ON s.id = c.id
JOIN workspaces_workspace w ON w.id = c.workspace_id
JOIN workspaces_membership m ON m.workspace_id = s.workspace_id AND m.user_id = %(user)s
JOIN accounts_user u ON u.id = m.user_id AND u.is_active
LEFT JOIN workspaces_scopegrant g ON g.scope_id = s.id AND g.user_id = m.user_id
WHERE c.id = %(channel)s AND (g.id IS NOT NULL OR (s.open AND m.role >= 20))
  AND (c.kind = 'meeting' OR 'chat' = ANY(w.rooms))
"""


def _instant(column: str) -> str:
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


def _message(row: str, author: str, guest: str) -> str:
    """MessageOut as JSON: the same bytes in the answer, in the page and in the frame."""
    avatar = f"'/api/v1/people/' || {author}.id || '/avatar?v=' || left({author}.avatar, 16)"
    return f"""json_build_object(
    'id', {row}.id, 'channel_id', {row}.channel_id, 'thread_id', {row}.thread_id, 'seq', {row}.seq,
    'author', json_build_object('id', {author}.id, 'name', {author}.name,
        'avatar_url', CASE WHEN {author}.avatar <> '' THEN {avatar} END,
        'color', {author}.color, 'version', {author}.version, 'guest', {guest},
        'robot', {author}.is_robot),
    'text', {row}.text, 'mentions', {row}.mentions, 'created_at', {_instant(f"{row}.created_at")},
    'edited_at', {_instant(f"{row}.edited_at")}, 'deleted_at', {_instant(f"{row}.deleted_at")},
    'reply_count', {row}.reply_count, 'last_reply_at', {_instant(f"{row}.last_reply_at")},
    'repliers', {row}.repliers, 'in_channel', {row}.in_channel, 'system', {row}.system, 'poll', {row}.poll,
    'reactions', {row}.reactions, 'made', {row}.made, 'files', {row}.files,
    'pinned', CASE WHEN {row}.pinned_at IS NOT NULL THEN
        json_build_object('at', {_instant(f"{row}.pinned_at")}, 'by', {row}.pinned_by_id) END,
    'version', {row}.version)"""


# Where the person's reading begins: sending does without, an answer's place is looked at under its lock before.
_SINCE = """
CASE WHEN c.history = 'joined' THEN COALESCE((SELECT e.seq FROM chat_entrance e
           WHERE e.channel_id = c.id AND e.user_id = m.user_id), 0) ELSE 0 END AS since
"""
_READS = _CAN.replace("AS hears", "AS hears," + _SINCE.rstrip())


# Sent twice one after the other: `old` finds it and nothing is written. Sent twice at once: the second breaks the
# primary key, which undoes the whole statement and gives its number back (a DO NOTHING would burn the number).
POST = f"""
WITH can AS MATERIALIZED ({_CAN}),
old AS MATERIALIZED (SELECT FROM chat_message WHERE id = %(id)s),
place AS MATERIALIZED (
    SELECT FROM chat_message
    WHERE id = %(thread)s AND channel_id = %(channel)s AND thread_id IS NULL AND deleted_at IS NULL
      AND system IS NULL
),
may AS MATERIALIZED (
    SELECT * FROM can WHERE role >= 30 AND NOT archived AND NOT EXISTS (SELECT FROM old)
    AND (NOT hears OR (%(thread)s::uuid IS NOT NULL AND NOT %(in_channel)s))
    AND (%(thread)s::uuid IS NULL OR EXISTS (SELECT FROM place))
),
num AS (
    INSERT INTO live_stream AS s (id, seq, trimmed_to) SELECT %(channel)s, 1, 0 FROM may
    ON CONFLICT (id) DO UPDATE SET seq = s.seq + 1 RETURNING seq
),
msg AS (
    INSERT INTO chat_message
        (id, channel_id, thread_id, seq, author_id, text, mentions, created_at, reply_count, repliers, version,
         in_channel, poll, files)
    SELECT %(id)s, %(channel)s, %(thread)s, num.seq, may.user_id, %(text)s, %(mentions)s::jsonb, %(at)s, 0, '{{}}', 1,
           %(in_channel)s, %(poll)s::jsonb, %(files)s::jsonb
    FROM num, may RETURNING *
),
log AS (
    INSERT INTO live_frame (scope_id, seq, kind, op, payload, at)
    SELECT msg.channel_id, msg.seq, 'chat.message', 'changed', {_message("msg", "x", "may.guest")}::text, %(at)s
    FROM msg, may CROSS JOIN LATERAL (SELECT may.user_id AS id, may.name, may.avatar, may.color, may.version,
        false AS is_robot) x
    RETURNING seq, payload
)
SELECT can.role, can.workspace_archived, can.archived, can.hears, EXISTS (SELECT FROM old), EXISTS (SELECT FROM place),
       can.kind, log.seq, log.payload
FROM can LEFT JOIN log ON true
"""  # noqa: S608 - made of constants


def _page(where: str, order: str) -> str:
    """One page, its access check and what lies beyond it, as one statement."""
    json = _message("m", "a", "COALESCE(p.role = 10, false)")
    return f"""
WITH can AS MATERIALIZED ({_READS})
SELECT page.items, page.first, page.last,
    (SELECT m.seq FROM chat_message m
     WHERE m.channel_id = %(channel)s AND {{kind}} AND m.seq > can.since AND m.seq < page.first
     ORDER BY m.seq DESC LIMIT 1) IS NOT NULL,
    (SELECT m.seq FROM chat_message m
     WHERE m.channel_id = %(channel)s AND {{kind}} AND m.seq > page.last ORDER BY m.seq LIMIT 1) IS NOT NULL
FROM can CROSS JOIN LATERAL (
    SELECT string_agg(line, ',' ORDER BY seq {order}) AS items, min(seq) AS first, max(seq) AS last FROM (
        SELECT m.seq, {json}::text AS line FROM ({where}) m
        JOIN accounts_user a ON a.id = m.author_id
        LEFT JOIN workspaces_membership p ON p.user_id = m.author_id AND p.workspace_id = can.workspace_id
    ) lines
) page
"""  # noqa: S608 - made of constants


_ROWS = "SELECT * FROM chat_message m WHERE m.channel_id = %(channel)s AND {kind} AND m.seq > can.since"
_WAYS = {
    "newest": (f"({_ROWS} ORDER BY m.seq DESC LIMIT {{limit}})", "DESC"),
    "before": (f"({_ROWS} AND m.seq < %(at)s ORDER BY m.seq DESC LIMIT {{limit}})", "DESC"),
    "after": (f"({_ROWS} AND m.seq > %(at)s ORDER BY m.seq LIMIT {{limit}})", "ASC"),
    "around": (
        f"({_ROWS} AND m.seq <= %(at)s ORDER BY m.seq DESC LIMIT {{limit}} / 2)"
        f" UNION ALL ({_ROWS} AND m.seq > %(at)s ORDER BY m.seq LIMIT {{limit}} - {{limit}} / 2)",
        "DESC",
    ),
}


@cache
def page(way: str, *, in_thread: bool, limit: int) -> str:
    """The statement of one kind of page.

    The size stands in the text, and the newest page has no bound: with either as a parameter PostgreSQL believes that
    planning anew each time pays, and planning costs more than the page.
    """
    where, order = _WAYS[way]
    kind = "m.thread_id = %(thread)s" if in_thread else "(m.thread_id IS NULL OR m.in_channel)"
    kind += " AND NOT m.erased"
    return _page(where, order).replace("{kind}", kind).replace("{limit}", str(int(limit)))


ONE = f"""
SELECT m.channel_id, m.author_id, {_message("m", "a", "COALESCE(p.role = 10, false)")}::text,
       m.erased
FROM chat_message m
JOIN chat_channel c ON c.id = m.channel_id
JOIN accounts_user a ON a.id = m.author_id
LEFT JOIN workspaces_membership p ON p.user_id = m.author_id AND p.workspace_id = c.workspace_id
WHERE m.id = %(id)s
"""  # noqa: S608 - made of constants

# A line that tells what happened: the last statement of the unit of work in which it did.
SAY = f"""
WITH num AS (
    INSERT INTO live_stream AS s (id, seq, trimmed_to) VALUES (%(channel)s, 1, 0)
    ON CONFLICT (id) DO UPDATE SET seq = s.seq + 1 RETURNING seq
),
msg AS (
    INSERT INTO chat_message
        (id, channel_id, thread_id, seq, author_id, text, mentions, created_at, reply_count, repliers, version, system)
    SELECT %(id)s, %(channel)s, NULL, num.seq, %(user)s, '', '[]', %(at)s, 0, '{{}}', 1, %(system)s::jsonb
    FROM num RETURNING *
)
INSERT INTO live_frame (scope_id, seq, kind, op, payload, at)
SELECT msg.channel_id, msg.seq, 'chat.message', 'changed',
       {_message("msg", "a", "COALESCE(p.role = 10, false)")}::text, %(at)s
FROM msg JOIN chat_channel c ON c.id = msg.channel_id JOIN accounts_user a ON a.id = msg.author_id
LEFT JOIN workspaces_membership p ON p.user_id = a.id AND p.workspace_id = c.workspace_id
RETURNING seq, payload
"""  # noqa: S608 - made of constants

# What a program says by its address: the robot is the author, and the place must stand.
HOOK = f"""
WITH num AS (
    INSERT INTO live_stream AS s (id, seq, trimmed_to)
    SELECT c.id, 1, 0 FROM chat_channel c JOIN workspaces_workspace w ON w.id = c.workspace_id
    WHERE c.id = %(channel)s AND c.archived_at IS NULL AND w.archived_at IS NULL AND 'chat' = ANY(w.rooms)
    ON CONFLICT (id) DO UPDATE SET seq = s.seq + 1 RETURNING seq
),
msg AS (
    INSERT INTO chat_message
        (id, channel_id, thread_id, seq, author_id, text, mentions, created_at, reply_count, repliers, version)
    SELECT %(id)s, %(channel)s, NULL, num.seq, %(robot)s, %(text)s, '[]', %(at)s, 0, '{{}}', 1 FROM num RETURNING *
)
INSERT INTO live_frame (scope_id, seq, kind, op, payload, at)
SELECT msg.channel_id, msg.seq, 'chat.message', 'changed', {_message("msg", "a", "false")}::text, %(at)s
FROM msg JOIN accounts_user a ON a.id = msg.author_id
RETURNING seq, payload
"""  # noqa: S608 - made of constants

# My place in each channel that I see. Without a mark of my own nothing from before I was let in is new to me.
# At most the newest hundred are counted, so that a return after three weeks costs the same as after three minutes.
MARKS = """
SELECT c.id, c.workspace_id, c.kind,
       COALESCE(k.seq, news.first - 1, tail.seq, 0), news.unread, named.mentions, COALESCE(tail.seq, 0),
       COALESCE(k.level, 'all'), COALESCE(k.version, 0)
FROM workspaces_membership p
JOIN workspaces_workspace w ON w.id = p.workspace_id
JOIN workspaces_accessscope s ON s.workspace_id = p.workspace_id
JOIN chat_channel c ON c.id = s.id
LEFT JOIN workspaces_scopegrant g ON g.scope_id = s.id AND g.user_id = p.user_id
LEFT JOIN chat_mark k ON k.channel_id = c.id AND k.user_id = p.user_id
CROSS JOIN LATERAL (
    SELECT GREATEST(COALESCE(k.seq, 0), CASE WHEN c.history = 'joined' THEN
        (SELECT e.seq FROM chat_entrance e WHERE e.channel_id = c.id AND e.user_id = p.user_id) END) AS seq
) seen
LEFT JOIN LATERAL (
    SELECT m.seq FROM chat_message m WHERE m.channel_id = c.id AND (m.thread_id IS NULL OR m.in_channel)
    ORDER BY m.seq DESC LIMIT 1
) tail ON true
CROSS JOIN LATERAL (
    SELECT count(*) AS unread, min(seq) AS first FROM (
        SELECT m.seq, m.created_at FROM chat_message m
        WHERE m.channel_id = c.id AND (m.thread_id IS NULL OR m.in_channel) AND m.seq > seen.seq
          AND m.author_id <> p.user_id AND m.system IS NULL AND NOT m.erased
        ORDER BY m.seq DESC LIMIT 100
    ) newest
    WHERE k.id IS NOT NULL OR newest.created_at >= COALESCE(g.created_at, p.created_at)
) news
CROSS JOIN LATERAL (
    SELECT count(*) AS mentions FROM chat_mention n
    WHERE n.user_id = p.user_id AND n.channel_id = c.id AND n.seq > seen.seq AND NOT n.in_thread
) named
WHERE p.user_id = %(user)s AND (g.id IS NOT NULL OR (s.open AND p.role >= 20))
  AND (c.kind = 'meeting' OR 'chat' = ANY(w.rooms)) AND c.kind = ANY(%(kinds)s)
  AND (%(workspace)s::uuid IS NULL OR c.workspace_id = %(workspace)s)
  AND (%(channel)s::uuid IS NULL OR c.id = %(channel)s)
"""

# My place in each thread that I follow (or in one), for channels that I see, the latest answers first.
THREADS = """
SELECT f.root_id, f.channel_id, c.workspace_id, f.following, f.seq, news.unread, COALESCE(tail.seq, 0), f.version
FROM chat_follow f
JOIN chat_channel c ON c.id = f.channel_id
JOIN chat_message r ON r.id = f.root_id
LEFT JOIN chat_entrance e ON e.channel_id = c.id AND e.user_id = f.user_id AND c.history = 'joined'
LEFT JOIN LATERAL (SELECT m.seq FROM chat_message m WHERE m.thread_id = f.root_id ORDER BY m.seq DESC LIMIT 1) tail
    ON true
CROSS JOIN LATERAL (
    SELECT count(*) AS unread FROM (
        SELECT FROM chat_message m WHERE m.thread_id = f.root_id AND m.seq > f.seq AND m.seq > COALESCE(e.seq, 0)
          AND m.author_id <> f.user_id AND m.deleted_at IS NULL
        ORDER BY m.seq DESC LIMIT 100
    ) newest
) news
WHERE f.user_id = %(user)s AND f.channel_id = ANY(%(scopes)s) AND r.seq > COALESCE(e.seq, 0)
  AND (%(root)s::uuid IS NULL OR f.root_id = %(root)s) AND (f.following OR %(root)s::uuid IS NOT NULL)
ORDER BY tail.seq IS NULL, r.last_reply_at DESC NULLS LAST, f.root_id LIMIT 100
"""

# The newest message of each of several channels, the latest channels first: one from the end of each, never a scan.
NEWEST = """
SELECT m.id FROM unnest(%(channels)s::uuid[]) AS c (id) CROSS JOIN LATERAL (
    SELECT id, created_at, seq FROM chat_message
    WHERE channel_id = c.id AND deleted_at IS NULL AND system IS NULL ORDER BY seq DESC LIMIT 1
) m ORDER BY m.created_at DESC, m.seq DESC LIMIT %(limit)s
"""

# Rows of streams that one unit of work will number, taken in the order of their ids before the message is.
LOCK_STREAMS = """
INSERT INTO live_stream AS s (id, seq, trimmed_to) SELECT id, 0, 0 FROM unnest(%(scopes)s::uuid[]) AS id ORDER BY id
ON CONFLICT (id) DO UPDATE SET seq = s.seq
"""

# A deleted message leaves the log too: who resumes from an old number must not receive its words.
FORGET = """
UPDATE live_frame SET payload = %(payload)s
WHERE scope_id = %(channel)s AND seq >= %(seq)s AND kind = 'chat.message' AND (payload::json ->> 'id') = %(id)s
"""
FORGET_ONE = "UPDATE live_frame SET payload = %(payload)s WHERE scope_id = %(channel)s AND seq = %(seq)s"
