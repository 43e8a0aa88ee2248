"""The people of a node now and after a change, for whoever may make it."""

from uuid import UUID

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.documents import policies, statements
from plano.documents.models import Kind, Node
from plano.documents.queries.nodes import node_for, parent_named
from plano.documents.schemas import Affected, Change, EffectOut
from plano.kernel.errors import Conflict, Invalid
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Membership, Role
from plano.workspaces.policies import Reason
from plano.workspaces.schemas import role_name

_OF_PLACES: tuple[Change, ...] = ("move", "copy", "delete")


def effect_for(
    actor: User,
    node_id: UUID,
    change: Change,
    *,
    user_id: UUID | None = None,
    role: Role | None = None,
    workspace_id: UUID | None = None,
    parent_id: UUID | None = None,
) -> EffectOut:
    """Who gains and who loses. Asked with the rights that the change itself needs (R-13)."""
    needed = Role.READER if change == "copy" else Role.MEMBER if change in _OF_PLACES else Role.MANAGER
    node = node_for(actor, node_id, needed)
    before = access.explain_scope(node.scope_id)
    if change == "delete":
        after: list[Reason] = []
    elif change in ("move", "copy"):
        after = _after_move(actor, node, workspace_id or node.workspace_id, parent_id, copy=change == "copy")
    else:
        after = _after_access(actor, node, change, user_id, role)
    return _compare(actor, node, before, after)


def _after_access(actor: User, node: Node, change: Change, user_id: UUID | None, role: Role | None) -> list[Reason]:
    if node.kind != Kind.FOLDER:
        raise Invalid("only_folders")
    grants = access.grants_of(node.id)
    if change == "inherit":
        above = None if node.parent_id is None else Node.objects.get(id=node.parent_id)
        return access.explain_scope(node.workspace_id if above is None else above.scope_id)
    if change == "restrict":
        return access.explain(node.workspace, open=False, grants=grants | {actor.id: Role.MANAGER})
    if change == "open":
        return access.explain(node.workspace, open=True, grants=grants)
    if not node.has_own_scope:
        raise Conflict("access_is_inherited")
    if user_id is None or (change == "grant" and role is None):
        raise Invalid("user_missing", errors={"user_id": "user_missing"})
    grants = {id: held for id, held in grants.items() if id != user_id}
    if change == "grant" and role is not None:
        grants[user_id] = role
    return access.explain(node.workspace, open=node.scope.open, grants=grants)


def _after_move(actor: User, node: Node, workspace_id: UUID, parent_id: UUID | None, *, copy: bool) -> list[Reason]:
    target = parent_named(parent_id)
    policies.require_place(actor, workspace_id, target)
    place = AccessScope.objects.select_related("workspace").get(id=workspace_id if target is None else target.scope_id)
    if copy or not node.has_own_scope:
        return access.explain_scope(place.id)
    if workspace_id == node.workspace_id:
        return access.explain_scope(node.scope_id)
    grants = kept_grants(actor, node.id, workspace_id)
    return access.explain(place.workspace, open=node.scope.open and place.open, grants=grants)


def kept_grants(actor: User, scope_id: UUID, workspace_id: UUID) -> dict[UUID, int]:
    """The grants of a folder that goes to another workspace: of its members only; who moves it keeps it."""
    members = set(Membership.objects.filter(workspace_id=workspace_id).values_list("user_id", flat=True))
    kept = {id: role for id, role in access.grants_of(scope_id).items() if id in members}
    return kept | {actor.id: Role.MANAGER}


def _compare(actor: User, node: Node, before: list[Reason], after: list[Reason]) -> EffectOut:
    was = {reason.user.id: reason for reason in before}
    will = {reason.user.id: reason for reason in after}
    lines = [
        _line(was.get(id), will.get(id))
        for id in [reason.user.id for reason in after] + [id for id in was if id not in will]
        if (was[id].role if id in was else None) != (will[id].role if id in will else None)
    ]
    below = [row[0] for row in statements.many(statements.SUBTREE, id=node.id) if row[2] is None and row[0] != node.id]
    seen = Node.objects.filter(id__in=below, scope_id__in=access.visible_scope_ids(actor, node.workspace_id))
    kinds = list(seen.values_list("kind", "id", "scope_id"))
    return EffectOut(
        before=len(was),
        after=len(will),
        gains=[line for line in lines if line.before is None],
        loses=[line for line in lines if line.after is None],
        changes=[line for line in lines if line.before is not None and line.after is not None],
        folders=sum(id == scope for _, id, scope in kinds),
        documents=sum(kind == Kind.DOCUMENT for kind, _, _ in kinds),
    )


def _line(was: Reason | None, will: Reason | None) -> Affected:
    reason = will or was
    assert reason is not None
    return Affected(
        person=PersonOut.from_model(reason.user),
        guest=reason.guest,
        before=None if was is None else role_name(was.role),
        after=None if will is None else role_name(will.role),
    )
