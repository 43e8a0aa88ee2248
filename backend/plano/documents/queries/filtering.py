# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""What a filter finds below a folder: by kind, tag and fields, in what the actor sees now (R-06, C13)."""

from typing import Any
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.models import Kind, Node
from plano.documents.queries.nodes import SHARED, node_for, nodes_out, ways_to
from plano.documents.queries.search import Filters, narrowed
from plano.documents.schemas.fields import FilteredPage
from plano.kernel import pagination
from plano.kernel.errors import Invalid, NotFound
from plano.workspaces import policies as access

PAGE, MAX_PAGE = 50, 200
_RANK = "(CASE n.kind WHEN 'folder' THEN 0 ELSE 1 END)"
_SEEN = "n.workspace_id = %(workspace)s AND n.scope_id = ANY(%(scopes)s) AND n.deleted_at IS NULL"
_BELOW = """
WITH RECURSIVE below AS (
    SELECT id FROM documents_node WHERE id = %(under)s
    UNION ALL
    SELECT n.id FROM documents_node n JOIN below ON n.parent_id = below.id
    WHERE n.kind = 'folder' AND n.deleted_at IS NULL AND n.scope_id = ANY(%(scopes)s)
)
"""
_LIES = " AND n.parent_id IN (SELECT id FROM below)"
_AFTER = f' AND ({_RANK}, n.folded, n.id) > (%(rank)s, %(folded)s COLLATE "C", %(id)s::uuid)'


def filtered_for(
    actor: User,
    workspace_id: UUID,
    *,
    under: UUID | None,
    filters: Filters,
    cursor: str | None = None,
    limit: int = PAGE,
) -> FilteredPage:
    """A page of what is found in the whole tree below a folder, or in the workspace."""
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid("invalid_limit", errors={"limit": "invalid_limit"})
    policies.room_of(actor, workspace_id)
    if under is not None:
        folder = node_for(actor, under)
        if folder.workspace_id != workspace_id or folder.kind != Kind.FOLDER:
            raise NotFound
    roles = access.roles_by_scope(actor, workspace_id)
    where, values = narrowed(filters)
    values |= {"workspace": workspace_id, "scopes": list(roles), "under": under}
    begin, base = ("", _SEEN) if under is None else (_BELOW, _SEEN + _LIES)
    total = statements.one(f"{begin} SELECT count(*) FROM documents_node n WHERE {base} {where}", **values)[0]
    values |= _position(cursor) if cursor is not None else {}
    rows = statements.many(
        f"{begin} SELECT n.id FROM documents_node n WHERE {base} {where} {_AFTER if cursor is not None else ''}"
        f" ORDER BY {_RANK}, n.folded, n.id LIMIT %(limit)s",
        limit=limit + 1,
        **values,
    )
    ids = [row[0] for row in rows[:limit]]
    held = Node.objects.select_related(*SHARED).in_bulk(ids)
    nodes = [held[id] for id in ids if id in held]
    more = len(rows) > limit and nodes
    return FilteredPage(
        items=nodes_out(nodes),
        next=_cursor(nodes[-1]) if more else None,
        count=total,
        places={str(id): way for id, way in ways_to((node.id for node in nodes), roles).items()},
        abilities=policies.ability_pairs(roles),
    )


def _cursor(node: Node) -> str:
    return pagination.encode(0 if node.kind == Kind.FOLDER else 1, node.folded, str(node.id))


def _position(cursor: str) -> dict[str, Any]:
    rank, folded, id = pagination.decode(cursor, size=3)
    if rank not in ("0", "1"):
        raise Invalid("invalid_cursor")
    try:
        return {"rank": int(rank), "folded": folded.replace("\x00", ""), "id": UUID(id)}
    except ValueError as error:
        raise Invalid("invalid_cursor") from error
