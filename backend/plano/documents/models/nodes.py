"""Folders, documents and their contents."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from plano.kernel.clock import now
from plano.kernel.models import Model, Versioned
from plano.workspaces.models import ScopeKind


class Kind(models.TextChoices):
    FOLDER = "folder"
    DOCUMENT = "document"


class State(models.TextChoices):
    """What the antivirus says of a content (R-75). `policies.is_downloadable` is the one rule about them.

    `unscanned`: complete and downloadable; no antivirus looked at it, and nobody claims otherwise.
    """

    EMPTY = "empty"
    UNSCANNED = "unscanned"
    CHECKING = "checking"
    CLEAN = "clean"
    INFECTED = "infected"


class Origin(models.TextChoices):
    """How a version came in."""

    UPLOAD = "upload"
    RESTORE = "restore"
    IMPORT = "import"
    SYNC = "sync"
    DEPOSIT = "deposit"


class Node(Versioned):
    """A folder or a document. `folded` is the name's key among its living siblings (documents-3).

    Its access scope is the workspace's, or that of the nearest folder with one of its own (`scope_id == id`).
    In the bin all of a deleted tree carries `deleted_root`, the id of what was deleted by hand.
    """

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="nodes")
    scope = models.ForeignKey("workspaces.AccessScope", on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=255)
    folded = models.CharField(max_length=512, db_collation="C")
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    modified_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    modified_at = models.DateTimeField(default=now)
    description = models.CharField(max_length=2000, default="", blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    """Values of the workspace's own fields, by the field's id (`CustomField`)."""
    open_comments = models.PositiveIntegerField(default=0)
    """Remarks that are not resolved; derived, so it counts as no change (`version` stays)."""
    size = models.BigIntegerField(default=0)
    media_type = models.CharField(max_length=127, default="", blank=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    blob = models.CharField(max_length=32, default="", blank=True)
    content_version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.EMPTY)
    thumbnail = models.BooleanField(default=False)
    """Whether the present content has a small picture; derived, so it counts as no change (`version` stays)."""
    depositor = models.CharField(max_length=120, default="", blank=True)
    """Who brought the present content by a share link, as they named themselves; the link's creator answers for it."""
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    deleted_root = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["workspace", "parent", "folded"],
                condition=models.Q(deleted_at=None),
                nulls_distinct=False,
                name="documents_name_once",
            ),
            models.CheckConstraint(
                condition=models.Q(deleted_at=None, deleted_root=None) | models.Q(deleted_at__isnull=False),
                name="documents_bin_has_root",
            ),
        )
        indexes = (
            models.Index(
                fields=["parent", "kind", "folded", "id"],
                condition=models.Q(deleted_at=None),
                name="documents_children",
            ),
            models.Index(
                fields=["workspace", "deleted_root"], condition=models.Q(deleted_at__isnull=False), name="documents_bin"
            ),
            models.Index(fields=["scope", "modified_at"], name="documents_recent"),
            GinIndex(fields=["fields"], opclasses=["jsonb_path_ops"], name="documents_fields"),
        )

    @property
    def has_own_scope(self) -> bool:
        return self.scope_id == self.id

    @property
    def of_conversation(self) -> bool:
        """The folder of a conversation's files: whom it is for and what it is called are said there (ADR 0016)."""
        return self.has_own_scope and self.scope.kind != ScopeKind.FOLDER


class Version(Model):
    """One content of a document, for ever. Several may share the same bytes (a restored one)."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=127)
    blob = models.CharField(max_length=32, db_index=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    restored_from = models.PositiveIntegerField(null=True)
    label = models.CharField(max_length=120, default="", blank=True)
    comment = models.CharField(max_length=1000, default="", blank=True)
    kept = models.BooleanField(default=False)  # never thinned out
    depositor = models.CharField(max_length=120, default="", blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNSCANNED)
    verdict = models.CharField(max_length=200, default="", blank=True)  # the signature found, or why nobody looked
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["node", "number"], name="documents_version_once"),)
        indexes = (
            models.Index(fields=["created_at"], condition=models.Q(state="checking"), name="documents_checking"),
        )
