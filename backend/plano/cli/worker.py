"""Run the job worker alone, beside a server that uses the same database.

With PLANO_WORKER=0 the server leaves jobs to such workers; any number may run, on any machine. Inside the
server the same worker lives in a thread with an event loop of its own: 60 MB less than a process.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import importlib.util
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

from plano.cli import context

SECONDS_TO_FINISH = 2.0
FIRST_BACK_OFF, LONGEST_BACK_OFF = 0.5, 15.0
SECONDS_BETWEEN_LOOKS = 0.5  # nothing tells a worker that a lock is free: previews would come one in five seconds

log = logging.getLogger("plano.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=4, help="jobs done at the same time (4)")


def run(options: argparse.Namespace) -> int:
    with context.database(quiet=False):
        asyncio.run(_alone(options.concurrency))
    return 0


async def _alone(concurrency: int) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await _until(stopping, concurrency)


class Background:
    """The worker inside the server. An error never ends it: it starts again, more slowly each time.

    Four at a time: a long preview and a long reading leave two for the antivirus and mails.
    """

    def __init__(self, *, concurrency: int = 4) -> None:
        self._concurrency = concurrency
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        if self._loop is not None and self._stopping is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(SECONDS_TO_FINISH + 1)

    def _run(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        await _until(self._stopping, self._concurrency)


@contextlib.contextmanager
def _answers_by_mail() -> Iterator[None]:
    """Where PLANO_MAIL_REPLY_LISTEN says so, answers to mails are taken while this worker runs."""
    from django.conf import settings

    if not settings.PLANO.mail_reply_listen:
        yield
        return
    from plano.notifications.answers import listener

    listening = listener.start(settings.PLANO.mail_reply_listen)
    try:
        yield
    finally:
        if listening is not None:
            listening.stop()


async def _until(stopping: asyncio.Event, concurrency: int) -> None:
    """Work until told to stop; after an error begin again with back-off."""
    from plano.platform.lasting import Lasting

    _import_jobs()
    beside = Lasting()
    beside.start()
    try:
        with _answers_by_mail():
            await _again_and_again(stopping, concurrency)
    finally:
        beside.stop()


async def _again_and_again(stopping: asyncio.Event, concurrency: int) -> None:
    back_off = FIRST_BACK_OFF
    while not stopping.is_set():
        work = asyncio.create_task(_work(concurrency))
        stop = asyncio.create_task(stopping.wait())
        started = asyncio.get_running_loop().time()
        await asyncio.wait([work, stop], return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if not work.done():
            work.cancel()
            await asyncio.wait([work], timeout=SECONDS_TO_FINISH)
            return
        if asyncio.get_running_loop().time() - started > 60:
            back_off = FIRST_BACK_OFF
        await _forget_broken_connections()
        log.error("jobs.stopped", exc_info=work.exception(), extra={"again_in": back_off})
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), back_off)
        back_off = min(back_off * 2, LONGEST_BACK_OFF)


async def _work(concurrency: int) -> None:
    from procrastinate.contrib.django import app

    connector: Any = app.connector
    worker_app = app.with_connector(connector.get_worker_connector())
    async with worker_app.open_async():
        await worker_app.run_worker_async(
            concurrency=concurrency,
            fetch_job_polling_interval=SECONDS_BETWEEN_LOOKS,
            install_signal_handlers=False,
            shutdown_graceful_timeout=SECONDS_TO_FINISH,
            delete_jobs="successful",
            task_middleware=[_with_a_living_connection],
        )


def _with_a_living_connection(call_next: Callable[[], Any], *_: object) -> Any:
    """Django looks after its connections between requests; between jobs we do."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        return call_next()
    finally:
        close_old_connections()


async def _forget_broken_connections() -> None:
    """The scheduler's own connection (a thread of asgiref) would stay broken after a database restart."""
    from asgiref.sync import sync_to_async
    from django.db import close_old_connections

    await sync_to_async(close_old_connections)()


def _import_jobs() -> None:
    """Tasks are known once their module is imported; procrastinate looks only into `tasks.py`."""
    from django.apps import apps

    for configuration in apps.get_app_configs():
        name = f"{configuration.name}.jobs"
        if configuration.name.startswith("plano.") and importlib.util.find_spec(name):
            importlib.import_module(name)
