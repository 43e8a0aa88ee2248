"""Share links: a way in for people without an account, of which everybody concerned knows (R-14)."""

from django.db import models

from plano.kernel.clock import now
from plano.kernel.models import Model, Versioned


class ShareMode(models.TextChoices):
    """`drop`: an outsider deposits and sees nothing, not even the names of what lies there."""

    READ = "read"
    DROP = "drop"


class Stop(models.TextChoices):
    """Why a link is dead for ever. Past its end or used up, it can be prolonged; these it does not outlive."""

    BY_HAND = "by_hand"
    DELETED = "deleted"
    MOVED = "moved"
    CREATOR = "creator"
    ARCHIVED = "archived"
    SHARING_OFF = "sharing_off"


class Sharing(models.Model):
    """Whether a workspace allows links at all. No row: it does not."""

    workspace = models.OneToOneField(
        "workspaces.Workspace", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    links = models.BooleanField(default=False)


class ShareLink(Versioned):
    """One link. Only the hash of its secret is here; the secret is derived again for those who may copy it.

    `scope_id` is the audience of the object when the link was made: another one, and the link is dead.
    """

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="+")
    node = models.ForeignKey("documents.Node", on_delete=models.CASCADE, related_name="share_links")
    scope_id = models.UUIDField()
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=4, choices=ShareMode.choices)
    label = models.CharField(max_length=120, default="", blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    password = models.CharField(max_length=255, default="", blank=True)
    expires_at = models.DateTimeField()
    max_uses = models.PositiveIntegerField(null=True)
    uses = models.PositiveIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    stop_reason = models.CharField(max_length=12, choices=Stop.choices, default="", blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["workspace", "created_at"]),
            models.Index(fields=["created_by"], condition=models.Q(stopped_at=None), name="documents_living_links"),
        )


class ShareVisit(Model):
    """One browser that opened a link: one use. Its key is in a cookie only; here is the hash."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="visits")
    key_hash = models.CharField(max_length=64, unique=True)
    network = models.CharField(max_length=45, blank=True)
    """Where from, shortened so that it names no person: three bytes of IPv4, 48 bits of IPv6."""
    expires_at = models.DateTimeField()


class ShareUse(Model):
    """What was done through a link: when, what, from where."""

    class What(models.TextChoices):
        OPENED = "opened"
        DOWNLOADED = "downloaded"
        ARCHIVED = "archived"
        DEPOSITED = "deposited"

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="entries")
    visit = models.ForeignKey(ShareVisit, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    what = models.CharField(max_length=10, choices=What.choices)
    node = models.ForeignKey("documents.Node", on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=255, default="", blank=True)
    depositor = models.CharField(max_length=120, default="", blank=True)
    network = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = (models.Index(fields=["link", "-at"]),)
