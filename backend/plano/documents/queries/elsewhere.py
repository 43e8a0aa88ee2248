"""What other rooms ask of the library: names, recent documents, search."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from plano.accounts.models import User
from plano.documents.models import Kind, Node
from plano.documents.queries.nodes import SHARED, nodes_anywhere_out
from plano.documents.schemas import NodeOut
from plano.workspaces import policies as access


def visible_nodes(actor: User, workspace_id: UUID | None = None) -> QuerySet[Node]:
    """All living nodes that a person sees."""
    scopes = access.visible_scope_ids(actor, workspace_id)
    nodes = Node.objects.filter(scope_id__in=scopes, deleted_at=None, workspace__rooms__contains=["documents"])
    return nodes.select_related(*SHARED)


def resolve(actor: User, ids: list[UUID]) -> dict[UUID, str]:
    """Names of those among these nodes that the actor sees."""
    return dict(visible_nodes(actor).filter(id__in=ids).values_list("id", "name"))


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
