"""Which ways of telling a person wants, by group of kinds, everywhere or in one workspace."""

from django.db import models

from plano.kernel.models import Model


class Group(models.TextChoices):
    """Kinds of notifications as a person tells them apart."""

    MENTIONS = "mentions"
    DIRECT = "direct"
    TASKS = "tasks"
    AGENDA = "agenda"
    APPROVALS = "approvals"
    DOCUMENTS = "documents"
    REMINDERS = "reminders"
    SPACE = "space"


class Cadence(models.TextChoices):
    """How soon a mail tells of what is still unread."""

    NOW = "now"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Preference(Model):
    """One choice that differs from the one above it: a workspace's from everywhere's, everywhere's from Plano's."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, null=True, related_name="+")
    group = models.CharField(max_length=20, choices=Group.choices)
    page = models.BooleanField()
    push = models.BooleanField()
    mail = models.CharField(max_length=10, choices=Cadence.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "workspace", "group"], nulls_distinct=False, name="notification_preference_once"
            ),
        )
