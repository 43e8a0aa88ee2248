"""Tables of workspaces and of access. Rules are in `policies` and `actions`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from plano.kernel.models import Model, Versioned


class Role(models.IntegerChoices):
    """Ordered: a higher role may do all that a lower one may."""

    GUEST = 10, "guest"
    READER = 20, "reader"
    MEMBER = 30, "member"
    MANAGER = 40, "manager"


class Room(models.TextChoices):
    """The modules of a workspace that can be switched on or off."""

    DOCUMENTS = "documents"
    CHAT = "chat"
    MEETINGS = "meetings"
    CALENDAR = "calendar"
    TASKS = "tasks"


class Workspace(Versioned):
    """The virtual office of a project team. The id is also that of its own access scope."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True, default="")
    color = models.PositiveSmallIntegerField(default=1)
    rooms = ArrayField(models.CharField(max_length=20, choices=Room.choices), default=list)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(color__range=(1, 8)), name="workspace_color_1_to_8"),)

    def __str__(self) -> str:
        return self.name


class Membership(Versioned):
    """A person in a workspace. A guest is a member of it only through the grants of its scopes."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="memberships")
    role = models.PositiveSmallIntegerField(choices=Role.choices)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),)


class ScopeKind(models.TextChoices):
    """What a scope is about; decides only how it is explained."""

    WORKSPACE = "workspace"
    FOLDER = "folder"
    CHANNEL = "channel"
    CONVERSATION = "conversation"
    MEETING = "meeting"


class AccessScope(models.Model):
    """A set of people with a stream of their own. Open: the workspace's readers and up, plus its grants."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20, choices=ScopeKind.choices)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="scopes")
    open = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=["workspace", "open"]),)


class ScopeGrant(Model):
    """A person's own role in one scope: adds a guest, narrows or widens a member."""

    scope = models.ForeignKey(AccessScope, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="scope_grants")
    role = models.PositiveSmallIntegerField(choices=Role.choices)
    granted_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["scope", "user"], name="scope_grant_once"),)


class Invitation(Versioned):
    """A way in by mail: single use, bound to one address, at most seven days (R-09)."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    email_key = models.CharField(max_length=254)
    role = models.PositiveSmallIntegerField(choices=Role.choices)
    invited_by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["workspace", "email_key"]),)
