# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""The folder list as one statement that answers in JSON (P8, P12): model objects cost ten times as much.

`queries.node_out` says the same of one node; `tests/documents/test_list.py` holds them equal.
"""

from typing import Any

from django.db import connection

from plano.platform import database

many = database.many


def _instant(column: str) -> str:
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


def _members(plain: dict[str, str], whole: dict[str, str]) -> str:
    """The beginning of a JSON object, as text. `plain` values are put between quotes and need no escape; `whole` ones
    are JSON already. One `concat` costs a third of `json_build_object`.
    """
    members = [(name, value, '"') for name, value in plain.items()] + [
        (name, value, "") for name, value in whole.items()
    ]
    told, literal = [], "{"
    for name, value, quote in members:
        told += [f"'{literal}\"{name}\":{quote}'", value]
        literal = quote + ","
    return f"concat({', '.join(told)}, '{literal}')"


# A lock `l` on a node `n` holds while its owner `u` is active and may write there; ask for `expires_at` beside.
LOCK_HOLDS = """JOIN accounts_user u ON u.id = l.owner_id AND u.is_active
    JOIN workspaces_membership lm ON lm.user_id = u.id AND lm.workspace_id = n.workspace_id
    JOIN workspaces_workspace lw ON lw.id = n.workspace_id AND lw.archived_at IS NULL
    JOIN workspaces_accessscope ls ON ls.id = n.scope_id
    LEFT JOIN workspaces_scopegrant lg ON lg.scope_id = ls.id AND lg.user_id = u.id"""
LOCK_OWNER_WRITES = "(lg.id IS NOT NULL OR ls.open) AND COALESCE(lg.role, lm.role) >= 30"

# NodeOut of `n` as JSON, all but its people and its lock, and open at its end; `s` is its scope.
_NODE = _members(
    {
        "id": "n.id",
        "workspace_id": "n.workspace_id",
        "scope_id": "n.scope_id",
        "kind": "n.kind",
        "access": "CASE WHEN n.id <> n.scope_id THEN 'inherited' WHEN s.kind <> 'folder' THEN 'conversation'"
        " WHEN s.open THEN 'opened' ELSE 'restricted' END",
        "created_at": _instant("n.created_at"),
        "modified_at": _instant("n.modified_at"),
        "sha256": "n.sha256",
        "state": "n.state",
    },
    {
        "parent_id": "COALESCE('\"' || n.parent_id || '\"', 'null')",
        "name": "to_json(n.name)",
        "description": "to_json(n.description)",
        "tags": "array_to_json(n.tags)",
        "fields": "n.fields",
        "open_comments": "n.open_comments",
        "depositor": "to_json(n.depositor)",
        "size": "n.size",
        "media_type": "to_json(n.media_type)",
        "content_version": "n.content_version",
        "thumbnail": "CASE WHEN n.thumbnail THEN 'true' ELSE 'false' END",
        "version": "n.version",
    },
)

_SEEN = "n.scope_id = ANY(%(scopes)s) AND n.deleted_at IS NULL"
_CHILDREN = f"documents_node n WHERE n.parent_id = %(parent)s AND {_SEEN}"
_ROOT = f"documents_node n WHERE n.workspace_id = %(workspace)s AND n.parent_id IS NULL AND {_SEEN}"
# At the top also lie the folders with people of their own whose parent the reader does not see.
_HOISTED = f"""documents_node n WHERE n.workspace_id = %(workspace)s AND n.id = ANY(%(scopes)s) AND {_SEEN}
    AND n.id = n.scope_id AND n.parent_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM documents_node p WHERE p.id = n.parent_id AND p.scope_id = ANY(%(scopes)s))"""


def _some(source: str, kind: str, rank: int) -> str:
    """The next ones of one kind: a walk along an index from where the last page ended, however large the folder."""
    return f"""(SELECT n.*, {rank} AS rank FROM {source} AND n.kind = '{kind}' AND %(rank)s <= {rank}
        AND (n.folded, n.id) > (%({kind}_folded)s COLLATE "C", %({kind}_id)s::uuid)
        ORDER BY n.folded, n.id LIMIT %(limit)s)"""


def _page(*parts: str) -> str:
    """One row for each, after one of rank -1 for the folder itself, if the reader sees it.

    What each is as JSON; who made it and who changed it last; whether somebody may hold a lock on it; then what is in
    it, for folders, and for whom it is, for those with people of their own; then where it stands in the list.
    """
    return f"""
SELECT {_NODE}, n.created_by_id::text, n.modified_by_id::text,
    n.id IN (SELECT l.node_id FROM documents_lock l WHERE l.expires_at > now()),
    CASE WHEN n.kind = 'folder' AND n.rank >= 0 THEN (
        SELECT count(*) FROM documents_node k
        WHERE k.parent_id = n.id AND k.deleted_at IS NULL AND k.scope_id = ANY(%(scopes)s)) END,
    s.open, CASE WHEN n.id = n.scope_id THEN (SELECT count(*) FROM workspaces_scopegrant g WHERE g.scope_id = s.id) END,
    n.rank, n.folded, n.id::text
FROM (
    SELECT * FROM ({" UNION ALL ".join(parts)} ORDER BY rank, folded, id LIMIT %(limit)s) found
    UNION ALL
    SELECT n.*, -1 FROM documents_node n
    WHERE n.id = %(parent)s AND n.workspace_id = %(workspace)s AND n.kind = 'folder' AND {_SEEN}
) n JOIN workspaces_accessscope s ON s.id = n.scope_id
ORDER BY n.rank, n.folded, n.id
"""


PAGE_OF_TOP = _page(_some(_ROOT, "folder", 0), _some(_HOISTED, "folder", 0), _some(_ROOT, "document", 1))
PAGE_OF_FOLDER = _page(_some(_CHILDREN, "folder", 0), _some(_CHILDREN, "document", 1))

# People as they stand beside the documents of a workspace.
PEOPLE = """
SELECT u.id, u.name, u.avatar, u.color, u.version, COALESCE(m.role = 10, false) FROM accounts_user u
LEFT JOIN workspaces_membership m ON m.user_id = u.id AND m.workspace_id = %(workspace)s WHERE u.id = ANY(%(ids)s)
"""

ANCESTORS = """
WITH RECURSIVE up AS (
    SELECT id, parent_id, scope_id, name, deleted_at, 0 AS height FROM documents_node WHERE id = %(id)s
    UNION ALL
    SELECT p.id, p.parent_id, p.scope_id, p.name, p.deleted_at, up.height + 1
    FROM documents_node p JOIN up ON p.id = up.parent_id WHERE up.height < 200
)
SELECT up.id, up.name, up.scope_id, up.deleted_at, s.open, up.height, s.kind
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
