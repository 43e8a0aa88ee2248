"""What the buses share: hints gather while one message is on its way, and a broken connection is made again."""

import asyncio
import json
import logging
import secrets
from abc import abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any

from plano.platform.live.bus.base import Bus, Ephemera, Pokes

Say = Callable[[str], Awaitable[object]]
BATCH = 150  # 150 x (36 + 1 + up to 12) characters stay under the 8,000 bytes of a PostgreSQL notification
LARGEST_MESSAGE = 4096
MESSAGES_KEPT = 1000  # while the other side is away; ephemera that are older say nothing any more
_REST = 0.004
log = logging.getLogger("plano.live")


class GatheringBus(Bus):
    """Sends at once, then rests a moment: what comes meanwhile goes with the next.

    A lone change waits for nothing; in a flood a message carries several, and costs every node once for all.
    """

    failures: tuple[type[Exception], ...] = (OSError,)
    """What the library raises when the other side is away."""

    def __init__(self, *, on_poke: Pokes, on_ephemeral: Ephemera) -> None:
        super().__init__(on_poke=on_poke, on_ephemeral=on_ephemeral)
        self.node = secrets.token_hex(6)
        self._pending: dict[str, int] = {}
        self._messages: deque[str] = deque(maxlen=MESSAGES_KEPT)
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._hearing = False

    @abstractmethod
    def speaker(self) -> AbstractAsyncContextManager[Say]:
        """A connection that sends texts to all nodes."""

    @abstractmethod
    def listener(self) -> AbstractAsyncContextManager[AsyncIterator[str]]:
        """A connection that hears the texts of all nodes, once it is entered."""

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._keep(self._hear)), asyncio.create_task(self._keep(self._speak))]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def is_heard(self) -> bool:
        return self._hearing

    def tell(self, scope: str, seq: int) -> None:
        self._pending[scope] = max(seq, self._pending.get(scope, 0))
        self._wake.set()

    def publish(self, message: dict[str, Any]) -> None:
        text = json.dumps(message, separators=(",", ":"))
        if len(text) <= LARGEST_MESSAGE:
            self._messages.append(f"{self.node} e {text}")
            self._wake.set()

    async def _keep(self, job: Callable[[], Awaitable[None]]) -> None:
        delay = 0.2
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await job()
            except self.failures as error:
                log.warning("live bus interrupted: %s", type(error).__name__)
            except Exception:
                log.exception("live bus interrupted")
            if asyncio.get_running_loop().time() - began > 10:
                delay = 0.2
            await asyncio.sleep(delay)
            delay = min(delay * 2, 5)

    async def _speak(self) -> None:
        async with self.speaker() as say:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self._pending or self._messages:
                    if self._pending:
                        await self._tell_some(say)
                    else:
                        await say(self._messages.popleft())

    async def _tell_some(self, say: Say) -> None:
        batch = [self._pending.popitem() for _ in range(min(len(self._pending), BATCH))]
        try:
            await say(pokes_text(self.node, batch))
        except BaseException:
            for scope, seq in batch:
                self.tell(scope, seq)
            raise
        await asyncio.sleep(_REST)

    async def _hear(self) -> None:
        try:
            async with self.listener() as texts:
                self._hearing = True
                async for text in texts:
                    with suppress(ValueError):  # not ours
                        self._take(text)
        finally:
            self._hearing = False

    def _take(self, text: str) -> None:
        node, what, rest = text.split(" ", 2)
        if node == self.node:
            return
        if what == "p":
            for item in rest.split():
                scope, _, seq = item.partition(":")
                self.on_poke(scope, int(seq))
        elif what == "e":
            message = json.loads(rest)
            if isinstance(message, dict):
                self.on_ephemeral(message)


def pokes_text(node: str, pokes: list[tuple[str, int]]) -> str:
    return f"{node} p " + " ".join(f"{scope}:{seq}" for scope, seq in pokes)
