"""To another workspace: content, versions and addresses stay, the audience is the new place's (documents-8, C12)."""

from uuid import UUID

from django.db.models import F

from plano.accounts.models import User
from plano.documents import names, policies, queries, statements
from plano.documents.actions.activity import record_activity
from plano.documents.actions.bin import MAX_SCOPES
from plano.documents.actions.contents import release, reserve
from plano.documents.actions.fields import carry_values
from plano.documents.actions.locks import require_place_unlocked, require_unlocked, unlock_moved
from plano.documents.actions.tree import free_name, living_parent, lock_trees, locked, require_depth, taken, unique_name
from plano.documents.live import NODE
from plano.documents.models import Departure, Node, Upload, Verb, Version
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, PreconditionFailed
from plano.kernel.schemas import Removed
from plano.notifications.actions import moved_to_scope
from plano.platform import audit
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import actions as workspaces
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Role


def move_across(
    *,
    actor: User,
    node_id: UUID,
    workspace_id: UUID,
    parent_id: UUID | None = None,
    keep_both: bool = False,
    expected: int | None = None,
) -> Node:
    """Into another workspace, with all that hangs on it. Asks for the right to write on both sides (R-13).

    Folders inside with people of their own keep those who are in the new workspace, and who moves them; somebody who
    may not manage one of them cannot take it along.
    """
    before = queries.node_for(actor, node_id, Role.MEMBER)
    policies.require_place(actor, workspace_id, queries.parent_named(parent_id))
    with unit_of_work() as emit:
        lock_trees(before.workspace_id, workspace_id)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        if expected is not None and expected != node.version:
            raise PreconditionFailed(errors={"current": queries.node_out(node).model_dump(mode="json")})
        policies.require_not_of_conversation(node)
        target = living_parent(parent_id)
        policies.require_place(actor, workspace_id, target)
        require_depth(target)
        require_unlocked(actor, node, inside=True, place=True)
        require_place_unlocked(actor, workspace_id, parent_id)
        inside = statements.many(statements.SUBTREE, id=node.id)
        own = _movable_scopes(actor, node, inside)
        name = _name_there(actor, node, workspace_id, parent_id, keep_both=keep_both)
        left, left_workspace = node.scope_id, node.workspace_id
        place = AccessScope.objects.select_related("workspace").get(
            id=workspace_id if target is None else target.scope_id
        )
        ids = [id for id, _, _ in inside]
        _carry_space(ids, left_workspace, workspace_id)
        for scope in own:
            _carry_scope(emit, actor, scope, place)
        Node.objects.filter(id__in=ids, scope_id=left).exclude(id=F("scope_id")).update(scope_id=place.id)
        moved_to_scope([id for id, scope, _ in inside if scope == left and id != scope], place.id)
        carry_values(ids, workspace_id)
        below = Node.objects.filter(id__in=ids).exclude(id=node.id)
        below.update(workspace_id=workspace_id, version=F("version") + 1, updated_at=now())
        Upload.objects.filter(parent_id__in=ids).update(parent=None)  # their authors are asked for a place
        Departure.objects.bulk_create([Departure(node_id=id, scope_id=left) for id in ids], ignore_conflicts=True)
        with unique_name(actor, workspace_id, parent_id, name):
            Node.objects.filter(id=node.id).update(
                workspace_id=workspace_id,
                parent=target,
                name=name,
                folded=names.key(name),
                version=F("version") + 1,
                updated_at=now(),
            )
        node = locked(node_id)
        unlock_moved(node)
        emit.removed(NODE, scope=left, data=Removed(id=node.id, parent_id=before.parent_id))
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
        for scope in own:
            if scope.id != node.id:
                emit.changed(NODE, scope=scope.id, data=queries.node_out(locked(scope.id)))
        record_activity(actor=actor, node=node, verb=Verb.MOVED, left=before.parent_id)
        _journal(actor, "document.moved_out", node, left_workspace)
        _journal(actor, "document.moved_in", node, workspace_id)
    return node


def _movable_scopes(actor: User, node: Node, inside: list[tuple[UUID, UUID, UUID | None]]) -> list[AccessScope]:
    """The scopes of folders in the tree; the actor manages each, or nothing moves."""
    own = list(AccessScope.objects.filter(id__in=[id for id, scope, _ in inside if id == scope]).order_by("id"))
    policies.require_none_of_conversation(scope.id for scope in own)
    if len(own) > MAX_SCOPES // 3:
        raise Conflict("too_many_restricted_folders")
    roles = access.roles_by_scope(actor, node.workspace_id)
    if any(roles.get(scope.id, Role.GUEST) < Role.MANAGER for scope in own):
        raise Conflict("restricted_inside")
    return own


def _name_there(actor: User, node: Node, workspace_id: UUID, parent_id: UUID | None, *, keep_both: bool) -> str:
    other = queries.clash(workspace_id, parent_id, names.key(node.name))
    if other is None:
        return node.name
    if not keep_both:
        raise taken(actor, other)
    return free_name(workspace_id, parent_id, node.name)


def _carry_space(ids: list[UUID], source: UUID, target: UUID) -> None:
    """Bytes count where they are held: both workspaces when a copy stayed behind (R-12)."""
    sizes = dict(Version.objects.filter(node_id__in=ids).values_list("blob", "size"))
    others = Version.objects.filter(blob__in=list(sizes)).exclude(node_id__in=ids)
    there = set(others.filter(node__workspace_id=target).values_list("blob", flat=True))
    here = set(others.filter(node__workspace_id=source).values_list("blob", flat=True))
    reserve(target, sum(size for blob, size in sizes.items() if blob not in there))
    release(source, sum(size for blob, size in sizes.items() if blob not in here))


def _carry_scope(emit: Emit, actor: User, scope: AccessScope, place: AccessScope) -> None:
    """A folder's own scope goes along, never wider than where it arrives (documents-9)."""
    kept = set(queries.kept_grants(actor, scope.id, place.workspace_id))
    workspaces.carry_scope(emit=emit, scope=scope, to=place.workspace, open=scope.open and place.open, kept=kept)
    workspaces.grant_scope(emit=emit, scope=scope, user=actor, role=Role.MANAGER, granted_by=actor)


def _journal(actor: User, action: str, node: Node, workspace_id: UUID) -> None:
    audit.record(actor=actor, action=action, object_kind=node.kind, object_id=node.id, workspace_id=workspace_id)
