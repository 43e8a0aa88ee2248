"""The nightly trim of the log."""

from procrastinate.contrib.django import app

from plano.kernel.clock import now
from plano.platform.live.presence import forget_here
from plano.platform.live.trim import KEPT, trim


@app.periodic(cron="41 3 * * *")
@app.task(name="live.trim", queue="maintenance")
def trim_log(timestamp: int) -> None:
    """Forget frames older than thirty days."""
    trim(before=now() - KEPT)


@app.periodic(cron="*/10 * * * *")
@app.task(name="live.forget_here", queue="maintenance")
def forget_who_was_here(timestamp: int) -> None:
    """Nobody keeps when people were there (R-144)."""
    forget_here()
