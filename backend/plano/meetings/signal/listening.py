"""One browser's side of the talk: each allowed message and what is done with it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from plano.meetings import ice
from plano.meetings.media.base import MediaRefused, MediaUnavailable
from plano.meetings.signal import messages
from plano.meetings.signal.rooms import Line, Member, Room

if TYPE_CHECKING:
    from plano.meetings.signal.gate import Gate

MESSAGES_PER_10_S = 400
BAD, FAST, BYE = 4400, 4429, 1000
log = logging.getLogger("plano.meetings")


class Conversation:
    """Reads until the socket closes or the member is out. Media messages keep their order."""

    def __init__(self, gate: "Gate", room: Room, member: Member, line: Line) -> None:
        self.gate = gate
        self.room = room
        self.member = member
        self.line = line
        self._recent: list[float] = []

    async def run(self, receive: Callable[[], Awaitable[MutableMapping[str, Any]]]) -> None:
        while not self.line.closed.is_set():
            message = await receive()
            if message["type"] != "websocket.receive":
                return
            if self._too_fast():
                self.line.close(FAST)
                return
            said = messages.said(message.get("text"))
            if said is None:
                self.line.close(BAD)
                return
            if isinstance(said, messages.Leave):
                self.gate.put_out(self.room, self.member, BYE)
                return
            if self.room.members.get(self.member.id) is not self.member:
                return
            try:
                await self._do(said)
            except MediaRefused as refusal:
                log.info("the media server refused: %s", refusal)
                self.line.say({"type": "refused", "code": "media_refused"})
            except (MediaUnavailable, TimeoutError):
                self.line.say({"type": "media", "state": "lost" if self.member.seat is None else "slow"})

    def _too_fast(self) -> bool:
        at = time.monotonic()
        self._recent = [t for t in self._recent if t > at - 10] + [at]
        return len(self._recent) > MESSAGES_PER_10_S

    async def _do(self, said: Any) -> None:
        match said:
            case messages.Ping():
                self.line.say({"type": "pong"})
            case messages.Ice():
                self.line.say({"type": "ice", "ice_servers": ice_servers(self.member)})
            case messages.State():
                await self._state(said)
            case messages.PeerSignal():
                self._relay(said)
            case _:
                await self._media(said)

    async def _state(self, said: messages.State) -> None:
        spoke = self.member.media["microphone"]
        self.member.media = {"microphone": said.microphone, "camera": said.camera, "screen": said.screen}
        self.room.tell({"type": "participant", "participant": self.member.shown()}, but=self.member)
        if said.microphone and not spoke and self.member.seat is not None and self.member.mutes:
            await self.member.seat.silence(muted=False)

    def _relay(self, said: messages.PeerSignal) -> None:
        """Only without a media server, only within the meeting; the sender's name is ours to give."""
        other = self.room.members.get(said.to)
        if self.gate.media is None and other is not None and other.cut_at is None:
            body = said.model_dump(exclude={"to", "type"}, exclude_none=True)
            other.line.say({"type": "signal", "from": self.member.id, **body})

    async def _media(self, said: Any) -> None:
        seat = self.member.seat
        if seat is None:
            if self.gate.media is not None:
                self.line.say({"type": "media", "state": "lost"})
            return
        match said:
            case messages.Publish():
                answer = await seat.publish(said.source, said.jsep.model_dump())
                self.line.say({"type": "published", "source": said.source, "jsep": answer})
            case messages.Unpublish():
                await seat.unpublish(said.source)
            case messages.Answer():
                await asyncio.wait_for(seat.answer(said.jsep.model_dump()), 10)
            case messages.Trickle():
                candidate = said.candidate.model_dump(exclude_none=True) if said.candidate else None
                await seat.trickle(said.pc, candidate)
            case messages.Layer():
                await seat.layer(said.mid, said.substream)
            case messages.Renew():
                await seat.renew()


def ice_servers(member: Member) -> list[dict[str, Any]]:
    """Fresh credentials for one person."""
    return [server.model_dump(exclude_none=True) for server in ice.servers_for(member.standing.user_id)]
