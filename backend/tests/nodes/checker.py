"""A randomised look at the whole: devices write, edit, delete, read and lose their line while nodes, bus and database
connections are killed. At the end every device must show what the database has, each acknowledged message once, in one
order, and both devices of a person the same read marks.
"""

import asyncio
import json
import random
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from plano.kernel.ids import uuid7
from tests.nodes.house import House
from tests.server import Person

DEVICES_EACH = 2
BETWEEN_ACTS = (0.1, 0.5)
BETWEEN_BLOWS = (2.0, 5.0)
SECONDS_TO_AGREE = 60
PAGE = 200


@dataclass
class Ledger:
    """What the servers acknowledged."""

    posted: dict[str, str] = field(default_factory=dict)
    """Message id to channel."""
    acts: Counter[str] = field(default_factory=Counter)
    resent: int = 0
    blows: Counter[str] = field(default_factory=Counter)


class Device:
    """A tab without a page: folds frames as the web client does, newest version wins, and refetches what is reset."""

    def __init__(self, person: Person, channels: list[str], ledger: Ledger, seed: int) -> None:
        self.person = person
        self.channels = channels
        self.ledger = ledger
        self.chance = random.Random(seed)
        self.messages: dict[str, dict[str, Any]] = {}
        self.marks: dict[str, dict[str, Any]] = {}
        self.cursors: dict[str, int] = {}
        self.frames: dict[str, list[int]] = {}
        self.connected = asyncio.Event()
        self.lines = 0
        self.http = httpx.AsyncClient(
            base_url=person.http.base_url, cookies=person.http.cookies, headers=person.http.headers, timeout=10
        )

    # --- listening -----------------------------------------------------------------------------------------

    async def listen(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            with suppress(OSError, WebSocketException, httpx.HTTPError, TimeoutError):
                await self._one_line()
            self.connected.clear()
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))

    async def _one_line(self) -> None:
        url = f"ws://localhost:{self.person.server.port}/api/v1/stream"
        head = {"Cookie": self.person.cookie()}
        async with connect(url, origin=self.person.server.url, additional_headers=head, open_timeout=10) as ws:  # type: ignore[arg-type]
            await ws.send(json.dumps({"type": "hello", "cursors": self.cursors}))
            self.ws: ClientConnection = ws
            self.lines += 1
            async for text in ws:
                await self._take(json.loads(text))

    async def _take(self, said: dict[str, Any]) -> None:
        if said["type"] == "reset":
            self.cursors.pop(said["scope"], None)
        elif said["type"] == "ready":
            fresh = said["cursors"].keys() - self.cursors.keys()
            for channel in fresh & set(self.channels):
                await self._snapshot(channel)
            if self.person.id in fresh:
                await self._fetch_marks()
            self.cursors.update(said["cursors"])
            self.connected.set()
        elif said["type"] == "frame":
            scope, seq = said["scope"], said["seq"]
            known = self.cursors.get(scope)
            assert known is None or seq == known + 1, f"frame {seq} after {known}"
            self.cursors[scope] = seq
            self._fold(said)

    def _fold(self, said: dict[str, Any]) -> None:
        data = said["data"]
        if said["kind"] == "chat.message":
            self._keep(self.messages, data["id"], data)
        elif said["kind"] == "chat.mark":
            self._keep(self.marks, data["channel_id"], data)

    @staticmethod
    def _keep(place: dict[str, dict[str, Any]], id: str, data: dict[str, Any]) -> None:
        if id not in place or place[id]["version"] <= data["version"]:
            place[id] = data

    async def _snapshot(self, channel: str) -> None:
        for item in await all_messages(self.http, channel):
            self._keep(self.messages, item["id"], item)

    async def _fetch_marks(self) -> None:
        for mark in (await _answer(self.http, "/unread"))["items"]:
            self._keep(self.marks, mark["channel_id"], mark)

    # --- acting --------------------------------------------------------------------------------------------

    async def act(self, stop: asyncio.Event) -> None:
        acts = (
            [self._post] * 10
            + [self._reply] * 2
            + [self._edit] * 2
            + [self._delete, self._lose_line]
            + [self._read] * 3
        )
        while not stop.is_set():
            await asyncio.sleep(self.chance.uniform(*BETWEEN_ACTS))
            await self.chance.choice(acts)()

    async def _post(self, thread: str | None = None) -> None:
        channel = self.chance.choice(self.channels) if thread is None else self.messages[thread]["channel_id"]
        id = str(uuid7())
        body = {"id": id, "text": f"Message {id} de {self.person.id}", "thread_id": thread}
        if await self._surely("POST", f"/channels/{channel}/messages", body):
            self.ledger.posted[id] = channel

    async def _reply(self) -> None:
        below = [id for id, m in self.messages.items() if m["thread_id"] is None and not m["deleted_at"]]
        if below:
            await self._post(self.chance.choice(below))

    def _own(self) -> str | None:
        mine = [id for id, m in self.messages.items() if m["author"]["id"] == self.person.id and not m["deleted_at"]]
        return self.chance.choice(mine) if mine else None

    async def _edit(self) -> None:
        if id := self._own():
            await self._surely("PATCH", f"/messages/{id}", {"text": f"Corrigé {self.chance.random()}"})

    async def _delete(self) -> None:
        if id := self._own():
            await self._surely("DELETE", f"/messages/{id}")

    async def _read(self) -> None:
        channel = self.chance.choice(self.channels)
        newest = max((m["seq"] for m in self.messages.values() if m["channel_id"] == channel), default=0)
        if newest:
            await self._surely("PUT", f"/channels/{channel}/mark", {"seq": newest})

    async def _lose_line(self) -> None:
        if self.connected.is_set():
            self.ws.transport.abort()
            self.ledger.acts["LOST"] += 1

    async def _surely(self, method: str, path: str, body: dict[str, Any] | None = None) -> bool:
        """Again until there is an answer, as the outbox does. False: refused for good (already deleted)."""
        end = time.monotonic() + SECONDS_TO_AGREE
        while time.monotonic() < end:
            with suppress(httpx.HTTPError):
                answer = await self.http.request(method, path, json=body)
                if answer.is_success:
                    self.ledger.acts[method] += 1
                    return True
                if answer.status_code not in (401, 429, 500, 502, 503, 504):
                    gone = answer.json()["code"] == "thread_not_found"  # what a reply was meant for was just deleted
                    assert gone or answer.status_code in (403, 404, 409), answer.text
                    return False
                assert answer.status_code != 401, "a session ended by itself"
            self.ledger.resent += 1
            await asyncio.sleep(0.3)
        raise AssertionError(f"{method} {path}: no answer in {SECONDS_TO_AGREE} s")


async def all_messages(http: httpx.AsyncClient, channel: str) -> list[dict[str, Any]]:
    """Those of the channel, and of the threads that some of them open."""
    found = await _pages(http, f"/channels/{channel}/messages?limit={PAGE}")
    for opener in [m["id"] for m in found if m["reply_count"]]:
        found += await _pages(http, f"/channels/{channel}/messages?limit={PAGE}&thread_id={opener}")
    return list({item["id"]: item for item in found}.values())


async def _pages(http: httpx.AsyncClient, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = await _answer(http, path + cursor)
        found += page["items"]
        if not page["next"]:
            return found
        cursor = f"&before={page['next']}"


async def _answer(http: httpx.AsyncClient, path: str) -> dict[str, Any]:
    """What a client that asks again would get."""
    end = time.monotonic() + SECONDS_TO_AGREE
    while True:
        with suppress(httpx.TransportError):
            answer = await http.get(path)
            if answer.status_code < 500:
                answer.raise_for_status()
                return dict(answer.json())
        assert time.monotonic() < end, f"{path}: no answer in {SECONDS_TO_AGREE} s"
        await asyncio.sleep(0.2)


class Chaos:
    """One blow after the other; everything stands again at the end."""

    def __init__(self, house: House, ledger: Ledger, seed: int) -> None:
        self.house = house
        self.ledger = ledger
        self.chance = random.Random(seed)

    async def rage(self, stop: asyncio.Event) -> None:
        blows = [self._node, self._database, *([self._redis] if self.house.redis else [])]
        order: list[Any] = []
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self.chance.uniform(*BETWEEN_BLOWS))
                return
            if not order:
                order = self.chance.sample(blows, len(blows))
            await asyncio.to_thread(order.pop())

    def _node(self) -> None:
        number = self.chance.randrange(len(self.house.nodes))
        self.house.kill(number)
        time.sleep(self.chance.uniform(0, 1))
        self.house.restart(number)
        self.ledger.blows["node"] += 1

    def _database(self) -> None:
        self.house.cut_database()
        self.ledger.blows["database"] += 1

    def _redis(self) -> None:
        assert self.house.redis is not None
        self.house.redis.kill()
        time.sleep(self.chance.uniform(0.2, 2))
        self.house.redis.start()
        self.ledger.blows["redis"] += 1


async def check(house: House, *, logins: list[str], seconds: float, seed: int) -> Ledger:
    """Run and compare; raises AssertionError with what differs."""
    ledger = Ledger()
    everybody, some = list(house.known["channels"]), set(house.known["some"])
    devices: list[Device] = []
    for number, login in enumerate(logins):
        for device in range(DEVICES_EACH):
            person = await asyncio.to_thread(Person, house.front, login)
            channels = (
                everybody if person.id in some else [c for c in everybody if house.known["channels"][c] == "tous"]
            )
            devices.append(Device(person, channels, ledger, seed * 1000 + number * 10 + device))
    stop, silent = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for device in devices:
            group.create_task(device.listen(silent))
        async with asyncio.timeout(30):
            await asyncio.gather(*(device.connected.wait() for device in devices))
        async with asyncio.TaskGroup() as acting:
            for device in devices:
                acting.create_task(device.act(stop))
            acting.create_task(Chaos(house, ledger, seed).rage(stop))
            await asyncio.sleep(seconds)
            stop.set()
        try:
            await _agree(house, devices, ledger)
        finally:
            silent.set()
            for device in devices:
                if device.connected.is_set():
                    device.ws.transport.abort()
                await device.http.aclose()
    return ledger


async def _agree(house: House, devices: list[Device], ledger: Ledger) -> None:
    truth: dict[str, dict[str, dict[str, Any]]] = {}
    for channel in house.known["channels"]:
        items = await all_messages(devices[0].http, channel)
        truth[channel] = {item["id"]: item for item in items}
        numbers = [item["seq"] for item in items]
        assert len(set(numbers)) == len(numbers)
    missing = [id for id, channel in ledger.posted.items() if id not in truth[channel]]
    assert not missing, f"{len(missing)} acknowledged messages are lost"
    texts = Counter(m["text"] for c in truth.values() for m in c.values() if m["text"].startswith("Message"))
    assert not [text for text, count in texts.items() if count > 1], "a message was doubled"
    end = time.monotonic() + SECONDS_TO_AGREE
    differing: list[str] = ["nothing compared yet"]
    while differing and time.monotonic() < end:
        differing = [text for device in devices for text in await _differences(device, truth)]
        if differing:
            await asyncio.sleep(0.25)
    assert not differing, differing[:5]


async def _differences(device: Device, truth: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    if not device.connected.is_set():
        return ["not connected"]
    found = []
    for channel in device.channels:
        seen = {id: message for id, message in device.messages.items() if message["channel_id"] == channel}
        if seen != truth[channel]:
            wrong = [id for id in seen.keys() | truth[channel].keys() if seen.get(id) != truth[channel].get(id)]
            one = wrong[0]
            found.append(f"{len(wrong)} messages: {seen.get(one)} is not {truth[channel].get(one)}")
    for mark in (await _answer(device.http, "/unread"))["items"]:
        own = device.marks.get(mark["channel_id"])
        if own is None or (own["seq"], own["version"]) != (mark["seq"], mark["version"]):
            found.append(f"mark {own} is not {mark}")
    return found
