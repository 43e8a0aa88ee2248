"""Coming back: what was missed arrives once and in order, whatever the reader's pace, and nobody holds up others."""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool

from plano.kernel.ids import uuid7
from plano.platform.live import resume as resuming
from plano.platform.live import unit_of_work
from plano.platform.live.hub import Live, Socket
from plano.platform.live.resume import TURNS, Resume
from plano.workspaces.live import SCOPES
from plano.workspaces.schemas import ScopesOut

pytestmark = pytest.mark.django_db(transaction=True)
HIGH_WATER = 64 << 10


class Reader:
    """A transport whose other end takes what is there from time to time, or never."""

    def __init__(self, *, every: float | None) -> None:
        self.writable = asyncio.Event()
        self.writable.set()
        self.frames: list[dict[str, Any]] = []
        self.waiting = self.most = 0
        self.aborted = False
        self.pace = asyncio.create_task(self._read(every)) if every is not None else None

    async def _read(self, every: float) -> None:
        while True:
            await asyncio.sleep(every)
            self.waiting = 0
            self.writable.set()

    def is_closing(self) -> bool:
        return self.aborted

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def abort(self) -> None:
        self.aborted = True

    def write(self, data: bytes) -> None:
        body = data[2:] if data[1] < 126 else data[4:] if data[1] == 126 else data[10:]
        self.frames.append(json.loads(body))
        self.waiting += len(data)
        self.most = max(self.most, self.waiting)
        if self.waiting > HIGH_WATER:
            self.writable.clear()

    def socket(self) -> Socket:
        async def close(code: int) -> None: ...

        return Socket(user_id="", session_id="", transport=self, writable=self.writable, close=close)  # type: ignore[arg-type]

    def numbers(self, scope: UUID) -> list[int]:
        return [frame["seq"] for frame in self.frames if frame["type"] == "frame" and frame["scope"] == str(scope)]


def write(scope: UUID, count: int) -> None:
    """Frames of some 2 kB each, a hundred to a unit of work."""
    ids = [uuid7() for _ in range(50)]
    for start in range(0, count, 100):
        with unit_of_work() as emit:
            for _ in range(start, min(start + 100, count)):
                emit.changed(SCOPES, scope=scope, data=ScopesOut(workspace_id=scope, gained=ids, lost=[]))


def write_beside(scope: UUID, count: int) -> None:
    """The same in a thread, which has a connection of its own."""
    try:
        write(scope, count)
    finally:
        connection.close()


def on_a_node(work: Callable[[Live], Coroutine[Any, Any, None]]) -> None:
    """Run with the live layer of one process on the test's database."""

    async def run() -> None:
        dsn = make_conninfo(settings.DATABASE_URL, dbname=connection.settings_dict["NAME"])
        async with AsyncConnectionPool(dsn, min_size=2, max_size=3, open=False, kwargs={"autocommit": True}) as pool:
            live = Live(pool=pool)
            await live.start()
            try:
                await asyncio.wait_for(work(live), 30)
            finally:
                await live.stop()

    asyncio.run(run())


def test_r092_a_long_absence_is_made_up_for_without_a_gap_while_others_write() -> None:
    scopes = [uuid7(), uuid7()]
    write(scopes[0], 900)
    write(scopes[1], 300)
    writer = threading.Thread(target=write_beside, args=(scopes[0], 200))

    async def come_back(live: Live) -> None:
        reader = Reader(every=0.002)
        socket, hubs = reader.socket(), await live.hold([str(scope) for scope in scopes])
        writer.start()
        await Resume(live).bring_up(socket, hubs, dict.fromkeys(hubs, 0))
        assert reader.most < HIGH_WATER + 5000
        for hub in hubs.values():
            hub.sockets.add(socket)
        while hubs[str(scopes[0])].last < 1100:  # noqa: ASYNC110 - the tailer's part
            await asyncio.sleep(0.01)
        assert reader.numbers(scopes[0]) == list(range(1, 1101))
        assert reader.numbers(scopes[1]) == list(range(1, 301))

    on_a_node(come_back)
    writer.join()


def test_who_does_not_read_holds_up_nobody_and_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    scope = uuid7()
    write(scope, 100)
    monkeypatch.setattr(resuming, "PATIENCE", 1.5)

    async def crowd(live: Live) -> None:
        resume, hubs = Resume(live), await live.hold([str(scope)])
        deaf = [Reader(every=None) for _ in range(TURNS * 3)]
        held = [asyncio.create_task(resume.bring_up(r.socket(), hubs, {str(scope): 0})) for r in deaf]
        await asyncio.sleep(0)
        good = Reader(every=0.002)
        await resume.bring_up(good.socket(), hubs, {str(scope): 0})
        assert good.numbers(scope) == list(range(1, 101))
        assert not any(reader.aborted for reader in deaf)
        await asyncio.gather(*held)
        assert all(reader.aborted and reader.most < HIGH_WATER + 5000 for reader in deaf)

    on_a_node(crowd)


def test_what_was_trimmed_in_the_meantime_is_reset() -> None:
    scope = uuid7()
    write(scope, 20)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM live_frame WHERE scope_id = %s AND seq <= 10", [scope])

    async def come_back(live: Live) -> None:
        reader, hubs = Reader(every=0.002), await live.hold([str(scope)])
        at = {str(scope): 5}
        await asyncio.wait_for(Resume(live).bring_up(reader.socket(), hubs, at), 5)
        assert reader.frames == [{"type": "reset", "scope": str(scope)}]
        assert at == {str(scope): -1}

    on_a_node(come_back)
