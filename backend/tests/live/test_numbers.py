"""Dense numbers: concurrent writers, rollbacks, several tailers; never a gap, never a late or doubled frame."""

import asyncio
import json
import random
import threading
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool

from plano.kernel.ids import uuid7
from plano.platform.live import unit_of_work
from plano.platform.live.bus.postgres import PostgresBus
from plano.platform.live.hub import Live, Socket
from plano.platform.live.models import Frame, Stream
from plano.workspaces.live import SCOPES
from plano.workspaces.schemas import ScopesOut

INTERLEAVINGS = 1000
WRITERS = 8


class Recorder:
    """The writing end of a socket, kept in memory."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []

    def is_closing(self) -> bool:
        return False

    def get_write_buffer_size(self) -> int:
        return 0

    def write(self, data: bytes) -> None:
        size = data[1]
        body = data[2:] if size < 126 else data[4:] if size == 126 else data[10:]
        self.frames.append(json.loads(body))


class Rolled(Exception):
    pass


def write(scopes: list[UUID], units: int, seed: int, committed: list[int]) -> None:
    """Units of work over one to three scopes; a fifth of them roll back after taking their numbers."""
    chance = random.Random(seed)
    try:
        for _ in range(units):
            chosen = chance.sample(scopes, chance.randint(1, 3))
            undo = chance.random() < 0.2
            try:
                with unit_of_work() as emit:
                    for scope in chosen:
                        emit.changed(SCOPES, scope=scope, data=ScopesOut(workspace_id=scope, gained=[], lost=[]))
                    if undo:
                        emit.flush()
                        raise Rolled
            except Rolled:
                continue
            committed.append(len(chosen))
    finally:
        connection.close()


class Node:
    """One socket on all scopes, in the process of the writers or in another one that hears them by the bus only."""

    def __init__(self, pool: AsyncConnectionPool[Any], dsn: str, *, is_elsewhere: bool) -> None:
        self.live = Live(pool=pool)
        self.bus = PostgresBus(dsn=dsn, on_poke=self.live.poke, on_ephemeral=lambda message: None)
        self.live.bus = self.bus
        self.is_elsewhere = is_elsewhere
        self.recorder = Recorder()

    async def start(self, scopes: list[UUID]) -> None:
        async def close(code: int) -> None: ...

        await self.live.start()
        await self.bus.start()
        if self.is_elsewhere:
            self.live._stop_hearing()
            self.live._stop_hearing = lambda: None
        socket = Socket(
            user_id="",
            session_id="",
            transport=self.recorder,  # type: ignore[arg-type]
            writable=asyncio.Event(),
            close=close,
        )
        for hub in (await self.live.hold([str(scope) for scope in scopes])).values():
            hub.sockets.add(socket)

    async def caught_up(self) -> None:
        numbers = {str(s): n for s, n, _ in await self.live.query("SELECT id, seq, 0 FROM live_stream", ())}
        for _ in range(200):
            if all(hub.last == numbers.get(scope, 0) for scope, hub in self.live.hubs.items()):
                return
            await asyncio.sleep(0.05)

    async def stop(self) -> None:
        await self.live.stop()
        await self.bus.stop()


async def observe(scopes: list[UUID], start: threading.Event, done: threading.Event) -> list[list[dict[str, Any]]]:
    """What the sockets of two nodes received."""
    dsn = make_conninfo(settings.DATABASE_URL, dbname=connection.settings_dict["NAME"])
    async with AsyncConnectionPool(dsn, min_size=1, max_size=3, open=False, kwargs={"autocommit": True}) as pool:
        nodes = [Node(pool, dsn, is_elsewhere=elsewhere) for elsewhere in (False, True)]
        for node in nodes:
            await node.start(scopes)
        start.set()
        while not done.is_set():  # noqa: ASYNC110 - set by threads
            await asyncio.sleep(0.02)
        for node in nodes:
            await node.caught_up()
            assert not any(hub.fresh for hub in node.live.hubs.values())
            await node.stop()
    return [node.recorder.frames for node in nodes]


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(180)
def test_r092_a_thousand_interleavings_show_no_gap_and_no_late_frame() -> None:
    scopes = [uuid7() for _ in range(5)]
    start, done = threading.Event(), threading.Event()
    committed: list[int] = []
    seen: list[list[dict[str, Any]]] = []
    observer = threading.Thread(target=lambda: seen.extend(asyncio.run(observe(scopes, start, done))))
    observer.start()
    assert start.wait(20)
    units = INTERLEAVINGS // WRITERS
    writers = [threading.Thread(target=write, args=(scopes, units, seed, committed)) for seed in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    observer.join()

    assert sum(committed) == Frame.objects.count()
    for scope in scopes:
        log = list(Frame.objects.filter(scope_id=scope).order_by("seq").values_list("seq", flat=True))
        assert log == list(range(1, len(log) + 1))
        assert Stream.objects.get(id=scope).seq == len(log)
        for frames in seen:
            assert [frame["seq"] for frame in frames if frame["scope"] == str(scope)] == log
    assert len(seen) == 2
    by_number = [{(frame["scope"], frame["seq"]): frame for frame in frames} for frames in seen]
    assert by_number[0] == by_number[1]  # sent at once or read back: the same
