"""Tables of the calendar. Times are wall times with the zone's name; instants are derived, for finding only."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from plano.calendar.times import Span
from plano.kernel.models import MadeFrom, Model, Versioned

if TYPE_CHECKING:
    _WallTime = models.Field[datetime, datetime]
else:
    _WallTime = models.Field


class WallTimeField(_WallTime):
    """What a clock on a wall shows: a timestamp without offset, which a change of the zone's rules leaves alone."""

    def db_type(self, connection: Any) -> str:
        return "timestamp without time zone"

    def to_python(self, value: Any) -> Any:
        return datetime.fromisoformat(value) if isinstance(value, str) else value


class Calendar(Versioned):
    """A set of events with an audience. Each workspace has one, whose id is the workspace's."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="calendars")
    scope = models.ForeignKey("workspaces.AccessScope", on_delete=models.CASCADE, related_name="+")


class Event(MadeFrom, Versioned):
    """An event, or a whole series when it has a rule (the value of an RRULE, RFC 5545).

    `exdates` are occurrences taken out and `overrides` those changed, both named by the wall time of their start in
    the series (RECURRENCE-ID). `first_at` and `last_at` bound all occurrences; no last one: it goes on for ever.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="events")
    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="events")
    scope = models.ForeignKey("workspaces.AccessScope", on_delete=models.CASCADE, related_name="+")
    uid = models.CharField(max_length=255)
    sequence = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    location = models.CharField(max_length=200, blank=True, default="")
    color = models.PositiveSmallIntegerField(default=1)
    start = WallTimeField()
    end = WallTimeField()
    start_fold = models.PositiveSmallIntegerField(default=0)
    end_fold = models.PositiveSmallIntegerField(default=0)
    time_zone = models.CharField(max_length=64, null=True, blank=True)
    """None: whole days."""
    rrule = models.CharField(max_length=500, blank=True, default="")
    exdates = ArrayField(models.CharField(max_length=16), default=list)
    overrides = models.JSONField(default=dict)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True)
    organiser = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    meeting_id = models.UUIDField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["calendar", "uid"], name="event_uid_once"),
            models.CheckConstraint(condition=models.Q(color__range=(1, 8)), name="event_color_1_to_8"),
        )
        indexes = (models.Index(fields=["scope", "first_at"], condition=models.Q(deleted_at=None), name="event_alive"),)

    @property
    def span(self) -> Span:
        """When it is; for a series, when the first one is."""
        start, end = self.start.replace(fold=self.start_fold), self.end.replace(fold=self.end_fold)
        return Span(start=start, end=end, zone=self.time_zone)

    @span.setter
    def span(self, span: Span) -> None:
        self.start, self.start_fold = span.start.replace(fold=0), span.start.fold
        self.end, self.end_fold = span.end.replace(fold=0), span.end.fold
        self.time_zone = span.zone


class Answer(models.TextChoices):
    """What a participant says (PARTSTAT)."""

    NEEDS_ACTION = "needs-action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


class Attendee(Model):
    """A participant and their answer."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendees")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="attendances")
    answer = models.CharField(max_length=12, choices=Answer.choices, default=Answer.NEEDS_ACTION)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["event", "user"], name="attendee_once"),)
