"""Moving a task: relative to neighbours, so that a move made on a stale view undoes no other (tasks-1)."""

from uuid import UUID

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.errors import NotFound
from plano.platform.live import Emit, unit_of_work
from plano.tasks import policies
from plano.tasks.actions.places import column_of, lock_board, place_at_end, place_beside
from plano.tasks.live import TASK
from plano.tasks.models import Column, Task
from plano.tasks.queries import whole
from plano.tasks.schemas import TaskOut
from plano.workspaces.models import Role


def move_task(
    *,
    actor: User,
    task_id: UUID,
    column_id: UUID,
    before_id: UUID | None = None,
    after_id: UUID | None = None,
) -> Task:
    """To a place in a column of the same board. A column that means done completes it, another one reopens it."""
    workspace_id = Task.objects.filter(id=task_id).values_list("workspace_id", flat=True).first()
    if workspace_id is None:
        raise NotFound
    with unit_of_work() as emit:
        columns = lock_board(workspace_id)
        task = Task.objects.select_for_update().filter(id=task_id).first()
        task = policies.require_task(actor, task, Role.MEMBER)
        column = column_of(columns, column_id)
        if before_id is None and after_id is None:
            place_at_end(emit, task, column)
        else:
            place_beside(emit, task, column, before_id=before_id, after_id=after_id)
        settle(task, column)
        task.touch()
        task.save()
        task = whole(Task.objects.filter(id=task_id)).get()
        emit.changed(TASK, scope=workspace_id, data=TaskOut.from_model(task))
    return task


def complete(emit: Emit, task: Task, columns: list[Column], *, done: bool) -> None:
    """Ticked or unticked: to the end of the first column that means done, or back to the board's first open one."""
    if (task.completed_at is not None) == done:
        return
    column = next((column for column in columns if column.done == done), None)
    if column is not None:
        place_at_end(emit, task, column)
    task.completed_at = now() if done else None


def settle(task: Task, column: Column) -> None:
    """What stands in a column that means done is finished, since when it came there."""
    if not column.done:
        task.completed_at = None
    elif task.completed_at is None:
        task.completed_at = now()
