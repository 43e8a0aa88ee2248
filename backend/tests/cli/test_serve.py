"""`plano serve`: starting, refusing to start, surviving, ending."""

from __future__ import annotations

import contextlib
import signal
import socket
import stat
from pathlib import Path

import psutil
import pytest

from plano.platform import embedded
from tests.cli.running import PLANO, Running, free_port, plano, running, wait_gone

pytestmark = pytest.mark.timeout(150)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_a_start_in_an_empty_folder_is_ready_and_private(data: Path) -> None:
    with running(data) as server:
        assert server.status("/healthz") == 200
        assert server.status("/readyz") == 200
        assert f"http://localhost:{server.port}" in server.text()
        assert "first administrator" in server.text()
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600


def test_a_second_start_in_the_same_folder_says_so(data: Path) -> None:
    with running(data) as server:
        second = plano(data, "serve", PORT=str(free_port()))
        assert second.returncode == 1
        assert second.stderr.count("\n") == 1
        assert f"already runs (process {server.process.pid})" in second.stderr
        assert server.status("/healthz") == 200


def test_sigterm_stops_every_child_and_frees_the_port(data: Path) -> None:
    with running(data) as server:
        tree = server.tree()
        assert len(tree) > 4
        assert server.stop() == 0
        assert wait_gone(tree) == []
        assert not (data / "postgres" / "18" / "postmaster.pid").exists()
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", server.port))


def test_ctrl_c_stops_it_like_sigterm(data: Path) -> None:
    with running(data) as server:
        tree = server.tree()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(25) == 0
        assert wait_gone(tree) == []


def test_the_next_start_recovers_after_the_whole_tree_was_killed(data: Path) -> None:
    with running(data) as server:
        assert plano(data, "user", "create", "nadia", "--generate").returncode == 0
        tree = server.tree()
        for process in tree:
            with contextlib.suppress(psutil.NoSuchProcess):  # the kernel was faster
                process.kill()
        server.process.wait()
        assert wait_gone(tree) == []
    with running(data) as again:
        assert again.status("/readyz") == 200
        assert "nadia" in plano(data, "user", "list").stdout


def test_no_orphan_is_left_when_only_the_supervisor_is_killed(data: Path) -> None:
    with running(data) as server:
        tree = server.tree()
        server.process.kill()
        server.process.wait()
        assert wait_gone(tree) == []
    with running(data) as again:
        assert again.status("/readyz") == 200


@pytest.mark.parametrize("part", ["plano.cli.web", "postgres"])
def test_a_killed_child_starts_again_by_itself(data: Path, part: str) -> None:
    with running(data) as server:
        victim = server.child(part)
        victim.kill()
        server.wait_until(lambda: server.has_child(part, other_than=victim.pid))
        server.wait_until(lambda: server.status("/readyz") == 200)
        assert "starts again" in server.text()


def test_jobs_go_on_after_a_crash_of_the_database(data: Path) -> None:
    cluster = embedded.prepare(data / "postgres")
    with running(data) as server:
        server.child("postgres").kill()
        server.wait_until(lambda: server.status("/readyz") == 200 and "PostgreSQL ended" in server.text())
        crash = cluster.sql("SELECT now()", database="plano")
        alive = f"SELECT count(*) > 0 FROM procrastinate_workers WHERE last_heartbeat > '{crash}'"
        server.wait_until(lambda: cluster.sql(alive, database="plano") == "t", 40)


def test_a_killed_janus_starts_again_at_the_same_address(data: Path) -> None:
    with running(data) as server:
        victim = server.child("janus")
        port = _listening_port(victim)
        victim.kill()
        server.wait_until(lambda: server.has_child("janus", other_than=victim.pid))
        server.wait_until(lambda: _listening_port(server.child("janus")) == port)


def test_janus_runs_without_rights_and_listens_to_this_machine_only(data: Path) -> None:
    with running(data) as server:
        janus = server.child("janus")
        assert janus.uids().effective != 0
        assert {c.laddr.ip for c in janus.net_connections("tcp") if c.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_without_janus_it_starts_and_says_what_is_missing(data: Path) -> None:
    with running(data, PATH=str(PLANO.parent)) as server:
        assert "no Janus found on PATH: calls are peer to peer" in server.text()
        assert server.status("/readyz") == 200


def test_a_busy_port_is_one_sentence(data: Path) -> None:
    with socket.socket() as holder:
        port = free_port()
        holder.bind(("127.0.0.1", port))
        holder.listen()
        result = plano(data, "serve", PORT=str(port))
    assert result.returncode == 1
    assert result.stderr == f"plano: Port {port} is in use; give another one: PORT=8001.\n"
    assert not (data / "postgres").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence() -> None:
    result = plano(Path("/proc/plano"), "serve", PORT=str(free_port()))
    assert result.returncode == 2
    assert result.stderr.startswith("plano: PLANO_DATA (/proc/plano) cannot be written")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PLANO_DATABASE", "x", "PLANO_DATABASE is not a variable of Plano; did you mean PLANO_DATABASE_URL?"),
        ("PLANO_OIDC_CLIENT_ID", "x", "PLANO_OIDC_CLIENT_ID is set, but signing in with OpenID Connect comes"),
        ("PLANO_CLAMD_URL", "127.0.0.1:3310", "must be an address such as tcp://127.0.0.1:3310"),
        ("PORT", "eighty", "PORT must be a whole number from 1 to 65535 (it is 'eighty')."),
        ("HOST", "no.such.host.invalid", "HOST=no.such.host.invalid is not an address of this machine."),
        ("PLANO_SESSION_IDLE", "forever", "PLANO_SESSION_IDLE must be a duration such as 30m or 2h"),
        ("PLANO_SECRET_KEY", "short", "PLANO_SECRET_KEY must have at least 32 characters"),
    ],
)
def test_a_wrong_variable_is_named_in_one_sentence(data: Path, variable: str, value: str, sentence: str) -> None:
    result = plano(data, "serve", **{variable: value})
    assert result.returncode in {1, 2}
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (data / "postgres").exists()


def test_a_deep_data_folder_works_though_socket_paths_are_short(tmp_path: Path) -> None:
    data = tmp_path / "/".join(["a-rather-long-folder-name"] * 5)
    data.parent.mkdir(parents=True)
    with running(data) as server:
        assert server.status("/readyz") == 200


def test_a_database_that_does_not_answer_is_told_before_the_server_is_up(data: Path) -> None:
    server = Running(data, PLANO_DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert server.process.wait(40) == 1
    assert "plano: The database does not answer" in server.text()
    assert "Traceback" not in server.text()


def _listening_port(process: psutil.Process) -> int:
    ports = [c.laddr.port for c in process.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
    return ports[0] if ports else 0
