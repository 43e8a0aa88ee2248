"""Sign-ins wait outside Django's threads, and no header passes for another one."""

import asyncio
import json
from typing import Any

import pytest

from plano.accounts import turnstile
from plano.accounts.turnstile import AT_ONCE, Turnstile
from plano.kernel.words import title_of


def scope(method: str = "POST", path: str = "/api/v1/session", headers: Any = ()) -> dict[str, Any]:
    return {"type": "http", "method": method, "path": path, "headers": list(headers)}


class Door:
    """An application that notes who is inside, and a client at its door."""

    def __init__(self) -> None:
        self.inside = self.most = self.served = 0
        self.seen: list[Any] = []
        self.sent: list[Any] = []

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.seen.append((scope["headers"], await receive()))
        await asyncio.sleep(0.01)
        self.inside -= 1
        self.served += 1

    async def send(self, message: Any) -> None:
        self.sent.append(message)


async def body(text: bytes = b"{}") -> dict[str, Any]:
    return {"type": "http.request", "body": text, "more_body": False}


def test_p20_only_a_few_sign_ins_are_inside_and_all_are_served() -> None:
    door = Door()

    async def run() -> None:
        gate = Turnstile(door.app)
        await asyncio.gather(*(gate(scope(), body, door.send) for _ in range(40)))

    asyncio.run(run())

    assert (door.most, door.served) == (AT_ONCE, 40)
    assert {message["body"] for _, message in door.seen} == {b"{}"}


def test_p20_everything_else_does_not_wait() -> None:
    door = Door()

    async def run() -> None:
        gate = Turnstile(door.app)
        await asyncio.gather(*(gate(scope("GET", "/api/v1/me"), body, door.send) for _ in range(40)))

    asyncio.run(run())

    assert door.most == 40


def test_a_slow_body_takes_no_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turnstile, "BODY_SECONDS", 0.2)
    door = Door()

    async def never() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {}

    async def run() -> None:
        gate = Turnstile(door.app)
        slow = [asyncio.create_task(gate(scope(), never, door.send)) for _ in range(10)]
        await asyncio.sleep(0.01)
        await asyncio.wait_for(gate(scope(), body, door.send), 0.1)
        await asyncio.gather(*slow)

    asyncio.run(run())

    assert door.served == 1
    assert [m["status"] for m in door.sent if m["type"] == "http.response.start"] == [413] * 10


def test_a_huge_body_is_refused() -> None:
    door = Door()

    asyncio.run(Turnstile(door.app)(scope(), lambda: body(b"x" * 70_000), door.send))

    assert (door.served, door.sent[0]["status"]) == (0, 413)


def test_p20_a_queue_that_does_not_move_asks_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turnstile, "WAITING", 5)
    monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", 0.1)
    door, stuck = Door(), asyncio.Event()

    async def never(scope: Any, receive: Any, send: Any) -> None:
        await stuck.wait()

    async def run() -> Turnstile:
        gate = Turnstile(never)
        inside = [asyncio.create_task(gate(scope(), body, door.send)) for _ in range(AT_ONCE)]
        await asyncio.sleep(0)
        await asyncio.gather(*(gate(scope(), body, door.send) for _ in range(8)))
        stuck.set()
        await asyncio.gather(*inside)
        gate.app = door.app
        await gate(scope(), body, door.send)
        return gate

    gate = asyncio.run(run())

    answers = [m for m in door.sent if m["type"] == "http.response.start"]
    assert [m["status"] for m in answers] == [503] * 8
    assert all((b"retry-after", b"2") in m["headers"] for m in answers)
    problem = json.loads(next(m for m in door.sent if m["type"] == "http.response.body")["body"])
    assert (problem["status"], problem["code"], problem["title"]) == (503, "busy", title_of("busy"))
    assert (door.served, gate.waiting) == (1, 0)
