"""Folders and documents: create, rename, move, copy."""

from uuid import UUID

from django.db.models import F

from plano.accounts.models import User
from plano.documents import names, policies, queries, statements
from plano.documents.actions.activity import record_activity, record_move
from plano.documents.actions.locks import require_place_unlocked, require_unlocked, unlock_moved
from plano.documents.actions.tree import (
    free_name,
    living_parent,
    lock_tree,
    locked,
    require_depth,
    taken,
    unique_name,
)
from plano.documents.live import NODE
from plano.documents.models import Kind, Node, Verb
from plano.documents.schemas import OnConflict
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Invalid, PreconditionFailed
from plano.kernel.schemas import Removed
from plano.notifications.actions import moved_to_scope
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import actions as workspaces
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Role, ScopeKind


def create_node(
    *,
    actor: User,
    workspace_id: UUID,
    id: UUID,
    kind: Kind,
    name: str,
    parent_id: UUID | None = None,
    on_conflict: OnConflict = "refuse",
    restricted: bool = False,
) -> Node:
    """A folder, or a document without content yet. `reuse` gives the folder that is there already.

    A restricted folder is private from birth: nobody sees it for an instant who may not.
    """
    name = names.clean(name)
    parent = queries.parent_named(parent_id)
    policies.require_place(actor, workspace_id, parent, Role.MANAGER if restricted else Role.MEMBER)
    if restricted and kind != Kind.FOLDER:
        raise Invalid("only_folders", errors={"restricted": "only_folders"})
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=on_conflict == "keep_both")  # who looks for a free name looks alone
        existing = Node.objects.select_related("workspace", "scope", "created_by", "modified_by").filter(id=id).first()
        if existing is not None:
            return same(actor, existing, workspace_id, parent_id, kind)
        policies.require_new_id(id)
        parent = living_parent(parent_id)
        require_depth(parent)
        other = queries.clash(workspace_id, parent_id, names.key(name))
        if other is not None and on_conflict == "keep_both":
            name = free_name(workspace_id, parent_id, name)
        elif other is not None:
            visible = access.role_in(actor, other.scope_id) is not None
            if on_conflict == "reuse" and visible and kind == other.kind == Kind.FOLDER:
                return other
            raise taken(actor, other)
        require_place_unlocked(actor, workspace_id, parent_id)
        node = born(
            emit,
            actor=actor,
            id=id,
            workspace_id=workspace_id,
            parent=parent,
            kind=kind,
            name=name,
            restricted=restricted,
        )
        record_activity(actor=actor, node=node, verb=Verb.CREATED)
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return node


def born(
    emit: Emit,
    *,
    actor: User,
    id: UUID,
    workspace_id: UUID,
    parent: Node | None,
    kind: Kind,
    name: str,
    restricted: bool = False,
) -> Node:
    """Inside a unit of work: the row. The caller emits it when it is as it should be."""
    workspace = queries.workspace_of(workspace_id)
    scope = queries.scope_of(parent, workspace_id)
    if restricted:
        scope = workspaces.create_scope(emit=emit, id=id, kind=ScopeKind.FOLDER, workspace=workspace, open=False)
        workspaces.grant_scope(emit=emit, scope=scope, user=actor, role=Role.MANAGER, granted_by=actor)
    parent_id = None if parent is None else parent.id
    with unique_name(actor, workspace_id, parent_id, name):
        return Node.objects.create(
            id=id,
            workspace=workspace,
            scope=scope,
            parent=parent,
            kind=kind,
            name=name,
            folded=names.key(name),
            created_by=actor,
            modified_by=actor,
        )


def update_node(
    *,
    actor: User,
    node_id: UUID,
    name: str | None = None,
    move: bool = False,
    parent_id: UUID | None = None,
    keep_both: bool = False,
    expected: int | None = None,
) -> Node:
    """Rename, move, or both. `expected` is the version that the actor believes current; else 412."""
    node = queries.node_for(actor, node_id, Role.MEMBER)
    if name is not None:
        name = names.clean(name)
    target = queries.parent_named(parent_id) if move else None
    if move:
        policies.require_place(actor, node.workspace_id, target)  # R-13
    with unit_of_work() as emit:
        lock_tree(node.workspace_id, shape=move or keep_both)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        if expected is not None and expected != node.version:
            raise PreconditionFailed(errors={"current": queries.node_out(node).model_dump(mode="json")})
        target = living_parent(parent_id) if move else None
        if move:
            policies.require_place(actor, node.workspace_id, target)
            _require_outside(node, target)
        place = parent_id if move else node.parent_id
        wanted = name if name is not None else node.name
        if (wanted, place) == (node.name, node.parent_id):
            return node
        policies.require_not_of_conversation(node)
        require_unlocked(actor, node, inside=True, place=True)
        if move:
            require_place_unlocked(actor, node.workspace_id, parent_id)
        other = queries.clash(node.workspace_id, place, names.key(wanted), but=node.id)
        if other is not None:
            if not keep_both:
                raise taken(actor, other)
            wanted = free_name(node.workspace_id, place, wanted, but=node.id)
        before, named, left = node.scope_id, node.name, node.parent_id
        node.name, node.folded = wanted, names.key(wanted)
        if move:
            node.parent_id = parent_id
            _require_not_wider(node, target)
            _follow_scope(node, target)
        node.touch()
        node.modified_by, node.modified_at = (node.modified_by, node.modified_at) if move else (actor, node.updated_at)
        with unique_name(actor, node.workspace_id, place, wanted):
            node.save()
        unlock_moved(node)
        if wanted != named:
            record_activity(actor=actor, node=node, verb=Verb.RENAMED, before=named, after=wanted)
        if place != left:
            record_move(actor=actor, node=node, left=left)
        tell(emit, node, before)
    return node


def tell(emit: Emit, node: Node, before: UUID) -> None:
    """The node as it is, in its scope; gone, in the scope that it left."""
    if before != node.scope_id:
        emit.removed(NODE, scope=before, data=Removed(id=node.id, parent_id=node.parent_id))
    emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))


def rescope(node: Node, scope_id: UUID) -> None:
    """The node and what shares its scope below it get another scope, in one statement."""
    before = node.scope_id
    inside = inherited(node.id, before)
    Node.objects.filter(id__in=inside).exclude(id=node.id).update(
        scope_id=scope_id, version=F("version") + 1, updated_at=now()
    )
    node.scope = AccessScope.objects.get(id=scope_id)
    moved_to_scope(inside, scope_id)


def inherited(node_id: UUID, scope_id: UUID) -> list[UUID]:
    """The node and what hangs on it in the same scope, the bin included."""
    return [id for id, scope, _ in statements.many(statements.SUBTREE, id=node_id) if scope == scope_id]


def _follow_scope(node: Node, target: Node | None) -> None:
    """A node without people of its own belongs to the scope of where it lies."""
    scope_id = node.workspace_id if target is None else target.scope_id
    if not node.has_own_scope and node.scope_id != scope_id:
        rescope(node, scope_id)


def _require_not_wider(node: Node, target: Node | None) -> None:
    """A folder opened to the workspace never goes into one that is not (documents-9)."""
    opened = node.has_own_scope and node.scope.open and target is not None
    if opened and not AccessScope.objects.get(id=target.scope_id if target else node.scope_id).open:
        raise Conflict("wider_than_parent")


def _require_outside(node: Node, target: Node | None) -> None:
    if target is None:
        return
    ancestors = statements.many(statements.ANCESTORS, id=target.id)
    if node.id in {row[0] for row in ancestors}:
        raise Conflict("into_itself", errors={"parent_id": "into_itself"})
    require_depth(target)


def same(actor: User, node: Node, workspace_id: UUID, parent_id: UUID | None, kind: Kind) -> Node:
    """A creation that was sent again; anything else under this id is a conflict (R-131)."""
    same = (node.created_by_id, node.workspace_id, node.kind) == (actor.id, workspace_id, kind)
    if not same or node.deleted_at is not None:
        raise Conflict("identifier_in_use")
    return node
