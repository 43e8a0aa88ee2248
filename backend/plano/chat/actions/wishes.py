"""How one person likes to write and to come back."""

from plano.accounts.models import User
from plano.chat.live import WISHES
from plano.chat.models import ChatWishes
from plano.chat.schemas import ChatWishesOut
from plano.platform.live import unit_of_work


def set_wishes(*, actor: User, send_key: str | None = None, return_to: str | None = None) -> ChatWishesOut:
    """Change what is given, on all devices."""
    with unit_of_work() as emit:
        wishes, fresh = ChatWishes.objects.select_for_update(of=("self",)).get_or_create(user=actor)
        before = (wishes.send_key, wishes.return_to)
        wishes.send_key = send_key or wishes.send_key
        wishes.return_to = return_to or wishes.return_to
        if (wishes.send_key, wishes.return_to) != before:
            if not fresh:
                wishes.touch()
            wishes.save()
            emit.changed(WISHES, scope=actor.id, data=ChatWishesOut.from_model(wishes))
    return ChatWishesOut.from_model(wishes)
