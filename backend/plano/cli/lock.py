"""The lock of PLANO_DATA: one server at a time, and commands that borrow its database."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Self


class DataLock:
    """An exclusive lock that the kernel lets go when we die. The file tells who holds it: `serve 1234`."""

    def __init__(self, data: Path) -> None:
        self._file = os.fdopen(os.open(data / ".plano.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+")

    def take(self, role: str, *, wait: bool = False) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{role} {os.getpid()}\n")
        self._file.flush()
        return True

    def holder(self) -> tuple[str, int]:
        """Role and pid of who holds the lock; a guess when it was let go in between."""
        self._file.seek(0)
        role, _, pid = self._file.read().strip().partition(" ")
        return role, int(pid) if pid.isdigit() else 0

    def release(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
