"""The workspace itself: open, change, archive, reopen."""

from collections.abc import Iterable
from uuid import UUID

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden
from plano.kernel.text import slugify
from plano.platform import audit
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies, ports
from plano.workspaces.actions.members import join
from plano.workspaces.live import WORKSPACE
from plano.workspaces.models import AccessScope, Membership, Role, Room, ScopeKind, Workspace
from plano.workspaces.schemas import WorkspaceOut

RESERVED_SLUGS = {"nouveau", "new"}


def open_workspace(
    *,
    actor: User,
    id: UUID,
    name: str,
    slug: str | None = None,
    description: str = "",
    color: int = 1,
    rooms: Iterable[str] = Room.values,
) -> Workspace:
    """Open a workspace; who opens it is its manager. Sent again with the same id: the same workspace."""
    existing = Workspace.objects.filter(id=id).first()
    if existing is not None:
        return _same_or_conflict(actor, existing)
    if not policies.may_open_workspaces(actor):
        raise Forbidden("guests_open_no_workspace")
    if slug is not None and (slug in RESERVED_SLUGS or Workspace.objects.filter(slug=slug).exists()):
        raise Conflict("slug_taken", errors={"slug": "slug_taken"})
    with unit_of_work() as emit:
        workspace = Workspace.objects.create(
            id=id,
            slug=slug or _free_slug(name),
            name=name,
            description=description,
            color=color,
            rooms=[room for room in Room.values if room in set(rooms)],
            created_by=actor,
        )
        AccessScope.objects.create(id=workspace.id, kind=ScopeKind.WORKSPACE, workspace=workspace, open=True)
        join(emit=emit, workspace=workspace, user=actor, role=Role.MANAGER)
        ports.born(actor, workspace, emit)
        audit.record(
            actor=actor,
            action="workspace.opened",
            object_kind="workspace",
            object_id=workspace.id,
            workspace_id=workspace.id,
        )
    return workspace


def update_workspace(
    *,
    actor: User,
    workspace_id: UUID,
    name: str | None = None,
    description: str | None = None,
    color: int | None = None,
    rooms: Iterable[str] | None = None,
) -> Membership:
    """Change what is given, field by field: two managers who edit two fields both win."""
    membership = policies.require_member(actor, workspace_id, Role.MANAGER)
    with unit_of_work() as emit:
        workspace = Workspace.objects.select_for_update().get(id=workspace_id)
        if name is not None:
            workspace.name = name
        if description is not None:
            workspace.description = description
        if color is not None:
            workspace.color = color
        if rooms is not None:
            workspace.rooms = [room for room in Room.values if room in set(rooms)]
        workspace.touch()
        workspace.save()
        _tell_all(emit, workspace)
    membership.workspace = workspace
    return membership


def archive_workspace(*, actor: User, workspace_id: UUID) -> Membership:
    """Read-only for all, managers included, until it is reopened."""
    return _set_archived(actor=actor, workspace_id=workspace_id, archived=True)


def reopen_workspace(*, actor: User, workspace_id: UUID) -> Membership:
    """Back to work."""
    return _set_archived(actor=actor, workspace_id=workspace_id, archived=False)


def _tell_all(emit: Emit, workspace: Workspace) -> None:
    """The workspace itself, to its members by its scope and to its guests by their own."""
    data = WorkspaceOut.from_model(workspace)
    emit.changed(WORKSPACE, scope=workspace.id, data=data)
    guests = Membership.objects.filter(workspace=workspace, role=Role.GUEST).values_list("user_id", flat=True)
    for user_id in guests[:90]:
        emit.changed(WORKSPACE, scope=user_id, data=data)


def _set_archived(*, actor: User, workspace_id: UUID, archived: bool) -> Membership:
    membership = policies.require_member(actor, workspace_id, Role.MANAGER, archived_ok=True)
    with unit_of_work() as emit:
        workspace = Workspace.objects.select_for_update().get(id=workspace_id)
        if (workspace.archived_at is not None) != archived:
            workspace.archived_at = now() if archived else None
            workspace.touch()
            workspace.save()
            _tell_all(emit, workspace)
            audit.record(
                actor=actor,
                action="workspace.archived" if archived else "workspace.reopened",
                object_kind="workspace",
                object_id=workspace.id,
                workspace_id=workspace.id,
            )
    membership.workspace = workspace
    return membership


def _free_slug(name: str) -> str:
    base = slugify(name, limit=50) or "espace"
    slug, count = base, 1
    while slug in RESERVED_SLUGS or Workspace.objects.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    return slug


def _same_or_conflict(actor: User, workspace: Workspace) -> Workspace:
    if workspace.created_by_id != actor.id:
        raise Conflict("identifier_in_use")
    return workspace
