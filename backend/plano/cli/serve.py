"""Start Plano: PostgreSQL and Janus as children, then the server with its job worker, on one port.

Without configuration all lives in PLANO_DATA (./var) and only this machine reaches it. Ctrl-C stops it.
"""

from __future__ import annotations

import argparse
import errno
import http.client
import os
import signal
import socket
import subprocess
import sys

from plano.cli import context, demo, janus, web
from plano.cli.errors import CommandError
from plano.cli.lock import DataLock
from plano.cli.supervisor import Child, Supervisor, say
from plano.config import environment
from plano.config.environment import Environment
from plano.platform import embedded, processes

SECONDS_TO_START = 120.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="seed the demonstration, unless PLANO_DEMO says otherwise")


def run(options: argparse.Namespace) -> int:
    settings = environment.read(os.environ)
    environment.make_data_folder(settings.data)
    with DataLock(settings.data) as lock:
        _take(lock, settings)
        with _listen(settings) as listening:
            return _Server(settings, listening, wants_demo=_wants_demo(settings, options)).run()


def _take(lock: DataLock, settings: Environment) -> None:
    if lock.take("serve"):
        return
    role, pid = lock.holder()
    who = f"Plano already runs (process {pid})" if role == "serve" else "Another plano command works"
    raise CommandError(f"{who} with PLANO_DATA={settings.data}; stop it or give another PLANO_DATA.")


def _listen(settings: Environment) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
    except socket.gaierror:
        raise CommandError(f"HOST={settings.host} is not an address of this machine.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(f"Port {settings.port} is in use; give another one: PORT=8001.") from None
        raise CommandError(f"{settings.host}:{settings.port} cannot be opened ({error.strerror}).") from None
    return listening


def _wants_demo(settings: Environment, options: argparse.Namespace) -> bool:
    if settings.demo is not None:
        return settings.demo
    if options.demo and not settings.is_loopback:
        say(f"plano: no demonstration on {settings.base_url}, which others reach; PLANO_DEMO=1 asks for it.")
        return False
    return bool(options.demo)


class _Server:
    """The order of starting: database, demonstration, media server, web server."""

    def __init__(self, settings: Environment, listening: socket.socket, *, wants_demo: bool) -> None:
        self._settings = settings
        self._listening = listening
        self._supervisor = Supervisor()
        self._wants_demo = wants_demo
        self._variables = dict(os.environ) | {
            "PLANO_DATA": str(settings.data),
            "DJANGO_SETTINGS_MODULE": "plano.config.settings",
            "PYTHONUNBUFFERED": "1",
            "MALLOC_ARENA_MAX": os.environ.get("MALLOC_ARENA_MAX", "2"),  # threads of Django: less idle memory
        }

    def run(self) -> int:
        if not self._settings.secret_key:
            environment.kept_secret_key(self._settings.data)
        try:
            self._start_database()
            fresh = self._seed()
            self._start_janus()
            self._start_web()
            if not self._supervisor.is_stopping:
                self._announce(fresh=fresh)
            self._supervisor.watch()
        except embedded.EmbeddedPostgresError as error:
            raise CommandError(str(error)) from None
        finally:
            self._supervisor.stop()
        return 0

    def _start_database(self) -> None:
        if self._settings.database_url:
            return
        cluster = context.cluster_in(self._settings.data)
        first = True

        def spawn() -> subprocess.Popen[bytes]:
            nonlocal first
            if first:
                first = False
                return cluster.start(dies_with_us=True)
            cluster.recover()
            return cluster.spawn(dies_with_us=True)

        child = Child(
            name="PostgreSQL",
            spawn=spawn,
            answers=cluster.answers,
            patience=60,
            stopping=embedded.STOPPING,
            whole_group=False,
        )
        self._begin(child)
        cluster.ensure_database()
        self._variables["PLANO_DATABASE_URL"] = cluster.dsn()

    def _seed(self) -> bool:
        """Fill an empty installation in a process of its own: what it imports does not stay in the server."""
        if not self._wants_demo or (self._settings.data / demo.ACCOUNTS_FILE).exists():
            return False
        code = self._to_the_end(["plano.cli.main", "demo", "--quiet"])
        if code != 0 and not self._supervisor.is_stopping:
            raise CommandError("The demonstration could not be made; PLANO_DEMO=0 starts without it.")
        return code == 0

    def _to_the_end(self, module: list[str]) -> int:
        child = self._python(module)
        while child.poll() is None:
            if self._supervisor.is_stopping:
                processes.end(child.pid, steps=[(signal.SIGKILL, 2.0)], gone=lambda: child.poll() is not None)
            self._supervisor.pause(0.1)
        return child.returncode or 0

    def _start_janus(self) -> None:
        if self._settings.janus_url or self._supervisor.is_stopping:
            return
        media = janus.find(self._settings)
        if media is None:
            say("plano: no Janus found on PATH: calls are peer to peer, for up to 4 people.")
            return
        child = Child(name="Janus", spawn=media.spawn, answers=media.answers, patience=15)
        if not self._supervisor.start(child, seconds=10) and not self._supervisor.is_stopping:
            say(f"plano: Janus does not answer (see {media.log}); it is tried again, calls wait for it.")
        self._variables |= {"PLANO_JANUS_URL": media.url, "PLANO_JANUS_SECRET": media.secret}

    def _start_web(self) -> None:
        child = Child(
            name="The web server",
            spawn=lambda: self._python(["plano.cli.web"]),
            answers=self._is_live,
            patience=30,
        )
        self._begin(child)

    def _begin(self, child: Child) -> None:
        if self._supervisor.is_stopping:
            return
        if not self._supervisor.start(child, seconds=SECONDS_TO_START) and not self._supervisor.is_stopping:
            raise CommandError(f"{child.name} does not start; its reason is above or in {self._settings.data}.")

    def _python(self, module: list[str]) -> subprocess.Popen[bytes]:
        descriptor = self._listening.fileno()
        return processes.spawn(
            [sys.executable, "-m", *module],
            dies_with_us=signal.SIGKILL,
            environment=self._variables | {web.LISTENING: str(descriptor)},
            inherit_output=True,
            pass_fds=[descriptor],
        )

    def _is_live(self) -> bool:
        host = self._listening.getsockname()[0]
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
        connection = http.client.HTTPConnection(host, self._settings.port, timeout=3)
        try:
            connection.request("GET", "/healthz", headers={"Host": _host_header(self._settings)})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _announce(self, *, fresh: bool) -> None:
        data = self._settings.data
        if fresh:
            print(demo.accounts_text(data), flush=True)
        elif (data / demo.ACCOUNTS_FILE).exists():
            print(f"Demonstration accounts: {data / demo.ACCOUNTS_FILE}", flush=True)
        if not self._settings.web_dir.joinpath("index.html").exists():
            say(f"plano: the web client is not built in {self._settings.web_dir}; `make run` builds it.")
        print(f"\nPlano is ready: {self._settings.base_url}\nCtrl-C stops it.", flush=True)


def _host_header(settings: Environment) -> str:
    return settings.base_url.split("://", 1)[1]
