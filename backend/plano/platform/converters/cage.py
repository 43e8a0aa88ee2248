"""A child process with limits: memory, processor time, file size, wall clock; an empty folder of its own; low priority.

Where the kernel allows, it also has no network and its children end with it (own namespaces). When we are root it
runs as the unprivileged user that PostgreSQL has too. It is killed as a group.
"""

import os
import pwd
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plano.platform.converters.base import Reason, Refused
from plano.platform.processes import put_behind, service_user

DAMAGED, PASSWORD, TOO_LARGE = 10, 11, 12  # what our workers exit with
_SAID = {DAMAGED: Reason.DAMAGED, PASSWORD: Reason.PASSWORD, TOO_LARGE: Reason.TOO_LARGE}
MEBI = 1 << 20
OPEN_FILES = 512


@dataclass(frozen=True)
class Limits:
    """`seconds` by the clock, `cpu` of the processor; sizes in bytes."""

    seconds: float
    cpu: int
    memory: int
    file_size: int


@contextmanager
def workplace() -> Iterator[Path]:
    """An empty folder that only the child and we reach; gone afterwards, whatever it left there."""
    folder = Path(tempfile.mkdtemp(prefix="plano-preview-"))
    try:
        user = service_user()
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(command: Sequence[str | Path], *, folder: Path, limits: Limits, changes_user: bool = False) -> str:
    """Run to the end, and give what it wrote on its output; raises Refused. `changes_user`: a worker of ours that
    leaves our user by itself once its libraries are loaded (`user_arguments`)."""
    told = folder / ".output"
    with told.open("wb") as output:
        child = subprocess.Popen(
            [str(part) for part in (*_prefix(limits, leave_user=not changes_user), *command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"},
            start_new_session=True,
        )
        put_behind(child.pid)
        try:
            code, used = _ended(child, limits.seconds)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # also what it left behind
            child.wait()
    if code == 0:
        return told.read_bytes()[:4096].decode("utf-8", "replace")
    # not by the signal: `unshare` hides which one ended its child
    if used >= limits.cpu:
        raise Refused(Reason.TOO_SLOW)
    if any(file.is_file() and file.stat().st_size >= limits.file_size for file in folder.rglob("*")):
        raise Refused(Reason.TOO_LARGE)
    raise Refused(_SAID.get(code, Reason.DAMAGED))


def _ended(child: "subprocess.Popen[bytes]", seconds: float) -> tuple[int, float]:
    """Its exit code, and the processor time that it and its children took."""
    watched = os.pidfd_open(child.pid)
    try:
        poll = select.poll()
        poll.register(watched, select.POLLIN)
        if not poll.poll(seconds * 1000):
            raise Refused(Reason.TOO_SLOW)
    finally:
        os.close(watched)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime


def user_arguments() -> list[str]:
    """`UID GID` for a worker that changes its user itself; empty when we are nobody special."""
    user = service_user()
    return [] if user is None else [str(user.pw_uid), str(user.pw_gid)]


def is_offline() -> bool:
    """Whether children have no network here."""
    return bool(_namespaces())


def _prefix(limits: Limits, *, leave_user: bool) -> list[str]:
    return [
        *("setpriv", "--pdeathsig=KILL", "--"),
        *_namespaces(),
        *_user(service_user() if leave_user else None),
        *("prlimit", f"--as={limits.memory}", f"--cpu={limits.cpu}:{limits.cpu + 2}", f"--fsize={limits.file_size}"),
        *("--core=0", f"--nofile={OPEN_FILES}", "--"),
        *("nice", "-n", "15"),
    ]


def _user(user: pwd.struct_passwd | None) -> list[str]:
    if user is None:
        return ["setpriv", "--no-new-privs", "--"]
    return [
        *("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--bounding-set=-all"),
        *("--inh-caps=-all", "--no-new-privs", "--pdeathsig=KILL", "--"),
    ]


@cache
def _namespaces() -> tuple[str, ...]:
    """What gives a child its own network (none) and process tree; empty where the kernel or a container forbids it."""
    own = ("--net", "--pid", "--fork", "--kill-child", "--")
    for form in (("unshare", *own), ("unshare", "--user", "--map-current-user", *own)):
        try:
            done = subprocess.run([*form, "true"], capture_output=True, timeout=5, check=False)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return form
    return ()
