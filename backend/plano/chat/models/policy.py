"""What the managers of a workspace decided about its conversations."""

from django.db import models

from plano.kernel.models import Versioned


class Edits(models.TextChoices):
    """How long an author may change their own words."""

    ALWAYS = "always"
    MINUTES = "minutes"
    NEVER = "never"


class Pinners(models.TextChoices):
    """Who pins for everybody: those who write there, or the managers alone."""

    MEMBERS = "members"
    MANAGERS = "managers"


class ChatPolicy(Versioned):
    """One row per workspace, once somebody decided; without a row the defaults hold. Read by `policies.rules_of`.

    `traces`: a deleted message leaves the line that one was there. `revisions`: readers see what an edited message
    said before. `exports` and `webhooks`: what its managers may open to the outside.
    """

    workspace = models.OneToOneField("workspaces.Workspace", on_delete=models.CASCADE, related_name="+")
    edits = models.CharField(max_length=10, choices=Edits.choices, default=Edits.ALWAYS)
    edit_minutes = models.PositiveIntegerField(default=15)
    traces = models.BooleanField(default=True)
    revisions = models.BooleanField(default=True)
    pins = models.CharField(max_length=10, choices=Pinners.choices, default=Pinners.MEMBERS)
    exports = models.BooleanField(default=False)
    webhooks = models.BooleanField(default=True)
    urgent = models.BooleanField(default=True, db_default=True)
    """Whether a message may ring out of hours, on purpose."""
