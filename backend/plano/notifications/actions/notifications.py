"""Telling people, and their reading it. One row and one frame per person told."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.text import clean_line
from plano.notifications import queries
from plano.notifications.actions.planning import keep_plans, plans
from plano.notifications.live import NOTIFICATION
from plano.notifications.models import Notification, NotificationKind
from plano.notifications.schemas import NotificationOut
from plano.platform.live import Emit, unit_of_work

MAX_RECIPIENTS = 90


def notify(
    *,
    emit: Emit,
    recipients: Iterable[User],
    kind: NotificationKind | str,
    actor: User | None,
    title: str,
    link_kind: str,
    link_id: UUID,
    workspace_id: UUID | None = None,
    scope_id: UUID | None = None,
    parent_id: UUID | None = None,
    urgent: bool = False,
) -> None:
    """Inside the caller's unit of work. Nobody is told of what they did themselves, nor twice of one thing unread.

    `scope_id` is the thing's scope: the notification shows only while its reader may see that. `urgent`: it rings at
    any hour (`urgent.require` has counted it). When and how else it is told is each person's choice (`planning`).
    """
    people = {
        person.id: person for person in recipients if person.is_active and (actor is None or person.id != actor.id)
    }
    told = set(
        Notification.objects.filter(user_id__in=people, kind=kind, link_id=link_id, read_at=None).values_list(
            "user_id", flat=True
        )
    )
    fresh = [person for id, person in people.items() if id not in told][:MAX_RECIPIENTS]
    planned = plans(fresh, kind=kind, workspace_id=workspace_id, actor=actor, title=title, urgent=urgent)
    rows = []
    for person in fresh:
        row = Notification.objects.create(
            user=person,
            kind=NotificationKind(kind),
            actor=actor,
            workspace_id=workspace_id,
            scope_id=scope_id,
            link_kind=link_kind,
            link_id=link_id,
            parent_id=parent_id,
            title=clean_line(title)[:200],
            urgent=urgent,
            rings_at=planned[person.id].rings_at,
        )
        rows.append(row)
        emit.changed(NOTIFICATION, scope=person.id, data=NotificationOut.from_model(row))
    keep_plans((row, planned[row.user_id]) for row in rows)


def tally(
    *,
    emit: Emit,
    person: User,
    kind: NotificationKind | str,
    actor: User | None,
    count: int,
    title: str,
    link_kind: str,
    link_id: UUID,
    workspace_id: UUID,
    scope_id: UUID,
    parent_id: UUID | None = None,
    urgent: bool = False,
) -> None:
    """Inside the caller's unit of work: one unread row per person and thing, which counts; not one for each change.

    `actor` stays on it while it is the only one. Whoever read it is told anew.
    """
    row = (
        Notification.objects.select_for_update(of=("self",))
        .select_related("actor")
        .filter(user=person, kind=kind, link_id=link_id, read_at=None)
        .first()
    )
    if row is None:
        row = Notification(
            user=person, kind=NotificationKind(kind), actor=actor, link_kind=link_kind, link_id=link_id, count=count
        )
    else:
        row.count += count
        row.actor = actor if actor is not None and actor.id == row.actor_id else None
        row.created_at = now()  # it is news again
        row.touch()
    row.workspace_id, row.scope_id, row.parent_id = workspace_id, scope_id, parent_id
    row.title = clean_line(title)[:200]
    row.urgent = row.urgent or urgent
    plan = plans([person], kind=kind, workspace_id=workspace_id, actor=actor, title=title, urgent=urgent)[person.id]
    row.rings_at = plan.rings_at
    row.save()
    keep_plans([(row, plan)])
    emit.changed(NOTIFICATION, scope=person.id, data=NotificationOut.from_model(row))


def moved_to_scope(ids: Iterable[UUID], scope_id: UUID) -> None:
    """These things have other people now: what was told of them is hidden from whoever is none of them (R-06)."""
    known = list(ids)
    about = Q(link_id__in=known) | Q(link_kind="documents.share", parent_id__in=known)
    Notification.objects.filter(about).exclude(scope_id=scope_id).update(scope_id=scope_id)


def mark_read(*, actor: User, ids: list[UUID] | None = None, link_id: UUID | None = None, all: bool = False) -> int:
    """Read on one device is read on all. Returns how many changed; at most 90 frames at a time.

    Held while they change: what is added to a row meanwhile would get the same version, and no page would see both.
    """
    found = queries.visible_to(actor).filter(read_at=None)
    if not all:
        found = found.filter(id__in=ids or []) if link_id is None else found.filter(link_id=link_id)
    changed = 0
    held = found.select_for_update(of=("self",)).select_related("actor").order_by("-created_at", "id")
    while True:
        with unit_of_work() as emit:
            batch = list(held[:MAX_RECIPIENTS])
            for row in batch:
                row.read_at = now()
                row.touch()
                row.save(update_fields=["read_at", "version", "updated_at"])
                emit.changed(NOTIFICATION, scope=actor.id, data=NotificationOut.from_model(row))
        changed += len(batch)
        if len(batch) < MAX_RECIPIENTS:
            return changed
