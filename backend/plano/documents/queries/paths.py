# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""Things by their path, as network drives name them: a workspace's slug, then names. Nothing unseen is met on the way.

Rows, not models: a folder of 5,000 is one statement (P12). At the top also lie the folders that somebody sees without
seeing what holds them; one whose name is taken there carries the end of its identifier.
"""

from datetime import datetime
from itertools import takewhile
from typing import NamedTuple
from uuid import UUID

from plano.accounts.models import User
from plano.documents import names, statements
from plano.documents.models import Kind


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


class Inside(NamedTuple):
    """A folder or document in a list of thousands: instants as WebDAV words them, and half of the SHA-256."""

    id: UUID
    name: str
    kind: str
    size: int
    tag: str
    media_type: str
    created: str
    modified: str

    @property
    def is_folder(self) -> bool:
        return self.kind == Kind.FOLDER


_PLACE = """place AS (
    SELECT w.id, w.slug, w.name, w.created_at, w.archived_at IS NOT NULL AS archived, m.user_id, m.role AS own,
        LEAST(m.role, CASE WHEN w.archived_at IS NULL THEN 40 ELSE 20 END) AS role
    FROM workspaces_workspace w JOIN workspaces_membership m ON m.workspace_id = w.id AND m.user_id = %(user)s
    WHERE w.slug = %(slug)s AND 'documents' = ANY(w.rooms)
)"""
_SEEN = """seen AS (
    SELECT s.id, LEAST(COALESCE(g.role, place.own), CASE WHEN place.archived THEN 20 ELSE 40 END) AS role
    FROM place
    JOIN workspaces_accessscope s ON s.workspace_id = place.id
    LEFT JOIN workspaces_scopegrant g ON g.scope_id = s.id AND g.user_id = place.user_id
    WHERE g.id IS NOT NULL OR (s.open AND place.own >= 20)
)"""
_TOP = """hoisted AS (
    SELECT n.id, n.name, n.folded FROM seen JOIN documents_node n ON n.id = seen.id
    WHERE n.deleted_at IS NULL AND n.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM documents_node p WHERE p.id = n.parent_id AND p.scope_id IN (SELECT id FROM seen))
), told AS (
    SELECT h.id, h.name, h.folded, EXISTS (
        SELECT FROM documents_node r WHERE r.workspace_id = (SELECT id FROM place) AND r.parent_id IS NULL
            AND r.folded = h.folded AND r.deleted_at IS NULL AND r.scope_id IN (SELECT id FROM seen)
    ) OR EXISTS (SELECT FROM hoisted o WHERE o.folded = h.folded AND o.id < h.id) AS taken FROM hoisted h
), top AS (
    SELECT n.id, n.name, n.folded FROM documents_node n
    WHERE n.workspace_id = (SELECT id FROM place) AND n.parent_id IS NULL AND n.deleted_at IS NULL
        AND n.scope_id IN (SELECT id FROM seen)
    UNION ALL
    SELECT t.id, CASE WHEN t.taken THEN t.name || ' (' || right(t.id::text, 8) || ')' ELSE t.name END,
        CASE WHEN t.taken THEN t.folded || ' (' || right(t.id::text, 8) || ')' ELSE t.folded END FROM told t
)"""
_COLUMNS = """n.kind, n.size, left(n.sha256, 32), n.media_type,
    to_char(n.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    to_char(n.modified_at AT TIME ZONE 'UTC', 'Dy, DD Mon YYYY HH24:MI:SS "GMT"')"""

_CAPPED = "LEAST(COALESCE(g.role, place.own), CASE WHEN place.archived THEN 20 ELSE 40 END)"
_OF_PLACE = "place.id, place.slug, place.name, place.created_at, place.archived, place.role"


def _fields(alias: str, name: str = "") -> str:
    """What `Entry` holds of a row, its role apart."""
    rest = [field for field in Entry._fields if field not in ("id", "name", "role")]
    return ", ".join([f"{alias}.id", name or f"{alias}.name", *(f"{alias}.{field}" for field in rest)])


# One step of a path: an index look-up, whatever the planner believes of a folder that was empty a minute ago.
_STEP = f"""SELECT {_fields("c")}, c.workspace_id, walk.depth + 1 FROM walk CROSS JOIN LATERAL (
        SELECT k.* FROM documents_node k
        WHERE k.workspace_id = walk.workspace_id AND k.parent_id = walk.id AND k.deleted_at IS NULL
            AND k.folded = (%(keys)s::text[])[walk.depth + 1] COLLATE "C" OFFSET 0
    ) c"""
_WALK = f"""
WITH RECURSIVE {_PLACE}, walk AS (
    SELECT {_fields("n")}, n.workspace_id, 1 AS depth FROM place JOIN documents_node n ON n.workspace_id = place.id
    WHERE n.parent_id IS NULL AND n.deleted_at IS NULL AND n.folded = (%(keys)s::text[])[1] COLLATE "C"
    UNION ALL
    {_STEP}
)
SELECT {_OF_PLACE}, {_fields("walk")}, {_CAPPED}, g.id IS NOT NULL OR (s.open AND place.own >= 20)
FROM place LEFT JOIN walk ON true
LEFT JOIN LATERAL (SELECT * FROM workspaces_accessscope a WHERE a.id = walk.scope_id OFFSET 0) s ON true
LEFT JOIN workspaces_scopegrant g ON g.scope_id = s.id AND g.user_id = place.user_id
ORDER BY walk.depth
"""
# From a folder that is told at the top because nothing above it is seen.
_WALK_HOISTED = f"""
WITH RECURSIVE {_PLACE}, {_SEEN}, {_TOP}, walk AS (
    SELECT {_fields("n", "top.name")}, n.workspace_id, 1 AS depth FROM top JOIN documents_node n ON n.id = top.id
    WHERE top.folded = (%(keys)s::text[])[1] COLLATE "C"
    UNION ALL
    {_STEP}
)
SELECT {_OF_PLACE}, {_fields("walk")}, seen.role, true
FROM place LEFT JOIN (walk JOIN seen ON seen.id = walk.scope_id) ON true
ORDER BY walk.depth
"""
_CHILDREN = f"""
WITH {_PLACE}, {_SEEN}
SELECT n.id, n.name, {_COLUMNS} FROM documents_node n JOIN seen ON seen.id = n.scope_id
WHERE n.parent_id = %(parent)s AND n.deleted_at IS NULL ORDER BY n.folded
"""
_CHILDREN_OF_TOP = f"""
WITH RECURSIVE {_PLACE}, {_SEEN}, {_TOP}
SELECT n.id, top.name, {_COLUMNS} FROM top JOIN documents_node n ON n.id = top.id JOIN seen ON seen.id = n.scope_id
ORDER BY top.folded
"""
_WORKSPACES = """
SELECT w.id, w.slug, w.name, w.created_at, w.archived_at IS NOT NULL, LEAST(m.role, CASE WHEN w.archived_at IS NULL
    THEN 40 ELSE 20 END)
FROM workspaces_membership m JOIN workspaces_workspace w ON w.id = m.workspace_id
WHERE m.user_id = %(user)s AND 'documents' = ANY(w.rooms)
ORDER BY w.slug
"""


def places_for(actor: User) -> list[Place]:
    """The workspaces of a person that have a library, guests' too."""
    if not actor.is_active:
        return []
    return [Place._make(row) for row in statements.many(_WORKSPACES, user=actor.id)]


def walk(actor: User, slug: str, segments: list[str]) -> tuple[Place, list[Entry]] | None:
    """A workspace and what lies on a path in it, from the top; None when the actor is not in it.

    Shorter than the path where it ends, or where the actor sees no further.
    """
    arguments = {"user": actor.id, "slug": slug, "keys": [names.key(segment) for segment in segments]}
    rows = statements.many(_WALK, **arguments) if actor.is_active else []
    if not rows:
        return None
    width = len(Place._fields)
    if segments and not rows[0][-1]:
        rows = statements.many(_WALK_HOISTED, **arguments) or rows[:1]
    seen = takewhile(lambda row: row[width] is not None and row[-1], rows)
    return Place._make(rows[0][:width]), [Entry._make(row[width:-1]) for row in seen]


def entries_of(actor: User, slug: str, parent_id: UUID | None) -> list[Inside]:
    """What a person sees in a folder, or at the top."""
    if parent_id is None:
        rows = statements.many(_CHILDREN_OF_TOP, user=actor.id, slug=slug)
    else:
        rows = statements.many(_CHILDREN, user=actor.id, slug=slug, parent=parent_id)
    return [Inside._make(row) for row in rows]
