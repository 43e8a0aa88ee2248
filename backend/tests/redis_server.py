"""A real Redis (Debian's package) for tests, kept nowhere."""

import shutil
import subprocess
from pathlib import Path

from tests.server import free_port
from tests.waiting import becomes, listens


class RedisServer:
    """One redis-server on a port of its own, that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        assert program is not None, "redis-server is missing: apt-get install redis-server"
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self._words = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started = becomes(lambda: listens(("127.0.0.1", self.port)), self._process, seconds=10, every=0.02)
        assert started, "redis-server did not start"

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
