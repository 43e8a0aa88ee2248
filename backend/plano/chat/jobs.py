"""Background entry points: telling the many whom one message names."""

from uuid import UUID

from procrastinate.contrib.django import app

from plano.chat import actions
from plano.chat.actions import deliveries, direct, exports, indexing
from plano.chat.actions.direct import TELL as TELL_CONVERSATION
from plano.chat.actions.files import forget_abandoned
from plano.chat.actions.naming import TELL
from plano.chat.actions.reminders import RING, ring
from plano.chat.actions.scheduled import SEND
from plano.platform.lasting import lasting


@app.task(name=TELL, queue="chat")
def tell_named(message_id: str, user_ids: list[str]) -> None:
    """Those of a large channel who were named by « all »."""
    actions.tell_named(UUID(message_id), [UUID(id) for id in user_ids])


@app.task(name=TELL_CONVERSATION, queue="chat")
def tell_conversation(channel_id: str) -> None:
    """Those of a conversation who have not read what came a moment ago."""
    direct.tell_conversation(UUID(channel_id))


@app.periodic(cron="40 3 * * *")
@app.task(name="chat.forget_abandoned", queue="chat")
def forget_abandoned_files(timestamp: int) -> None:
    """Files that were put into a conversation a week ago and never sent."""
    forget_abandoned()


@app.periodic(cron="* * * * *")
@app.task(name="chat.index_messages", queue="chat", lock="chat.index_messages")
def index_messages(timestamp: int) -> None:
    """New messages, for search."""
    indexing.index_messages()


@lasting("chat.tell_services", every=1.0)
def tell_services() -> None:
    """What was said in channels that other services are told of."""
    deliveries.tell_services()


@app.task(name=SEND, queue="chat")
def send_scheduled(scheduled_id: str) -> None:
    """One message whose time has come; moved meanwhile, it waits on."""
    actions.send(UUID(scheduled_id))


@app.task(name=RING, queue="chat")
def ring_reminder(reminder_id: str) -> None:
    """One reminder whose time has come; moved meanwhile, it waits on."""
    ring(UUID(reminder_id))


@app.periodic(cron="* * * * *")
@app.task(name="chat.do_due", queue="chat", queueing_lock="chat.do_due")
def do_due(timestamp: int) -> None:
    """Messages and reminders whose own job was lost."""
    actions.send_due()
    actions.ring_due()


@app.task(name=exports.WRITE, queue="chat")
def write_export(export_id: str) -> None:
    """A copy of a conversation that somebody asked for."""
    exports.write_export(UUID(export_id))


@app.periodic(cron="33 * * * *")
@app.task(name="chat.forget_exports", queue="chat")
def forget_exports(timestamp: int) -> None:
    """Copies whose week is over."""
    exports.forget_exports()
