"""Telling the browsers of a person that something is new: a number and a kind, never a word of it (row R3)."""

import json
import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from plano.accounts import sessions
from plano.accounts.models import Session, User
from plano.kernel import clock
from plano.kernel.errors import Invalid, NotFound, TooMany, Unavailable
from plano.notifications import queries
from plano.notifications.models import PushDevice
from plano.platform import audit, webpush
from plano.platform.webpush.delivery import Became

QUEUE = "push"
LATER = "notifications.push_later"
KEEP = timedelta(hours=12)
MOST_TRIES = 5
TRIAL_EVERY = timedelta(seconds=10)
TOPIC = "plano"
"""One for all: a browser that was off finds the last word only, which counts the others."""

log = logging.getLogger(__name__)


def add_device(*, actor: User, session: Session, endpoint: str, p256dh: str, auth: str) -> PushDevice:
    """This browser is told from now on, until its session ends. Again: the same one, renewed."""
    if not webpush.is_on():
        raise Unavailable("push_off")
    if not webpush.may_go_to(endpoint):
        raise Invalid("push_service_not_allowed", errors={"endpoint": "push_service_not_allowed"})
    try:
        webpush.check(p256dh=p256dh, auth=auth)
    except webpush.BadSubscription:
        raise Invalid("invalid", errors={"p256dh": "invalid"}) from None
    with transaction.atomic():
        Session.objects.select_for_update().get(id=session.id)
        PushDevice.objects.filter(endpoint=endpoint).exclude(session=session).delete()  # whoever had it before
        row, made = PushDevice.objects.update_or_create(
            session=session,
            defaults={
                "user": actor,
                "endpoint": endpoint,
                "p256dh": p256dh,
                "auth": auth,
                "failures": 0,
                "paused_until": None,
            },
        )
        if made:
            audit.record(actor=actor, action="push.added", object_kind="notifications.device", object_id=row.id)
    return row


def remove_device(*, actor: User, device_id: UUID) -> None:
    """It is told nothing more."""
    with transaction.atomic():
        deleted, _ = PushDevice.objects.filter(user=actor, id=device_id).delete()
        if not deleted:
            raise NotFound
        audit.record(actor=actor, action="push.removed", object_kind="notifications.device", object_id=device_id)


def try_device(*, actor: User, device_id: UUID) -> bool:
    """« Essayer »: whether the push service took a message for this device."""
    device = PushDevice.objects.select_related("user", "session").filter(user=actor, id=device_id).first()
    if device is None:
        raise NotFound
    if device.sent_at is not None and clock.now() - device.sent_at < TRIAL_EVERY:
        raise TooMany("push_tried_just_now", retry_after=int(TRIAL_EVERY.total_seconds()))
    return _tell(device, kind="trial", count=0) is Became.TAKEN


def send(*, user: User, kind: str, count: int | None = None, urgent: bool = False, keep: timedelta = KEEP) -> int:
    """Tell every device of a person; how many push services took it. Call it outside transactions, from a job.

    `count`: how many things are unread, the person's own number when it is not said. A device whose service asked us
    to wait is told later, once, and then what is true then. What nobody takes is dropped.
    """
    if not webpush.is_on() or not user.is_active:
        return 0
    known = PushDevice.objects.filter(user=user).select_related("session")
    at = clock.now()
    ready = [one for one in known if _may_be_told(one, user) and (one.paused_until is None or one.paused_until <= at)]
    if not ready:
        return 0
    number = queries.unread_count(user) if count is None else count
    told = [_tell(one, kind=kind, count=number, urgent=urgent, keep=keep) for one in ready]
    return told.count(Became.TAKEN)


def send_later(*, device_id: UUID) -> None:
    """After a wait that its push service asked for: what is unread by now, if anything is. Never out of hours."""
    device = PushDevice.objects.select_related("user", "session").filter(id=device_id).first()
    if device is None or not webpush.is_on() or not device.user.is_active or not _may_be_told(device, device.user):
        return
    count, at = queries.unread_count(device.user), clock.now()
    if not count:
        return
    urgent = queries.visible_to(device.user).filter(read_at=None, urgent=True).exists()
    moment = at if urgent else queries.next_moment(device.user, at)
    if moment == at:
        _tell(device, kind="summary", count=count, urgent=urgent)
    elif moment is not None:
        _ask_again(device, moment)


def _may_be_told(device: PushDevice, user: User) -> bool:
    """A session that nobody used for a while may still be told that something is new; one that is over may not."""
    return clock.now() < sessions.absolute_end(device.session, user)


def _tell(device: PushDevice, *, kind: str, count: int, urgent: bool = False, keep: timedelta = KEEP) -> Became:
    content = {"kind": kind, "count": count, "language": device.user.language}
    outcome = webpush.post(
        endpoint=device.endpoint,
        p256dh=device.p256dh,
        auth=device.auth,
        content=json.dumps(content, separators=(",", ":")).encode(),
        keep=keep,
        topic=TOPIC,
        urgent=urgent,
    )
    same = PushDevice.objects.filter(id=device.id, endpoint=device.endpoint)
    if outcome.became is Became.TAKEN:
        same.update(sent_at=clock.now(), failures=0, paused_until=None)
    elif outcome.became is Became.GONE:
        same.delete()
    elif outcome.became is Became.LATER:
        _pause(device, outcome.wait)
    else:
        log.warning("a push service refused a message", extra={"reason": outcome.reason})
    return outcome.became


def _pause(device: PushDevice, wait: timedelta) -> None:
    until = clock.now() + wait * 2**device.failures
    with transaction.atomic():
        PushDevice.objects.filter(id=device.id).update(failures=device.failures + 1, paused_until=until)
        if device.failures + 1 < MOST_TRIES:
            _ask_again(device, until)


def _ask_again(device: PushDevice, at: datetime) -> None:
    from procrastinate.contrib.django import app

    app.configure_task(LATER, queue=QUEUE, schedule_at=at).defer(device_id=str(device.id))
