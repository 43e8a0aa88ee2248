"""Members and their roles: bring in, change, remove, leave; a workspace always keeps a manager (R-08)."""

from uuid import UUID

from django.db import IntegrityError, transaction

from plano.accounts.models import User
from plano.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from plano.kernel.schemas import Removed
from plano.platform import audit
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies, ports
from plano.workspaces.actions.scopes import emit_scopes
from plano.workspaces.live import MEMBER, MINE, WORKSPACE
from plano.workspaces.models import Membership, Role, ScopeGrant, Workspace
from plano.workspaces.schemas import MemberOut, WorkspaceOut


def add_member(*, actor: User, workspace_id: UUID, user_id: UUID, role: Role) -> Membership:
    """Bring in somebody whom the actor can find (R-10). Already there: the membership as it is."""
    policies.require_member(actor, workspace_id, Role.MANAGER)
    user = policies.acquaintances(actor).filter(id=user_id).first()
    if user is None:
        raise Invalid("person_not_found", errors={"user_id": "person_not_found"})
    with unit_of_work() as emit:
        workspace = Workspace.objects.select_for_update().get(id=workspace_id)
        existing = Membership.objects.select_related("user").filter(workspace=workspace, user=user).first()
        if existing is not None:
            return existing
        membership = join(emit=emit, workspace=workspace, user=user, role=role)
        audit.record(
            actor=actor,
            action="workspace.member_added",
            object_kind="person",
            object_id=user.id,
            workspace_id=workspace.id,
        )
    return membership


def change_role(*, actor: User, workspace_id: UUID, user_id: UUID, role: Role) -> Membership:
    """Give a member another role, never above the actor's; a workspace keeps a manager (R-08)."""
    policies.require_member(actor, workspace_id, Role.MANAGER, archived_ok=True)
    with unit_of_work() as emit:
        workspace = Workspace.objects.select_for_update().get(id=workspace_id)  # serialises changes of managers
        membership = _locked_member(workspace, user_id)
        if membership.role == role:
            return membership
        if role < Role.MANAGER:
            _require_another_manager(membership)
        before = policies.roles_by_scope(membership.user, workspace_id)
        membership.role = role
        membership.touch()
        membership.save()
        after = policies.roles_by_scope(membership.user, workspace_id)
        emit.changed(MEMBER, scope=workspace.id, data=MemberOut.from_model(membership))
        emit.changed(MINE, scope=user_id, data=policies.mine(membership))
        emit_scopes(
            emit,
            to=user_id,
            workspace_id=workspace.id,
            gained=after.keys() - before.keys(),
            lost=before.keys() - after.keys(),
        )
        audit.record(
            actor=actor,
            action="workspace.role_changed",
            object_kind="person",
            object_id=user_id,
            workspace_id=workspace.id,
            details={"role": Role(role).label},
        )
    return membership


def remove_member(*, actor: User, workspace_id: UUID, user_id: UUID) -> None:
    """Take somebody out, or leave. Effective at once in pages, sockets, downloads and calls (R-07)."""
    own = policies.membership_of(actor, workspace_id)
    if actor.id != user_id and own.role < Role.MANAGER:
        raise Forbidden("role_too_low")
    with unit_of_work() as emit:
        workspace = Workspace.objects.select_for_update().get(id=workspace_id)
        membership = _locked_member(workspace, user_id)
        _require_another_manager(membership)
        lost = policies.roles_by_scope(membership.user, workspace_id).keys()
        ScopeGrant.objects.filter(scope__workspace=workspace, user_id=user_id).delete()
        membership_id, person = membership.id, membership.user
        membership.delete()
        ports.departed(person, workspace, emit)
        ports.farewell(actor, person, workspace, lost, emit)
        emit.removed(MEMBER, scope=workspace.id, data=Removed(id=membership_id, parent_id=workspace.id))
        emit_scopes(emit, to=user_id, workspace_id=workspace.id, gained=(), lost=lost)
        emit.removed(WORKSPACE, scope=user_id, data=Removed(id=workspace.id))
        audit.record(
            actor=actor,
            action="workspace.left" if actor.id == user_id else "workspace.member_removed",
            object_kind="person",
            object_id=user_id,
            workspace_id=workspace.id,
        )


def join(*, emit: Emit, workspace: Workspace, user: User, role: Role) -> Membership:
    """Inside a unit of work: a new place for somebody. Already there: nothing changes."""
    existing = Membership.objects.select_related("user").filter(workspace=workspace, user=user).first()
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            membership = Membership.objects.create(workspace=workspace, user=user, role=role)
    except IntegrityError:  # twice at once
        return Membership.objects.select_related("user").get(workspace=workspace, user=user)
    emit.changed(MEMBER, scope=workspace.id, data=MemberOut.from_model(membership))
    emit.changed(WORKSPACE, scope=user.id, data=WorkspaceOut.from_model(workspace))
    emit.changed(MINE, scope=user.id, data=policies.mine(membership))
    emit_scopes(
        emit,
        to=user.id,
        workspace_id=workspace.id,
        gained=policies.roles_by_scope(user, workspace.id),
        lost=(),
    )
    ports.arrived(user, workspace, emit)
    return membership


def _locked_member(workspace: Workspace, user_id: UUID) -> Membership:
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(workspace=workspace, user_id=user_id)
        .first()
    )
    if membership is None:
        raise NotFound
    membership.workspace = workspace
    return membership


def _require_another_manager(membership: Membership) -> None:
    if membership.role < Role.MANAGER:
        return
    others = Membership.objects.filter(
        workspace_id=membership.workspace_id, role=Role.MANAGER, user__is_active=True
    ).exclude(id=membership.id)
    if not others.exists():
        raise Conflict("last_manager")
