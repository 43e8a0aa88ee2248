"""Who may do what on a board: readers look, members work, managers shape its columns."""

from uuid import UUID

from plano.accounts.models import User
from plano.kernel.errors import NotFound
from plano.tasks.models import Task
from plano.tasks.schemas import BoardAbilities, TaskAbilities
from plano.workspaces import policies as access
from plano.workspaces.models import Role, Room, Workspace


def require_board(actor: User, workspace_id: UUID, at_least: Role = Role.READER) -> Workspace:
    """The workspace of a board that the actor sees; a room that is switched off answers like absent (R-03)."""
    return access.require_place(actor, workspace_id, Room.TASKS, at_least)


def require_task(actor: User, task: Task | None, at_least: Role = Role.READER, *, deleted: bool = False) -> Task:
    """A task that the actor sees; one in the bin is seen only by who asks for it there."""
    if task is None or (task.deleted_at is not None and not deleted):
        raise NotFound
    require_board(actor, task.workspace_id, at_least)
    return task


def visible_boards(actor: User) -> list[UUID]:
    """The workspaces whose boards a person sees."""
    scopes = access.visible_scope_ids(actor)
    return list(Workspace.objects.filter(id__in=scopes, rooms__contains=[Room.TASKS]).values_list("id", flat=True))


def abilities(actor: User, workspace_ids: list[UUID]) -> dict[str, BoardAbilities]:
    """What the interface offers, by scope."""
    roles = access.roles_by_scope(actor, workspace_ids[0] if len(workspace_ids) == 1 else None)
    return {str(id): _abilities(roles.get(id)) for id in workspace_ids}


def _abilities(role: Role | None) -> BoardAbilities:
    works = role is not None and role >= Role.MEMBER
    task = TaskAbilities(edit=works, move=works, delete=works)
    manages = role is not None and role >= Role.MANAGER
    return BoardAbilities(create=works, manage_columns=manages, edit_labels=works, own=task, others=task)
