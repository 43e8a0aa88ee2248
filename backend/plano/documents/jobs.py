"""Background entry points: the antivirus, the bin after 30 days, abandoned uploads after one, bytes without a row."""

from uuid import UUID

from procrastinate.contrib.django import app

from plano.documents import actions
from plano.documents.actions import (
    activity,
    approvals,
    checking,
    openings,
    previews,
    retention,
    shares,
    telling,
    texts,
    unpack,
    verifying,
)

QUEUE = "default"


@app.task(name=checking.TASK, queue=checking.QUEUE)
def check(blob: str) -> None:
    """A content that has just come in."""
    actions.check(blob)


@app.periodic(cron="* * * * *")
@app.task(name="documents.check_waiting", queue=checking.QUEUE)
def check_waiting(timestamp: int) -> None:
    """Contents that the antivirus did not answer for."""
    actions.check_waiting()


@app.task(name=previews.TASK, queue=previews.QUEUE)
def make_previews(version_id: str) -> None:
    """What is shown of a content."""
    actions.make_previews(UUID(version_id))


@app.periodic(cron="23 * * * *")
@app.task(name="documents.forget_expired_uploads", queue=QUEUE)
def forget_expired_uploads(timestamp: int) -> None:
    """Parts that nobody came back for."""
    actions.forget_expired()


@app.periodic(cron="* * * * *")
@app.task(name="documents.end_locks", queue=QUEUE)
def end_locks(timestamp: int) -> None:
    """Locks whose time, or whose owner's right, is over."""
    actions.end_locks()


@app.periodic(cron="41 3 * * *")
@app.task(name="documents.empty_bin", queue=QUEUE)
def empty_bin(timestamp: int) -> None:
    """What was deleted 30 days ago."""
    actions.empty_bin()


@app.task(name=texts.TASK, queue=texts.QUEUE)
def read_words(version_id: str) -> None:
    """The words of a content, for search."""
    texts.read(UUID(version_id))


@app.periodic(cron="17 * * * *")
@app.task(name="documents.read_unread_words", queue=QUEUE)
def read_unread_words(timestamp: int) -> None:
    """Documents that search knows nothing of yet."""
    texts.catch_up()


@app.periodic(cron="53 3 * * *")
@app.task(name="documents.thin_versions", queue=QUEUE)
def thin_versions(timestamp: int) -> None:
    """Old versions, where the host wants fewer."""
    actions.thin_versions()


@app.task(name=telling.TASK, queue=telling.QUEUE)
def tell_followers() -> None:
    """What happened in folders that people follow."""
    telling.tell_followers()


@app.periodic(cron="* * * * *")
@app.task(name="documents.tell_waiting", queue=telling.QUEUE, lock=telling.TASK)
def tell_waiting(timestamp: int) -> None:
    """The same, when a wake was lost."""
    telling.tell_followers()


@app.periodic(cron="47 3 * * *")
@app.task(name="documents.forget_activity", queue=QUEUE)
def forget_activity(timestamp: int) -> None:
    """Old lines of activity, and what people opened long ago."""
    activity.forget_activity()
    openings.forget_openings()


@app.periodic(cron="11 4 * * *")
@app.task(name="documents.sweep_blobs", queue=QUEUE)
def sweep_blobs(timestamp: int) -> None:
    """Content without a row."""
    actions.sweep()


@app.periodic(cron="29 2 * * *")
@app.task(name="documents.verify_share", queue=QUEUE)
def verify_share(timestamp: int) -> None:
    """A thirtieth of all contents, read again."""
    verifying.verify_share()


@app.periodic(cron="*/5 * * * *")
@app.task(name="documents.settle_share_links", queue=QUEUE)
def settle_share_links(timestamp: int) -> None:
    """Links whose object, creator or workspace no longer allows them are stopped for ever."""
    shares.settle()


@app.periodic(cron="31 4 * * *")
@app.task(name="documents.forget_share_uses", queue=QUEUE)
def forget_share_uses(timestamp: int) -> None:
    """What was done through links a year ago."""
    shares.forget_old()


@app.task(name=unpack.TASK, queue=unpack.QUEUE)
def unpack_archive(unpacking_id: str) -> None:
    """A zip that somebody wants as a folder."""
    unpack.unpack(UUID(unpacking_id))


@app.periodic(cron="* * * * *")
@app.task(name="documents.settle_approvals", queue=QUEUE)
def settle_approvals(timestamp: int) -> None:
    """Requests that wait for somebody who may not see the document any more."""
    approvals.settle()


@app.periodic(cron="7 * * * *")
@app.task(name="documents.remind_of_approvals", queue=QUEUE)
def remind_of_approvals(timestamp: int) -> None:
    """Answers that are due soon, today, or late."""
    approvals.remind()


@app.periodic(cron="17 2 * * *")
@app.task(name="documents.carry_out_retention", queue=QUEUE)
def carry_out_retention(timestamp: int) -> None:
    """Documents that nobody changed for long, where a rule says what becomes of them."""
    retention.carry_out()
