"""Background entry points: deliver by SMTP, with growing pauses between tries; purge the folder each night."""

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from plano.platform.mail.base import Message
from plano.platform.mail.delivery import QUEUE, TASK, adapter, outbox


@app.task(name=TASK, queue=QUEUE, retry=RetryStrategy(max_attempts=10, exponential_wait=4))
def deliver(**fields: Any) -> None:
    """Hand one mail to the server."""
    adapter().deliver(Message(**fields))


@app.periodic(cron="17 3 * * *")
@app.task(name="mail.purge_outbox", queue=QUEUE)
def purge_outbox(timestamp: int) -> None:
    """Forget old files."""
    outbox().purge()
