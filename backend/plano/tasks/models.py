"""Tables of the board. Ranks are compared byte by byte (collation "C"), whatever the language of the database."""

from django.db import models
from django.db.models import Deferrable, Q

from plano.kernel.models import MadeFrom, Model, Versioned


class Priority(models.TextChoices):
    """How much a task presses, apart from its date."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Column(Versioned):
    """A step of the work. `done`: what stands here is finished."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="task_columns")
    name = models.CharField(max_length=60)
    rank = models.CharField(max_length=120, db_collation="C")
    done = models.BooleanField(default=False)

    class Meta:
        # Deferred: a repair renumbers several rows, and only the end of the transaction counts.
        constraints = (
            models.UniqueConstraint(
                fields=["workspace", "rank"], name="tasks_column_rank", deferrable=Deferrable.DEFERRED
            ),
        )


class Label(Versioned):
    """A word with one of the eight tints. `name_key` is the folded name, so that one word is one label."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="task_labels")
    name = models.CharField(max_length=40)
    name_key = models.CharField(max_length=80)
    color = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["workspace", "name_key"], name="tasks_label_once"),
            models.CheckConstraint(condition=Q(color__range=(1, 8)), name="tasks_label_color_1_to_8"),
        )


class Task(MadeFrom, Versioned):
    """Something to do. A deleted one keeps its row, its column and its rank: restored, it stands where it stood.

    `field_versions` says at which version each field last changed, so that a lost race is noticed field by field.
    """

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="tasks")
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="tasks")
    rank = models.CharField(max_length=120, db_collation="C")
    title = models.CharField(max_length=250)
    description = models.TextField(blank=True, default="")
    assignees = models.ManyToManyField("accounts.User", through="Assignment", related_name="+")
    labels = models.ManyToManyField(Label, related_name="tasks")
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    due_date = models.DateField(null=True)
    due_time = models.TimeField(null=True)
    checklist = models.JSONField(default=list)
    assignee_left = models.BooleanField(default=False)
    completed_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    field_versions = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["column", "rank"], name="tasks_task_rank", deferrable=Deferrable.DEFERRED),
        )
        indexes = (
            models.Index(fields=["workspace", "id"], condition=Q(deleted_at=None), name="tasks_of_board"),
            models.Index(
                fields=["workspace", "due_date"], condition=Q(deleted_at=None, completed_at=None), name="tasks_by_date"
            ),
        )


class Assignment(Model):
    """A person who does a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "user"], name="tasks_assigned_once"),)
