"""LISTEN/NOTIFY on connections of its own, after COMMIT, never in a business transaction (that serialises commits)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg

from plano.platform.live.bus.base import Ephemera, Pokes
from plano.platform.live.bus.gathering import GatheringBus, Say

CHANNEL = "plano_live"


class PostgresBus(GatheringBus):
    """The default: no further service. Good for some nodes; each hears each."""

    failures = (psycopg.Error, OSError)

    def __init__(self, *, dsn: str, on_poke: Pokes, on_ephemeral: Ephemera) -> None:
        super().__init__(on_poke=on_poke, on_ephemeral=on_ephemeral)
        self.dsn = dsn

    @asynccontextmanager
    async def speaker(self) -> AsyncIterator[Say]:
        async with await self._connect() as connection:
            yield lambda text: connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, text))

    @asynccontextmanager
    async def listener(self) -> AsyncIterator[AsyncIterator[str]]:
        async with await self._connect() as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            yield (notice.payload async for notice in connection.notifies())

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        # asynchronous commit: losing a hint is harmless
        return await psycopg.AsyncConnection.connect(
            self.dsn, autocommit=True, options="-c synchronous_commit=off", connect_timeout=5
        )
