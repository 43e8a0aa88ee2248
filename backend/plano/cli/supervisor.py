"""Keeps children alive: starts them in order, asks after their health, restarts with back-off, ends them.

One thread, no event loop, no Django: a few megabytes. The kernel ends the children if this process is killed.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from plano.platform import processes

FIRST_BACK_OFF, LONGEST_BACK_OFF = 0.2, 15.0
HEALTHY_AGAIN_AFTER = 60.0
POLITE = ((signal.SIGTERM, 3.0), (signal.SIGKILL, 2.0))
StopSteps = Sequence[tuple[signal.Signals, float]]


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


@dataclass(kw_only=True)
class Child:
    """One supervised service. `patience` is how long it may stay silent before it is restarted."""

    name: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    answers: Callable[[], bool]
    patience: float
    interval: float = 5.0
    stopping: StopSteps = POLITE
    whole_group: bool = True
    process: subprocess.Popen[bytes] | None = None
    was_ready: bool = False
    _back_off: float = FIRST_BACK_OFF
    _next_look: float = 0.0
    _last_answer: float = 0.0
    _restart_at: float | None = None
    _started: float = field(default=0.0)

    def start(self) -> None:
        now = time.monotonic()
        self.process = self.spawn()
        self._started = self._last_answer = now
        self._next_look = now + 0.05
        self._restart_at = None

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def tick(self, now: float) -> None:
        """Restart what ended, ask what runs."""
        if self._restart_at is not None:
            if now >= self._restart_at:
                self.start()
        elif self.has_ended:
            assert self.process is not None
            self._plan_restart(now, f"ended ({_ending(self.process.returncode)})")
        elif now >= self._next_look:
            self._look(now)

    def _look(self, now: float) -> None:
        if self.answers():
            self.was_ready = True
            self._last_answer = now
            self._next_look = now + self.interval
            if now - self._started > HEALTHY_AGAIN_AFTER:
                self._back_off = FIRST_BACK_OFF
            return
        starting = self._last_answer == self._started
        self._next_look = now + (0.1 if starting else 1.0)
        if now - self._last_answer > self.patience:
            self.stop()
            self._plan_restart(now, f"did not answer for {self.patience:.0f} s")

    def _plan_restart(self, now: float, reason: str) -> None:
        if self.process is not None and self.whole_group:
            _end_group(self.process.pid)
        say(f"plano: {self.name} {reason}; it starts again in {self._back_off:.1f} s.")
        self._restart_at = now + self._back_off
        self._back_off = min(self._back_off * 2, LONGEST_BACK_OFF)

    def stop(self, *, at_once: bool = False) -> None:
        """End it, politely first. Never waits without a bound."""
        child = self.process
        if child is None or child.poll() is not None:
            return
        steps = [(signal.SIGKILL, 2.0)] if at_once else self.stopping
        processes.end(child.pid, steps=steps, gone=lambda: child.poll() is not None)
        if self.whole_group:
            _end_group(child.pid)


def _end_group(leader: int) -> None:
    """What a child left behind (converters, helpers) ends with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


class Supervisor:
    """Runs children until SIGINT or SIGTERM; a second signal ends everything at once."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.signals = 0
        self._wake, wake_end = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(wake_end, False)
        signal.set_wakeup_fd(wake_end)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _note(self, *_: object) -> None:
        self.signals += 1

    @property
    def is_stopping(self) -> bool:
        return self.signals > 0

    def start(self, child: Child, *, seconds: float) -> bool:
        """Start and wait until it answers. False: it ended, was too slow, or we were told to stop."""
        self.children.append(child)
        child.start()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.is_stopping and not child.has_ended:
            if child.answers():
                child.was_ready = True
                return True
            self.pause(0.05)
        return False

    def watch(self) -> None:
        """Return when told to stop."""
        while not self.is_stopping:
            now = time.monotonic()
            for child in self.children:
                child.tick(now)
            self.pause(0.5)

    def pause(self, seconds: float) -> None:
        ready, _, _ = select.select([self._wake], [], [], seconds)
        if ready:
            os.read(self._wake, 512)

    def stop(self) -> None:
        """Last started, first stopped."""
        asked = self.signals
        for child in reversed(self.children):
            child.stop(at_once=self.signals > asked)
