"""Fields that a workspace gives to its documents; the values lie in `Node.fields`."""

from django.db import models

from plano.kernel.models import Versioned


class FieldKind(models.TextChoices):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    PERSON = "person"


class CustomField(Versioned):
    """A field by its name. `options` of a choice: `[{"id", "name"}]`; values name an option by its id."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="document_fields")
    kind = models.CharField(max_length=10, choices=FieldKind.choices)
    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=120, db_collation="C")
    options = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "folded"], name="documents_field_once"),)
