"""Redis or Valkey publish/subscribe: nothing is kept there, so that losing it costs latency, never data."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any

from redis import Redis
from redis import asyncio as redis
from redis.exceptions import RedisError

from plano.platform.live.bus.base import Ephemera, Pokes
from plano.platform.live.bus.gathering import GatheringBus, Say

SECONDS_TO_CONNECT = 5
SECONDS_OF_SILENCE = 15  # then the connection is asked whether it lives


def channel_of(secret_key: str) -> str:
    """Installations that share one Redis do not hear each other."""
    return f"plano:{sha256(b'live bus' + secret_key.encode()).hexdigest()[:24]}"


def brief(url: str) -> Redis:
    """For a process that serves no sockets: a few words, and no long wait for them."""
    return Redis.from_url(url, socket_timeout=SECONDS_TO_CONNECT, socket_connect_timeout=SECONDS_TO_CONNECT, retry=None)


class RedisBus(GatheringBus):
    """For more nodes than PostgreSQL should carry the hints of."""

    failures = (RedisError, OSError)

    def __init__(self, *, url: str, channel: str, on_poke: Pokes, on_ephemeral: Ephemera) -> None:
        super().__init__(on_poke=on_poke, on_ephemeral=on_ephemeral)
        self.url = url
        self.channel = channel

    @asynccontextmanager
    async def speaker(self) -> AsyncIterator[Say]:
        async with self._connect(socket_timeout=SECONDS_TO_CONNECT) as connection:
            await connection.ping()
            yield lambda text: connection.publish(self.channel, text)

    @asynccontextmanager
    async def listener(self) -> AsyncIterator[AsyncIterator[str]]:
        async with self._connect() as connection, connection.pubsub() as subscription:
            await subscription.subscribe(self.channel)
            yield _texts(subscription)

    def _connect(self, **options: Any) -> redis.Redis:
        connect: Callable[..., redis.Redis] = redis.Redis.from_url
        return connect(
            self.url, decode_responses=True, socket_connect_timeout=SECONDS_TO_CONNECT, retry=None, **options
        )


async def _texts(subscription: Any) -> AsyncIterator[str]:
    """Ends with an error when the other side went without a word."""
    asked = False
    while True:
        message = await subscription.get_message(timeout=SECONDS_OF_SILENCE)
        if message is None:
            if asked:
                raise ConnectionError("no answer")
            await subscription.ping()
            asked = True
            continue
        asked = False
        if message["type"] == "message":
            yield message["data"]
