"""Pictures of people: decoded and encoded anew in a child process with limits, so that nothing of the file remains."""

import subprocess
import sys
import threading
from pathlib import Path

from plano.kernel.errors import Invalid, TooLarge, Unavailable

LARGEST = 5 * 1024 * 1024
PATIENCE_SECONDS = 15
WAIT_SECONDS = 2
_WORKER = Path(__file__).parent / "picture_worker.py"
_slots = threading.BoundedSemaphore(2)


def reencoded(content: bytes) -> bytes:
    """A square WebP of 256 pixels without metadata; refuses what is too large or is no picture (R-74)."""
    if len(content) > LARGEST:
        raise TooLarge("picture_too_large")
    if not _slots.acquire(timeout=WAIT_SECONDS):
        raise Unavailable("busy", retry_after=2)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_WORKER)],
            input=content,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise Invalid("invalid_picture") from error
    finally:
        _slots.release()
    if done.returncode != 0 or not done.stdout:
        raise Invalid("invalid_picture")
    return done.stdout
