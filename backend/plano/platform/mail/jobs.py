"""Background entry points: deliver by SMTP, with growing pauses between tries; purge the folder each night."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from plano.platform.mail.base import Message
from plano.platform.mail.delivery import QUEUE, TASK, adapter, outbox


@app.task(name=TASK, queue=QUEUE, retry=RetryStrategy(max_attempts=10, exponential_wait=4))
def deliver(to: str, subject: str, text: str, name: str, language: str) -> None:
    """Hand one mail to the server."""
    adapter().deliver(Message(to=to, subject=subject, text=text, name=name, language=language))


@app.periodic(cron="17 3 * * *")
@app.task(name="mail.purge_outbox", queue=QUEUE)
def purge_outbox(timestamp: int) -> None:
    """Forget old files."""
    outbox().purge()
