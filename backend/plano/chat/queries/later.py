"""What one person put off, and how they like to write."""

from plano.accounts.models import User
from plano.chat.models import ChatWishes, Message, Reminder, Scheduled
from plano.chat.queries.floors import floors_of
from plano.chat.schemas import ChatWishesOut, ReminderForMe, ReminderOut, ScheduledOut
from plano.workspaces import policies as access

EXCERPT = 200


def scheduled_for(actor: User) -> list[ScheduledOut]:
    """My messages that wait, the next first; refused ones are among them."""
    rows = Scheduled.objects.filter(user=actor).select_related("channel").order_by("at", "id")
    return [ScheduledOut.from_model(row) for row in rows]


def reminders_for(actor: User) -> list[ReminderForMe]:
    """What I want to come back to, the next first."""
    rows = Reminder.objects.filter(user=actor).select_related("message__channel", "message__author")
    seen, hidden = set(access.visible_scope_ids(actor)), floors_of(actor.id)

    def readable(message: Message) -> bool:
        known = message.channel_id in seen and message.seq > hidden.get(message.channel_id, 0)
        return known and message.deleted_at is None

    found = []
    for row in rows.order_by("at", "id"):
        open = readable(row.message)
        found.append(
            ReminderForMe(
                **dict(ReminderOut.from_model(row)),
                author=row.message.author.name if open else None,
                text=row.message.text[:EXCERPT] if open else None,
            )
        )
    return found


def wishes_of(actor: User) -> ChatWishesOut:
    """What I chose, or what holds while I did not."""
    known = ChatWishes.objects.filter(user=actor).first()
    return ChatWishesOut.from_model(known) if known else ChatWishesOut.from_model(ChatWishes(user=actor), version=0)
