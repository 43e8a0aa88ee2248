"""What left for another workspace: whoever saw it there before is told that it moved, and nothing else."""

from django.db import models

from plano.kernel.models import Model


class Departure(Model):
    """A node that left a scope for another workspace (documents-8)."""

    node = models.ForeignKey("documents.Node", on_delete=models.CASCADE, related_name="departures")
    scope = models.ForeignKey("workspaces.AccessScope", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["node", "scope"], name="documents_departure_once"),)
