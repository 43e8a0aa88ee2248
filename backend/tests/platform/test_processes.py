"""Children that may wait let everybody else go first, also where Linux shares the processor by session."""

import subprocess
import time
from pathlib import Path

from plano.platform.processes import put_behind


def share(pid: int) -> str:
    """The weight of its session; "15" too where the kernel does not group by session and there is nothing to do."""
    group = Path(f"/proc/{pid}/autogroup")
    return group.read_text().split()[-1] if group.exists() else "15"


def test_a_session_is_put_behind_the_others() -> None:
    child = subprocess.Popen(["sleep", "20"], start_new_session=True)
    try:
        end = time.monotonic() + 5
        while share(child.pid) != "15" and time.monotonic() < end:
            put_behind(child.pid)  # the kernel takes one change each tenth of a second from who is not root
            time.sleep(0.05)
        assert share(child.pid) == "15"
    finally:
        child.kill()
        child.wait()
    put_behind(child.pid)  # gone: nothing happens
