"""Jobs about jobs: what is finished goes after a day, what a crash cut short is taken up again."""

from procrastinate.contrib.django import app

from plano.platform import database

QUEUE = "maintenance"
MOST_ATTEMPTS = 3
"""A job that was cut short so often is what cuts it short."""

# Those that succeed are deleted by the worker at once; the others are kept for whoever looks the same day.
_FORGET = """
DELETE FROM procrastinate_jobs j WHERE j.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
AND NOT EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - interval '1 day')
"""
_CUT_SHORT = """
FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - interval '1 minute') AND j.attempts
"""
_AGAIN = f"SELECT procrastinate_retry_job_v2(j.id, now(), NULL, NULL, NULL) {_CUT_SHORT} < %(most)s"
_GIVE_UP = f"SELECT procrastinate_finish_job_v1(j.id, 'failed', false) {_CUT_SHORT} >= %(most)s"


@app.periodic(cron="47 3 * * *")
@app.task(name="config.forget_finished_jobs", queue=QUEUE)
def forget_finished_jobs(timestamp: int) -> None:
    """Jobs that ended a day ago, with what happened to them."""
    database.rows(_FORGET)


@app.periodic(cron="*/2 * * * *")
@app.task(name="config.take_up_jobs", queue=QUEUE)
def take_up_jobs(timestamp: int) -> None:
    """Jobs whose worker was killed: a mail is sent, a document is checked all the same (R-130)."""
    database.rows(_AGAIN, {"most": MOST_ATTEMPTS})
    database.rows(_GIVE_UP, {"most": MOST_ATTEMPTS})
