"""When a person last looked at a workspace."""

from django.db import models

from plano.kernel.models import Model


class Visit(Model):
    """One row per person and workspace. It is theirs alone: nobody else is told."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "workspace"], name="desk_visit_once"),)
