"""Places on a board. Who moves anything holds the locks of all its columns, so that an order is decided once.

Who only adds at the end shares the lock of one column with all who do the same: they wait for moves and for nobody
else, and their ranks are drawn by lot. Locks are taken in one order everywhere: columns by id, then tasks; frames come
last.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from psycopg import errors

from plano.kernel.errors import Invalid
from plano.platform.live import Emit
from plano.tasks import ranks, statements
from plano.tasks.live import TASK
from plano.tasks.models import Column, Task
from plano.tasks.queries import whole
from plano.tasks.schemas import TaskOut

REPAIRED = 40
"""How many tasks after a crowded place are renumbered at once: their frames stay well under a unit's limit."""


def lock_board(workspace_id: UUID) -> list[Column]:
    """The board's columns in order, locked until the end of the transaction."""
    held = list(Column.objects.select_for_update(no_key=True).filter(workspace_id=workspace_id).order_by("id"))
    return sorted(held, key=lambda column: column.rank)


def add_at_end(task: Task, column: Column) -> None:
    """Gives a new task a rank after the last. The caller saves, and draws again when somebody drew the same.

    The column comes from `statements.shared_column`: nobody moves anything in it until the end of the transaction.
    """
    task.column, task.rank = column, ranks.at_end(statements.last_rank(column.id))


def is_taken_rank(error: Exception) -> bool:
    """Whether somebody stands at the very rank that was drawn, or stood up at the same moment and both waited."""
    cause = error.__cause__
    if isinstance(cause, errors.UniqueViolation):
        return cause.diag.constraint_name == "tasks_task_rank"
    return isinstance(cause, errors.DeadlockDetected)


def column_of(columns: Sequence[Column], column_id: UUID) -> Column:
    """The column with this id, on this board and no other (R-04)."""
    for column in columns:
        if column.id == column_id:
            return column
    raise Invalid("column_not_found", errors={"column_id": "column_not_found"})


def place_at_end(emit: Emit, task: Task, column: Column) -> None:
    """Gives the task the last rank of a column. The caller saves."""
    _place(emit, task, column, after=_last_rank(column, task))


def place_beside(emit: Emit, task: Task, column: Column, *, before_id: UUID | None, after_id: UUID | None) -> None:
    """Gives the task a rank just after or just before a neighbour. The caller saves.

    A neighbour in the bin still marks its place; one that has gone to another column gives the other neighbour's
    place, then the end.
    """
    after = _rank_of(task, column, after_id)
    before = _rank_of(task, column, before_id)
    if after is None and before is not None:
        after = _rank_before(column, before, task)
    elif after is None:
        after = _last_rank(column, task)
    _place(emit, task, column, after=after)


def _place(emit: Emit, task: Task, column: Column, *, after: str | None) -> None:
    following = _ranks(column, task)
    if after is not None:
        following = following.filter(rank__gt=after)
    rank = ranks.between(after, following.values_list("rank", flat=True).first())
    if len(rank) > ranks.LONGEST:
        rank = _repair(emit, task, column, after=after)
    task.column, task.rank = column, rank


def _repair(emit: Emit, task: Task, column: Column, *, after: str | None) -> str:
    """Renumbers the crowded tasks that follow, evenly; the first of the new ranks is for the newcomer."""
    crowd = whole(_ranks(column, task).select_for_update(of=("self",)))
    window = list((crowd if after is None else crowd.filter(rank__gt=after))[: REPAIRED + 1])
    limit = window[REPAIRED].rank if len(window) > REPAIRED else None
    window = window[:REPAIRED]
    first, *others = ranks.spread(after, limit, len(window) + 1)
    for neighbour, rank in zip(window, others, strict=True):
        neighbour.rank = rank
        neighbour.touch()
        neighbour.save(update_fields=["rank", "version", "updated_at"])
        if neighbour.deleted_at is None:
            emit.changed(TASK, scope=neighbour.workspace_id, data=TaskOut.from_model(neighbour))
    return first


def _ranks(column: Column, but: Task) -> QuerySet[Task]:
    """The bin included: its tasks keep their places."""
    return Task.objects.filter(column=column).exclude(id=but.id).order_by("rank")


def _rank_of(task: Task, column: Column, neighbour_id: UUID | None) -> str | None:
    if neighbour_id is None or neighbour_id == task.id:
        return None
    neighbour = Task.objects.filter(id=neighbour_id, workspace_id=column.workspace_id).first()
    if neighbour is None:
        raise Invalid("task_not_found", errors={"before_id": "task_not_found"})
    return neighbour.rank if neighbour.column_id == column.id else None


def _rank_before(column: Column, rank: str, but: Task) -> str | None:
    earlier = Task.objects.filter(column=column, rank__lt=rank).exclude(id=but.id).order_by("-rank")
    return earlier.values_list("rank", flat=True).first()


def _last_rank(column: Column, but: Task) -> str | None:
    others = Task.objects.filter(column=column).exclude(id=but.id).order_by("-rank")
    return others.values_list("rank", flat=True).first()
