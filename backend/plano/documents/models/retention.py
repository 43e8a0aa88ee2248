"""What happens to documents of a folder that nobody changes for long (C17). Without a row: nothing."""

from django.db import models

from plano.documents.models.nodes import Node
from plano.kernel.models import Model, Versioned


class RetentionAct(models.TextChoices):
    """Where such documents go."""

    BIN = "bin"
    ARCHIVE = "archive"


class Retention(Versioned):
    """The rule of one folder and of what lies below; a rule further down is nearer and wins.

    It acts with the rights of whoever set it, and sleeps while that person does not manage the folder.
    """

    folder = models.OneToOneField(Node, on_delete=models.CASCADE, related_name="retention")
    days = models.PositiveIntegerField()
    act = models.CharField(max_length=7, choices=RetentionAct.choices)
    archive = models.ForeignKey(Node, on_delete=models.SET_NULL, null=True, related_name="+")
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")


class RetentionNotice(Model):
    """A document that was announced; nothing happens to it before seven days. A change since then makes it void."""

    rule = models.ForeignKey(Retention, on_delete=models.CASCADE, related_name="notices")
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+")
    modified_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["rule", "node"], name="documents_notice_once"),)
