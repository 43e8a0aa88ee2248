"""How child processes are born and ended: as an unprivileged user when we are root, never outliving us.

Linux only. Refuses to run a service as root: PostgreSQL would refuse anyway, and a media server must not.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

SERVICE_USER = "plano"
PR_SET_PDEATHSIG = 1
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CLEAN_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def service_user() -> pwd.struct_passwd | None:
    """The unprivileged user that PostgreSQL runs as when we are root, made once; None when we are not."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command += ["--shell", "/usr/sbin/nologin", SERVICE_USER]
        subprocess.run(command, capture_output=True, check=False, env=CLEAN_ENVIRONMENT)
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        return pwd.getpwnam("nobody")


def put_behind(pid: int) -> None:
    """This session goes last. Where Linux shares the processor by session, `nice` counts inside a session only."""
    with suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text("15", encoding="ascii")


def spawn(
    command: Sequence[str | Path],
    *,
    user: pwd.struct_passwd | None = None,
    needs: Sequence[Path] = (),
    dies_with_us: signal.Signals | None = signal.SIGKILL,
    environment: Mapping[str, str] = CLEAN_ENVIRONMENT,
    log: Path | None = None,
    cwd: Path | None = None,
    pass_fds: Sequence[int] = (),
    inherit_output: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own; the kernel signals it when we die, even by `kill -9`."""
    argv = [str(part) for part in command]
    before_exec: Callable[[], None] | None = None
    if user is not None:
        argv = [*_become(user, needs=needs, dies_with_us=dies_with_us), *argv]
    elif dies_with_us is not None:
        before_exec = _parent_death_signal(dies_with_us)
    output: int | None = None if inherit_output else subprocess.DEVNULL
    if log is not None:
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if inherit_output else subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=before_exec,  # noqa: PLW1509 - the callers have one thread
            env=dict(environment),
            cwd=cwd,
            pass_fds=pass_fds,
        )
    finally:
        if log is not None and output is not None:
            os.close(output)


def run(
    command: Sequence[str | Path], *, user: pwd.struct_passwd | None = None, needs: Sequence[Path] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a tool to its end as the service user; the caller judges the exit code."""
    argv = [str(part) for part in command]
    if user is not None:
        argv = [*_become(user, needs=needs, dies_with_us=None), *argv]
    return subprocess.run(argv, capture_output=True, text=True, check=False, env=dict(CLEAN_ENVIRONMENT), cwd="/")


def end(
    pid: int, *, steps: Sequence[tuple[signal.Signals, float]], gone: Callable[[], bool], group: bool = False
) -> bool:
    """Send each signal in turn and wait its time; tells whether the process is gone."""
    send = os.killpg if group else os.kill
    for number, seconds in steps:
        try:
            send(pid, number)
        except ProcessLookupError:
            return True
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if gone():
                return True
            time.sleep(0.02)
    return gone()


def is_alive(pid: int) -> bool:
    """Whether a process with this id runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state not in {"Z", "X"}


def _parent_death_signal(number: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl

    def before_exec() -> None:
        prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # the parent died between fork and prctl
            os._exit(1)

    return before_exec


def _become(user: pwd.struct_passwd, *, needs: Sequence[Path], dies_with_us: signal.Signals | None) -> list[str]:
    command = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if dies_with_us is not None:
        command.append(f"--pdeathsig={dies_with_us.name.removeprefix('SIG')}")
    if all(_reachable(path, user) for path in needs):
        return [*command, "--inh-caps=-all", "--no-new-privs", "--"]
    # A checkout under a private folder (/root): the user may pass through folders, and nothing is chmod-ed.
    passing = "dac_read_search" if _may_give(CAP_DAC_READ_SEARCH) else "dac_override"
    command += ["--securebits=+no_setuid_fixup"]  # else access(2), which initdb asks, would not count it
    return [*command, f"--inh-caps=-all,+{passing}", f"--ambient-caps=+{passing}", "--no-new-privs", "--"]


def _reachable(path: Path, user: pwd.struct_passwd) -> bool:
    for folder in (path, *path.parents):
        status = folder.stat()
        if status.st_uid == user.pw_uid:
            allowed = status.st_mode & 0o100
        elif status.st_gid == user.pw_gid:
            allowed = status.st_mode & 0o010
        else:
            allowed = status.st_mode & 0o001
        if not allowed:
            return False
    return True


def _may_give(capability: int) -> bool:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("CapBnd:"):
            return bool(int(line.split()[1], 16) >> capability & 1)
    return False
