"""Tasks: begin, put in the bin, take out of it."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Invalid
from plano.kernel.schemas import Removed
from plano.platform.live import unit_of_work
from plano.platform.references import made
from plano.platform.references.made import Thing
from plano.tasks import policies, statements
from plano.tasks.actions.board import ensure_board
from plano.tasks.actions.people import assign, labels_here
from plano.tasks.actions.places import add_at_end, is_taken_rank
from plano.tasks.live import TASK
from plano.tasks.models import Task
from plano.tasks.queries import whole, with_nobody
from plano.tasks.schemas import TaskOut
from plano.workspaces.models import Role

KIND = TASK.name
DRAWS = 5
KEPT = timedelta(days=30)
BATCH = 500


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
    origin: Thing | None = None,
) -> Task:
    """A new task at the end of a column, the first one unless told. Sent again with the same id: the same task.

    `origin`: what it is made from, which then shows it; nothing that the actor does not see.
    """
    workspace = policies.require_board(actor, workspace_id, Role.MEMBER)
    if due_time is not None and due_date is None:
        raise Invalid("time_without_date", errors={"due_time": "time_without_date"})
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
    )
    task.origin = origin
    for _ in range(DRAWS):
        try:
            return _create(task, column_id, assignee_ids or [], label_ids or [])
        except (IntegrityError, OperationalError, Invalid) as error:
            if is_taken_rank(error):
                continue
            existing = None if isinstance(error, OperationalError) else whole(Task.objects.filter(id=id)).first()
            if existing is None:
                raise
            return _the_same(existing, workspace_id, actor)
    raise Conflict("try_again")


def _create(task: Task, column_id: UUID | None, assignee_ids: list[UUID], label_ids: list[UUID]) -> Task:
    actor = task.created_by
    with unit_of_work() as emit:
        column = statements.shared_column(task.workspace_id, column_id)
        if column is None and column_id is None:
            ensure_board(actor=actor, workspace_id=task.workspace_id)
            column = statements.shared_column(task.workspace_id, None)
        if column is None:
            raise Invalid("column_not_found", errors={"column_id": "column_not_found"})
        task.completed_at = now() if column.done else None
        add_at_end(task, column)
        task.save(force_insert=True)
        if assignee_ids or label_ids:
            assign(emit, actor=actor, task=task, user_ids=assignee_ids)
            task.labels.add(*labels_here(task, label_ids))
            task = whole(Task.objects.filter(id=task.id)).get()
        else:
            with_nobody(task)
        made.note(emit, actor=actor, origin=task.origin, made=(KIND, task.id), workspace_id=task.workspace_id)
        emit.changed(TASK, scope=task.workspace_id, data=TaskOut.from_model(task))
    return task


def _the_same(existing: Task, workspace_id: UUID, actor: User) -> Task:
    if existing.workspace_id != workspace_id or existing.created_by_id != actor.id:
        raise Conflict("identifier_in_use")
    return existing


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
        made.forget(emit, actor=actor, origin=task.origin, made=(KIND, task.id), workspace_id=task.workspace_id)
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
            made.again(emit, actor=actor, origin=task.origin, made=(KIND, task.id), workspace_id=task.workspace_id)
        task = whole(Task.objects.filter(id=task_id)).get()
        emit.changed(TASK, scope=task.workspace_id, data=TaskOut.from_model(task))
    return task


def empty_bin(*, older_than: timedelta = KEPT) -> int:
    """What has been in the bin long enough goes for good (R-143), in batches. Called by a daily job.

    Who takes a task out of the bin at this moment keeps it: its row is locked, and passed over.
    """
    gone = 0
    while True:
        with transaction.atomic():
            old = Task.objects.select_for_update(skip_locked=True).filter(deleted_at__lt=now() - older_than)
            ids = list(old.values_list("id", flat=True)[:BATCH])
            Task.objects.filter(id__in=ids).delete()
        gone += len(ids)
        if len(ids) < BATCH:
            return gone
