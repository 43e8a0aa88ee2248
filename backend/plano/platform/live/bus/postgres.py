"""LISTEN/NOTIFY on connections of its own, after COMMIT, never in a business transaction (that serialises commits)."""

import asyncio
import json
import logging
import secrets
from contextlib import suppress
from typing import Any

import psycopg

from plano.platform.live.bus.base import Bus, Ephemera, Pokes

CHANNEL = "plano_live"
_BATCH = 150  # 150 x (36 + 1 + up to 12) characters stay under the 8,000 bytes of a notification
_REST = 0.004
log = logging.getLogger("plano.live")


class PostgresBus(Bus):
    """Sends at once, then rests a moment: what comes meanwhile goes with the next.

    A lone change waits for nothing; in a flood a notification carries several, and costs every node once for all.
    """

    def __init__(self, *, dsn: str, on_poke: Pokes, on_ephemeral: Ephemera) -> None:
        super().__init__(on_poke=on_poke, on_ephemeral=on_ephemeral)
        self.dsn = dsn
        self.node = secrets.token_hex(6)
        self._pending: dict[str, int] = {}
        self._messages: list[str] = []
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._keep(self._hear)),
            asyncio.create_task(self._keep(self._speak)),
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def tell(self, scope: str, seq: int) -> None:
        self._pending[scope] = max(seq, self._pending.get(scope, 0))
        self._wake.set()

    def publish(self, message: dict[str, Any]) -> None:
        self._messages.append(f"{self.node} e {json.dumps(message, separators=(',', ':'))}")
        self._wake.set()

    async def _keep(self, job: Any) -> None:
        delay = 0.2
        while True:
            try:
                await job()
                delay = 0.2
            except (psycopg.Error, OSError) as error:
                log.warning("live bus interrupted: %s", type(error).__name__)
                await asyncio.sleep(delay)
                delay = min(delay * 2, 5)

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        # asynchronous commit: losing a hint is harmless
        return await psycopg.AsyncConnection.connect(
            self.dsn, autocommit=True, options="-c synchronous_commit=off", connect_timeout=5
        )

    async def _speak(self) -> None:
        async with await self._connect() as connection:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self._pending or self._messages:
                    if self._pending:
                        batch = [self._pending.popitem() for _ in range(min(len(self._pending), _BATCH))]
                        text = f"{self.node} p " + " ".join(f"{scope}:{seq}" for scope, seq in batch)
                    else:
                        batch, text = [], self._messages.pop(0)
                    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, text))
                    if batch:
                        await asyncio.sleep(_REST)

    async def _hear(self) -> None:
        async with await self._connect() as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            async for notice in connection.notifies():
                with suppress(ValueError):
                    self._take(notice.payload)

    def _take(self, text: str) -> None:
        node, what, rest = text.split(" ", 2)
        if node == self.node:
            return
        if what == "p":
            for item in rest.split():
                scope, seq = item.split(":")
                self.on_poke(scope, int(seq))
        elif what == "e":
            self.on_ephemeral(json.loads(rest))
