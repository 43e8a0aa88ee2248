# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""Things by their path, as network drives name them: a workspace's slug, then names. Nothing unseen is met on the way.

Rows, not models: a folder of 5,000 is one statement (P12). At the top also lie the folders that somebody sees without
seeing what holds them; one whose name is taken there carries the end of its identifier.
"""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from plano.accounts.models import User
from plano.documents import names, statements
from plano.documents.models import Kind

_SEEN = """seen AS (
    SELECT s.id, LEAST(COALESCE(g.role, m.role), CASE WHEN w.archived_at IS NULL THEN 40 ELSE 20 END) AS role
    FROM workspaces_membership m
    JOIN workspaces_workspace w ON w.id = m.workspace_id
    JOIN workspaces_accessscope s ON s.workspace_id = m.workspace_id
    LEFT JOIN workspaces_scopegrant g ON g.scope_id = s.id AND g.user_id = m.user_id
    WHERE m.user_id = %(user)s AND m.workspace_id = %(workspace)s AND (g.id IS NOT NULL OR (s.open AND m.role >= 20))
)"""
_TOP = """hoisted AS (
    SELECT n.id, n.name, n.folded FROM seen JOIN documents_node n ON n.id = seen.id
    WHERE n.deleted_at IS NULL AND n.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM documents_node p WHERE p.id = n.parent_id AND p.scope_id IN (SELECT id FROM seen))
), told AS (
    SELECT h.id, h.name, h.folded, EXISTS (
        SELECT FROM documents_node r WHERE r.workspace_id = %(workspace)s AND r.parent_id IS NULL
            AND r.folded = h.folded AND r.deleted_at IS NULL AND r.scope_id IN (SELECT id FROM seen)
    ) OR EXISTS (SELECT FROM hoisted o WHERE o.folded = h.folded AND o.id < h.id) AS taken FROM hoisted h
), top AS (
    SELECT n.id, n.name, n.folded FROM documents_node n
    WHERE n.workspace_id = %(workspace)s AND n.parent_id IS NULL AND n.deleted_at IS NULL
        AND n.scope_id IN (SELECT id FROM seen)
    UNION ALL
    SELECT t.id, CASE WHEN t.taken THEN t.name || ' (' || right(t.id::text, 8) || ')' ELSE t.name END,
        CASE WHEN t.taken THEN t.folded || ' (' || right(t.id::text, 8) || ')' ELSE t.folded END FROM told t
)"""
_COLUMNS = """n.parent_id, n.scope_id, n.kind, n.size, n.sha256, n.media_type, n.created_at, n.modified_at,
    n.content_version, n.version, seen.role"""

_WALK = f"""
WITH RECURSIVE {_SEEN}, {_TOP}, walk AS (
    SELECT top.id, top.name, 1 AS depth FROM top WHERE top.folded = (%(keys)s::text[])[1]
    UNION ALL
    SELECT c.id, c.name, walk.depth + 1 FROM walk JOIN documents_node c
        ON c.workspace_id = %(workspace)s AND c.parent_id = walk.id AND c.deleted_at IS NULL
        AND c.folded = (%(keys)s::text[])[walk.depth + 1] COLLATE "C"
    WHERE c.scope_id IN (SELECT id FROM seen)
)
SELECT n.id, walk.name, {_COLUMNS}
FROM walk JOIN documents_node n ON n.id = walk.id JOIN seen ON seen.id = n.scope_id ORDER BY walk.depth
"""
_CHILDREN = f"""
WITH {_SEEN}
SELECT n.id, n.name, {_COLUMNS} FROM documents_node n JOIN seen ON seen.id = n.scope_id
WHERE n.parent_id = %(parent)s AND n.deleted_at IS NULL ORDER BY n.folded
"""
_CHILDREN_OF_TOP = f"""
WITH RECURSIVE {_SEEN}, {_TOP}
SELECT n.id, top.name, {_COLUMNS} FROM top JOIN documents_node n ON n.id = top.id JOIN seen ON seen.id = n.scope_id
ORDER BY top.folded
"""
_WORKSPACES = """
SELECT w.id, w.slug, w.name, w.created_at, w.archived_at IS NOT NULL, LEAST(m.role, CASE WHEN w.archived_at IS NULL
    THEN 40 ELSE 20 END)
FROM workspaces_membership m JOIN workspaces_workspace w ON w.id = m.workspace_id
WHERE m.user_id = %(user)s AND 'documents' = ANY(w.rooms) AND (%(slug)s::text IS NULL OR w.slug = %(slug)s)
ORDER BY w.slug
"""


class Place(NamedTuple):
    """A workspace with its library, as one of its people names it."""

    id: UUID
    slug: str
    name: str
    created_at: datetime
    archived: bool
    role: int


class Entry(NamedTuple):
    """A folder or document on a path. `name` is as it is told there; `role` is the reader's in its scope."""

    id: UUID
    name: str
    parent_id: UUID | None
    scope_id: UUID
    kind: str
    size: int
    sha256: str
    media_type: str
    created_at: datetime
    modified_at: datetime
    content_version: int
    version: int
    role: int

    @property
    def is_folder(self) -> bool:
        return self.kind == Kind.FOLDER


def places_for(actor: User, slug: str | None = None) -> list[Place]:
    """The workspaces of a person that have a library, guests' too; or the one of this slug."""
    if not actor.is_active:
        return []
    return [Place._make(row) for row in statements.many(_WORKSPACES, user=actor.id, slug=slug)]


def walk(actor: User, workspace_id: UUID, segments: list[str]) -> list[Entry]:
    """What lies on a path, from the top; shorter than the path where it ends or where the actor sees no further."""
    if not segments:
        return []
    keys = [names.key(segment) for segment in segments]
    return [Entry._make(row) for row in _read(_WALK, actor, workspace_id, keys=keys)]


def entries_of(actor: User, workspace_id: UUID, parent_id: UUID | None) -> list[Entry]:
    """What a person sees in a folder, or at the top."""
    if parent_id is None:
        rows = _read(_CHILDREN_OF_TOP, actor, workspace_id)
    else:
        rows = _read(_CHILDREN, actor, workspace_id, parent=parent_id)
    return [Entry._make(row) for row in rows]


def _read(sql: str, actor: User, workspace_id: UUID, **more: Any) -> list[Any]:
    return statements.many(sql, user=actor.id, workspace=workspace_id, **more)
