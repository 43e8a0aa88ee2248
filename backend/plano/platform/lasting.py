"""Work that has no end, beside the jobs of the worker: a step, a pause, a step. Each in a thread of its own.

For what is due at no known moment: the log went on, a service may be tried again. A step must be cheap when there is
nothing to do, and right when several workers make it at once.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections

log = logging.getLogger("plano.lasting")
AFTER_ERROR = 15.0


@dataclass(frozen=True, slots=True)
class Work:
    name: str
    step: Callable[[], object]
    every: float


_works: dict[str, Work] = {}


def lasting(name: str, *, every: float) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Declares a step, made `every` so many seconds. Used in the features' `jobs.py`."""

    def declare(step: Callable[[], object]) -> Callable[[], object]:
        _works[name] = Work(name, step, every)
        return step

    return declare


class Lasting:
    """All declared work, from `start` to `stop`."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(work,), daemon=True) for work in _works.values()]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Whoever is in the middle of a step is left behind: what it does is done again by another."""
        self._over.set()

    def _run(self, work: Work) -> None:
        pause = work.every
        while not self._over.wait(pause):
            pause = work.every
            close_old_connections()
            try:
                work.step()
            except Exception:
                log.exception("lasting.failed", extra={"work": work.name})
                pause = AFTER_ERROR
            finally:
                close_old_connections()
