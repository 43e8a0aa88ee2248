# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""Short lists of things away from their folder: favourites, recent, followed. Rights are those of the moment."""

from datetime import datetime
from typing import Any
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.models import Node
from plano.documents.queries.nodes import SHARED, nodes_anywhere_out, ways_to
from plano.documents.schemas import PathItem
from plano.documents.schemas.follows import NodeMarksOut, RecentKind, ShelfItem, ShelfOut
from plano.workspaces import policies as access

MOST_RECENT = 50
MOST_MARKED = 1000

_SEEN = """n.deleted_at IS NULL AND n.scope_id = ANY(%(scopes)s)
    AND EXISTS (SELECT FROM workspaces_workspace w WHERE w.id = n.workspace_id AND 'documents' = ANY(w.rooms))"""
_MARKED = """SELECT n.id, m.created_at FROM {table} m JOIN documents_node n ON n.id = m.node_id
WHERE m.user_id = %(user)s AND {seen} ORDER BY m.id DESC LIMIT %(limit)s"""
_FAVOURITES = _MARKED.format(table="documents_favourite", seen=_SEEN)
_FOLLOWED = _MARKED.format(table="documents_follow", seen=_SEEN)
_OPENED = f"""SELECT n.id, o.at FROM documents_opening o JOIN documents_node n ON n.id = o.node_id
WHERE o.user_id = %(user)s AND {_SEEN} ORDER BY o.at DESC LIMIT %(limit)s"""
# Scope by scope, each an index range from its end: what changed last is found without looking at what did not.
_CHANGED = """SELECT c.id, c.modified_at FROM unnest(%(scopes)s::uuid[]) AS s (id) CROSS JOIN LATERAL (
    SELECT n.id, n.modified_at, n.workspace_id FROM documents_node n
    WHERE n.scope_id = s.id AND n.deleted_at IS NULL AND n.kind = 'document'
    ORDER BY n.modified_at DESC LIMIT %(limit)s
) c
WHERE EXISTS (SELECT FROM workspaces_workspace w WHERE w.id = c.workspace_id AND 'documents' = ANY(w.rooms))
ORDER BY c.modified_at DESC, c.id DESC LIMIT %(limit)s"""


def marks_for(actor: User) -> NodeMarksOut:
    """Where my stars and bells are, as far as I see it now."""
    scopes = access.visible_scope_ids(actor)
    return NodeMarksOut(
        favourites=[id for id, _ in _rows(_FAVOURITES, actor, scopes, MOST_MARKED)],
        followed=[id for id, _ in _rows(_FOLLOWED, actor, scopes, MOST_MARKED)],
    )


def favourites_for(actor: User, workspace_id: UUID | None = None) -> ShelfOut:
    """What has my star, the latest star first."""
    return _shelf(actor, _FAVOURITES, workspace_id, MOST_MARKED)


def followed_for(actor: User, workspace_id: UUID | None = None) -> ShelfOut:
    """What I am told of."""
    return _shelf(actor, _FOLLOWED, workspace_id, MOST_MARKED)


def recent_list(actor: User, what: RecentKind, workspace_id: UUID | None = None) -> ShelfOut:
    """What I opened, or what anybody changed, the latest first."""
    return _shelf(actor, _OPENED if what == "opened" else _CHANGED, workspace_id, MOST_RECENT)


def _shelf(actor: User, sql: str, workspace_id: UUID | None, limit: int) -> ShelfOut:
    if workspace_id is not None:
        policies.room_of(actor, workspace_id)
    scopes = access.visible_scope_ids(actor, workspace_id)
    found: dict[UUID, datetime] = dict(_rows(sql, actor, scopes, limit))
    nodes = Node.objects.select_related(*SHARED).filter(id__in=list(found))
    outs = {out.id: out for out in nodes_anywhere_out(nodes)}
    ways = ways_to(outs, set(scopes))
    return ShelfOut(
        items=[ShelfItem(node=outs[id], place=_place(ways[id]), at=at) for id, at in found.items() if id in outs]
    )


def _place(way: list[PathItem]) -> str | None:
    return " / ".join(step.name for step in way) or None


def _rows(sql: str, actor: User, scopes: list[UUID], limit: int) -> list[Any]:
    return statements.many(sql, user=actor.id, scopes=scopes, limit=limit)
