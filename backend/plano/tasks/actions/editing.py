"""Changing the fields of a task: only those given, so that two people who edit two fields both win (tasks-2)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from plano.accounts.models import User
from plano.kernel.errors import Conflict, Invalid, NotFound, PreconditionFailed
from plano.platform.live import unit_of_work
from plano.tasks import policies
from plano.tasks.actions.moving import complete
from plano.tasks.actions.people import assign, labels_here, unassign
from plano.tasks.actions.places import lock_board
from plano.tasks.live import TASK
from plano.tasks.models import Task
from plano.tasks.queries import whole
from plano.tasks.schemas import MAX_CHECKLIST, MAX_LABELS, TaskOut
from plano.workspaces.models import Role

FIELDS = ("title", "description", "priority", "due_date", "due_time")
NEVER_EMPTY = ("title", "description", "priority")


def update_task(*, actor: User, task_id: UUID, changes: Mapping[str, Any], seen_version: int | None = None) -> Task:
    """Save the given fields.

    With `seen_version` (If-Match) a field that somebody else changed since then to something else is refused, with
    the task as it is now: nothing of theirs is lost. Without it the last one wins.
    """
    workspace_id = Task.objects.filter(id=task_id).values_list("workspace_id", flat=True).first()
    if workspace_id is None:
        raise NotFound
    with unit_of_work() as emit:
        columns = lock_board(workspace_id) if changes.get("completed") is not None else []
        task = Task.objects.select_for_update().filter(id=task_id).first()
        task = policies.require_task(actor, task, Role.MEMBER)
        fields = {name: changes[name] for name in FIELDS if name in changes}
        _require_unchanged(task, fields, seen_version)
        changed = _write(task, fields)
        if changes.get("checklist"):
            task.checklist = _checked(task.checklist, changes["checklist"])
            changed = True
        if unassign(task, changes.get("remove_assignees", ())):
            changed = True
        if assign(emit, actor=actor, task=task, user_ids=changes.get("add_assignees", ())):
            changed = True
        if _relabel(task, add=changes.get("add_labels", ()), remove=changes.get("remove_labels", ())):
            changed = True
        if changes.get("completed") is not None:
            complete(emit, task, columns, done=changes["completed"])
            changed = True
        if changed:
            task.touch()
            task.save()
        task = whole(Task.objects.filter(id=task_id)).get()
        if changed:
            emit.changed(TASK, scope=workspace_id, data=TaskOut.from_model(task))
    return task


def _require_unchanged(task: Task, fields: Mapping[str, Any], seen_version: int | None) -> None:
    if seen_version is None:
        return
    lost = [
        name
        for name, value in fields.items()
        if task.field_versions.get(name, 0) > seen_version and getattr(task, name) != value
    ]
    if lost:
        current = TaskOut.from_model(whole(Task.objects.filter(id=task.id)).get())
        raise PreconditionFailed(errors={"fields": lost, "current": current.model_dump(mode="json")})


def _write(task: Task, fields: Mapping[str, Any]) -> bool:
    for name in NEVER_EMPTY:
        if name in fields and fields[name] is None:
            raise Invalid("required", errors={name: "required"})
    changed = [name for name, value in fields.items() if getattr(task, name) != value]
    for name in changed:
        setattr(task, name, fields[name])
        task.field_versions[name] = task.version + 1
    if task.due_date is None and task.due_time is not None:
        if fields.get("due_time") is not None:
            raise Invalid("time_without_date", errors={"due_time": "time_without_date"})
        task.due_time = None
    return bool(changed)


def _checked(items: list[dict[str, Any]], changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each change touches its own item; an unknown id with words is a new item at the end."""
    held = {item["id"]: dict(item) for item in items}
    for change in changes:
        id = str(change["id"])
        if change.get("removed"):
            held.pop(id, None)
        elif id in held or change.get("text"):
            item = held.setdefault(id, {"id": id, "text": "", "done": False})
            item.update({key: change[key] for key in ("text", "done") if change.get(key) is not None})
    if len(held) > MAX_CHECKLIST:
        raise Conflict("checklist_too_long")
    return list(held.values())


def _relabel(task: Task, *, add: list[UUID], remove: list[UUID]) -> bool:
    if not add and not remove:
        return False
    before = set(task.labels.values_list("id", flat=True))
    task.labels.remove(*task.labels.filter(id__in=remove))
    task.labels.add(*labels_here(task, add))
    after = set(task.labels.values_list("id", flat=True))
    if len(after) > MAX_LABELS:
        raise Conflict("too_many_labels")
    return before != after
