"""Reads about boards, always for somebody."""

from datetime import date
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from plano.accounts.models import User
from plano.kernel import pagination
from plano.kernel.clock import now
from plano.kernel.errors import Invalid
from plano.platform.references import Card
from plano.platform.references.made import State
from plano.tasks import policies
from plano.tasks.models import Column, Label, Task

LARGEST_PAGE = 500


class Summary(NamedTuple):
    """What Accueil says of a board."""

    late: int
    coming: int
    tasks: list[Task]


def whole(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """With everything that `TaskOut` shows."""
    return tasks.select_related("created_by").prefetch_related("assignees", "labels")


def with_nobody(task: Task) -> Task:
    """A task that was just made without people and labels: `TaskOut` need not ask for them."""
    task._prefetched_objects_cache = {"assignees": [], "labels": []}  # type: ignore[attr-defined]
    return task


def columns_for(actor: User, workspace_id: UUID) -> list[Column]:
    """The columns in order."""
    policies.require_board(actor, workspace_id)
    return list(Column.objects.filter(workspace_id=workspace_id).order_by("rank"))


def labels_for(actor: User, workspace_id: UUID) -> list[Label]:
    """The labels by name."""
    policies.require_board(actor, workspace_id)
    return list(Label.objects.filter(workspace_id=workspace_id).order_by("name_key", "id"))


def tasks_for(
    actor: User,
    workspace_id: UUID,
    *,
    column_id: UUID | None = None,
    assignee_id: UUID | None = None,
    bin: bool = False,
    cursor: str | None = None,
    limit: int = pagination.MAX_LIMIT,
) -> tuple[list[Task], str | None]:
    """A page of a board's tasks by id, or of its bin."""
    policies.require_board(actor, workspace_id)
    found = Task.objects.filter(workspace_id=workspace_id, deleted_at__isnull=not bin)
    if column_id is not None:
        found = found.filter(column_id=column_id)
    if assignee_id is not None:
        found = found.filter(assignments__user_id=assignee_id)
    if cursor:
        found = found.filter(id__gt=_id(cursor))
    size = max(1, min(limit, LARGEST_PAGE))
    items = list(whole(found).order_by("id")[: size + 1])
    return items[:size], pagination.encode(str(items[size - 1].id)) if len(items) > size else None


def _id(cursor: str) -> UUID:
    try:
        return UUID(pagination.decode(cursor, size=1)[0])
    except ValueError as error:
        raise Invalid("invalid_cursor") from error


def task_for(actor: User, task_id: UUID) -> Task:
    """One task that the actor sees."""
    return policies.require_task(actor, whole(Task.objects.filter(id=task_id)).first())


def mine_for(actor: User, *, limit: int = pagination.MAX_LIMIT) -> list[Task]:
    """My open tasks in all workspaces by date, those without date last (tasks-15)."""
    mine = Task.objects.filter(
        assignments__user=actor, workspace_id__in=policies.visible_boards(actor), deleted_at=None, completed_at=None
    )
    return list(whole(mine).order_by(*_BY_DATE)[:limit])


def late_and_coming_for(actor: User, workspace_id: UUID, limit: int = 6) -> Summary:
    """How many tasks of a board are late and how many have a date to come, and the first of them."""
    policies.require_board(actor, workspace_id)
    dated = Task.objects.filter(workspace_id=workspace_id, deleted_at=None, completed_at=None, due_date__isnull=False)
    counts = dated.aggregate(late=Count("id", filter=late_at(actor)), dated=Count("id"))
    first = list(whole(dated).order_by(*_BY_DATE)[:limit])
    return Summary(late=counts["late"], coming=counts["dated"] - counts["late"], tasks=first)


_BY_DATE = (F("due_date").asc(nulls_last=True), F("due_time").asc(nulls_last=True), "id")


def today_of(actor: User) -> date:
    """The day in the person's own zone: lateness counts from the right midnight (tasks-4)."""
    return now().astimezone(ZoneInfo(actor.time_zone)).date()


def late_at(actor: User) -> Q:
    """Past its day, or past its hour today."""
    here = now().astimezone(ZoneInfo(actor.time_zone))
    return Q(due_date__lt=here.date()) | Q(due_date=here.date(), due_time__lt=here.time())


def resolve(actor: User, ids: list[UUID]) -> dict[UUID, Card]:
    """What links to the tasks among these ids show that the actor sees."""
    found = Task.objects.filter(id__in=ids, deleted_at=None, workspace_id__in=policies.visible_boards(actor))
    return {
        task.id: Card(
            title=task.title,
            workspace_id=task.workspace_id,
            status="open" if task.completed_at is None else "done",
            inside=task.column.name,
            day=task.due_date,
            hour=task.due_time,
        )
        for task in found.select_related("column")
    }


def describe(actor: User, ids: list[UUID]) -> dict[UUID, State]:
    """How the tasks among these ids stand that the actor sees."""
    found = Task.objects.filter(id__in=ids, deleted_at=None, workspace_id__in=policies.visible_boards(actor))
    return {
        one.id: State(title=one.title, done=one.completed_at is not None, parent_id=one.workspace_id) for one in found
    }


def search_names(actor: User, text: str, limit: int = 8, *, workspace_id: UUID | None = None) -> list[Task]:
    """Tasks whose title has all of these words, open ones first; accents do not matter."""
    found = Task.objects.filter(deleted_at=None, workspace_id__in=policies.visible_boards(actor))
    if workspace_id is not None:
        found = found.filter(workspace_id=workspace_id)
    for word in text.split()[:5]:
        found = found.filter(title__unaccent__icontains=word)
    return list(whole(found).order_by(F("completed_at").desc(nulls_first=True), "-updated_at", "id")[:limit])
