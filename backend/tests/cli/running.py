"""A real `plano serve` in a folder of its own, watched from outside."""

from __future__ import annotations

import http.client
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

PLANO = Path(sys.executable).with_name("plano")
PORTS = range(8400, 8500)


def variables(data: Path, **more: str) -> dict[str, str]:
    """Only what a person's shell would hold; nothing of the tests' own PLANO_ variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLANO_", "DJANGO_"))}
    return kept | {"PLANO_DATA": str(data)} | more


def plano(data: Path, *arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PLANO, *arguments],
        env=variables(data, **more),
        input=typed,
        capture_output=True,
        text=True,
        timeout=140,
        check=False,
    )


def free_port() -> int:
    """One of the ports that tests may use; workers begin at different places."""
    offset = os.getpid() % len(PORTS)
    for port in itertools.islice(itertools.cycle(PORTS), offset, offset + len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")


class Running:
    """One server and all that belongs to it."""

    def __init__(self, data: Path, *arguments: str, port: int | None = None, **more: str) -> None:
        self.data, self.port = data, port or free_port()
        self.output = data.parent / f"output-{self.port}-{time.monotonic_ns()}"
        with self.output.open("w") as file:
            self.process = subprocess.Popen(
                [PLANO, "serve", *arguments],
                env=variables(data, PORT=str(self.port), **more),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    def text(self) -> str:
        return self.output.read_text()

    def wait_ready(self, seconds: float = 40) -> Running:
        self.wait_until(lambda: "Plano is ready" in self.text() or self.process.poll() is not None, seconds)
        assert self.process.poll() is None, self.text()
        return self

    def wait_until(self, condition: object, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not condition():  # type: ignore[operator]
            assert time.monotonic() < deadline, self.text()
            time.sleep(0.05)

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def tree(self) -> list[psutil.Process]:
        """The supervisor and everything below it."""
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def child(self, part: str) -> psutil.Process:
        """The direct child of this name, or that runs this module."""
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if child.name() == part or part in child.cmdline())

    def has_child(self, part: str, *, other_than: int) -> bool:
        try:
            return self.child(part).pid != other_than
        except (StopIteration, psutil.Error):
            return False

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(25)


def wait_gone(processes: list[psutil.Process], seconds: float = 15) -> list[psutil.Process]:
    """Those that still run after the time."""
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return [process for process in alive if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


@contextmanager
def running(data: Path, *arguments: str, **more: str) -> Iterator[Running]:
    server = Running(data, *arguments, **more)
    try:
        yield server.wait_ready()
    finally:
        if server.process.poll() is None:
            server.stop()
