"""Messages that wait for their time. Each has its id from the beginning: however often it is sent, it is said once."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from procrastinate.contrib.django import app

from plano.accounts.models import User
from plano.chat import policies, queries
from plano.chat.actions.files import hold, require_files
from plano.chat.actions.messages import post_message, require_text
from plano.chat.actions.times import require_future
from plano.chat.live import SCHEDULED
from plano.chat.models import Attachment, Message, Scheduled
from plano.chat.schemas import GroupName, ScheduledOut
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, DomainError, NotFound, TooMany, Unavailable
from plano.kernel.schemas import Removed
from plano.notifications.actions import notify
from plano.platform.live import Emit, unit_of_work

log = logging.getLogger("plano.chat")

SEND = "chat.send_scheduled"
MOST = 100
TAKEN_FOR = timedelta(minutes=2)
"""A worker that took one and did not end within this time is dead: the next may send it."""


def schedule(
    *,
    actor: User,
    channel_id: UUID,
    id: UUID,
    text: str,
    at: datetime,
    thread_id: UUID | None = None,
    mentions: Sequence[UUID] = (),
    in_channel: bool = False,
    groups: Sequence[GroupName] = (),
    confirmed: bool = False,
    files: Sequence[UUID] = (),
) -> Scheduled:
    """To be said at this time. With the same id again: the one that waits."""
    channel = queries.channel_for(actor, channel_id)
    policies.require_post(actor, channel, in_thread=thread_id is not None and not in_channel)
    known = _known(actor, channel_id, id)
    if known is not None:
        return known
    require_text(text, empty=bool(files))
    require_future(at)
    if thread_id is not None:
        queries.root_for(actor, channel.id, thread_id)
    carried = require_files(actor, channel, files)
    with unit_of_work() as emit:
        User.objects.select_for_update().only("id").get(id=actor.id)  # two hundred-firsts, two of one id wait
        known = _known(actor, channel_id, id)
        if known is not None:
            return known
        if Scheduled.objects.filter(user=actor).count() >= MOST:
            raise Conflict("too_many_scheduled")
        row = Scheduled.objects.create(
            id=id,
            user=actor,
            channel=channel,
            thread_id=thread_id,
            text=text,
            mentions=[str(one) for one in mentions],
            groups=list(groups),
            files=[str(one) for one in carried],
            in_channel=in_channel and thread_id is not None,
            confirmed=confirmed,
            at=at,
        )
        Attachment.objects.filter(user=actor, node_id__in=carried).delete()  # they wait with it, however long
        _wake(row)
        emit.changed(SCHEDULED, scope=actor.id, data=ScheduledOut.from_model(row))
    return row


def change(
    *,
    actor: User,
    scheduled_id: UUID,
    text: str | None = None,
    mentions: Sequence[UUID] | None = None,
    groups: Sequence[GroupName] | None = None,
    confirmed: bool | None = None,
    at: datetime | None = None,
) -> Scheduled:
    """Other words or another time, until it goes; one that was refused waits anew."""
    with unit_of_work() as emit:
        row = _mine(actor, scheduled_id)
        if text is not None:
            require_text(text, empty=bool(row.files))
            row.text = text
        if at is not None:
            require_future(at)
            row.at, row.refused = at, ""
        row.mentions = row.mentions if mentions is None else [str(one) for one in mentions]
        row.groups = row.groups if groups is None else list(groups)
        row.confirmed = row.confirmed if confirmed is None else confirmed
        row.touch()
        row.save()
        if at is not None:
            _wake(row)
        emit.changed(SCHEDULED, scope=actor.id, data=ScheduledOut.from_model(row))
    return row


def cancel(*, actor: User, scheduled_id: UUID) -> None:
    """Not said after all. Its files wait to be sent, or to be forgotten, like those of any draft."""
    with unit_of_work() as emit:
        row = _mine(actor, scheduled_id)
        hold(actor, row.channel, [UUID(one) for one in row.files])
        _drop(emit, row)


def send_now(*, actor: User, scheduled_id: UUID) -> None:
    """Its author wants it said at once: a refusal is theirs to read, and it stays where it was."""
    with unit_of_work():
        row = _mine(actor, scheduled_id)
        row.taken_at = now()
        row.save(update_fields=["taken_at"])
    try:
        _post(row)
    except BaseException:
        Scheduled.objects.filter(id=row.id).update(taken_at=None)
        raise
    _sent(row)


def send_due() -> int:
    """All whose time has come, oldest first. Called by a job."""
    due = Scheduled.objects.filter(_free(), at__lte=now(), refused="").order_by("at").values_list("id", flat=True)
    return sum(send(id) for id in list(due[:500]))


def send(scheduled_id: UUID) -> bool:
    """Say it, if it is time and nobody else does at this moment. The rights are those of now."""
    taken = Scheduled.objects.filter(_free(), id=scheduled_id, at__lte=now(), refused="").update(taken_at=now())
    if not taken:
        return False
    row = Scheduled.objects.select_related("user", "channel").get(id=scheduled_id)
    try:
        _post(row)
    except (TooMany, Unavailable):
        Scheduled.objects.filter(id=row.id).update(taken_at=None)
        return False
    except DomainError as refusal:
        _refused(row, refusal.code)
        return False
    _sent(row)
    return True


def _post(row: Scheduled) -> None:
    """Said before, it is not said again, even if it was deleted since. Who reads no more is named in words only."""
    if Message.objects.filter(id=row.id).exists():
        return
    wanted = [UUID(one) for one in row.mentions]
    post_message(
        actor=row.user,
        channel_id=row.channel_id,
        id=row.id,
        text=row.text,
        thread_id=row.thread_id,
        mentions=[person.id for person in policies.readers_among(row.channel_id, wanted)],
        in_channel=row.in_channel,
        groups=row.groups,
        confirmed=row.confirmed,
        files=[UUID(one) for one in row.files],
    )


def _sent(row: Scheduled) -> None:
    with unit_of_work() as emit:
        for each in Scheduled.objects.select_for_update(of=("self",)).filter(id=row.id):
            _drop(emit, each)


def _refused(row: Scheduled, code: str) -> None:
    """Told to its author; the words stay with them, to be changed, moved to another time or thrown away."""
    log.info("a scheduled message was refused: %s", code)
    with unit_of_work() as emit:
        row.taken_at, row.refused = None, code[:60]
        row.touch()
        row.save(update_fields=["taken_at", "refused", "version", "updated_at"])
        emit.changed(SCHEDULED, scope=row.user_id, data=ScheduledOut.from_model(row))
        notify(
            emit=emit,
            recipients=[row.user],
            kind="not_sent",
            actor=None,
            title=row.text[:200],
            link_kind="chat.scheduled",
            link_id=row.id,
            workspace_id=row.channel.workspace_id,
            parent_id=row.channel_id,
        )


def _known(actor: User, channel_id: UUID, id: UUID) -> Scheduled | None:
    """What waits with this id already; what it was used for otherwise is refused."""
    known = Scheduled.objects.select_related("channel").filter(id=id).first()
    if known is None and not Message.objects.filter(id=id).exists():
        return None
    if known is None or known.user_id != actor.id or known.channel_id != channel_id:
        raise Conflict("identifier_in_use")
    return known


def _mine(actor: User, scheduled_id: UUID) -> Scheduled:
    rows = Scheduled.objects.select_for_update(of=("self",)).select_related("channel", "user")
    row = rows.filter(id=scheduled_id, user=actor).first()
    if row is None:
        raise NotFound
    if row.taken_at is not None and row.taken_at > now() - TAKEN_FOR:
        raise Conflict("already_leaving")
    return row


def _free() -> Q:
    return Q(taken_at=None) | Q(taken_at__lte=now() - TAKEN_FOR)


def _wake(row: Scheduled) -> None:
    app.configure_task(SEND, queue="chat", schedule_at=row.at).defer(scheduled_id=str(row.id))


def _drop(emit: Emit, row: Scheduled) -> None:
    gone = row.id
    row.delete()
    emit.removed(SCHEDULED, scope=row.user_id, data=Removed(id=gone, parent_id=row.channel_id))
