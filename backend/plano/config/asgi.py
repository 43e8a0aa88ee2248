"""One process, one port: bytes and sockets go to plain ASGI handlers, everything else to Django's WSGI handler.

Django under WSGI in lasting threads costs 0.15 ms a request, under its own ASGI handler 1.2 ms (stack.md).
"""

import asyncio
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plano.config.settings")

import django

django.setup()

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from psycopg_pool import AsyncConnectionPool

from plano.accounts import hashers
from plano.accounts.asgi import caller_by_cookies, cookies_of, listener_by_token, living_sessions
from plano.accounts.turnstile import Turnstile
from plano.chat import queries as chat_queries
from plano.config import health
from plano.config.hop import Hop
from plano.config.routes import ASGI_ROUTES
from plano.config.static import Static
from plano.kernel.asgi import Receive, Scope, Send
from plano.kernel.errors import Unauthenticated
from plano.platform.live.bus.chosen import chosen_bus
from plano.platform.live.hub import Live
from plano.platform.live.ports import Ports, Principal, Subscriptions
from plano.platform.live.stream import Stream
from plano.workspaces.live_scopes import subscriptions_of

THREADS = 8
TURN_SECONDS = 0.0005  # of Python's lock: the socket and short requests wait for no long one (P20)


def _subscriptions(user_id: UUID) -> Subscriptions:
    """What a person's socket listens to, and from where: a channel may hide its past from newcomers."""
    return replace(subscriptions_of(user_id), since=chat_queries.floors_of(user_id))


def _authenticate(headers: dict[str, str]) -> Principal | None:
    """A browser by its cookie, a program by its token: the latter hears what its scopes say."""
    try:
        program = listener_by_token(headers)
    except Unauthenticated:
        return None
    caller, heard = program or (caller_by_cookies(cookies_of(headers)), None)
    return None if caller is None else Principal(caller.user.id, str(caller.session_id), caller.expires_at, heard)


class Plano:
    """The ASGI application of one process."""

    def __init__(self) -> None:
        self.django = Turnstile(Hop(get_wsgi_application(), threads=THREADS))
        self.static = Static(settings.PLANO.web_dir)
        self.routes = [(re.compile(pattern), handler) for pattern, handler in ASGI_ROUTES]
        self.stream: Stream | None = None
        self.live: Live | None = None
        self.pool: AsyncConnectionPool[Any] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        path: str = scope["path"]
        if scope["type"] == "websocket" and path == "/api/v1/stream":
            assert self.stream is not None
            await self.stream(scope, receive, send)
            return
        if scope["type"] == "http" and path.startswith("/assets/"):
            await self.static(scope, receive, send)
            return
        for pattern, handler in self.routes:
            if (match := pattern.fullmatch(path)) and handler.takes(scope):
                scope["path_params"] = match.groupdict()
                scope["plano.policy"] = handler.policy
                await handler.app(scope, receive, send)
                return
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.django(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _start(self) -> None:
        sys.setswitchinterval(TURN_SECONDS)
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="plano"))
        self.pool = AsyncConnectionPool(
            settings.DATABASE_URL,
            min_size=2,
            max_size=3,
            open=False,
            kwargs={"autocommit": True, "prepare_threshold": 2},
        )
        await self.pool.open(wait=True)
        self.live = Live(pool=self.pool)
        ports = Ports(authenticate=_authenticate, subscriptions=_subscriptions, alive=living_sessions)
        self.stream = Stream(live=self.live, ports=ports, origins=set(settings.ORIGINS))
        bus = chosen_bus(
            bus_url=settings.PLANO.bus_url,
            dsn=settings.DATABASE_URL,
            secret_key=settings.SECRET_KEY,
            on_poke=self.live.poke,
            on_ephemeral=self.stream.presence.heard,
        )
        self.live.bus = bus
        await self.live.start()
        await self.stream.start()
        await bus.start()
        health.add_check("live", self.live.healthy)
        health.BUS.set_function(bus.is_heard)
        health.SOCKETS.set_function(lambda: len(self.stream.open) if self.stream else 0)
        await asyncio.to_thread(hashers.start_child)
        for _, handler in self.routes:
            await handler.start()

    async def _stop(self) -> None:
        for _, handler in self.routes:
            await handler.stop()
        await asyncio.to_thread(hashers.stop_child)
        if self.stream and self.live and self.pool:
            await self.stream.stop()
            await self.live.stop()
            if self.live.bus:
                await self.live.bus.stop()
            await self.pool.close()


application = Plano()
