"""Push services that asked us to wait are asked again."""

from uuid import UUID

from procrastinate.contrib.django import app

from plano.notifications import actions
from plano.notifications.actions.push import LATER, QUEUE


@app.task(name=LATER, queue=QUEUE, retry=2)
def push_later(device_id: str) -> None:
    """What is true by then."""
    actions.push.send_later(device_id=UUID(device_id))
