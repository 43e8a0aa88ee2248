"""Tables of meetings. A meeting borrows the scope of the place it starts from: whoever sees the place may enter."""

from django.db import models

from plano.kernel.models import Model, Versioned


class State(models.TextChoices):
    """Planned, going on, over. Over is for ever: a new meeting has a new address."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    ENDED = "ended"


class Meeting(Versioned):
    """A meeting. `link` names the channel or event it belongs to; those floors are above, so it is no foreign key."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="meetings")
    scope = models.ForeignKey("workspaces.AccessScope", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    started_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    link_kind = models.CharField(max_length=40, blank=True, default="")
    link_id = models.UUIDField(null=True)
    starts_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    empty_since = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["workspace", "state", "-created_at"], name="meetings_of_workspace"),
            models.Index(fields=["link_kind", "link_id"], name="meetings_of_link"),
        )


class Participation(Model):
    """A person in a meeting through one connection. `seen_at` is renewed while the connection lives.

    `mutes` counts how often a moderator muted the person; the gate carries each out once.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participations")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    mutes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=models.Q(left_at__isnull=True),
                name="meetings_present_once",
            ),
        )


class Removal(Model):
    """A moderator put this person out: they stay out of this meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="removals")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "user"], name="meetings_removed_once"),)


class Grant(Model):
    """The right to open one connection, once, within a minute; bound to person, session and meeting (R-93)."""

    token_hash = models.CharField(max_length=64, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    session_id = models.UUIDField()
    participation_id = models.UUIDField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["expires_at"]),)
