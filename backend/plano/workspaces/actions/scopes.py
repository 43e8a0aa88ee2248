"""Access scopes and grants: who is in which set of people."""

from collections.abc import Iterable
from uuid import UUID

from plano.accounts.models import User
from plano.kernel.errors import Invalid
from plano.kernel.ids import uuid7
from plano.platform.live import Emit
from plano.workspaces import policies
from plano.workspaces.live import SCOPES
from plano.workspaces.models import AccessScope, Membership, Role, ScopeGrant, ScopeKind, Workspace
from plano.workspaces.schemas import ScopesOut


def create_scope(*, emit: Emit, id: UUID, kind: ScopeKind, workspace: Workspace, open: bool) -> AccessScope:
    """A new access scope. Open: every reader and up of the workspace hears of it at once."""
    scope = AccessScope.objects.create(id=id, kind=kind, workspace=workspace, open=open)
    if open:
        emit_scopes(emit, to=workspace.id, workspace_id=workspace.id, gained=[id], lost=())
    return scope


def grant_scope(*, emit: Emit, scope: AccessScope, user: User, role: Role, granted_by: User) -> ScopeGrant:
    """Give a member or guest of the workspace a role of their own in one scope."""
    if not Membership.objects.filter(workspace_id=scope.workspace_id, user=user).exists():
        raise Invalid("not_a_member", errors={"user_id": "not_a_member"})
    grant, created = ScopeGrant.objects.update_or_create(
        scope=scope,
        user=user,
        defaults={"role": role},
        create_defaults={"id": uuid7(), "role": role, "granted_by": granted_by},
    )
    if created:
        emit_scopes(emit, to=user.id, workspace_id=scope.workspace_id, gained=[scope.id], lost=())
    return grant


def revoke_scope(*, emit: Emit, scope: AccessScope, user: User) -> None:
    """Take the person's own role in one scope away; what the workspace role gives stays."""
    ScopeGrant.objects.filter(scope=scope, user=user).delete()
    if policies.role_in(user, scope.id) is None:
        emit_scopes(emit, to=user.id, workspace_id=scope.workspace_id, gained=(), lost=[scope.id])


def set_scope_open(*, emit: Emit, scope: AccessScope, open: bool) -> None:
    """Open a scope to the workspace, or close it to all but its grants."""
    if scope.open == open:
        return
    scope.open = open
    scope.save(update_fields=["open"])
    changed = [scope.id]
    emit_scopes(
        emit,
        to=scope.workspace_id,
        workspace_id=scope.workspace_id,
        gained=changed if open else (),
        lost=() if open else changed,
    )
    if not open:
        for user_id in ScopeGrant.objects.filter(scope=scope).values_list("user_id", flat=True):
            emit_scopes(emit, to=user_id, workspace_id=scope.workspace_id, gained=changed, lost=())


def carry_scope(*, emit: Emit, scope: AccessScope, to: Workspace, open: bool, kept: set[UUID]) -> None:
    """A scope goes to another workspace with those of its people who are `kept`; the others hear that it is gone."""
    source = scope.workspace_id
    people = {grant.user_id: grant.user for grant in scope.grants.select_related("user")}
    for id, user in people.items():
        if id not in kept:
            revoke_scope(emit=emit, scope=scope, user=user)
        else:
            emit_scopes(emit, to=id, workspace_id=source, gained=(), lost=[scope.id])
    if scope.open:
        emit_scopes(emit, to=source, workspace_id=source, gained=(), lost=[scope.id])
    scope.workspace, scope.open = to, open
    scope.save(update_fields=["workspace", "open"])
    if open:
        emit_scopes(emit, to=to.id, workspace_id=to.id, gained=[scope.id], lost=())
    for id in kept & set(people):
        emit_scopes(emit, to=id, workspace_id=to.id, gained=[scope.id], lost=())


def emit_scopes(emit: Emit, *, to: UUID, workspace_id: UUID, gained: Iterable[UUID], lost: Iterable[UUID]) -> None:
    """Tell the people of a stream which scopes they gained and lost; the socket follows in the same moment."""
    body = ScopesOut(workspace_id=workspace_id, gained=sorted(gained), lost=sorted(lost))
    if body.gained or body.lost:
        emit.changed(SCOPES, scope=to, data=body)
