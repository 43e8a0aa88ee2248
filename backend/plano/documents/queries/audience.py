"""The people of a node now and after a change, for whoever may make it."""

from collections.abc import Iterable
from uuid import UUID

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.documents import policies, statements
from plano.documents.models import Kind, Node, ShareLink
from plano.documents.queries.nodes import node_for, parent_named
from plano.documents.queries.shares import troubles
from plano.documents.schemas import Affected, Change, DeletionOut, EffectOut
from plano.kernel.errors import Conflict, Invalid, NotFound
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
    there = _scope_there(node, change, workspace_id or node.workspace_id, parent_id)
    return _compare(actor, node, before, after, change, there)


def deletion_for(actor: User, workspace_id: UUID, node_ids: list[UUID]) -> DeletionOut:
    """What goes to the bin with these, of what the actor sees (documents-7, R-06)."""
    policies.room_of(actor, workspace_id)
    roles = access.roles_by_scope(actor, workspace_id)
    tops = Node.objects.filter(id__in=node_ids, workspace_id=workspace_id, deleted_at=None, scope_id__in=list(roles))
    asked = dict(tops.values_list("id", "scope_id"))
    seen = statements.many(_INSIDE, ids=list(asked), scopes=list(roles))
    if not seen:
        raise NotFound
    people: set[UUID] = set()
    for scope_id in {scope for _, _, scope in seen}:
        if scope_id in asked.values():
            access.require_role(actor, scope_id, Role.MEMBER)
        people |= set(access.viewers_of_scope(scope_id).values_list("id", flat=True))
    return DeletionOut(
        documents=sum(kind == Kind.DOCUMENT for _, kind, _ in seen),
        folders=sum(kind == Kind.FOLDER for _, kind, _ in seen),
        people=len(people - {actor.id}),
        links=len(_living(id for id, _, _ in seen)),
    )


# What hangs on some nodes and is seen, once each, themselves included.
_INSIDE = """
WITH RECURSIVE down AS (
    SELECT id, kind, scope_id FROM documents_node WHERE id = ANY(%(ids)s)
    UNION
    SELECT n.id, n.kind, n.scope_id FROM documents_node n JOIN down ON n.parent_id = down.id WHERE n.deleted_at IS NULL
)
SELECT id, kind, scope_id FROM down WHERE scope_id = ANY(%(scopes)s)
"""


def _living(node_ids: Iterable[UUID]) -> list[ShareLink]:
    links = list(ShareLink.objects.filter(node_id__in=list(node_ids), stopped_at=None))
    wrong = troubles(link.id for link in links)
    return [link for link in links if wrong[link.id] == ""]


def _scope_there(node: Node, change: Change, workspace_id: UUID, parent_id: UUID | None) -> UUID | None:
    """The scope that what shares the node's scope will have; None when nothing is left of it."""
    if change in ("delete", "copy") or workspace_id != node.workspace_id:
        return None if change != "copy" else node.scope_id
    if change in ("restrict", "open"):
        return node.id
    if change == "inherit" or (change == "move" and not node.has_own_scope):
        above = parent_named(node.parent_id if change == "inherit" else parent_id)
        return node.workspace_id if above is None else above.scope_id
    return node.scope_id


def _stopped(node: Node, seen: list[UUID], after: list[Reason], change: Change, there: UUID | None) -> int:
    """How many links stop: with another audience, in another workspace, or when their maker may not write any more."""
    if change == "copy":
        return 0
    writers = {reason.user.id for reason in after if reason.role >= Role.MEMBER}

    def stops(link: ShareLink) -> bool:
        if there is None:
            return True
        return link.scope_id == node.scope_id and (there != link.scope_id or link.created_by_id not in writers)

    return sum(stops(link) for link in _living(seen))


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


def _compare(
    actor: User, node: Node, before: list[Reason], after: list[Reason], change: Change, there: UUID | None
) -> EffectOut:
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
        links=_stopped(node, [node.id, *(id for _, id, _ in kinds)], after, change, there),
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
