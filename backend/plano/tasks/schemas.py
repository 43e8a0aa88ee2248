"""What crosses the wire about the board."""

from datetime import date, time
from typing import Annotated, Literal, get_args
from uuid import UUID

from pydantic import Field

from plano.accounts.schemas import PersonOut
from plano.kernel.schemas import In, Instant, Line, Out, Prose, ThingIn, ThingOut
from plano.tasks.models import Column, Label, Task

PriorityName = Literal["low", "normal", "high", "urgent"]
MAX_ASSIGNEES = 20
MAX_LABELS = 20
MAX_CHECKLIST = 100
Title = Annotated[Line, Field(min_length=1, max_length=250)]
Description = Annotated[Prose, Field(max_length=20_000)]
ColumnName = Annotated[Line, Field(min_length=1, max_length=60)]
LabelName = Annotated[Line, Field(min_length=1, max_length=40)]
Color = Annotated[int, Field(ge=1, le=8)]
Ids = Annotated[list[UUID], Field(max_length=MAX_ASSIGNEES)]
ItemText = Annotated[Line, Field(min_length=1, max_length=250)]


class ChecklistItemOut(Out):
    id: UUID
    text: str
    done: bool


class ChecklistChange(In):
    """A new item (an id not yet there), or a change to one: two people who tick two items both win."""

    id: UUID
    text: ItemText | None = None
    done: bool | None = None
    removed: bool = False


class ColumnIn(In):
    id: UUID | None = None
    name: ColumnName
    done: bool = False


class ColumnPatch(In):
    """`before_id` or `after_id`: stand beside that column."""

    name: ColumnName | None = None
    before_id: UUID | None = None
    after_id: UUID | None = None


class ColumnOut(Out):
    id: UUID
    workspace_id: UUID
    name: str
    rank: str
    done: bool
    version: int

    @classmethod
    def from_model(cls, column: Column) -> "ColumnOut":
        return cls.model_validate({name: getattr(column, name) for name in cls.model_fields})


class LabelIn(In):
    id: UUID | None = None
    name: LabelName
    color: Color = 1


class LabelPatch(In):
    name: LabelName | None = None
    color: Color | None = None


class LabelOut(Out):
    id: UUID
    workspace_id: UUID
    name: str
    color: int
    version: int

    @classmethod
    def from_model(cls, label: Label) -> "LabelOut":
        return cls.model_validate({name: getattr(label, name) for name in cls.model_fields})


class TaskIn(In):
    """A new task stands at the end of its column; without one, of the board's first. `origin`: what it is made from."""

    id: UUID | None = None
    title: Title
    description: Description = ""
    column_id: UUID | None = None
    priority: PriorityName = "normal"
    due_date: date | None = None
    due_time: time | None = None
    assignee_ids: Ids = []
    label_ids: Ids = []
    origin: ThingIn | None = None


class TaskPatch(In):
    """Only the fields that changed. People and labels are added and removed one by one, so that both win."""

    title: Title | None = None
    description: Description | None = None
    priority: PriorityName | None = None
    due_date: date | None = None
    due_time: time | None = None
    completed: bool | None = None
    add_assignees: Ids = []
    remove_assignees: Ids = []
    add_labels: Ids = []
    remove_labels: Ids = []
    checklist: Annotated[list[ChecklistChange], Field(max_length=MAX_CHECKLIST)] = []


class TaskMove(In):
    """Where to: beside a neighbour, or without one at the end. A neighbour that has gone gives the nearest place."""

    column_id: UUID
    before_id: UUID | None = None
    after_id: UUID | None = None


class TaskOut(Out):
    """A task, the same for all who see it. `assignee_left`: somebody who did it is no longer here (tasks-8)."""

    id: UUID
    workspace_id: UUID
    column_id: UUID
    rank: str
    title: str
    description: str
    priority: PriorityName
    due_date: date | None
    due_time: str | None
    assignees: list[PersonOut]
    label_ids: list[UUID]
    checklist: list[ChecklistItemOut]
    assignee_left: bool
    origin: ThingOut | None
    completed_at: Instant | None
    created_by: PersonOut
    created_at: Instant
    updated_at: Instant
    version: int

    @classmethod
    def from_model(cls, task: Task) -> "TaskOut":
        people = sorted(task.assignees.all(), key=lambda person: (person.name.casefold(), person.id))
        return cls(
            id=task.id,
            workspace_id=task.workspace_id,
            column_id=task.column_id,
            rank=task.rank,
            title=task.title,
            description=task.description,
            priority=priority_name(task.priority),
            due_date=task.due_date,
            due_time=None if task.due_time is None else task.due_time.strftime("%H:%M"),
            assignees=[PersonOut.from_model(person) for person in people],
            label_ids=sorted(label.id for label in task.labels.all()),
            checklist=[ChecklistItemOut.model_validate(item) for item in task.checklist],
            assignee_left=task.assignee_left,
            origin=ThingOut.of(task.origin),
            completed_at=task.completed_at,
            created_by=PersonOut.from_model(task.created_by),
            created_at=task.created_at,
            updated_at=task.updated_at,
            version=task.version,
        )


class TaskAbilities(Out):
    """What this person may do with a task."""

    edit: bool
    move: bool
    delete: bool


class BoardAbilities(Out):
    """What this person may do in a board; `own` and `others` are the tasks by author."""

    create: bool
    manage_columns: bool
    edit_labels: bool
    own: TaskAbilities
    others: TaskAbilities


class ColumnsOut(Out):
    """The board's columns in order, with what I may do, by scope."""

    items: list[ColumnOut]
    next: None = None
    abilities: dict[str, BoardAbilities]


class TasksOut(Out):
    """A page of tasks, by id: a move while paging loses none. `rank` gives the order within a column."""

    items: list[TaskOut]
    next: str | None
    abilities: dict[str, BoardAbilities]


def priority_name(priority: str) -> PriorityName:
    """The word of a priority on the wire."""
    for name in get_args(PriorityName):
        if name == priority:
            found: PriorityName = name
            return found
    raise ValueError(priority)
