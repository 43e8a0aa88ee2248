"""The meetings that have connections in this process, and who is in them. No database, no media here."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from plano.meetings.media.base import Seat
from plano.meetings.queries import Standing

MAX_QUEUED = 400
GOODBYE_SECONDS = 2.0


class Line:
    """One open socket: what is said to it waits in a queue, so that a slow reader holds nobody up."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._send = send
        self._queue: asyncio.Queue[dict[str, Any] | int] = asyncio.Queue(MAX_QUEUED)
        self.closed = asyncio.Event()
        self._closing = False
        self._task = asyncio.create_task(self._write())

    def say(self, message: dict[str, Any]) -> None:
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self.close(4429)

    def close(self, code: int) -> None:
        """What was said before still goes out."""
        self._closing = True
        if self._queue.full():
            self._task.cancel()
            self.closed.set()
        else:
            self._queue.put_nowait(code)

    async def end(self) -> None:
        """What was said last, the closing included, still goes out; then nothing more."""
        if self._closing and not self.closed.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.closed.wait(), GOODBYE_SECONDS)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _write(self) -> None:
        with suppress(Exception):
            while not self.closed.is_set():
                message = await self._queue.get()
                if isinstance(message, int):
                    await self._send({"type": "websocket.close", "code": message})
                    break
                await self._send({"type": "websocket.send", "text": json.dumps(message, separators=(",", ":"))})
        self.closed.set()


@dataclass(eq=False)
class Member:
    """Somebody in a meeting. Without a line for a moment: the connection was cut and may come back."""

    standing: Standing
    person: dict[str, Any]
    line: Line
    mutes: int = 0
    seat: Seat | None = None
    media: dict[str, bool] = field(default_factory=lambda: {"microphone": False, "camera": False, "screen": False})
    cut_at: float | None = None

    @property
    def id(self) -> str:
        return str(self.standing.participation_id)

    def shown(self) -> dict[str, Any]:
        """As the others see this person."""
        return {"id": self.id, **self.person, **self.media, "cut": self.cut_at is not None}


@dataclass(eq=False)
class Room:
    """A meeting under way in this process."""

    meeting_id: UUID
    scope_id: UUID
    members: dict[str, Member] = field(default_factory=dict)

    def tell(self, message: dict[str, Any], *, but: Member | None = None) -> None:
        for member in self.members.values():
            if member is not but and member.cut_at is None:
                member.line.say(message)
