"""What is still to be told away from the page: one row per notification and way, until it was done or is needless."""

from django.db import models

from plano.kernel.models import Model


class Way(models.TextChoices):
    """How a person is told who is not looking at Plano."""

    PUSH = "push"
    MAIL = "mail"


class Delivery(Model):
    """Due at an instant; looked at again then. `done_at` closes it, `outcome` says how."""

    notification = models.ForeignKey("notifications.Notification", on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    way = models.CharField(max_length=10, choices=Way.choices)
    cadence = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["notification", "way"], name="notification_delivery_once"),)
        indexes = (
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="notification_delivery_due"),
            models.Index(fields=["user"], condition=models.Q(done_at=None), name="notification_delivery_user"),
        )
