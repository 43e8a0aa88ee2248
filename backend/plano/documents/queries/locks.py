# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""Locks that hold at this moment: their time runs, and their owner may still write there (R-07, R-54)."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from plano.documents import statements
from plano.documents.models import LockVia
from plano.kernel.clock import now

_HELD = f"""
SELECT l.id, l.node_id, n.name, n.scope_id, l.owner_id, u.name, l.via, l.reason, l.token, l.exclusive, l.deep,
       l.claimed_by, l.timeout, l.created_at, l.expires_at
FROM documents_lock l JOIN documents_node n ON n.id = l.node_id {statements.LOCK_HOLDS}
WHERE n.deleted_at IS NULL AND l.expires_at > %(at)s AND {statements.LOCK_OWNER_WRITES}
  AND (%(workspace)s::uuid IS NULL OR n.workspace_id = %(workspace)s)
  AND (%(nodes)s::uuid[] IS NULL OR l.node_id = ANY(%(nodes)s::uuid[]))
ORDER BY l.via DESC, l.created_at
"""
# Whether there is anything to look at: mostly not, and the statement above joins seven tables.
_ANY = """
SELECT 1 FROM documents_lock l WHERE l.expires_at > %(at)s AND CASE WHEN %(nodes)s::uuid[] IS NOT NULL
    THEN l.node_id = ANY(%(nodes)s::uuid[])
    ELSE EXISTS (SELECT FROM documents_node n WHERE n.id = l.node_id AND n.workspace_id = %(workspace)s::uuid) END
LIMIT 1
"""
# Rows that hold nothing any more, with the workspace whose people are told.
_OVER = f"""
SELECT l.id, l.node_id FROM documents_lock l JOIN documents_node n ON n.id = l.node_id
WHERE NOT EXISTS (
    SELECT FROM documents_lock k {statements.LOCK_HOLDS.replace("l.", "k.")}
    WHERE k.id = l.id AND k.expires_at > %(at)s AND n.deleted_at IS NULL AND {statements.LOCK_OWNER_WRITES}
) ORDER BY n.workspace_id, l.node_id LIMIT %(limit)s
"""


class Held(NamedTuple):
    """One lock, with the name of what it is on and of its owner."""

    id: UUID
    node_id: UUID
    node_name: str
    scope_id: UUID
    owner_id: UUID
    owner_name: str
    via: str
    reason: str
    token: str
    exclusive: bool
    deep: bool
    claimed_by: str
    timeout: int
    created_at: datetime
    expires_at: datetime

    @property
    def by_browser(self) -> bool:
        return self.via == LockVia.WEB


def held(*, workspace_id: UUID | None = None, nodes: Iterable[UUID] | None = None) -> list[Held]:
    """The locks of a workspace or of some nodes, the browser's first. There are never many."""
    ids = None if nodes is None else list(nodes)
    asked = {"at": now(), "workspace": workspace_id, "nodes": ids}
    rows = statements.many(_HELD, **asked) if statements.one(_ANY, **asked) else []
    return [Held._make(row) for row in rows]


def shown(nodes: Iterable[UUID]) -> dict[UUID, Held]:
    """The one lock of each node that a list tells of."""
    found: dict[UUID, Held] = {}
    for lock in held(nodes=nodes):
        found.setdefault(lock.node_id, lock)
    return found


def over(limit: int) -> list[tuple[UUID, UUID]]:
    """Rows whose time or whose owner's right has ended: lock and node."""
    return statements.many(_OVER, at=now(), limit=limit)


def above(node_id: UUID) -> set[UUID]:
    """A node and the folders that hold it."""
    return {row[0] for row in statements.many(statements.ANCESTORS, id=node_id)}
