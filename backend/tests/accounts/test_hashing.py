"""A server has its passwords hashed by a child that everybody else goes before, and that may die (P20)."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password

from plano.accounts import hashers, hashing
from plano.accounts.hashing import Child
from plano.accounts.hashing_worker import LEAST_URGENT
from plano.kernel.errors import Unavailable
from tests.server import Server


@pytest.fixture
def child() -> Iterator[Child]:
    hashers.start_child()
    assert hashers._child is not None
    yield hashers._child
    hashers.stop_child()


def pid(child: Child) -> int:
    assert child._process is not None
    return child._process.pid


def test_what_the_child_stores_everybody_can_check(child: Child) -> None:
    stored = hashers.encode("été à Évreux 2027 !")
    assert stored.startswith("argon2$argon2id$v=19$m=20480,t=2,p=1$")
    assert hashers.matches("été à Évreux 2027 !", stored) == (True, False)
    assert hashers.matches("ete a Evreux 2027 !", stored) == (False, False)
    assert hashers.matches("whatever", None) == (False, False)
    hashers.stop_child()
    assert hashers.matches("été à Évreux 2027 !", stored) == (True, False)
    assert make_password("x").startswith("argon2$argon2id$v=19$m=20480,t=2,p=1$")


def test_p20_the_child_goes_last(child: Child) -> None:
    hashers.encode("ready when this is done")
    assert os.getpriority(os.PRIO_PROCESS, pid(child)) == LEAST_URGENT
    assert os.getsid(pid(child)) == pid(child)


def test_a_child_that_died_is_replaced(child: Child) -> None:
    first = pid(child)
    os.kill(first, signal.SIGKILL)
    assert hashers.encode("again").startswith("argon2$")
    assert pid(child) != first


def test_a_child_that_hangs_is_replaced_and_the_person_asked_to_come_back(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashers.encode("ready when this is done")
    os.kill(pid(child), signal.SIGSTOP)
    monkeypatch.setattr(hashing, "PATIENCE_SECONDS", 0.01)
    with pytest.raises(Unavailable):
        hashers.encode("nobody answers")
    monkeypatch.setattr(hashing, "PATIENCE_SECONDS", 10)
    assert hashers.encode("again").startswith("argon2$")


def test_p20_a_server_hashes_in_its_child(server: Server) -> None:
    def workers() -> set[int]:
        """The hashing children of our server's processes, by their command lines."""
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes()
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                grandparent = int(Path(f"/proc/{parent}/stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, ValueError):
                continue
            if b"hashing_worker" in command and grandparent == server.process.pid:
                found.add(int(folder.name))
        return found

    def spent(worker: int) -> int:
        fields = Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    (worker,) = workers()
    before = spent(worker)
    for _ in range(3):
        server.sign_in("bruno")
    assert spent(worker) > before
    os.kill(worker, signal.SIGKILL)
    server.sign_in("bruno")
    end = time.monotonic() + 5
    while not (found := workers() - {worker}) and time.monotonic() < end:
        time.sleep(0.05)
    assert len(found) == 1
