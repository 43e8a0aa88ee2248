"""Background entry points: the bin after 30 days, abandoned uploads after one, bytes that nothing names."""

from procrastinate.contrib.django import app

from plano.documents import actions

QUEUE = "default"


@app.periodic(cron="23 * * * *")
@app.task(name="documents.forget_expired_uploads", queue=QUEUE)
def forget_expired_uploads(timestamp: int) -> None:
    """Parts that nobody came back for."""
    actions.forget_expired()


@app.periodic(cron="41 3 * * *")
@app.task(name="documents.empty_bin", queue=QUEUE)
def empty_bin(timestamp: int) -> None:
    """What was deleted 30 days ago."""
    actions.empty_bin()


@app.periodic(cron="11 4 * * *")
@app.task(name="documents.sweep_blobs", queue=QUEUE)
def sweep_blobs(timestamp: int) -> None:
    """Content without a row."""
    actions.sweep()
