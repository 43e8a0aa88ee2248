"""What crosses the wire about notifications."""

from typing import Literal, get_args
from uuid import UUID

from plano.accounts.schemas import PersonOut
from plano.kernel.schemas import In, Instant, Out
from plano.notifications.models import Notification

KindName = Literal[
    "mention",
    "assignment",
    "invitation",
    "event_invitation",
    "message",
    "infected",
    "lock_broken",
    "comment",
    "followed",
    "followed_deleted",
    "deposited",
    "direct",
    "approval_asked",
    "approval_answered",
    "approval_reminder",
    "approval_completed",
    "approval_cancelled",
    "approval_lost",
    "retention",
    "reminder",
    "not_sent",
    "export_ready",
    "webhook_stopped",
]
KIND_NAMES: dict[str, KindName] = {name: name for name in get_args(KindName)}
"""What a row holds, as the wire has it."""


class NotificationOut(Out):
    id: UUID
    kind: KindName
    actor: PersonOut | None
    workspace_id: UUID | None
    link_kind: str
    link_id: UUID
    parent_id: UUID | None
    """What holds the thing: the channel of a message, for its address."""
    title: str
    count: int
    created_at: Instant
    read_at: Instant | None
    urgent: bool
    """Its sender asked to disturb out of hours."""
    rings_at: Instant | None
    """From when it may be heard and seen to come in the page (out of hours: the next working moment); null: never."""
    version: int

    @classmethod
    def from_model(cls, row: Notification) -> "NotificationOut":
        return cls(
            id=row.id,
            kind=KIND_NAMES[row.kind],
            actor=PersonOut.from_model(row.actor) if row.actor else None,
            workspace_id=row.workspace_id,
            link_kind=row.link_kind,
            link_id=row.link_id,
            parent_id=row.parent_id,
            title=row.title,
            count=row.count,
            created_at=row.created_at,
            read_at=row.read_at,
            urgent=row.urgent,
            rings_at=row.rings_at,
            version=row.version,
        )


class NotificationPage(Out):
    items: list[NotificationOut]
    next: str | None
    unread: int


class ReadIn(In):
    """Which ones are read: these, or all about one thing, or all."""

    ids: list[UUID] | None = None
    link_id: UUID | None = None
    all: bool = False
