"""The nightly trim of the log."""

from procrastinate.contrib.django import app

from plano.kernel.clock import now
from plano.platform.live.trim import KEPT, trim


@app.periodic(cron="41 3 * * *")
@app.task(name="live.trim", queue="maintenance")
def trim_log(timestamp: int) -> None:
    """Forget frames older than thirty days."""
    trim(before=now() - KEPT)
