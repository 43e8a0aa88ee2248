"""« Qui y a accès ? »"""

from uuid import UUID

from plano.accounts.models import User
from plano.documents.models import Kind, Node
from plano.documents.queries.nodes import node_for
from plano.documents.schemas import (
    NodeAccessOut,
    PathItem,
    access_kind,
)
from plano.workspaces import policies as access
from plano.workspaces import queries as workspaces
from plano.workspaces.models import Role


def access_for(actor: User, node_id: UUID) -> NodeAccessOut:
    """« Qui y a accès ? »: the people of the node's scope, and the folder that decides."""
    node = node_for(actor, node_id)
    deciding = (
        None if node.scope_id == node.workspace_id else Node.objects.select_related("scope").get(id=node.scope_id)
    )
    step = None
    if deciding is not None:
        kind = access_kind(own=deciding.has_own_scope, of=deciding.scope.kind, open=deciding.scope.open)
        step = PathItem(id=deciding.id, name=deciding.name, access=kind)
    role = access.role_in(actor, node.scope_id)
    return NodeAccessOut(
        access=workspaces.access_for(actor, node.scope_id),
        folder=step,
        may_manage=role == Role.MANAGER and node.kind == Kind.FOLDER and not node.of_conversation,
    )
