"""One contract for every bus: hints and ephemera reach the other nodes, and come back after the other side was away."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from plano.kernel.ids import uuid7
from plano.platform.live.bus.base import Bus, MemoryBus
from plano.platform.live.bus.chosen import chosen_bus
from plano.platform.live.bus.gathering import BATCH
from plano.platform.live.bus.herald import servers_are_told
from plano.platform.live.pokes import poke
from tests.redis_server import RedisServer

pytestmark = pytest.mark.django_db(transaction=True)


class Side:
    """What is on the other end of a kind of bus."""

    def __init__(self, kind: str, redis: RedisServer) -> None:
        self.kind = kind
        self.redis = redis
        self.url = redis.url if kind == "redis" else None
        self.dsn = make_conninfo(settings.DATABASE_URL, dbname=connection.settings_dict["NAME"])

    def bus(self, heard: dict[str, int], said: list[dict[str, Any]], secret: str) -> Bus:
        def on_poke(scope: str, seq: int) -> None:
            assert seq > heard.get(scope, 0)
            heard[scope] = seq

        if self.kind == "memory":
            return MemoryBus(on_poke=on_poke, on_ephemeral=said.append)
        return chosen_bus(bus_url=self.url, dsn=self.dsn, secret_key=secret, on_poke=on_poke, on_ephemeral=said.append)

    async def cut(self) -> None:
        """Every connection ends, without a word."""
        if self.kind == "redis":
            self.redis.kill()
        else:
            async with await psycopg.AsyncConnection.connect(self.dsn, autocommit=True) as own:
                await own.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    " AND datname = current_database() AND (query ILIKE 'LISTEN%' OR query ILIKE '%pg_notify%')"
                )

    def restore(self) -> None:
        if self.kind == "redis":
            self.redis.start()


class Node:
    def __init__(self, side: Side, secret: str = "one") -> None:
        self.heard: dict[str, int] = {}
        self.said: list[dict[str, Any]] = []
        self.bus = side.bus(self.heard, self.said, secret)


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(params=["memory", "postgres", "redis"])
def side(request: pytest.FixtureRequest, redis: RedisServer) -> Side:
    return Side(request.param, redis)


async def until(ready: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not ready():  # noqa: ASYNC110 - set by tasks of the bus
            await asyncio.sleep(0.01)


def play(side: Side, scene: Callable[..., Awaitable[None]], *secrets: str) -> None:
    """Three nodes that hear each other, and a scene for them."""

    async def run() -> None:
        nodes = [Node(side, secret) for secret in secrets or ("one", "one", "one")]
        async with AsyncExitStack() as stack:
            for node in nodes:
                await node.bus.start()
                stack.push_async_callback(node.bus.stop)
            await until(lambda: all(node.bus.is_heard() for node in nodes))
            await scene(*nodes)

    asyncio.run(run())


def test_a_hint_reaches_every_other_node_and_not_its_own(side: Side) -> None:
    async def scene(one: Node, two: Node, three: Node) -> None:
        scope = str(uuid4())
        one.bus.tell(scope, 7)
        await until(lambda: two.heard == three.heard == {scope: 7})
        two.bus.tell(scope, 8)
        await until(lambda: one.heard == {scope: 8} and three.heard == {scope: 8})
        assert two.heard == {scope: 7}

    play(side, scene)


def test_a_flood_tells_the_last_number_of_each_scope(side: Side) -> None:
    async def scene(one: Node, two: Node, three: Node) -> None:
        scopes = [str(uuid4()) for _ in range(3 * BATCH)]
        for seq in range(1, 6):
            for scope in scopes:
                one.bus.tell(scope, seq)
        await until(lambda: two.heard == three.heard == dict.fromkeys(scopes, 5))

    play(side, scene)


def test_ephemera_arrive_in_order_and_long_ones_are_dropped(side: Side) -> None:
    async def scene(one: Node, two: Node, three: Node) -> None:
        for number in range(50):
            one.bus.publish({"what": "presence", "number": number, "text": "é" * 100})
        await until(lambda: len(two.said) == len(three.said) == 50)
        assert [message["number"] for message in two.said] == list(range(50))
        assert one.said == []

    play(side, scene)


@pytest.mark.parametrize("side", ["postgres", "redis"], indirect=True)
def test_it_comes_back_by_itself_and_what_was_told_meanwhile_arrives(side: Side) -> None:
    async def scene(one: Node, two: Node, three: Node) -> None:
        before, meanwhile, after = (str(uuid4()) for _ in range(3))
        one.bus.tell(before, 1)
        await until(lambda: before in two.heard and before in three.heard)
        await side.cut()
        await until(lambda: not any(node.bus.is_heard() for node in (one, two, three)))
        one.bus.tell(meanwhile, 1)
        side.restore()
        await until(lambda: all(node.bus.is_heard() for node in (one, two, three)))
        one.bus.tell(after, 2)
        await until(lambda: two.heard.get(after) == three.heard.get(after) == 2)

    play(side, scene)


@pytest.mark.parametrize("side", ["postgres", "redis"], indirect=True)
def test_what_is_not_ours_changes_nothing(side: Side) -> None:
    async def scene(one: Node, two: Node, three: Node) -> None:
        scope = str(uuid4())
        noise = ("", "x", "x p", "x p a:b", "x e {", "x e [1]", "x q y", "x p " + "a" * 3000)
        async with one.bus.speaker() as say:  # type: ignore[attr-defined]
            for text in noise:
                await say(text)
        one.bus.tell(scope, 3)
        await until(lambda: two.heard == three.heard == {scope: 3})

    play(side, scene)


@pytest.mark.parametrize("side", ["redis"], indirect=True)
def test_two_installations_on_one_redis_do_not_hear_each_other(side: Side) -> None:
    async def scene(one: Node, other: Node, three: Node) -> None:
        scope = str(uuid4())
        one.bus.tell(scope, 1)
        await until(lambda: three.heard == {scope: 1})
        assert other.heard == {}

    play(side, scene, "one", "other", "one")


@pytest.mark.parametrize("side", ["postgres", "redis"], indirect=True)
def test_a_worker_of_its_own_is_heard_by_the_servers(side: Side) -> None:
    async def scene(one: Node, two: Node, three: Node) -> None:
        scope = uuid7()

        def work() -> None:
            try:
                with servers_are_told(bus_url=side.url, secret_key="one"):
                    poke(scope, 4, ("kind", "changed", "{}"))
            finally:
                connection.close()

        await asyncio.to_thread(work)
        await until(lambda: one.heard == two.heard == three.heard == {str(scope): 4})

    play(side, scene)


def test_a_hint_that_does_not_get_through_is_no_error_of_the_change(redis: RedisServer) -> None:
    with servers_are_told(bus_url="redis://127.0.0.1:1", secret_key="one"):
        poke(uuid7(), 1, ("kind", "changed", "{}"))
