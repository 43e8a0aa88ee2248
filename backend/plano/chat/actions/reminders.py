"""« Me le rappeler »: one's own, unseen by all others."""

from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app

from plano.accounts.models import User
from plano.chat import queries
from plano.chat.actions.times import require_future
from plano.chat.live import REMINDER
from plano.chat.models import Message, Reminder
from plano.chat.policies import require_standing
from plano.chat.schemas import ReminderOut
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, DomainError, Invalid
from plano.kernel.schemas import Removed
from plano.notifications.actions import notify
from plano.platform.live import Emit, unit_of_work

RING = "chat.ring_reminder"
MOST, AT_ONCE = 200, 30


def remind(*, actor: User, message_id: UUID, at: datetime) -> Reminder:
    """One reminder per message: asked again, it moves."""
    message = queries.message_for(actor, message_id)
    require_standing(message)
    if message.system is not None:
        raise Invalid("not_a_message")
    require_future(at)
    with unit_of_work() as emit:
        reminder, fresh = Reminder.objects.select_for_update(of=("self",)).get_or_create(
            user=actor, message=message, defaults={"at": at}
        )
        if fresh and Reminder.objects.filter(user=actor).count() > MOST:
            raise Conflict("too_many_reminders")
        if not fresh:
            if reminder.at == at:
                return reminder
            reminder.at = at
            reminder.touch()
            reminder.save(update_fields=["at", "version", "updated_at"])
        reminder.message = message
        app.configure_task(RING, queue="chat", schedule_at=at).defer(reminder_id=str(reminder.id))
        emit.changed(REMINDER, scope=actor.id, data=ReminderOut.from_model(reminder))
    return reminder


def forget_reminder(*, actor: User, reminder_id: UUID) -> None:
    """Not wanted any more; gone already: nothing happens."""
    with unit_of_work() as emit:
        for reminder in Reminder.objects.select_for_update(of=("self",)).filter(id=reminder_id, user=actor):
            _drop(emit, reminder)


def forget_reminders(emit: Emit, message: Message) -> None:
    """Its words were taken back: nobody is reminded of them."""
    found = list(Reminder.objects.select_for_update(of=("self",)).filter(message=message).order_by("user_id"))
    for reminder in found[:AT_ONCE]:
        emit.removed(REMINDER, scope=reminder.user_id, data=Removed(id=reminder.id))
    Reminder.objects.filter(message=message).delete()


def ring_due() -> int:
    """What is due now and whose own job was lost, oldest first. Two at once never ring twice."""
    due = list(Reminder.objects.filter(at__lte=now()).order_by("at").values_list("id", flat=True)[:500])
    return sum(ring(id) for id in due)


def ring(reminder_id: UUID) -> bool:
    """Tell its owner, if they may still read the message and it is still there; either way it is over."""
    with unit_of_work() as emit:
        reminder = (
            Reminder.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("user")
            .filter(id=reminder_id, at__lte=now())
            .first()
        )
        if reminder is None:
            return False
        message = _readable(reminder)
        _drop(emit, reminder)
        if message is None:
            return False
        notify(
            emit=emit,
            recipients=[reminder.user],
            kind="reminder",
            actor=None,
            title=message.text[:200],
            link_kind="chat.message",
            link_id=message.id,
            workspace_id=message.channel.workspace_id,
            scope_id=message.channel_id,
            parent_id=message.channel_id,
        )
    return True


def _readable(reminder: Reminder) -> Message | None:
    try:
        message = queries.message_for(reminder.user, reminder.message_id)
    except DomainError:
        return None
    return message if message.deleted_at is None else None


def _drop(emit: Emit, reminder: Reminder) -> None:
    gone = reminder.id
    reminder.delete()
    emit.removed(REMINDER, scope=reminder.user_id, data=Removed(id=gone))
