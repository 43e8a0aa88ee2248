"""Costly requests about accounts wait here, outside Django's threads, so that chat always finds a free one (P20)."""

import asyncio
import json
import re
import secrets

from plano.kernel.asgi import App, Message, Receive, Scope, Send, body_of
from plano.kernel.words import title_of

COSTLY = re.compile(
    r"/api/v1/(session(/proof)?|me/password|password-resets/[^/]+|setup/[^/]+|invitations/[^/]+|s/[^/]+/visit)"
)
AT_ONCE = 2
WAITING = 100
PATIENCE_SECONDS = 10
LARGEST_BODY = 64 * 1024
BODY_SECONDS = 10


class Turnstile:
    """Lets a few sign-ins through at a time. Their bodies are read first: a slow sender never holds a turn.

    A queue that is too long, or does not move, answers « come back » instead of growing.
    """

    def __init__(self, app: App) -> None:
        self.app = app
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not COSTLY.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        body = await _small_body(receive)
        if body is None:
            await _refuse(send, 413, "too_large")
        elif not await self._turn():
            await _refuse(send, 503, "busy")
        else:
            try:
                await self.app(scope, _again(body, receive), send)
            finally:
                self.turns.release()

    async def _turn(self) -> bool:
        """Whether it is ours within reason."""
        if self.waiting >= WAITING:
            return False
        self.waiting += 1
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self.turns.acquire()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1


async def _small_body(receive: Receive) -> bytes | None:
    """The whole body; None when it is too long, too slow, or its sender has gone."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await body_of(receive, limit=LARGEST_BODY)
    except TimeoutError:
        return None


def _again(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


async def _refuse(send: Send, status: int, code: str) -> None:
    """`application/problem+json`, as the JSON API words it."""
    problem = {
        "type": f"about:blank#{code}",
        "title": title_of(code),
        "status": status,
        "code": code,
        "errors": {},
        "request_id": secrets.token_hex(8),
    }
    body = json.dumps(problem).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close") if status == 413 else (b"retry-after", b"2"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
