"""The embedded PostgreSQL when things went wrong before."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from plano.platform import embedded, processes


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "postgres"
    embedded.stop(tmp_path / "postgres")


def test_it_is_adopted_when_it_runs_already(folder: Path) -> None:
    first = embedded.ensure(folder, durable=False)
    pid = embedded.prepare(folder).running_pid()
    assert embedded.ensure(folder, durable=False) == first
    assert embedded.prepare(folder).running_pid() == pid
    with psycopg.connect(first) as connection:
        assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)


def test_an_orphan_of_an_earlier_start_is_stopped_first(folder: Path) -> None:
    embedded.ensure(folder, durable=False)
    cluster = embedded.prepare(folder, durable=False)
    orphan = cluster.running_pid()
    child = cluster.start(dies_with_us=True)
    assert orphan is not None
    assert not processes.is_alive(orphan)
    assert cluster.running_pid() == child.pid
    assert cluster.answers()


def test_a_stale_pid_file_with_the_number_of_a_living_stranger_is_forgotten(folder: Path) -> None:
    embedded.ensure(folder, durable=False)
    cluster = embedded.prepare(folder, durable=False)
    pid = cluster.running_pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    stale = cluster.data / "postmaster.pid"
    stale.write_text("\n".join([str(os.getpid()), *stale.read_text().splitlines()[1:]]) + "\n")

    assert cluster.running_pid() is None
    with psycopg.connect(embedded.ensure(folder, durable=False)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_folder_whose_making_was_cut_short_is_made_again(folder: Path) -> None:
    half_made = folder / f"{embedded.major_version()}.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    assert embedded.ensure(folder, durable=False)
    assert not half_made.exists()


def test_a_folder_of_another_major_version_is_refused_with_a_sentence(folder: Path) -> None:
    (folder / "12").mkdir(parents=True)
    (folder / "12" / "PG_VERSION").write_text("12\n")
    with pytest.raises(embedded.EmbeddedPostgresError, match=r"was made by PostgreSQL 12 .* restore a backup"):
        embedded.prepare(folder)
    (folder / "12" / "PG_VERSION").unlink()
