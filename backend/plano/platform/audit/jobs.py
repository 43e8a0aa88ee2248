"""Background entry points: chain what was left, forget what is older than the retention."""

from datetime import timedelta

from procrastinate.contrib.django import app

from plano.kernel import clock
from plano.platform.audit import journal

KEPT = timedelta(days=365)


@app.periodic(cron="*/5 * * * *")
@app.task(name="audit.seal", queue="audit")
def seal(timestamp: int) -> None:
    """Chain entries whose process died between its commit and the chain."""
    journal.seal()


@app.periodic(cron="41 2 * * *")
@app.task(name="audit.purge", queue="audit")
def purge(timestamp: int) -> None:
    """R-124: twelve months."""
    journal.purge(before=clock.now() - KEPT)
