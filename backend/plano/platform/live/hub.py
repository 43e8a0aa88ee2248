"""The tailer: reads the new frames of the poked scopes once and writes the same bytes to every socket (core-path.md).

A dead socket, a lost poke or an error never stops it: a stopped tailer is silence for everybody on this node.
"""

import asyncio
import json
import logging
import time
from asyncio import Transport
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from plano.platform.live.bus.base import Bus
from plano.platform.live.frames import BATCH, FRAMES, NUMBERS, envelope, websocket_text
from plano.platform.live.pokes import Said, on_poke

MAX_BUFFER = 1 << 20
SWEEP_SECONDS = 2.0
_ALL = 1 << 62
log = logging.getLogger("plano.live")


class Socket:
    """One open tab; or a program, which hears the kinds that `heard` begins, and no presence."""

    __slots__ = ("alive", "close", "heard", "hubs", "session_id", "state", "transport", "user_id", "writable")

    def __init__(
        self,
        *,
        user_id: str,
        session_id: str,
        transport: Transport,
        writable: asyncio.Event,
        close: Callable[[int], Awaitable[None]],
        heard: tuple[str, ...] | None = None,
    ) -> None:
        self.user_id = user_id
        self.session_id = session_id
        self.transport = transport
        self.writable = writable
        self.close = close
        self.heard = heard
        self.hubs: set[Hub] = set()
        self.state = "online"
        self.alive = True

    def write(self, frame: bytes) -> None:
        """Queue bytes; a reader too slow for 1 MB is dropped and comes back with its cursors."""
        if self.transport.is_closing():  # uvloop raises on a closed transport
            return
        self.transport.write(frame)
        if self.transport.get_write_buffer_size() > MAX_BUFFER:
            self.drop()

    def say(self, text: str) -> None:
        self.write(websocket_text(text))

    def gone(self) -> bool:
        return not self.alive or self.transport.is_closing()

    def is_full(self) -> bool:
        """The reader lags behind what was written; whoever can wait should."""
        return not self.writable.is_set()

    async def drained(self, seconds: float) -> bool:
        """Whether the reader has caught up within this time."""
        try:
            await asyncio.wait_for(self.writable.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def drop(self) -> None:
        """End the connection without a word; its client comes back with its cursors."""
        self.transport.abort()


class Hub:
    """A scope that somebody on this node listens to."""

    __slots__ = ("fresh", "last", "loading", "scope", "sockets", "trimmed_to", "users")

    def __init__(self, scope: str, loading: "asyncio.Future[None]") -> None:
        self.scope = scope
        self.last: int = -1
        self.trimmed_to = 0
        self.loading = loading
        self.sockets: set[Socket] = set()
        self.users = 0
        self.fresh: dict[int, Said] = {}

    def next(self) -> Said | None:
        """The frame after the last one, when this process wrote it: it need not be read back."""
        said = self.fresh.pop(self.last + 1, None)
        if said is not None:
            self.last += 1
        return said

    def reached(self, seq: int) -> None:
        """Was read from the log up to here."""
        self.last = seq
        if self.fresh:
            self.fresh = {number: said for number, said in self.fresh.items() if number > seq}


Watcher = Callable[[Hub, str, str, str], Awaitable[None]]
"""Called after each frame was written: hub, kind, op, payload."""


class Live:
    """All hubs of this process."""

    def __init__(self, *, pool: AsyncConnectionPool[Any]) -> None:
        self.pool = pool
        self.hubs: dict[str, Hub] = {}
        self.bus: Bus | None = None
        self.watchers: list[Watcher] = []
        self.progress = time.monotonic()
        self._dirty: dict[str, int] = {}
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._stop_hearing: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Begin to tail. Must run on the loop that owns the sockets."""
        loop = asyncio.get_running_loop()

        def hear(scope: UUID, seq: int, said: Said | None) -> None:
            loop.call_soon_threadsafe(self._committed, str(scope), seq, said)

        self._stop_hearing = on_poke(hear)
        self._tasks = [
            asyncio.create_task(self._keep(self._tail)),
            asyncio.create_task(self._keep(self._sweep)),
        ]

    async def stop(self) -> None:
        self._stop_hearing()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def healthy(self) -> bool:
        """The sweep passed lately; part of /readyz."""
        return time.monotonic() - self.progress < SWEEP_SECONDS * 5

    def sockets(self) -> set[Socket]:
        return {socket for hub in self.hubs.values() for socket in hub.sockets}

    def poke(self, scope: str, seq: int) -> None:
        """`scope` may have reached `seq`: read it when somebody listens."""
        hub = self.hubs.get(scope)
        if hub is not None and seq > hub.last:
            self._dirty[scope] = max(seq, self._dirty.get(scope, 0))
            self._wake.set()

    def broadcast(self, scope: str, text: str) -> None:
        """Ephemera: no log, no number."""
        hub = self.hubs.get(scope)
        if hub is not None:
            frame = websocket_text(text)
            for socket in list(hub.sockets):
                if socket.heard is None:
                    socket.write(frame)

    async def query(self, sql: str, args: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """On connections of the live layer: the tailer never waits behind writers that wait for a row."""
        async with self.pool.connection() as connection:
            rows: list[tuple[Any, ...]] = await (await connection.execute(sql, args)).fetchall()
            return rows

    async def hold(self, scopes: Iterable[str]) -> dict[str, Hub]:
        """Hubs for these scopes, each counted once more; a scope's number is read once per process."""
        wanted = list(scopes)
        fresh = [scope for scope in wanted if scope not in self.hubs]
        if fresh:
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self.hubs.update((scope, Hub(scope, done)) for scope in fresh)
        hubs = {scope: self.hubs[scope] for scope in wanted}
        for hub in hubs.values():
            hub.users += 1
        if fresh:
            await self._load(fresh, done)
        for loading in {hub.loading for hub in hubs.values()}:
            await asyncio.shield(loading)
        return hubs

    def release(self, hubs: Iterable[Hub], socket: Socket | None = None) -> None:
        for hub in hubs:
            if socket is not None:
                hub.sockets.discard(socket)
            hub.users -= 1
            if hub.users <= 0:
                self.hubs.pop(hub.scope, None)
                self._dirty.pop(hub.scope, None)

    async def _load(self, fresh: list[str], done: "asyncio.Future[None]") -> None:
        try:
            numbers = await self.query(NUMBERS, ([UUID(scope) for scope in fresh],))
        except Exception as error:
            for scope in fresh:
                self.hubs.pop(scope, None)
            done.set_exception(error)
            done.exception()  # seen: the holders raise it themselves
            raise
        for scope in fresh:
            self.hubs[scope].last = 0
        for scope, seq, trimmed_to in numbers:
            self.hubs[scope].last, self.hubs[scope].trimmed_to = seq, trimmed_to
        done.set_result(None)
        if self._dirty:
            self._wake.set()

    def _committed(self, scope: str, seq: int, said: Said | None) -> None:
        hub = self.hubs.get(scope)
        if said is not None and hub is not None and 0 <= hub.last < seq:
            hub.fresh[seq] = said
        self.poke(scope, seq)
        if self.bus is not None:
            self.bus.tell(scope, seq)

    async def _keep(self, job: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await job()
            except Exception:
                log.exception("live tailer interrupted")
                await asyncio.sleep(0.5)
                self._dirty.update(dict.fromkeys(self.hubs, _ALL))
                self._wake.set()

    async def _tail(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self._catch_up()

    async def _catch_up(self) -> None:
        behind: dict[str, Hub] = {}
        for scope in list(self._dirty):
            hub = self.hubs.get(scope)
            if hub is not None and hub.last < 0:
                continue  # still loading; `_load` wakes us again
            seq = self._dirty.pop(scope)
            if hub is None:
                continue
            while said := hub.next():
                await self._tell(hub, *said)
            if hub.last < seq:
                behind[scope] = hub
        if not behind:
            return
        asked = ([UUID(s) for s in behind], [hub.last for hub in behind.values()], [_ALL] * len(behind))
        rows = await self.query(FRAMES, asked)
        read = dict.fromkeys(behind, 0)
        for scope, seq, kind, op, payload in rows:
            read[scope] += 1
            hub = behind[scope]
            if seq <= hub.last:
                continue
            hub.reached(seq)
            await self._tell(hub, kind, op, payload)
        for scope, count in read.items():
            if count >= BATCH:
                self._dirty[scope] = _ALL
                self._wake.set()

    async def _tell(self, hub: Hub, kind: str, op: str, payload: str) -> None:
        """The frame that the hub has just reached."""
        await self._write(hub, kind, envelope(hub.scope, hub.last, kind, op, payload))
        for watcher in self.watchers:
            await watcher(hub, kind, op, payload)

    async def _write(self, hub: Hub, kind: str, text: str) -> None:
        """Encoded once. Breathes every 100 sockets, so that answers do not wait for a large audience."""
        frame = websocket_text(text)
        for count, socket in enumerate(list(hub.sockets), 1):
            if socket.heard is None or kind.startswith(socket.heard):
                socket.write(frame)
            if count % 100 == 0:
                await asyncio.sleep(0)

    async def _sweep(self) -> None:
        """A lost hint costs latency, never data."""
        while True:
            self.progress = time.monotonic()
            await asyncio.sleep(SWEEP_SECONDS)
            scopes = [UUID(scope) for scope in self.hubs]
            for scope, seq, _ in await self.query(NUMBERS, (scopes,)) if scopes else ():
                self.poke(scope, seq)


def ready(cursors: dict[str, int]) -> str:
    return json.dumps({"type": "ready", "cursors": cursors}, separators=(",", ":"))


def reset(scope: str) -> str:
    return f'{{"type":"reset","scope":"{scope}"}}'
