"""Background entry points: meetings that nobody is in."""

from procrastinate.contrib.django import app

from plano.meetings import actions


@app.periodic(cron="* * * * *")
@app.task(name="meetings.close_empty", queue="meetings")
def close_empty(timestamp: int) -> None:
    """Rooms do not stay open for ever."""
    actions.close_empty()
