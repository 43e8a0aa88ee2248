"""Finished jobs go after a day of grace; those that a crash cut short are done after all."""

import pytest

from plano.config.jobs import MOST_ATTEMPTS, forget_finished_jobs, take_up_jobs
from plano.platform import database

pytestmark = pytest.mark.django_db


def job(name: str, status: str, *, hours: float = 0, attempts: int = 0, worker: int | None = None) -> None:
    """A job as procrastinate keeps it, in this state since some hours."""
    [(id,)] = database.rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('t', %s, 'todo') RETURNING id", [name]
    )
    database.rows(
        "UPDATE procrastinate_jobs SET (status, attempts, worker_id) = (%s::procrastinate_job_status, %s, %s) "
        "WHERE id = %s",
        [status, attempts, worker, id],
    )
    database.rows("UPDATE procrastinate_events SET at = now() - %s * interval '1 hour' WHERE job_id = %s", [hours, id])


def worker(*, seconds: int) -> int:
    """One that was last heard of so long ago."""
    sql = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id"
    return int(database.rows(sql, [seconds])[0][0])


def states() -> dict[str, tuple[str, int]]:
    return {name: (status, tries) for name, status, tries in database.rows(_STATES)}


@pytest.fixture(autouse=True)
def no_jobs() -> None:
    """Tests with real transactions leave theirs."""
    database.rows("DELETE FROM procrastinate_events")
    database.rows("DELETE FROM procrastinate_jobs")


_STATES = "SELECT task_name, status::text, attempts FROM procrastinate_jobs"


def test_what_ended_goes_after_a_day_and_nothing_else() -> None:
    for status in ("succeeded", "failed", "cancelled", "aborted"):
        job(f"old {status}", status, hours=25)
        job(f"fresh {status}", status, hours=23)
    job("waiting", "todo", hours=1000)
    job("running", "doing", hours=1000)

    forget_finished_jobs(0)

    left = set(states())
    assert left == {"waiting", "running", "fresh succeeded", "fresh failed", "fresh cancelled", "fresh aborted"}
    events = "SELECT count(*) FROM procrastinate_events WHERE job_id NOT IN (SELECT id FROM procrastinate_jobs)"
    assert database.rows(events) == [(0,)]


def test_r130_a_job_whose_worker_was_killed_is_taken_up_again_a_few_times() -> None:
    job("its worker lives", "doing", worker=worker(seconds=5))
    job("its worker is silent", "doing", worker=worker(seconds=300))
    job("its worker is gone", "doing", attempts=1)
    job("it kills workers", "doing", attempts=MOST_ATTEMPTS)
    job("waiting", "todo")

    take_up_jobs(0)

    assert states() == {
        "its worker lives": ("doing", 0),
        "its worker is silent": ("todo", 1),
        "its worker is gone": ("todo", 2),
        "it kills workers": ("failed", MOST_ATTEMPTS + 1),
        "waiting": ("todo", 0),
    }
