"""When a person may be disturbed: working hours, holidays, absence, and whom or what they hear of all the same."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models

from plano.kernel.clock import now


class Territory(models.TextChoices):
    """Whose public holidays count."""

    METROPOLE = "metropole"
    ALSACE_MOSELLE = "alsace_moselle"
    GUADELOUPE = "guadeloupe"
    MARTINIQUE = "martinique"
    GUYANE = "guyane"
    REUNION = "reunion"
    MAYOTTE = "mayotte"
    SAINT_PIERRE_ET_MIQUELON = "saint_pierre_et_miquelon"
    SAINT_BARTHELEMY = "saint_barthelemy"
    SAINT_MARTIN = "saint_martin"
    POLYNESIE = "polynesie"
    NOUVELLE_CALEDONIE = "nouvelle_caledonie"
    WALLIS_ET_FUTUNA = "wallis_et_futuna"


def working_days() -> list[int]:
    """Monday is 0."""
    return [0, 1, 2, 3, 4]


class Rhythm(models.Model):
    """One person's hours, in the time zone of their account. No row: the house's hours."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, primary_key=True, related_name="rhythm")
    disconnects = models.BooleanField()
    """The right to disconnect: outside working hours nothing rings, pushes or mails."""
    days = ArrayField(models.PositiveSmallIntegerField(), default=working_days)
    begins = models.TimeField(default=time(8, 30))
    ends = models.TimeField(default=time(18, 30))
    territory = models.CharField(max_length=30, choices=Territory.choices, default=Territory.METROPOLE)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    absent_from = models.DateField(null=True)
    absent_to = models.DateField(null=True)
    absence = models.CharField(max_length=200, blank=True, default="")
    people = ArrayField(models.UUIDField(), default=list)
    words = ArrayField(models.CharField(max_length=60), default=list)
    tells_senders = models.BooleanField(default=True)
    mail_text = models.BooleanField(default=False)
    """Mails may say what is written in private places (R-83)."""
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)


class Urgent(models.Model):
    """One time somebody disturbed a person out of hours, on purpose. Both see how often."""

    sender = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    receiver = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    link_id = models.UUIDField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sender", "receiver", "link_id"], name="notification_urgent_once"),
        )
        indexes = (
            models.Index(fields=["sender", "at"], name="notification_urgent_sent"),
            models.Index(fields=["receiver", "at"], name="notification_urgent_got"),
        )
