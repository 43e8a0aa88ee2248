"""When a thing told will ring, and what is still to be told away from the page. Inside the teller's unit of work."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from plano.accounts.models import User
from plano.kernel import clock
from plano.kernel.text import folded
from plano.notifications import hours, queries
from plano.notifications.models import Cadence, Delivery, Notification, Rhythm, Way
from plano.platform import webpush

DELIVER = "notifications.deliver"
QUEUE = "notifications"
PUSH_AGAIN_AFTER = timedelta(minutes=5)
"""One thing that comes again and again is pushed no more often."""


@dataclass(frozen=True, slots=True)
class Plan:
    """For one person and one thing told: from when it may ring in the page, and when by other ways."""

    rings_at: datetime | None
    due: dict[Way, tuple[Cadence, datetime]]
    urgent: bool = False


def plans(
    people: Sequence[User],
    *,
    kind: str,
    workspace_id: UUID | None,
    actor: User | None,
    title: str,
    urgent: bool = False,
) -> dict[UUID, Plan]:
    """Two questions for all of them."""
    if not people:
        return {}
    group = queries.GROUP_OF[kind]
    wishes = queries.wishes_of([person.id for person in people], group=group, workspace_id=workspace_id)
    rhythms = queries.rhythms_of(people)
    at = clock.now()
    found = {}
    for person in people:
        rhythm, wish = rhythms[person.id], wishes[person.id]
        mine = queries.hours_of(person, rhythm)
        passes = urgent or is_excepted(rhythm, actor_id=actor.id if actor else None, title=title)
        moment = at if passes else hours.next_moment(mine, at)
        due: dict[Way, tuple[Cadence, datetime]] = {}
        if moment is not None and wish.push and webpush.is_on():
            due[Way.PUSH] = (Cadence.NOW, moment)
        posted = _mail_due(mine, wish.mail, at, moment) if moment is not None and person.email else None
        if posted is not None:
            due[Way.MAIL] = (wish.mail, posted)
        found[person.id] = Plan(rings_at=moment if wish.page else None, due=due, urgent=urgent)
    return found


def is_excepted(rhythm: Rhythm, *, actor_id: UUID | None, title: str) -> bool:
    """Whom or what this person hears of at any hour."""
    if actor_id is not None and actor_id in rhythm.people:
        return True
    said = folded(title)
    return any(folded(word) in said for word in rhythm.words)


def keep_plans(pairs: Iterable[tuple[Notification, Plan]]) -> None:
    """Rows to be looked at when they are due; something that is news again is due again, never later than it was.

    What waited for the morning goes earlier when urgent news, or somebody who passes, comes to it.
    """
    wanted = {(row.id, way): (row, plan, *of) for row, plan in pairs for way, of in plan.due.items()}
    ids = {row.id for row, *_ in wanted.values()}
    old = Delivery.objects.select_for_update().filter(notification__in=ids) if ids else []
    known = {(row.notification_id, Way(row.way)): row for row in old}
    fresh = []
    for key, (row, plan, cadence, due) in wanted.items():
        there = known.get(key)
        if there is None:
            fresh.append(Delivery(notification=row, user_id=row.user_id, way=key[1], cadence=cadence, due_at=due))
        elif there.done_at is not None:
            soon = key[1] is Way.PUSH and not plan.urgent
            again = max(due, there.done_at + PUSH_AGAIN_AFTER) if soon else due
            Delivery.objects.filter(id=there.id).update(
                due_at=again, done_at=None, outcome="", tries=0, cadence=cadence
            )
        elif due < there.due_at:
            Delivery.objects.filter(id=there.id).update(due_at=due, cadence=cadence)
    Delivery.objects.bulk_create(fresh)
    if any(due <= clock.now() for *_, due in wanted.values()):
        transaction.on_commit(look_now, robust=True)


def look_now() -> None:
    """Somebody looks at what is due at once, not at the next minute. One such job waits at a time."""
    _defer(app.configure_task(DELIVER, queue=QUEUE, queueing_lock=DELIVER).defer)


def _defer(defer: Callable[..., object]) -> None:
    try:
        with transaction.atomic():
            defer(timestamp=0)
    except AlreadyEnqueued:
        pass


def _mail_due(mine: hours.Hours, cadence: Cadence, at: datetime, moment: datetime) -> datetime | None:
    """What comes on a Saturday is in the digest of that Monday, which begins with the moment when it may ring."""
    after: timedelta = settings.PLANO.mail_after
    match cadence:
        case Cadence.NOW:
            return moment + after
        case Cadence.HOURLY:
            return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        case Cadence.DAILY:
            return hours.next_day_begins(mine, at)
        case Cadence.WEEKLY:
            return hours.next_week_begins(mine, at)
        case _:
            return None
