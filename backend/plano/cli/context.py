"""What a sub-command needs before it works: the database and Django.

Without PLANO_DATABASE_URL it uses the embedded PostgreSQL of a running server, or starts it for itself.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from plano.cli.errors import CommandError
from plano.cli.lock import DataLock
from plano.config import environment
from plano.platform import embedded, processes


@contextlib.contextmanager
def database(*, quiet: bool = True) -> Iterator[None]:
    """Have a database for the time of the block, and Django on it. A quiet command logs nothing but errors."""
    if quiet:
        logging.disable(logging.WARNING)
    given = environment.read(os.environ)
    environment.make_data_folder(given.data)
    os.environ["PLANO_DATA"] = str(given.data)
    if given.database_url:
        start_django()
        require_database()
        with _servers_are_told(given):
            yield
        return
    with DataLock(given.data) as lock, _embedded(given, lock) as dsn:
        os.environ["PLANO_DATABASE_URL"] = dsn
        start_django()
        with _servers_are_told(given):
            yield


def _servers_are_told(given: environment.Environment) -> contextlib.AbstractContextManager[None]:
    """What a command or a worker of its own changes shows at once in open pages."""
    from django.conf import settings

    from plano.platform.live.bus.herald import servers_are_told

    return servers_are_told(bus_url=given.bus_url, secret_key=settings.SECRET_KEY)


@contextlib.contextmanager
def _embedded(given: environment.Environment, lock: DataLock) -> Iterator[str]:
    try:
        if not lock.take("command"):
            if lock.holder()[0] == "serve":
                yield _of_running_server(cluster_in(given.data))
                return
            lock.take("command", wait=True)
        cluster = cluster_in(given.data)
        child = cluster.start(dies_with_us=True)
    except embedded.EmbeddedPostgresError as error:
        raise CommandError(str(error)) from None
    try:
        cluster.ensure_database()
        yield cluster.dsn()
    finally:
        processes.end(child.pid, steps=embedded.STOPPING, gone=lambda: child.poll() is not None)


def _of_running_server(cluster: embedded.Cluster) -> str:
    deadline = time.monotonic() + 30
    while not cluster.answers():
        if time.monotonic() > deadline:
            raise CommandError("The server of this PLANO_DATA runs, but not its PostgreSQL; look at its log.")
        time.sleep(0.2)
    cluster.ensure_database()
    return cluster.dsn()


def cluster_in(data: Path) -> embedded.Cluster:
    """The embedded PostgreSQL of a data folder. As root the folder is given to PostgreSQL's user, still 0700:
    it must pass through, and root may go anywhere."""
    user = processes.service_user()
    if user is not None:
        os.chown(data, user.pw_uid, user.pw_gid)
    return embedded.prepare(data / "postgres")


def start_django() -> None:
    """Read the settings; no database is opened yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plano.config.settings")
    import django

    django.setup()


def require_database() -> None:
    """One sentence when the database does not answer, before anything else fails on it."""
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(f"The database does not answer; look at PLANO_DATABASE_URL ({reason}).") from None


def without_database() -> None:
    """Start Django for a command that needs neither data nor folder."""
    os.environ.setdefault("PLANO_SECRET_KEY", secrets.token_urlsafe(48))
    os.environ.setdefault("PLANO_DATABASE_URL", "postgresql:///unused")
    start_django()


def migrate(*, quiet: bool) -> None:
    """Apply migrations; several nodes at once wait for each other."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('plano.migrate'))")
    try:
        call_command("migrate", interactive=False, verbosity=0 if quiet else 1)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('plano.migrate'))")
