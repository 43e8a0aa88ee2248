"""What was decided: a register that is added to and corrected, never emptied."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from plano.chat.models.channels import Channel
from plano.kernel.models import MadeFrom, Model, Versioned


class Standing(models.TextChoices):
    """Whether a decision holds."""

    ADOPTED = "adopted"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


class Decision(MadeFrom, Versioned):
    """Something decided in a channel, whose readers are its readers.

    `number` counts within the channel: a number for the whole workspace would tell how many are hidden. `seq` is how
    far the channel had come when it was noted: who may not read that past does not read this either.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="decisions", db_index=False)
    number = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    text = models.TextField()
    decided_on = models.DateField()
    decided_by = ArrayField(models.UUIDField(), default=list)
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Standing.choices, default=Standing.ADOPTED)
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaces")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["channel", "number"], name="chat_decision_number"),)
        indexes = (
            models.Index(fields=["channel", "decided_on"], name="chat_decisions"),
            GinIndex(SearchVector("text", config="plano_fr"), name="chat_decision_words"),
        )


class DecisionRevision(Model):
    """What a decision said before a change, and who changed it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="revisions", db_index=False)
    version = models.PositiveIntegerField()
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    before = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["decision", "version"], name="chat_decision_changed_once"),)
