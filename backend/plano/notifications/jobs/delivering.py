"""What is due goes out: at every minute, and at once when something is due at once. One look at a time."""

from procrastinate.contrib.django import app

from plano.notifications.actions import delivering
from plano.notifications.actions.planning import DELIVER, QUEUE


@app.periodic(cron="* * * * *", periodic_id="notifications.deliver", queue=QUEUE)
@app.task(name=DELIVER, queue=QUEUE, lock=DELIVER, pass_context=False)
def deliver(timestamp: int) -> None:
    """By push and by mail."""
    delivering.deliver_due()


@app.periodic(cron="27 3 * * *")
@app.task(name="notifications.forget_old", queue=QUEUE)
def forget_old(timestamp: int) -> None:
    """How things were told a month ago."""
    delivering.forget_old()
