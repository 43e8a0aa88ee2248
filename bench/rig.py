"""Servers of a sitting: each pinned to core 0 in a group of its own, waited for, ended by its id at the end."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PLANO_", "DJANGO_", "FLOOR_", "BENCH_"))}


class Rig:
    """A folder of its own, and what was started in it."""

    def __init__(self, *, core: str = "0") -> None:
        self.core = core
        self.folder = Path(tempfile.mkdtemp(prefix="plano-rig-"))
        self.folder.chmod(0o755)
        self.last = 0
        self._servers: list[subprocess.Popen[bytes]] = []

    def start(self, *command: object, port: int | None = None, cwd: Path | None = None, wait: float = 60, name: str = "server", **variables: str) -> int:
        """Run a server; returns its process id once the port answers."""
        if port:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    sys.exit(f"port {port} is already in use")
        nice = ["nice", "-n", "-10"] if os.geteuid() == 0 else []
        log = self.folder / f"{name}.log"
        with log.open("ab") as out:
            server = subprocess.Popen([*nice, "taskset", "-c", self.core, *map(str, command)], cwd=cwd or self.folder, env=CLEAN | variables, stdout=out, stderr=out, start_new_session=True)
        self._servers.append(server)
        self.last = server.pid
        end = time.time() + wait
        while port and not self._answers(port):
            if server.poll() is not None or time.time() > end:
                sys.exit(f"{name} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.1)
        return server.pid

    def _answers(self, port: int) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    def postgres(self, port: int, *databases: str) -> int:
        """The PostgreSQL of Plano's wheel with its defaults, on TCP, so that a floor and Plano share one."""
        found = subprocess.run([PYTHON, "-c", "from plano.platform.embedded import programs; print(programs())"], capture_output=True, text=True, check=True, cwd=ROOT / "backend")
        programs, data = Path(found.stdout.strip()), self.folder / "pg"
        as_user = [] if os.geteuid() else ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        data.mkdir(mode=0o700)
        if as_user:
            shutil.chown(data, "nobody", "nogroup")
        subprocess.run([*as_user, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        pid = self.start(*as_user, programs / "postgres", "-D", data, "-p", port, "-k", "", "-h", "127.0.0.1", "-c", "max_connections=100", port=port, cwd=Path("/"), name="postgres")
        while subprocess.run([programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres"], check=False).returncode:
            time.sleep(0.1)
        self.programs = programs
        for name in databases:
            self.create(port, name)
        return pid

    def create(self, port: int, database: str) -> None:
        """One more database on that PostgreSQL."""
        subprocess.run([self.programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", database], check=True)

    def plano(self, port: int, pg_port: int, *, database: str = "plano", **variables: str) -> Path:
        """A Plano with its demonstration on that PostgreSQL; returns its data folder once it is ready."""
        data = self.folder / "data"
        variables = {"PLANO_DATA": str(data), "PORT": str(port), "PLANO_DEMO": "1", "PLANO_WORKER": "1", "PLANO_LOG_LEVEL": "warning", "PLANO_MESSAGES_PER_MINUTE": "100000",
                     "PLANO_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{pg_port}/{database}", **variables}
        self.start(ROOT / ".venv" / "bin" / "plano", "serve", port=port, cwd=ROOT, name="plano", **variables)
        self.until(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2).status == 200 and (data / "demo-accounts.json").exists())
        return data

    def until(self, ready, wait: float = 90) -> None:
        end = time.time() + wait
        while True:
            with contextlib.suppress(OSError):
                if ready():
                    return
            if time.time() > end or any(server.poll() is not None for server in self._servers):
                sys.exit("not ready: " + "".join(log.read_text()[-1000:] for log in self.folder.glob("*.log")))
            time.sleep(0.2)

    def stop(self) -> None:
        """End the server that was started last."""
        server = self._servers.pop()
        if server.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()

    def close(self) -> None:
        while self._servers:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def rig(*, core: str = "0") -> Iterator[Rig]:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    made = Rig(core=core)
    try:
        yield made
    finally:
        made.close()
