"""Costly requests about accounts wait here, outside Django's threads, so that chat always finds a free one (P20).

Also the door where header names that could pass for others are dropped (R-26): WSGI reads `X_Forwarded_For` as
`X-Forwarded-For`.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

COSTLY = re.compile(r"/api/v1/(session(/proof)?|me/password|password-resets/[^/]+|setup/[^/]+|invitations/[^/]+)")
AT_ONCE = 3
LARGEST_BODY = 64 * 1024
BODY_SECONDS = 10


class Turnstile:
    """Lets a few sign-ins through at a time. Their bodies are read first: a slow sender never holds a turn."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.turns = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["headers"] = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        if scope["method"] != "POST" or not COSTLY.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        body = await _small_body(receive)
        if body is None:
            await _refuse(send)
            return
        async with self.turns:
            await self.app(scope, _again(body, receive), send)


async def _small_body(receive: Receive) -> bytes | None:
    """The whole body; None when it is too long, too slow, or its sender has gone."""
    body: bytes = b""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                body += bytes(message.get("body", b""))
                if len(body) > LARGEST_BODY:
                    return None
                if not message.get("more_body", False):
                    return body
    except TimeoutError:
        return None


def _again(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


async def _refuse(send: Send) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": 413,
            "headers": [(b"content-type", b"application/problem+json"), (b"connection", b"close")],
        }
    )
    await send(
        {"type": "http.response.body", "body": b'{"type":"about:blank#too_large","status":413,"code":"too_large"}'}
    )
