"""Tasks: begin, put in the bin, take out of it."""

from datetime import date, time
from typing import Any
from uuid import UUID

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Invalid
from plano.kernel.schemas import Removed
from plano.platform.live import unit_of_work
from plano.tasks import policies
from plano.tasks.actions.board import ensure_board
from plano.tasks.actions.people import assign, labels_here
from plano.tasks.actions.places import column_of, lock_board, place_at_end
from plano.tasks.live import TASK
from plano.tasks.models import Task
from plano.tasks.queries import whole
from plano.tasks.schemas import TaskOut
from plano.workspaces.models import Role


def create_task(
    *,
    actor: User,
    workspace_id: UUID,
    id: UUID,
    title: str,
    description: str = "",
    column_id: UUID | None = None,
    priority: str = "normal",
    due_date: date | None = None,
    due_time: time | None = None,
    assignee_ids: list[UUID] | None = None,
    label_ids: list[UUID] | None = None,
    checklist: list[dict[str, Any]] | None = None,
) -> Task:
    """A new task at the end of a column, the first one unless told. Sent again with the same id: the same task."""
    workspace = policies.require_board(actor, workspace_id, Role.MEMBER)
    ensure_board(actor=actor, workspace_id=workspace_id)
    if due_time is not None and due_date is None:
        raise Invalid("time_without_date", errors={"due_time": "time_without_date"})
    with unit_of_work() as emit:
        columns = lock_board(workspace_id)
        existing = whole(Task.objects.filter(id=id)).first()
        if existing is not None:
            if existing.workspace_id != workspace_id or existing.created_by_id != actor.id:
                raise Conflict("identifier_in_use")
            return existing
        column = columns[0] if column_id is None else column_of(columns, column_id)
        task = Task(
            id=id,
            workspace=workspace,
            title=title,
            description=description,
            priority=priority,
            due_date=due_date,
            due_time=due_time,
            checklist=checklist or [],
            created_by=actor,
            completed_at=now() if column.done else None,
        )
        place_at_end(emit, task, column)
        task.save(force_insert=True)
        assign(emit, actor=actor, task=task, user_ids=assignee_ids or [])
        task.labels.add(*labels_here(task, label_ids or []))
        task = whole(Task.objects.filter(id=id)).get()
        emit.changed(TASK, scope=workspace_id, data=TaskOut.from_model(task))
    return task


def delete_task(*, actor: User, task_id: UUID) -> None:
    """To the bin, from where anybody who works here takes it back. Already there: nothing."""
    with unit_of_work() as emit:
        task = Task.objects.select_for_update().filter(id=task_id).first()
        task = policies.require_task(actor, task, Role.MEMBER, deleted=True)
        if task.deleted_at is not None:
            return
        task.deleted_at, task.deleted_by = now(), actor
        task.touch()
        task.save()
        emit.removed(TASK, scope=task.workspace_id, data=Removed(id=task.id, parent_id=task.workspace_id))


def restore_task(*, actor: User, task_id: UUID) -> Task:
    """Out of the bin, to the place where it stood."""
    with unit_of_work() as emit:
        task = Task.objects.select_for_update().filter(id=task_id).first()
        task = policies.require_task(actor, task, Role.MEMBER, deleted=True)
        if task.deleted_at is not None:
            task.deleted_at = task.deleted_by = None
            task.touch()
            task.save()
        task = whole(Task.objects.filter(id=task_id)).get()
        emit.changed(TASK, scope=task.workspace_id, data=TaskOut.from_model(task))
    return task
