"""Who does a task: only people who see the board, told when they are chosen, flagged when they leave."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from plano.accounts.models import User
from plano.kernel.errors import Conflict, Invalid
from plano.notifications.actions import notify
from plano.platform.live import Emit, unit_of_work
from plano.tasks.live import TASK
from plano.tasks.models import Assignment, Label, Task
from plano.tasks.queries import whole
from plano.tasks.schemas import MAX_ASSIGNEES, TaskOut
from plano.workspaces import policies as access
from plano.workspaces.models import Workspace

LINK = "tasks.task"
BATCH = 40


def assign(emit: Emit, *, actor: User, task: Task, user_ids: Iterable[UUID]) -> bool:
    """Add people; each must see the board (R-04). Already there: nothing. Answers whether anything changed."""
    held = set(task.assignments.values_list("user_id", flat=True))
    wanted = [user_id for user_id in dict.fromkeys(user_ids) if user_id not in held]
    people = list(access.viewers_of_scope(task.workspace_id).filter(id__in=wanted))
    if len(people) < len(wanted):
        raise Invalid("person_not_found", errors={"assignee_ids": "person_not_found"})
    if len(held) + len(wanted) > MAX_ASSIGNEES:
        raise Conflict("too_many_assignees")
    if not people:
        return False
    Assignment.objects.bulk_create([Assignment(task=task, user=person) for person in people])
    task.assignee_left = False
    notify(
        emit=emit,
        recipients=people,
        kind="assignment",
        actor=actor,
        title=task.title,
        link_kind=LINK,
        link_id=task.id,
        workspace_id=task.workspace_id,
        scope_id=task.workspace_id,
    )
    return True


def unassign(task: Task, user_ids: Iterable[UUID]) -> bool:
    """Take people off. Answers whether anything changed."""
    taken, _ = task.assignments.filter(user_id__in=list(user_ids)).delete()
    return taken > 0


def labels_here(task: Task, label_ids: Iterable[UUID]) -> list[Label]:
    """Labels of this board and no other (R-04)."""
    wanted = set(label_ids)
    labels = list(Label.objects.filter(id__in=wanted, workspace_id=task.workspace_id))
    if len(labels) < len(wanted):
        raise Invalid("label_not_found", errors={"label_ids": "label_not_found"})
    return labels


def leave_workspace(person: User, workspace: Workspace, emit: Emit) -> None:
    """At a departure: their tasks stay, without them, and say so (tasks-8). All at once; frames in batches."""
    left = Task.objects.filter(workspace=workspace, assignments__user=person, deleted_at=None)
    ids = list(left.select_for_update(of=("self",)).order_by("id").values_list("id", flat=True))
    Assignment.objects.filter(task__workspace=workspace, user=person).delete()
    for task in Task.objects.filter(id__in=ids):
        task.assignee_left = task.completed_at is None
        task.touch()
        task.save(update_fields=["assignee_left", "version", "updated_at"])
    _tell(emit, ids[:BATCH])
    transaction.on_commit(lambda: _tell_in_batches(ids[BATCH:]))


def _tell_in_batches(ids: list[UUID]) -> None:
    for start in range(0, len(ids), BATCH):
        with unit_of_work() as emit:
            _tell(emit, ids[start : start + BATCH])


def _tell(emit: Emit, ids: list[UUID]) -> None:
    for task in whole(Task.objects.filter(id__in=ids, deleted_at=None)):
        emit.changed(TASK, scope=task.workspace_id, data=TaskOut.from_model(task))
