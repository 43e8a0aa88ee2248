"""One node for somebody, and its shared form."""

from collections.abc import Container, Iterable
from uuid import UUID

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut, avatar_at
from plano.documents import policies, statements
from plano.documents.models import Departure, Node
from plano.documents.queries import locks
from plano.documents.schemas import (
    LockOut,
    NodeForMe,
    NodeOut,
    NodePerson,
    PathItem,
    access_kind,
)
from plano.kernel.errors import NotFound
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Role, Workspace

SHARED = ("workspace", "scope", "created_by", "modified_by")


def node_for(actor: User, node_id: UUID, at_least: Role = Role.READER, *, binned: bool = False) -> Node:
    """A living node that the actor sees; or one in the bin."""
    node = Node.objects.select_related(*SHARED).filter(id=node_id).first()
    try:
        policies.require_node(actor, node, at_least, binned=binned)
    except NotFound:
        if node is not None and _left(actor, node):
            raise NotFound("moved_away") from None
        raise
    assert node is not None
    return node


def _left(actor: User, node: Node) -> bool:
    """It went to another workspace from where the actor saw it: an old address says so (documents-8)."""
    scopes = Departure.objects.filter(node=node).values_list("scope_id", flat=True)
    return any(access.role_in(actor, scope) is not None for scope in scopes)


def lies_in(node_id: UUID, workspace_id: UUID) -> bool:
    """Whether a move stays inside a workspace; rights are asked by the action."""
    return Node.objects.filter(id=node_id, workspace_id=workspace_id).exists()


def parent_named(parent_id: UUID | None) -> Node | None:
    """The folder that a request names as a place; whether the actor may know it is asked of `policies`."""
    if parent_id is None:
        return None
    parent = Node.objects.select_related("workspace").filter(id=parent_id).first()
    if parent is None:
        raise policies.no_such_parent()
    return parent


def people_of(workspace_id: UUID, users: Iterable[User]) -> dict[UUID, NodePerson]:
    """How people stand beside documents of a workspace."""
    known = {user.id: user for user in users}
    guests = policies.guests_among(workspace_id, set(known))
    return {id: NodePerson(**PersonOut.from_model(user).model_dump(), guest=id in guests) for id, user in known.items()}


def people_named(workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, NodePerson]:
    """The same by their identifiers."""
    return {
        id: NodePerson(id=id, name=name, avatar_url=avatar_at(id, avatar), color=color, version=version, guest=guest)
        for id, name, avatar, color, version, guest in statements.many(
            statements.PEOPLE, workspace=workspace_id, ids=list(ids)
        )
    }


def node_out(node: Node) -> NodeOut:
    """The shared form of a node, for answers and frames."""
    return nodes_out([node])[0]


def nodes_out(nodes: list[Node]) -> list[NodeOut]:
    """The shared form of several nodes of one workspace."""
    if not nodes:
        return []
    shown = locks.shown(node.id for node in nodes)
    owners = User.objects.filter(id__in={lock.owner_id for lock in shown.values()}) if shown else ()
    users = [*owners, *(user for node in nodes for user in (node.created_by, node.modified_by))]
    people = people_of(nodes[0].workspace_id, users)
    plain = [name for name in NodeOut.model_fields if name not in ("access", "created_by", "modified_by", "lock")]
    return [
        NodeOut.model_validate(
            {name: getattr(node, name) for name in plain}
            | {
                "access": access_kind(own=node.has_own_scope, of=node.scope.kind, open=node.scope.open),
                "lock": lock_out(shown[node.id], people) if node.id in shown else None,
                "created_by": people[node.created_by_id],
                "modified_by": people[node.modified_by_id],
            }
        )
        for node in nodes
    ]


def nodes_anywhere_out(nodes: Iterable[Node]) -> list[NodeOut]:
    """The shared form of nodes of several workspaces, in their order."""
    by_workspace: dict[UUID, list[Node]] = {}
    ordered = list(nodes)
    for node in ordered:
        by_workspace.setdefault(node.workspace_id, []).append(node)
    outs = {out.id: out for together in by_workspace.values() for out in nodes_out(together)}
    return [outs[node.id] for node in ordered]


def lock_out(lock: locks.Held, people: dict[UUID, NodePerson]) -> LockOut:
    """How a lock is told, its owner among these people."""
    return LockOut(
        owner=people[lock.owner_id],
        reason=lock.reason,
        since=lock.created_at,
        until=lock.expires_at,
        via="web" if lock.by_browser else "dav",
    )


def node_for_me(actor: User, node: Node) -> NodeForMe:
    """One node with the way to it and what I may do."""
    role = access.role_in(actor, node.scope_id)
    if role is None:
        raise NotFound
    shared = node_out(node)
    return NodeForMe(
        **{name: getattr(shared, name) for name in NodeOut.model_fields},
        path=path_for(actor, node)[:-1],
        abilities=policies.abilities(role),
    )


def path_for(actor: User, node: Node) -> list[PathItem]:
    """The folders from the top that the actor sees down to the node itself."""
    return steps_to(node.id, access.roles_by_scope(actor, node.workspace_id))


def steps_to(node_id: UUID, scopes: Container[UUID]) -> list[PathItem]:
    """The same for somebody who sees these scopes of the workspace."""
    steps: list[PathItem] = []
    for id, name, scope_id, _, opened, _, of in statements.many(statements.ANCESTORS, id=node_id):
        if scope_id not in scopes:
            steps = []  # what lies above an invisible folder is not told either
            continue
        steps.append(_step(id, name, scope_id, opened, of))
    return steps


# The folders above some nodes, from the top.
_WAYS = """
WITH RECURSIVE up AS (
    SELECT id AS leaf, parent_id, 0 AS height FROM documents_node WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT up.leaf, p.parent_id, up.height + 1 FROM documents_node p JOIN up ON p.id = up.parent_id
    WHERE up.height < 200
)
SELECT up.leaf, p.id, p.name, p.scope_id, s.open, s.kind FROM up
JOIN documents_node p ON p.id = up.parent_id JOIN workspaces_accessscope s ON s.id = p.scope_id
ORDER BY up.leaf, up.height DESC
"""


def ways_to(ids: Iterable[UUID], scopes: Container[UUID]) -> dict[UUID, list[PathItem]]:
    """The folders above each of several nodes, as far as somebody sees them who sees these scopes; one statement."""
    ways: dict[UUID, list[PathItem]] = {id: [] for id in ids}
    for leaf, id, name, scope_id, opened, of in statements.many(_WAYS, ids=list(ways)):
        if scope_id in scopes:
            ways[leaf].append(_step(id, name, scope_id, opened, of))
        else:
            ways[leaf] = []
    return ways


def _step(id: UUID, name: str, scope_id: UUID, opened: bool, of: str) -> PathItem:
    return PathItem(id=id, name=name, access=access_kind(own=id == scope_id, of=of, open=opened))


def clash(workspace_id: UUID, parent_id: UUID | None, folded: str, *, but: UUID | None = None) -> Node | None:
    """The living node that has this name there."""
    found = Node.objects.filter(workspace_id=workspace_id, parent_id=parent_id, folded=folded, deleted_at=None)
    if but is not None:
        found = found.exclude(id=but)
    return found.select_related(*SHARED).first()


def workspace_of(workspace_id: UUID) -> Workspace:
    """For the actions of this room, after the policy said yes."""
    return Workspace.objects.get(id=workspace_id)


def scope_of(node: Node | None, workspace_id: UUID) -> AccessScope:
    """The scope that things put into this folder, or at the root, belong to."""
    return AccessScope.objects.get(id=workspace_id if node is None else node.scope_id)
