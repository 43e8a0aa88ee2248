"""A real `plano serve` for tests that cross the network: own data, own PostgreSQL, demonstration accounts."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

from tests.waiting import becomes

PLANO = Path(sys.executable).with_name("plano")
START_SECONDS = 90


@dataclass
class Server:
    """One running Plano."""

    data: Path
    port: int
    process: "subprocess.Popen[bytes]"
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def sign_in(self, login: str) -> "Person":
        return Person(self, login)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)


class Person:
    """A signed-in browser without a page: cookies, CSRF and a socket."""

    def __init__(self, server: Server, login: str) -> None:
        self.server = server
        self.http = httpx.Client(base_url=f"{server.url}/api/v1", timeout=20)
        answer = self.http.post("/session", json={"identifier": login, "password": server.accounts[login]["password"]})
        assert answer.status_code in (200, 201), answer.text
        self.http.headers["X-CSRF-Token"] = self.http.cookies["plano_csrf"]
        self.id: str = self.get("/me")["id"]

    def get(self, path: str) -> Any:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def workspace(self, slug: str) -> Any:
        return next(w for w in self.get("/workspaces")["items"] if w["slug"] == slug)

    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())

    def socket(self, *, origin: str | None = None, cookie: str | None = None) -> ClientConnection:
        return connect(
            f"ws://localhost:{self.server.port}/api/v1/stream",
            origin=origin if origin is not None else self.server.url,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie() if cookie is None else cookie},
            open_timeout=10,
            legacy=True,
        )

    def listen(
        self, cursors: dict[str, int] | None = None
    ) -> tuple[ClientConnection, list[dict[str, Any]], dict[str, int]]:
        """An open socket that said hello: the socket, what came before `ready`, and the cursors of `ready`."""
        ws = self.socket()
        ws.send(json.dumps({"type": "hello", "cursors": cursors or {}}))
        before: list[dict[str, Any]] = []
        while True:
            message = json.loads(ws.recv(timeout=10))
            if message["type"] == "ready":
                return ws, before, message["cursors"]
            before.append(message)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def small_web_client(folder: Path) -> Path:
    """A page that stands for the built client where only the server is looked at."""
    web = folder / "web"
    (web / "assets").mkdir(parents=True, exist_ok=True)
    page = '<!doctype html><html lang="fr"><title>Plano</title><div id="root"></div>'
    page += '<script nonce="__CSP_NONCE__"></script></html>'
    (web / "index.html").write_text(page, encoding="utf-8")
    (web / "sw.js").write_text("// the worker", encoding="utf-8")
    (web / "manifest.webmanifest").write_text("{}", encoding="utf-8")
    return web


def start(data: Path, *, port: int | None = None, **variables: str) -> Server:
    """Start and wait until it is ready; fails with its log."""
    port = port or free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PLANO_", "DJANGO_"))}
    variables = {"PLANO_WEB_DIR": str(small_web_client(data.parent)), **variables}
    environment |= {"PLANO_DATA": str(data), "PORT": str(port), "PLANO_DEMO": "1", **variables}
    log = data.parent / f"{data.name}.log"
    with log.open("ab") as out:
        process = subprocess.Popen([PLANO, "serve"], env=environment, stdout=out, stderr=out)
    server = Server(data=data, port=port, process=process)
    accounts = data / "demo-accounts.json"
    if becomes(lambda: server.is_ready() and accounts.exists(), process, seconds=START_SECONDS, every=0.2):
        server.accounts = json.loads(accounts.read_text())
        return server
    server.stop()
    raise AssertionError(f"the server did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of this worker."""
    running = start(tmp_path_factory.mktemp("server") / "data")
    yield running
    running.stop()
