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


async def observe(scopes: list[UUID], start: threading.Event, done: threading.Event) -> list[dict[str, Any]]:
    """A node with one socket on all scopes, hearing the writers by the bus only as another node would."""
    dsn = make_conninfo(settings.DATABASE_URL, dbname=connection.settings_dict["NAME"])
    pool = AsyncConnectionPool(dsn, min_size=1, max_size=2, open=False, kwargs={"autocommit": True})
    await pool.open()
    live = Live(pool=pool)
    live.bus = PostgresBus(dsn=dsn, on_poke=live.poke, on_ephemeral=lambda message: None)
    await live.start()
    await live.bus.start()
    recorder = Recorder()

    async def close(code: int) -> None: ...

    socket = Socket(user_id="", session_id="", transport=recorder, writable=asyncio.Event(), close=close)  # type: ignore[arg-type]
    for hub in (await live.hold([str(scope) for scope in scopes])).values():
        hub.sockets.add(socket)
    start.set()
    while not done.is_set():  # noqa: ASYNC110 - set by threads
        await asyncio.sleep(0.02)
    numbers = {str(s): n for s, n, _ in await live.query("SELECT id, seq, 0 FROM live_stream", ())}
    for _ in range(200):
        if all(hub.last == numbers.get(scope, 0) for scope, hub in live.hubs.items()):
            break
        await asyncio.sleep(0.05)
    await live.stop()
    await live.bus.stop()
    await pool.close()
    return recorder.frames


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(180)
def test_r092_a_thousand_interleavings_show_no_gap_and_no_late_frame() -> None:
    scopes = [uuid7() for _ in range(5)]
    start, done, committed = threading.Event(), threading.Event(), []
    seen: list[dict[str, Any]] = []
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
        assert [frame["seq"] for frame in seen if frame["scope"] == str(scope)] == log
