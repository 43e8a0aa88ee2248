"""Named people asked to approve a version, or to confirm that they have read it (C16). The answers stay with it."""

from django.db import models

from plano.documents.models.nodes import Node
from plano.kernel.clock import now
from plano.kernel.models import Model, Versioned


class Purpose(models.TextChoices):
    """What is asked for."""

    APPROVE = "approve"
    READ = "read"


class ApprovalState(models.TextChoices):
    """Closed is closed: who wants to know again asks again. Late is no state, it follows from the day."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


class Approval(Versioned):
    """One request about one version of one document, for ever that version: its number and the hash of its bytes.

    `name` is what the document was called then. Without anybody left to answer it is cancelled by nobody.
    """

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="approvals")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    in_order = models.BooleanField(default=False)
    message = models.CharField(max_length=1000, default="", blank=True)
    due = models.DateField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.OPEN)
    closed_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["node", "number"], name="documents_approval_of"),
            models.Index(fields=["due"], condition=models.Q(state="open"), name="documents_approval_open"),
        )


class AskedState(models.TextChoices):
    """Where one person stands. `waiting`: others come first. `lost`: may not see the document any more."""

    WAITING = "waiting"
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    READ = "read"
    LOST = "lost"


class Reminded(models.IntegerChoices):
    """What a person was last told of the day; each is told once (0: nothing yet)."""

    NOTHING = 0
    SOON = 1
    TODAY = 2
    LATE = 3


class Asked(Model):
    """One person of a request, in the order of asking."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="asked")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=AskedState.choices)
    opened_at = models.DateTimeField(null=True)
    """When they first opened that version; nobody confirms reading before."""
    reminded = models.PositiveSmallIntegerField(choices=Reminded.choices, default=Reminded.NOTHING)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["approval", "user"], name="documents_asked_once"),
            models.UniqueConstraint(fields=["approval", "position"], name="documents_asked_in_order"),
        )
        indexes = (models.Index(fields=["user"], condition=models.Q(state="pending"), name="documents_asked_pending"),)


class Given(Model):
    """One answer, never changed: another answer of the same person is another row, and the latest counts."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="given")
    at = models.DateTimeField(default=now)
    answer = models.CharField(max_length=8, choices=AskedState.choices)
    comment = models.CharField(max_length=1000, default="", blank=True)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=["asked", "at"]),)
