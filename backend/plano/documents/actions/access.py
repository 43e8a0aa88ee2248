"""A folder with people of its own: opened to named guests, or restricted to named members."""

from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, queries, statements
from plano.documents.actions import journal
from plano.documents.actions.activity import record_activity
from plano.documents.actions.nodes import rescope, tell
from plano.documents.actions.tree import lock_tree, locked
from plano.documents.live import NODE
from plano.documents.models import Kind, Node, Verb
from plano.kernel.errors import Conflict, Invalid
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import actions as workspaces
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Membership, Role, ScopeGrant, ScopeKind

MAX_INSIDE = 30


def set_access(*, actor: User, node_id: UUID, open: bool) -> Node:
    """Give a folder its own access, or open or restrict the one it has. Who restricts it keeps it by name."""
    workspace_id = _manageable(actor, node_id).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MANAGER)
        _require_not_wider(node, open=open)
        before = node.scope_id
        if not node.has_own_scope:
            scope = workspaces.create_scope(
                emit=emit, id=node.id, kind=ScopeKind.FOLDER, workspace=node.workspace, open=open
            )
        else:
            scope = node.scope
        if not open:
            _keep(emit, scope, actor)
        workspaces.set_scope_open(emit=emit, scope=scope, open=open)
        rescope(node, scope.id)
        node.touch()
        node.save()
        tell(emit, node, before)
        if not open:
            _close_inside(emit, actor, node)
        record_activity(actor=actor, node=node, verb=Verb.ACCESS, what="opened" if open else "restricted")
        journal.note(actor, "document.access_changed", node, open=open)
    return node


def _close_inside(emit: Emit, actor: User, node: Node) -> None:
    """Folders inside that were opened to the workspace are not any more; those named in them stay (documents-9)."""
    ids = [id for id, scope, _ in statements.many(statements.SUBTREE, id=node.id) if id == scope and id != node.id]
    opened = list(AccessScope.objects.filter(id__in=ids, open=True, kind=ScopeKind.FOLDER)[: MAX_INSIDE + 1])
    if len(opened) > MAX_INSIDE:
        raise Conflict("too_many_restricted_folders")  # some would have stayed open inside a restricted one
    for scope in opened:
        _keep(emit, scope, actor)
        workspaces.set_scope_open(emit=emit, scope=scope, open=False)
        _changed(emit, locked(scope.id))


def inherit_access(*, actor: User, node_id: UUID) -> Node:
    """Back to the access of the folder above."""
    workspace_id = _manageable(actor, node_id).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MANAGER)
        if not node.has_own_scope:
            return node
        target = workspace_id if node.parent_id is None else Node.objects.get(id=node.parent_id).scope_id
        access.require_role(actor, target, Role.MANAGER)  # what it means to make it there
        scope = node.scope
        rescope(node, target)
        node.touch()
        node.save()
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
        drop_scope(emit, scope)
        record_activity(actor=actor, node=node, verb=Verb.ACCESS, what="inherited")
        journal.note(actor, "document.access_inherited", node)
    return node


def grant_access(*, actor: User, node_id: UUID, user_id: UUID, role: Role) -> Node:
    """Let one person of the workspace into a folder that has its own access, in this role."""
    workspace_id = _manageable(actor, node_id).workspace_id
    member = Membership.objects.select_related("user").filter(workspace_id=workspace_id, user_id=user_id).first()
    if member is None:
        raise Invalid("not_a_member", errors={"user_id": "not_a_member"})
    if member.role == Role.GUEST and role > Role.MEMBER:
        raise Invalid("guests_manage_nothing", errors={"role": "guests_manage_nothing"})
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = _with_own_scope(actor, node_id)
        if user_id == actor.id and role < Role.MANAGER:
            _require_another_manager(node, user_id)
        workspaces.grant_scope(emit=emit, scope=node.scope, user=member.user, role=role, granted_by=actor)
        _changed(emit, node)
        record_activity(actor=actor, node=node, verb=Verb.ACCESS, what="granted", person=str(user_id))
        journal.note(actor, "document.access_granted", node, role=role.label, person=str(user_id))
    return node


def revoke_access(*, actor: User, node_id: UUID, user_id: UUID) -> Node:
    """Take a person's own access to a folder away; effective at once (R-07)."""
    workspace_id = _manageable(actor, node_id).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = _with_own_scope(actor, node_id)
        user = User.objects.filter(id=user_id, scope_grants__scope_id=node.id).first()
        if user is None:
            return node
        _require_another_manager(node, user_id)
        workspaces.revoke_scope(emit=emit, scope=node.scope, user=user)
        _changed(emit, node)
        record_activity(actor=actor, node=node, verb=Verb.ACCESS, what="revoked", person=str(user_id))
        journal.note(actor, "document.access_revoked", node, person=str(user_id))
    return node


def drop_scope(emit: Emit, scope: AccessScope) -> None:
    """Inside a unit of work: a scope that holds nothing any more; its people hear that it is gone."""
    people = list(ScopeGrant.objects.filter(scope=scope).values_list("user_id", flat=True))
    if scope.open:
        workspaces.emit_scopes(emit, to=scope.workspace_id, workspace_id=scope.workspace_id, gained=(), lost=[scope.id])
    for user_id in people:
        workspaces.emit_scopes(emit, to=user_id, workspace_id=scope.workspace_id, gained=(), lost=[scope.id])
    scope.delete()


def _manageable(actor: User, node_id: UUID) -> Node:
    node = queries.node_for(actor, node_id, Role.MANAGER)
    if node.kind != Kind.FOLDER:
        raise Invalid("only_folders")
    policies.require_not_of_conversation(node)
    return node


def _with_own_scope(actor: User, node_id: UUID) -> Node:
    node = locked(node_id)
    policies.require_node(actor, node, Role.MANAGER)
    if not node.has_own_scope:
        raise Conflict("access_is_inherited")
    return node


def _keep(emit: Emit, scope: AccessScope, actor: User) -> None:
    grant = ScopeGrant.objects.filter(scope=scope, user=actor).first()
    if grant is None or grant.role < Role.MANAGER:
        workspaces.grant_scope(emit=emit, scope=scope, user=actor, role=Role.MANAGER, granted_by=actor)


def _require_not_wider(node: Node, *, open: bool) -> None:
    """A folder inside a restricted one is never opened to the workspace (documents-9)."""
    if (
        open
        and node.parent_id is not None
        and not Node.objects.select_related("scope").get(id=node.parent_id).scope.open
    ):
        raise Conflict("wider_than_parent")


def _require_another_manager(node: Node, user_id: UUID) -> None:
    """A restricted folder keeps somebody who can let others in."""
    if node.scope.open:
        return
    others = ScopeGrant.objects.filter(scope_id=node.id, role=Role.MANAGER, user__is_active=True)
    if not others.exclude(user_id=user_id).exists():
        raise Conflict("last_manager_of_folder")


def _changed(emit: Emit, node: Node) -> None:
    node.touch()
    node.save()
    emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
