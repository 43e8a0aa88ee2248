"""Columns and labels: the shape of a board."""

from uuid import UUID

from plano.accounts.models import User
from plano.kernel.errors import Conflict, Invalid, NotFound
from plano.kernel.schemas import Removed
from plano.kernel.text import folded
from plano.platform.live import Emit, unit_of_work
from plano.tasks import policies, ranks
from plano.tasks.actions.places import lock_board
from plano.tasks.live import COLUMN, LABEL, TASK
from plano.tasks.models import Column, Label, Task
from plano.tasks.queries import whole
from plano.tasks.schemas import ColumnOut, LabelOut, TaskOut
from plano.workspaces.models import Role, Workspace

MAX_COLUMNS = 20
MAX_LABELS = 60
DEFAULTS = {
    "fr": ("À faire", "En cours", "À valider", "Terminé"),
    "en": ("To do", "In progress", "To approve", "Done"),
}


def found_board(actor: User, workspace: Workspace, emit: Emit) -> None:
    """At the birth of a workspace: its first columns, in the words of who opens it. The last one means done."""
    names = DEFAULTS["en" if actor.language == "en" else "fr"]
    for name, rank in zip(names, ranks.spread(None, None, len(names)), strict=True):
        column = Column.objects.create(workspace=workspace, name=name, rank=rank, done=name == names[-1])
        emit.changed(COLUMN, scope=workspace.id, data=ColumnOut.from_model(column))


def ensure_board(*, actor: User, workspace_id: UUID) -> None:
    """A workspace from before there were boards gets its first columns; two at once make one board."""
    if Column.objects.filter(workspace_id=workspace_id).exists():
        return
    with unit_of_work() as emit:
        workspace = Workspace.objects.select_for_update().get(id=workspace_id)
        if not Column.objects.filter(workspace=workspace).exists():
            found_board(actor, workspace, emit)


def add_column(*, actor: User, workspace_id: UUID, id: UUID, name: str, done: bool = False) -> Column:
    """A new column at the end. Sent again with the same id: the same column."""
    workspace = policies.require_board(actor, workspace_id, Role.MANAGER)
    with unit_of_work() as emit:
        columns = lock_board(workspace_id)
        existing = Column.objects.filter(id=id).first()
        if existing is not None:
            return _here(existing, workspace_id)
        if len(columns) >= MAX_COLUMNS:
            raise Conflict("too_many_columns")
        rank = ranks.between(columns[-1].rank if columns else None, None)
        column = Column.objects.create(id=id, workspace=workspace, name=name, done=done, rank=rank)
        emit.changed(COLUMN, scope=workspace_id, data=ColumnOut.from_model(column))
    return column


def update_column(
    *,
    actor: User,
    column_id: UUID,
    name: str | None = None,
    before_id: UUID | None = None,
    after_id: UUID | None = None,
) -> Column:
    """Rename, or stand beside another column of the same board."""
    workspace_id = _board_of(actor, column_id)
    with unit_of_work() as emit:
        columns = lock_board(workspace_id)
        column = _one(columns, column_id)
        if name is not None:
            column.name = name
        neighbour_id = after_id or before_id
        if neighbour_id is not None and neighbour_id != column_id:
            others = [other for other in columns if other.id != column_id]
            place = others.index(_neighbour(others, neighbour_id)) + (1 if after_id else 0)
            before = others[place - 1].rank if place > 0 else None
            column.rank = ranks.between(before, others[place].rank if place < len(others) else None)
        column.touch()
        column.save()
        emit.changed(COLUMN, scope=workspace_id, data=ColumnOut.from_model(column))
    return column


def delete_column(*, actor: User, column_id: UUID) -> None:
    """Only an empty one, and never the last: nothing is lost by it. What is in the bin moves to the first column."""
    workspace_id = _board_of(actor, column_id)
    with unit_of_work() as emit:
        columns = lock_board(workspace_id)
        column = _one(columns, column_id)
        others = [other for other in columns if other.id != column_id]
        if not others:
            raise Conflict("last_column")
        if Task.objects.filter(column=column, deleted_at=None).exists():
            raise Conflict("column_not_empty")
        _keep_bin(column, others[0])
        column.delete()
        emit.removed(COLUMN, scope=workspace_id, data=Removed(id=column_id, parent_id=workspace_id))


def _keep_bin(column: Column, to: Column) -> None:
    binned = list(Task.objects.select_for_update().filter(column=column).order_by("rank"))
    last = Task.objects.filter(column=to).order_by("-rank").values_list("rank", flat=True).first()
    for task, rank in zip(binned, ranks.spread(last, None, len(binned)), strict=True):
        task.column, task.rank = to, rank
        task.save(update_fields=["column", "rank"])


def add_label(*, actor: User, workspace_id: UUID, id: UUID, name: str, color: int = 1) -> Label:
    """A new label; one word is one label, whatever its case."""
    workspace = policies.require_board(actor, workspace_id, Role.MEMBER)
    with unit_of_work() as emit:
        lock_board(workspace_id)
        existing = Label.objects.filter(id=id).first()
        if existing is not None:
            if existing.workspace_id != workspace_id:
                raise Conflict("identifier_in_use")
            return existing
        _require_free(workspace_id, name)
        if Label.objects.filter(workspace=workspace).count() >= MAX_LABELS:
            raise Conflict("too_many_labels")
        label = Label.objects.create(id=id, workspace=workspace, name=name, name_key=folded(name), color=color)
        emit.changed(LABEL, scope=workspace_id, data=LabelOut.from_model(label))
    return label


def update_label(*, actor: User, label_id: UUID, name: str | None = None, color: int | None = None) -> Label:
    """Another word or tint, on all tasks that carry it."""
    workspace_id = _label_board(actor, label_id)
    with unit_of_work() as emit:
        lock_board(workspace_id)
        label = Label.objects.select_for_update().get(id=label_id)
        if name is not None:
            _require_free(workspace_id, name, but=label_id)
            label.name, label.name_key = name, folded(name)
        if color is not None:
            label.color = color
        label.touch()
        label.save()
        emit.changed(LABEL, scope=workspace_id, data=LabelOut.from_model(label))
    return label


def delete_label(*, actor: User, label_id: UUID) -> None:
    """Taken off its tasks, in batches, then gone."""
    workspace_id = _label_board(actor, label_id)
    while _take_off(label_id):
        pass
    with unit_of_work() as emit:
        Label.objects.filter(id=label_id).delete()
        emit.removed(LABEL, scope=workspace_id, data=Removed(id=label_id, parent_id=workspace_id))


def _take_off(label_id: UUID) -> bool:
    with unit_of_work() as emit:
        carrying = Task.objects.filter(labels=label_id).select_for_update(of=("self",)).order_by("id")
        tasks = list(whole(carrying)[:90])
        for task in tasks:
            task.labels.set(task.labels.exclude(id=label_id))
            task.touch()
            task.save(update_fields=["version", "updated_at"])
            if task.deleted_at is None:
                emit.changed(TASK, scope=task.workspace_id, data=TaskOut.from_model(_fresh(task)))
    return bool(tasks)


def _fresh(task: Task) -> Task:
    return whole(Task.objects.filter(id=task.id)).get()


def _board_of(actor: User, column_id: UUID) -> UUID:
    column = Column.objects.filter(id=column_id).first()
    if column is None:
        raise NotFound
    policies.require_board(actor, column.workspace_id, Role.MANAGER)
    return column.workspace_id


def _label_board(actor: User, label_id: UUID) -> UUID:
    label = Label.objects.filter(id=label_id).first()
    if label is None:
        raise NotFound
    policies.require_board(actor, label.workspace_id, Role.MEMBER)
    return label.workspace_id


def _one(columns: list[Column], column_id: UUID) -> Column:
    found = next((column for column in columns if column.id == column_id), None)
    if found is None:  # deleted by somebody else meanwhile
        raise NotFound
    return found


def _neighbour(columns: list[Column], column_id: UUID) -> Column:
    found = next((column for column in columns if column.id == column_id), None)
    if found is None:
        raise Invalid("column_not_found", errors={"after_id": "column_not_found"})
    return found


def _here(column: Column, workspace_id: UUID) -> Column:
    if column.workspace_id != workspace_id:
        raise Conflict("identifier_in_use")
    return column


def _require_free(workspace_id: UUID, name: str, but: UUID | None = None) -> None:
    taken = Label.objects.filter(workspace_id=workspace_id, name_key=folded(name)).values_list("id", flat=True).first()
    if taken is not None and taken != but:
        raise Conflict("label_name_taken", errors={"name": "label_name_taken"})
