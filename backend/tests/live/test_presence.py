"""Presence by the crowd: what changes in a moment is told at once, and only how it ended."""

import asyncio
import json
from typing import Any
from uuid import UUID

from plano.kernel.ids import uuid7
from plano.platform.live.hub import Hub, Live, Socket
from plano.platform.live.ports import Subscriptions
from plano.platform.live.presence import GATHER_SECONDS, Presence

PLACE = uuid7()


class Heard:
    """The other end of a socket."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def is_closing(self) -> bool:
        return False

    def get_write_buffer_size(self) -> int:
        return 0

    def write(self, data: bytes) -> None:
        self.messages.append(json.loads(data[data.index(b"{") :]))


def tab(heard: Heard, user_id: UUID) -> Socket:
    async def close(code: int) -> None: ...

    return Socket(
        user_id=str(user_id),
        session_id="",
        transport=heard,  # type: ignore[arg-type]
        writable=asyncio.Event(),
        close=close,
    )


def test_a_crowd_is_told_in_one_message() -> None:
    heard = Heard()

    async def run() -> None:
        live = Live(pool=None)  # type: ignore[arg-type]
        live.hubs[str(PLACE)] = hub = Hub(str(PLACE), asyncio.get_running_loop().create_future())
        hub.sockets.add(tab(heard, uuid7()))
        presence = Presence(live, "node")
        crowd = [tab(Heard(), uuid7()) for _ in range(200)]
        for socket in crowd:
            presence.enter(socket, Subscriptions(scopes=[PLACE], presence=[PLACE]))
        presence.say(crowd[0], "away")
        presence.leave(crowd[1])
        assert heard.messages == []
        await asyncio.sleep(GATHER_SECONDS * 2)
        presence.leave(crowd[2])
        await asyncio.sleep(GATHER_SECONDS * 2)

        everybody, one = (message["data"]["people"] for message in heard.messages)
        assert len(everybody) == 200
        assert [everybody[socket.user_id] for socket in crowd[:3]] == ["away", "offline", "online"]
        assert one == {crowd[2].user_id: "offline"}
        assert presence.people(str(PLACE)).keys() == {s.user_id for s in crowd} - {s.user_id for s in crowd[1:3]}

    asyncio.run(run())
