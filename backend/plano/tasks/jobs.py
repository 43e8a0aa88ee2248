"""Background entry points: the bin after 30 days."""

from procrastinate.contrib.django import app

from plano.tasks import actions


@app.periodic(cron="37 3 * * *")
@app.task(name="tasks.empty_bin", queue="maintenance")
def empty_bin(timestamp: int) -> None:
    """What was deleted 30 days ago."""
    actions.empty_bin()
