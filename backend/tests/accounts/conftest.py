"""What the tests about accounts share: a clock that moves, mails that left, a browser that keeps its cookies."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from plano.accounts import jobs
from plano.kernel import clock
from tests.accounts.browser import Browser


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._real = clock.now

    def now(self) -> datetime:
        return self._real() + self.ahead

    def forward(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`moved.forward(hours=2)`."""
    machine = Clock()
    monkeypatch.setattr(clock, "now", machine.now)
    return machine


@pytest.fixture
def browser(db: None) -> type[Browser]:
    """`browser()`: a fresh one."""
    return Browser


@pytest.fixture
def outbox(db: None) -> Iterator[Callable[[], list[EmailMessage]]]:
    """`outbox()`: the mails that left, the oldest first."""
    folder = Path(settings.PLANO.data) / "outbox"

    def clear() -> None:
        for path in folder.glob("*.eml"):
            path.unlink()

    def read() -> list[EmailMessage]:
        files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]  # type: ignore[misc]

    clear()
    yield read
    clear()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """`with committed():` what is done inside is followed by what happens after COMMIT."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def run_reset_jobs(committed: Callable[[], Any]) -> Callable[[], None]:
    """Does what the worker would: every reset job that waits."""

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'cancelled' "
                "WHERE task_name = 'accounts.send_reset_link' AND status = 'todo' RETURNING args"
            )
            waiting = [json.loads(row[0]) for row in cursor.fetchall()]
        for args in waiting:
            with committed():
                jobs.send_reset_link(**args)

    return run
