# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""The folder list as one statement that answers in JSON (P8): building model objects costs three times as much.

`queries.node_out` says the same of one node; `tests/documents/test_list.py` holds them equal.
"""

from typing import Any

from django.db import connection


def _instant(column: str) -> str:
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


def _person(user: str) -> str:
    avatar = f"'/api/v1/people/' || {user}.id || '/avatar?v=' || left({user}.avatar, 16)"
    return f"""json_build_object('id', {user}.id, 'name', {user}.name,
        'avatar_url', CASE WHEN {user}.avatar <> '' THEN {avatar} END, 'color', {user}.color,
        'version', {user}.version, 'guest', {user}.id IN (SELECT user_id FROM guests))"""


# A lock `l` on a node `n` holds while its owner `u` is active and may write there; ask for `expires_at` beside.
LOCK_HOLDS = """JOIN accounts_user u ON u.id = l.owner_id AND u.is_active
    JOIN workspaces_membership lm ON lm.user_id = u.id AND lm.workspace_id = n.workspace_id
    JOIN workspaces_workspace lw ON lw.id = n.workspace_id AND lw.archived_at IS NULL
    JOIN workspaces_accessscope ls ON ls.id = n.scope_id
    LEFT JOIN workspaces_scopegrant lg ON lg.scope_id = ls.id AND lg.user_id = u.id"""
LOCK_OWNER_WRITES = "(lg.id IS NOT NULL OR ls.open) AND COALESCE(lg.role, lm.role) >= 30"
_LOCK = f"""(SELECT json_build_object('owner', {_person("u")}, 'reason', l.reason, 'since', {_instant("l.created_at")},
        'until', {_instant("l.expires_at")}, 'via', l.via)
    FROM documents_lock l {LOCK_HOLDS} WHERE l.node_id = n.id AND l.expires_at > now() AND {LOCK_OWNER_WRITES}
    ORDER BY l.via DESC, l.created_at LIMIT 1)"""


# NodeOut as JSON, of `n` with `c` and `m` its creator and last author and `s` its scope.
_NODE = f"""json_build_object(
    'id', n.id, 'workspace_id', n.workspace_id, 'scope_id', n.scope_id, 'parent_id', n.parent_id, 'kind', n.kind,
    'name', n.name, 'lock', {_LOCK}, 'access',
    CASE WHEN n.id <> n.scope_id THEN 'inherited' WHEN s.open THEN 'opened' ELSE 'restricted' END,
    'created_at', {_instant("n.created_at")}, 'created_by', {_person("c")},
    'modified_at', {_instant("n.modified_at")}, 'modified_by', {_person("m")},
    'description', n.description, 'tags', array_to_json(n.tags), 'fields', n.fields, 'open_comments', n.open_comments,
    'depositor', n.depositor, 'size', n.size, 'media_type', n.media_type, 'sha256', n.sha256,
    'content_version', n.content_version, 'state', n.state, 'thumbnail', n.thumbnail, 'version', n.version)"""

_GUESTS = "guests AS (SELECT user_id FROM workspaces_membership WHERE workspace_id = %(workspace)s AND role = 10)"
_JOINS = """JOIN accounts_user c ON c.id = n.created_by_id JOIN accounts_user m ON m.id = n.modified_by_id
    JOIN workspaces_accessscope s ON s.id = n.scope_id"""
_RANK = "(CASE n.kind WHEN 'folder' THEN 0 ELSE 1 END)"
_ORDER = f"{_RANK}, n.folded, n.id"
_REVERSED = f"{_RANK} DESC, n.folded DESC, n.id DESC"
_AFTER = f'(%(after)s::bool IS NOT TRUE OR ({_ORDER}) > (%(rank)s, %(folded)s COLLATE "C", %(id)s::uuid))'

# The top: what lies at the root, and folders with people of their own whose parent the reader does not see.
_TOP = """n.workspace_id = %(workspace)s AND n.scope_id = ANY(%(scopes)s) AND n.deleted_at IS NULL
    AND (n.parent_id IS NULL OR (n.id = n.scope_id AND NOT EXISTS (
        SELECT FROM documents_node p WHERE p.id = n.parent_id AND p.scope_id = ANY(%(scopes)s))))"""
_CHILDREN = "n.parent_id = %(parent)s AND n.scope_id = ANY(%(scopes)s) AND n.deleted_at IS NULL"


def _page(where: str) -> str:
    return f"""
WITH {_GUESTS}, page AS (
    SELECT n.* FROM documents_node n WHERE {where} AND {_AFTER} ORDER BY {_ORDER} LIMIT %(limit)s
)
SELECT coalesce(json_agg({_NODE} ORDER BY {_ORDER}), '[]')::text,
       coalesce(json_object_agg(n.id, (
           SELECT count(*) FROM documents_node k
           WHERE k.parent_id = n.id AND k.deleted_at IS NULL AND k.scope_id = ANY(%(scopes)s)
       )) FILTER (WHERE n.kind = 'folder'), '{{}}')::text,
       coalesce(json_object_agg(s.id, json_build_object('open', s.open, 'people',
           (SELECT count(*) FROM workspaces_scopegrant g WHERE g.scope_id = s.id)
       )) FILTER (WHERE n.id = n.scope_id), '{{}}')::text,
       count(*),
       (array_agg({_RANK} ORDER BY {_REVERSED}))[1], (array_agg(n.folded ORDER BY {_REVERSED}))[1],
       (array_agg(n.id ORDER BY {_REVERSED}))[1]
FROM page n {_JOINS}
"""


PAGE_OF_TOP = _page(_TOP)
PAGE_OF_FOLDER = _page(_CHILDREN)

ANCESTORS = """
WITH RECURSIVE up AS (
    SELECT id, parent_id, scope_id, name, deleted_at, 0 AS height FROM documents_node WHERE id = %(id)s
    UNION ALL
    SELECT p.id, p.parent_id, p.scope_id, p.name, p.deleted_at, up.height + 1
    FROM documents_node p JOIN up ON p.id = up.parent_id WHERE up.height < 200
)
SELECT up.id, up.name, up.scope_id, up.deleted_at, s.open, up.height
FROM up JOIN workspaces_accessscope s ON s.id = up.scope_id ORDER BY up.height DESC
"""

# Space taken or given back under the quota's lock; no row when it does not fit.
RESERVE = """
INSERT INTO documents_usage AS u (workspace_id, bytes)
SELECT %(workspace)s, GREATEST(0, %(size)s::bigint) WHERE %(size)s::bigint <= %(quota)s::bigint
ON CONFLICT (workspace_id) DO UPDATE SET bytes = GREATEST(0, u.bytes + %(size)s::bigint)
WHERE %(size)s::bigint <= 0 OR u.bytes + %(size)s::bigint <= %(quota)s::bigint
RETURNING bytes
"""

# All that hangs on a node, itself included, whatever its state.
SUBTREE = """
WITH RECURSIVE down AS (
    SELECT id, scope_id, deleted_root FROM documents_node WHERE id = %(id)s
    UNION ALL
    SELECT n.id, n.scope_id, n.deleted_root FROM documents_node n JOIN down ON n.parent_id = down.id
)
SELECT id, scope_id, deleted_root FROM down
"""

# What a download needs, for a person at this moment: one question, asked again while it runs.
CONTENT = """
SELECT n.name, n.id, LEAST(COALESCE(g.role, m.role), CASE WHEN w.archived_at IS NULL THEN 40 ELSE 20 END),
       v.number, v.size, v.sha256, v.media_type, v.blob, n.modified_at, n.workspace_id,
       v.state, CASE WHEN v.depositor = '' THEN v.author_id END -- ask policies.require_state of these two (R-75)
FROM documents_node n
JOIN workspaces_workspace w ON w.id = n.workspace_id AND 'documents' = ANY(w.rooms)
JOIN workspaces_membership m ON m.workspace_id = n.workspace_id AND m.user_id = %(user)s
JOIN workspaces_accessscope s ON s.id = n.scope_id
LEFT JOIN workspaces_scopegrant g ON g.scope_id = s.id AND g.user_id = m.user_id
LEFT JOIN documents_version v ON v.node_id = n.id AND v.number = COALESCE(%(number)s, n.content_version)
WHERE n.id = %(node)s AND n.kind = 'document' AND n.deleted_at IS NULL
  AND (g.id IS NOT NULL OR (s.open AND m.role >= 20))
"""


def one(sql: str, **arguments: Any) -> Any:
    """The first row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchone()


def many(sql: str, **arguments: Any) -> list[Any]:
    """All rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return list(cursor.fetchall())
