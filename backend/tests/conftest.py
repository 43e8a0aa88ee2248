"""The tests' PostgreSQL: one server for all runs of this checkout, one database for each run and worker.

The first run starts it, each run holds a shared lock, the last one stops it. What killed runs left is
removed by the next. Django's settings are named here, not in pyproject.toml: pytest-django would read them
before this file has prepared the environment.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from pathlib import Path
from typing import IO

import django

from plano.platform import embedded, processes

CACHE = Path(__file__).resolve().parents[2] / ".cache"
SERVER = CACHE / "test-postgres"
DATA = CACHE / "test-data"
RUN = "TEST_RUN_OF_PLANO"
OF_A_RUN = re.compile(r"(?:test_)?run_(\d+)(?:_\w+)?")


def _hold_server() -> IO[str]:
    CACHE.mkdir(exist_ok=True)
    users = (CACHE / "test-postgres.users").open("a")
    fcntl.flock(users, fcntl.LOCK_SH)
    embedded.ensure(SERVER, durable=False)
    return users


def _is_left_over(name: str) -> bool:
    match = OF_A_RUN.fullmatch(name)
    return match is not None and not processes.is_alive(int(match[1]))


def _remove_left_overs() -> None:
    cluster = embedded.prepare(SERVER, durable=False)
    for name in cluster.sql("SELECT datname FROM pg_database").split():
        if _is_left_over(name):
            cluster.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    for folder in DATA.glob("run_*"):
        if _is_left_over(folder.name):
            shutil.rmtree(folder, ignore_errors=True)


def _prepare_environment() -> str:
    """A test reads no variable and writes in no folder of the developer. Returns the run's name."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    run = os.environ[RUN] if is_worker else f"run_{os.getpid()}"
    os.environ[RUN] = run  # inherited by xdist's workers
    for name in [name for name in os.environ if name.startswith("PLANO_")]:
        del os.environ[name]
    if not is_worker:
        _remove_left_overs()
    cluster = embedded.prepare(SERVER, durable=False)
    os.environ["PLANO_DATABASE_URL"] = cluster.dsn(run)
    os.environ["PLANO_DATA"] = str(DATA / run / os.environ.get("PYTEST_XDIST_WORKER", "main"))
    os.environ["PLANO_SECRET_KEY"] = secrets.token_urlsafe(48)
    os.environ["DJANGO_SETTINGS_MODULE"] = "plano.config.settings"
    Path(os.environ["PLANO_DATA"]).mkdir(mode=0o700, parents=True, exist_ok=True)
    return run


users_of_server = _hold_server()
run_name = _prepare_environment()
django.setup()  # the plugin below imports models
pytest_plugins = ["tests.fixtures", "tests.server", "tests.seaweed"]


def pytest_unconfigure() -> None:
    """The last run of this checkout stops the server."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    shutil.rmtree(DATA / run_name, ignore_errors=True)
    try:
        fcntl.flock(users_of_server, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    embedded.stop(SERVER)
