"""Argon2id with the parameters of R-22. A server has it done by a child process (P20); a command does it itself."""

import contextlib
import threading
from collections.abc import Iterator

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password, verify_password

from plano.accounts.hashing import Child
from plano.kernel.errors import Unavailable

AT_ONCE = 2
WAITING = 2
PATIENCE_SECONDS = 8

_slots = threading.BoundedSemaphore(AT_ONCE)
_queue = threading.BoundedSemaphore(AT_ONCE + WAITING)
_dummy: str | None = None
_child: Child | None = None


def start_child() -> None:
    """From now on this process does not hash itself."""
    global _child
    _child = Child()
    _child.start()


def stop_child() -> None:
    global _child
    if _child is not None:
        _child.stop()
        _child = None


class Hasher(Argon2PasswordHasher):
    """20 MiB, two passes, one lane: above the floor of 19 MiB and t = 2; stronger values upgrade at sign-in."""

    time_cost = 2
    memory_cost = 20 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        if _child is None:
            return str(super().encode(password, salt))
        params = self.params()
        stored = _child.ask(
            secret=password,
            salt=salt,
            time_cost=params.time_cost,
            memory_cost=params.memory_cost,
            parallelism=params.parallelism,
            hash_len=params.hash_len,
        )
        return f"{self.algorithm}{stored}"

    def verify(self, password: str, encoded: str) -> bool:
        if _child is None:
            return bool(super().verify(password, encoded))
        return bool(_child.ask(secret=password, stored="$" + encoded.split("$", 1)[1]))


@contextlib.contextmanager
def hashing_slot() -> Iterator[None]:
    """At most two at once; a few wait; the rest are asked to come back, so that other requests keep their threads."""
    if not _queue.acquire(blocking=False):
        raise Unavailable("busy", retry_after=2)
    try:
        if not _slots.acquire(timeout=PATIENCE_SECONDS):
            raise Unavailable("busy", retry_after=2)
        try:
            yield
        finally:
            _slots.release()
    finally:
        _queue.release()


def encode(password: str) -> str:
    """The stored form of a password. Call inside a `hashing_slot`."""
    return make_password(password)


def matches(password: str, encoded: str | None) -> tuple[bool, bool]:
    """(right, to be hashed anew). Without a stored password the same work is done and the answer is no (R-27)."""
    if encoded is None:
        verify_password(password, _dummy_hash())
        return False, False
    return verify_password(password, encoded)


def _dummy_hash() -> str:
    global _dummy
    if _dummy is None:
        _dummy = make_password("no account has this password")
    return _dummy
