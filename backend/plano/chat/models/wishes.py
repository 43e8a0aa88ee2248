"""How one person likes to write and to come back, on all their devices."""

from django.db import models

from plano.kernel.models import Versioned


class SendKey(models.TextChoices):
    """Which key sends; the other one goes to the next line."""

    ENTER = "enter"
    CTRL_ENTER = "ctrl_enter"


class ReturnTo(models.TextChoices):
    """Where a conversation opens that has something new."""

    UNREAD = "unread"
    LATEST = "latest"


class ChatWishes(Versioned):
    """One row per person, once they chose."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="+")
    send_key = models.CharField(max_length=12, choices=SendKey.choices, default=SendKey.ENTER)
    return_to = models.CharField(max_length=10, choices=ReturnTo.choices, default=ReturnTo.UNREAD)
