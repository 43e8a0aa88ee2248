"""Background entry points: telling the many whom one message names."""

from uuid import UUID

from procrastinate.contrib.django import app

from plano.chat import actions
from plano.chat.actions.naming import TELL


@app.task(name=TELL, queue="chat")
def tell_named(message_id: str, user_ids: list[str]) -> None:
    """Those of a large channel who were named by « all »."""
    actions.tell_named(UUID(message_id), [UUID(id) for id in user_ids])
