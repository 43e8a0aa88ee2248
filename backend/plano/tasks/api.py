"""JSON face of the board."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.kernel.http import actor, creation_id, etag, if_match, policy
from plano.kernel.schemas import Page
from plano.tasks import actions, policies, queries
from plano.tasks.models import Task
from plano.tasks.schemas import (
    ColumnIn,
    ColumnOut,
    ColumnPatch,
    ColumnsOut,
    LabelIn,
    LabelOut,
    LabelPatch,
    TaskIn,
    TaskMove,
    TaskOut,
    TaskPatch,
    TasksOut,
)

router = Router(tags=["tasks"])


def _tagged(response: HttpResponse, task: Task) -> TaskOut:
    response["ETag"] = etag(task.version)
    return TaskOut.from_model(task)


@router.get("/workspaces/{uuid:workspace_id}/columns", response=ColumnsOut, openapi_extra=policy("task.read"))
def list_columns(request: HttpRequest, workspace_id: UUID) -> ColumnsOut:
    """The board's columns in order."""
    person = actor(request)
    columns = queries.columns_for(person, workspace_id)
    if not columns:
        actions.ensure_board(actor=person, workspace_id=workspace_id)
        columns = queries.columns_for(person, workspace_id)
    items = [ColumnOut.from_model(column) for column in columns]
    return ColumnsOut(items=items, abilities=policies.abilities(person, [workspace_id]))


@router.post(
    "/workspaces/{uuid:workspace_id}/columns",
    response={201: ColumnOut},
    openapi_extra=policy("task.manage_columns"),
)
def add_column(request: HttpRequest, workspace_id: UUID, payload: ColumnIn) -> Status[ColumnOut]:
    """A new column at the end."""
    values = payload.model_dump(exclude={"id"})
    id = creation_id(request, payload.id)
    column = actions.add_column(actor=actor(request), workspace_id=workspace_id, id=id, **values)
    return Status(201, ColumnOut.from_model(column))


@router.patch("/columns/{uuid:column_id}", response=ColumnOut, openapi_extra=policy("task.manage_columns"))
def update_column(request: HttpRequest, column_id: UUID, payload: ColumnPatch) -> ColumnOut:
    """Rename it, or move it beside another."""
    changed = payload.model_dump(exclude_unset=True)
    return ColumnOut.from_model(actions.update_column(actor=actor(request), column_id=column_id, **changed))


@router.delete("/columns/{uuid:column_id}", response={204: None}, openapi_extra=policy("task.manage_columns"))
def delete_column(request: HttpRequest, column_id: UUID) -> Status[None]:
    """Only when it is empty."""
    actions.delete_column(actor=actor(request), column_id=column_id)
    return Status(204, None)


@router.get("/workspaces/{uuid:workspace_id}/labels", response=Page[LabelOut], openapi_extra=policy("task.read"))
def list_labels(request: HttpRequest, workspace_id: UUID) -> Page[LabelOut]:
    labels = queries.labels_for(actor(request), workspace_id)
    return Page(items=[LabelOut.from_model(label) for label in labels])


@router.post("/workspaces/{uuid:workspace_id}/labels", response={201: LabelOut}, openapi_extra=policy("task.write"))
def add_label(request: HttpRequest, workspace_id: UUID, payload: LabelIn) -> Status[LabelOut]:
    values = payload.model_dump(exclude={"id"})
    id = creation_id(request, payload.id)
    label = actions.add_label(actor=actor(request), workspace_id=workspace_id, id=id, **values)
    return Status(201, LabelOut.from_model(label))


@router.patch("/labels/{uuid:label_id}", response=LabelOut, openapi_extra=policy("task.write"))
def update_label(request: HttpRequest, label_id: UUID, payload: LabelPatch) -> LabelOut:
    changed = payload.model_dump(exclude_unset=True)
    return LabelOut.from_model(actions.update_label(actor=actor(request), label_id=label_id, **changed))


@router.delete("/labels/{uuid:label_id}", response={204: None}, openapi_extra=policy("task.write"))
def delete_label(request: HttpRequest, label_id: UUID) -> Status[None]:
    """Taken off every task."""
    actions.delete_label(actor=actor(request), label_id=label_id)
    return Status(204, None)


@router.get("/workspaces/{uuid:workspace_id}/tasks", response=TasksOut, openapi_extra=policy("task.read"))
def list_tasks(
    request: HttpRequest,
    workspace_id: UUID,
    column_id: UUID | None = None,
    assignee_id: UUID | None = None,
    bin: bool = False,
    cursor: str | None = None,
    limit: int = 200,
) -> TasksOut:
    """The board's tasks, by id; `bin` for the deleted ones."""
    person = actor(request)
    tasks, following = queries.tasks_for(
        person,
        workspace_id,
        column_id=column_id,
        assignee_id=assignee_id,
        bin=bin,
        cursor=cursor,
        limit=limit,
    )
    items = [TaskOut.from_model(task) for task in tasks]
    return TasksOut(items=items, next=following, abilities=policies.abilities(person, [workspace_id]))


@router.post("/workspaces/{uuid:workspace_id}/tasks", response={201: TaskOut}, openapi_extra=policy("task.write"))
def create_task(request: HttpRequest, response: HttpResponse, workspace_id: UUID, payload: TaskIn) -> Status[TaskOut]:
    """A new task at the end of a column."""
    values: dict[str, Any] = payload.model_dump(exclude={"id", "origin"})
    id = creation_id(request, payload.id)
    origin = payload.origin.pair if payload.origin else None
    task = actions.create_task(actor=actor(request), workspace_id=workspace_id, id=id, origin=origin, **values)
    return Status(201, _tagged(response, task))


@router.get("/my/tasks", response=TasksOut, openapi_extra=policy("signed_in"))
def my_tasks(request: HttpRequest) -> TasksOut:
    """My open tasks in all workspaces, by date."""
    person = actor(request)
    tasks = queries.mine_for(person)
    places = list(dict.fromkeys(task.workspace_id for task in tasks))
    items = [TaskOut.from_model(task) for task in tasks]
    return TasksOut(items=items, next=None, abilities=policies.abilities(person, places))


@router.get("/tasks/{uuid:task_id}", response=TaskOut, openapi_extra=policy("task.read"))
def get_task(request: HttpRequest, response: HttpResponse, task_id: UUID) -> TaskOut:
    return _tagged(response, queries.task_for(actor(request), task_id))


@router.patch("/tasks/{uuid:task_id}", response=TaskOut, openapi_extra=policy("task.write"))
def update_task(request: HttpRequest, response: HttpResponse, task_id: UUID, payload: TaskPatch) -> TaskOut:
    """Save the fields that are given. With If-Match, 412 when somebody else changed one of them since."""
    changes = payload.model_dump(exclude_unset=True)
    seen = if_match(request)
    return _tagged(
        response, actions.update_task(actor=actor(request), task_id=task_id, changes=changes, seen_version=seen)
    )


@router.delete("/tasks/{uuid:task_id}", response={204: None}, openapi_extra=policy("task.write"))
def delete_task(request: HttpRequest, task_id: UUID) -> Status[None]:
    """To the bin."""
    actions.delete_task(actor=actor(request), task_id=task_id)
    return Status(204, None)


@router.post("/tasks/{uuid:task_id}/restore", response=TaskOut, openapi_extra=policy("task.write"))
def restore_task(request: HttpRequest, response: HttpResponse, task_id: UUID) -> TaskOut:
    """Out of the bin, to where it stood."""
    return _tagged(response, actions.restore_task(actor=actor(request), task_id=task_id))


@router.post("/tasks/{uuid:task_id}/move", response=TaskOut, openapi_extra=policy("task.write"))
def move_task(request: HttpRequest, response: HttpResponse, task_id: UUID, payload: TaskMove) -> TaskOut:
    """To a place in a column."""
    return _tagged(response, actions.move_task(actor=actor(request), task_id=task_id, **payload.model_dump()))
