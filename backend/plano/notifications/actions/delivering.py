"""The ladder's upper steps: what is still unread when it is due goes out by push or by mail, each thing once.

Looked at again at that moment: read, out of sight, unwished, before somebody's eyes, out of hours: nothing goes out.
A row is held while its mail is handed over, so that two workers never send it both; a worker that is killed meanwhile
leaves it to the next, and the mail keeps its identifier.
"""

import logging
import smtplib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from plano.accounts.models import User
from plano.kernel import clock
from plano.notifications import hours, mails, queries
from plano.notifications.actions import push
from plano.notifications.actions.planning import is_excepted
from plano.notifications.models import Cadence, Delivery, Notification, Rhythm, Way
from plano.platform import database
from plano.platform.live.presence import are_here

AT_ONCE = 500
LOOKS_IN_PAGE = 2
"""Somebody before the page is looked for again after a minute, so often; then the page has told them."""
LOOK_AGAIN = timedelta(minutes=1)
FIRST_WAIT, LONGEST_WAIT, MOST_TRIES = timedelta(minutes=2), timedelta(hours=6), 15
KEPT = timedelta(days=30)
_DUE = """
SELECT user_id FROM notifications_delivery WHERE done_at IS NULL AND due_at <= %(at)s AND way = %(way)s
GROUP BY user_id ORDER BY min(due_at) LIMIT %(limit)s
"""

log = logging.getLogger(__name__)


class MailServerDown(Exception):
    """Nobody's mail can go now: the next look tries again."""


def deliver_due() -> None:
    """Everybody to whom something is due. Pushes first: they wait neither for mails nor for their server."""
    _each(Way.PUSH, push_to)
    try:
        _each(Way.MAIL, mail_to)
    except MailServerDown:
        log.warning("notifications wait: the mail server does not answer", exc_info=True)


def _each(way: Way, tell: Callable[[User], None]) -> None:
    """What breaks for one person (an address that no mail can have) keeps nobody else waiting."""
    for (user_id,) in database.rows(_DUE, {"at": clock.now(), "limit": AT_ONCE, "way": way.value}):
        user = User.objects.get(id=user_id)
        try:
            tell(user)
        except MailServerDown:
            raise
        except Exception:
            log.exception("somebody could not be told")
            with transaction.atomic():
                _try_later(_held(user, way))


def push_to(user: User) -> None:
    """One push for all that is due, after it was marked: rather never than twice."""
    with transaction.atomic():
        rows = _held(user, Way.PUSH)
        going = _still_wanted(user, rows)
        if going and are_here([user.id]):
            for row in going:
                row.tries += 1
                if row.tries > LOOKS_IN_PAGE:
                    _close([row], "in_page")
                else:
                    _later([row], clock.now() + LOOK_AGAIN)
            return
        _close(going, "sent")
    if going:
        newest = going[-1].notification
        kind = newest.kind if len(going) == 1 else "summary"
        push.send(user=user, kind=kind, urgent=any(row.notification.urgent for row in going))


def mail_to(user: User) -> None:
    """One mail for each thing, and one for each digest; each in its own transaction."""
    while _mail_one(user):
        pass


def forget_old() -> None:
    """What was done a month ago."""
    Delivery.objects.filter(done_at__lt=clock.now() - KEPT).delete()


def _mail_one(user: User) -> bool:
    """The first mail that is due; whether there was anything to do."""
    with transaction.atomic():
        rows = _held(user, Way.MAIL)
        if not rows:
            return False
        going = _still_wanted(user, rows)
        if not going:
            return True
        group = _together(going)
        letter = mails.compose(user, [row.notification for row in group], cadence=Cadence(group[0].cadence))
        try:
            mails.hand_over(letter)
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPAuthenticationError) as error:
            raise MailServerDown from error
        except smtplib.SMTPException:
            _try_later(group)
        except OSError as error:
            raise MailServerDown from error
        else:
            _close(group, "sent")
    return True


def _held(user: User, way: Way) -> list[Delivery]:
    found = Delivery.objects.select_for_update(of=("self",), skip_locked=True).filter(
        user=user, way=way, done_at=None, due_at__lte=clock.now()
    )
    return list(found.select_related("notification__actor").order_by("notification__created_at", "id")[:AT_ONCE])


def _still_wanted(user: User, rows: Sequence[Delivery]) -> list[Delivery]:
    """What may go out at this moment; the rest is closed with its reason, or waits for the next working moment."""
    if not rows:
        return []
    if not user.is_active:
        _close(rows, "nobody")
        return []
    ids = [row.notification_id for row in rows]
    seen = set(queries.visible_to(user).filter(id__in=ids).values_list("id", flat=True))
    rhythm = queries.rhythm_of(user)
    at = clock.now()
    moment = hours.next_moment(queries.hours_of(user, rhythm), at)
    going = []
    for row in rows:
        told = row.notification
        if told.read_at is not None:
            _close([row], "read")
        elif told.id not in seen:
            _close([row], "out_of_sight")
        elif not _is_wished(user, row):
            _close([row], "unwished")
        elif moment != at and not told.urgent and not _passes(rhythm, told):
            _close([row], "never") if moment is None else _later([row], moment)
        else:
            going.append(row)
    return going


def _is_wished(user: User, row: Delivery) -> bool:
    told = row.notification
    group = queries.GROUP_OF[told.kind]
    wish = queries.wishes_of([user.id], group=group, workspace_id=told.workspace_id)[user.id]
    if row.way == Way.PUSH:
        return wish.push
    return wish.mail != Cadence.NEVER and bool(user.email)


def _passes(rhythm: Rhythm, told: Notification) -> bool:
    return is_excepted(rhythm, actor_id=told.actor_id, title=told.title)


def _together(rows: Sequence[Delivery]) -> list[Delivery]:
    """At once: what is about one thing; in a digest: all of its cadence."""
    first = rows[0]
    same = [row for row in rows if row.cadence == first.cadence]
    if first.cadence != Cadence.NOW:
        return same
    return [row for row in same if mails.thing_of(row.notification) == mails.thing_of(first.notification)]


def _try_later(rows: Iterable[Delivery]) -> None:
    """This was refused: tried again after growing pauses, then given up."""
    log.warning("a notification was refused")
    for row in rows:
        row.tries += 1
        if row.tries >= MOST_TRIES:
            _close([row], "refused")
        else:
            _later([row], clock.now() + min(FIRST_WAIT * 2**row.tries, LONGEST_WAIT))


def _close(rows: Iterable[Delivery], outcome: str) -> None:
    ids: list[UUID] = [row.id for row in rows]
    if ids:
        Delivery.objects.filter(id__in=ids).update(done_at=clock.now(), outcome=outcome)


def _later(rows: Iterable[Delivery], due: datetime) -> None:
    for row in rows:
        Delivery.objects.filter(id=row.id).update(due_at=due, tries=row.tries)
