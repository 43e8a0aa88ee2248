"""Waiting for a program that was started."""

import socket
import subprocess
import time
from collections.abc import Callable


def becomes(
    ready: Callable[[], bool], process: "subprocess.Popen[bytes]", *, seconds: float, every: float = 0.05
) -> bool:
    """Whether it is ready before it ends and before the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        if ready():
            return True
        time.sleep(every)
    return False


def listens(place: tuple[str, int] | str) -> bool:
    """Whether something answers on a port, or on a socket of this machine."""
    with socket.socket(socket.AF_UNIX if isinstance(place, str) else socket.AF_INET) as probe:
        return probe.connect_ex(place) == 0
