"""What was deleted."""

from uuid import UUID

from django.db.models import Count, QuerySet

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.models import Node
from plano.documents.queries.listing import PAGE
from plano.documents.queries.nodes import SHARED, nodes_out, people_of
from plano.documents.schemas import (
    BinItem,
    BinPage,
)
from plano.kernel import pagination
from plano.kernel.clock import now
from plano.workspaces import policies as access
from plano.workspaces.models import Role


def bin_for(actor: User, workspace_id: UUID, *, cursor: str | None = None) -> BinPage:
    """What was deleted, the latest first: what the actor saw before, and no more."""
    policies.room_of(actor, workspace_id)
    roles = access.roles_by_scope(actor, workspace_id)
    found = _binned(workspace_id, list(roles)).order_by("-deleted_at", "-id")
    if cursor:
        found = found.filter(pagination.earlier(cursor, by="deleted_at"))
    rows = list(found[: PAGE + 1])
    nodes = rows[:PAGE]
    outs = nodes_out(nodes)
    deleters = people_of(workspace_id, [node.deleted_by for node in nodes if node.deleted_by is not None])
    counts = dict(
        Node.objects.filter(deleted_root__in=[n.id for n in nodes], scope_id__in=list(roles))
        .values_list("deleted_root")
        .annotate(n=Count("id"))
    )
    items = [
        BinItem(
            node=out,
            deleted_at=node.deleted_at or now(),
            deleted_by=deleters.get(node.deleted_by_id) if node.deleted_by_id else None,
            place=_place(node, roles),
            place_gone=node.parent is not None and node.parent.deleted_at is not None,
            contains=counts.get(node.id, 1) - 1,
        )
        for node, out in zip(nodes, outs, strict=True)
    ]
    last = nodes[-1] if len(rows) > PAGE else None
    following = None if last is None or last.deleted_at is None else pagination.encode_time(last.deleted_at, last.id)
    return BinPage(items=items, next=following, abilities=policies.ability_pairs(roles))


def _binned(workspace_id: UUID, scopes: list[UUID]) -> QuerySet[Node]:
    from django.db.models import F

    return Node.objects.filter(workspace_id=workspace_id, deleted_root=F("id"), scope_id__in=scopes).select_related(
        *SHARED, "deleted_by", "parent"
    )


def _place(node: Node, roles: dict[UUID, Role]) -> str | None:
    """The names of the folders where it was, as far as the reader sees them."""
    steps = [
        name if scope_id in roles else None
        for id, name, scope_id, _, _, _, _ in statements.many(statements.ANCESTORS, id=node.id)
        if id != node.id
    ]
    while None in steps:
        steps = steps[steps.index(None) + 1 :]
    return " / ".join(step for step in steps if step is not None) or None
