"""Argon2id with the parameters of R-22, hashed in two threads of low priority so that sign-ins never starve chat."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password, verify_password

from plano.kernel.errors import Unavailable

THREADS = 2
WAITING = 2
PATIENCE_SECONDS = 8

Result = TypeVar("Result")


class Hasher(Argon2PasswordHasher):
    """20 MiB, two passes, one lane: above the floor of 19 MiB and t = 2; stronger values upgrade at sign-in."""

    time_cost = 2
    memory_cost = 20 * 1024
    parallelism = 1


def _yield_to_others() -> None:
    with contextlib.suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2", initializer=_yield_to_others)
_slots = threading.BoundedSemaphore(THREADS)
_queue = threading.BoundedSemaphore(THREADS + WAITING)
_dummy: str | None = None


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


def _run(work: Callable[[], Result]) -> Result:
    return _pool.submit(work).result()


def encode(password: str) -> str:
    """The stored form of a password. Call inside a `hashing_slot`."""
    return _run(lambda: make_password(password))


def matches(password: str, encoded: str | None) -> tuple[bool, bool]:
    """(right, to be hashed anew). Without a stored password the same work is done and the answer is no (R-27)."""
    if encoded is None:
        _run(lambda: verify_password(password, _dummy_hash()))
        return False, False
    return _run(lambda: verify_password(password, encoded))


def _dummy_hash() -> str:
    global _dummy
    if _dummy is None:
        _dummy = make_password("no account has this password")
    return _dummy
