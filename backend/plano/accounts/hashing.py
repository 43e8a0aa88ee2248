"""The child process that hashes for a server: a hash takes 20 MiB and 30 ms of a core, and chat must not feel it (P20).

One at a time: 30 sign-ins a second on an idle core. A child that died or hangs is replaced; who waited for it is asked
to come back.
"""

import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from plano.kernel.errors import Unavailable

PATIENCE_SECONDS = 8.0
_WORKER = Path(__file__).parent / "hashing_worker.py"


class Child:
    """Asked from any thread, in turn."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Be there before the first sign-in."""
        with self._turn:
            self._running()

    def stop(self) -> None:
        with self._turn:
            self._end()

    def ask(self, **job: Any) -> Any:
        """What the worker says. Raises Unavailable when it does not."""
        line = json.dumps(job).encode() + b"\n"
        with self._turn:
            for fresh in (False, True):
                try:
                    return json.loads(self._exchange(line))
                except OSError:
                    self._end()
                    if fresh:
                        break
        raise Unavailable("busy", retry_after=2)

    def _exchange(self, line: bytes) -> bytes:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        descriptor, found, end = process.stdout.fileno(), b"", time.monotonic() + PATIENCE_SECONDS
        while not found.endswith(b"\n"):
            ready, _, _ = select.select([descriptor], [], [], max(0.0, end - time.monotonic()))
            part = os.read(descriptor, 4096) if ready else b""
            if not part:
                raise BrokenPipeError
            found += part
        return found

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(_WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={},
                start_new_session=True,
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None
