"""What other rooms ask of the library: names, recent documents, search."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from plano.accounts.models import User
from plano.documents.models import Kind, Node, State
from plano.documents.queries.nodes import SHARED, nodes_anywhere_out, ways_to
from plano.documents.schemas import NodeOut, PathItem, SomeNodesOut
from plano.kernel.errors import Invalid
from plano.platform.references import Card
from plano.workspaces import policies as access

MOST_ASKED = 100


def visible_nodes(actor: User, workspace_id: UUID | None = None) -> QuerySet[Node]:
    """All living nodes that a person sees."""
    scopes = access.visible_scope_ids(actor, workspace_id)
    nodes = Node.objects.filter(scope_id__in=scopes, deleted_at=None, workspace__rooms__contains=["documents"])
    return nodes.select_related(*SHARED)


def names_for(actor: User, ids: list[UUID]) -> dict[UUID, str]:
    """Names of those among these nodes that the actor sees."""
    return dict(visible_nodes(actor).filter(id__in=ids).values_list("id", "name"))


def resolve(actor: User, ids: list[UUID]) -> dict[UUID, Card]:
    """What links to those among these nodes show that the actor sees."""
    found = list(visible_nodes(actor).filter(id__in=ids))
    ways = ways_to([node.id for node in found], access.visible_scope_ids(actor)) if found else {}
    return {node.id: _card(node, ways[node.id]) for node in found}


def _card(node: Node, way: list[PathItem]) -> Card:
    document = node.kind == Kind.DOCUMENT
    shown = document and node.thumbnail and node.state not in (State.CHECKING, State.INFECTED)
    address = f"/api/v1/nodes/{node.id}/previews/thumbnail/content?inline=1&v={node.content_version}"
    return Card(
        title=node.name,
        workspace_id=node.workspace_id,
        shape=node.kind,
        status=node.state if document else "",
        inside=way[-1].name if way else "",
        within=tuple(step.id for step in way),
        media_type=node.media_type if document else "",
        size=node.size if document else None,
        picture=address if shown else None,
    )


def some_for(actor: User, ids: list[UUID]) -> SomeNodesOut:
    """What other rooms show of nodes that they hold by their ids; the absent and the invisible are alike (R-06)."""
    if len(ids) > MOST_ASKED:
        raise Invalid("too_many_references", errors={"id": "too_many_references"})
    scopes = access.visible_scope_ids(actor)
    nodes = Node.objects.filter(id__in=ids, scope_id__in=scopes, workspace__rooms__contains=["documents"])
    found = list(nodes.select_related(*SHARED))
    living = [node for node in found if node.deleted_at is None]
    return SomeNodesOut(
        items=nodes_anywhere_out(living), binned=[node.id for node in found if node.deleted_at is not None]
    )


def recent_for(actor: User, workspace_id: UUID | None = None, limit: int = 10) -> list[NodeOut]:
    """The documents that changed last; across workspaces, those that the actor touched."""
    found = visible_nodes(actor, workspace_id).filter(kind=Kind.DOCUMENT)
    if workspace_id is None:
        found = found.filter(Q(modified_by=actor) | Q(created_by=actor))
    return nodes_anywhere_out(found.order_by("-modified_at", "-id")[:limit])


def changed_since(actor: User, workspace_id: UUID, since: datetime, limit: int = 20) -> list[NodeOut]:
    """Documents that changed since an instant, the latest first."""
    found = visible_nodes(actor, workspace_id).filter(kind=Kind.DOCUMENT, modified_at__gt=since)
    return nodes_anywhere_out(found.order_by("-modified_at", "-id")[:limit])
