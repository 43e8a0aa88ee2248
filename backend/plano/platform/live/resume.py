"""What a socket missed: from its cursors to the present, a portion at a time and a few sockets at a time.

After a restart everybody comes back at once. Who has a turn gets all that they missed; who reads slowly gives the turn
away and asks again, so that rows never wait in memory (P5: a thousand sockets that held theirs cost 150 kB each).
"""

import asyncio
from uuid import UUID

from plano.platform.live.frames import FRAMES, NUMBERS, envelope
from plano.platform.live.hub import Hub, Live, Socket, reset

TURNS = 3  # as many as the live layer has connections
PORTION = 500
REPLAY_LIMIT = 2000  # further behind than this, a fresh snapshot is cheaper than the replay
SOON, PATIENCE = 0.05, 30.0

Positions = dict[str, int]
"""Where a client stands in each scope; -1 where it starts from a fresh snapshot."""


class Resume:
    """Brings the sockets of one process up to date."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._turns = asyncio.Semaphore(TURNS)

    async def bring_up(self, socket: Socket, hubs: dict[str, Hub], at: Positions) -> None:
        """Returns when nothing is missing; no await lies between the last look and the return."""
        await self._check_numbers(socket, hubs, at)
        while not socket.gone():
            if any(0 <= seq < hubs[scope].last for scope, seq in at.items()):
                async with self._turns:
                    read = await self._replay(socket, hubs, at)
                if not read and not await socket.drained(PATIENCE):
                    socket.drop()
            elif any(seq > hubs[scope].last for scope, seq in at.items()):
                await asyncio.sleep(0.005)  # the client saw it on another node; the tailer was poked
            else:
                return

    async def _check_numbers(self, socket: Socket, hubs: dict[str, Hub], at: Positions) -> None:
        """Reset what cannot be replayed: trimmed, too far behind, or from a future that a restored backup undid."""
        ahead = [scope for scope, seq in at.items() if seq > hubs[scope].last]
        if ahead:
            for scope, seq, _ in await self.live.query(NUMBERS, ([UUID(scope) for scope in ahead],)):
                self.live.poke(scope, seq)
                if at[scope] <= seq:
                    ahead.remove(scope)  # this process was late; the replay starts where the client stands
        for scope, seq in at.items():
            hub = hubs[scope]
            if seq >= 0 and (scope in ahead or seq < hub.trimmed_to or hub.last - seq > REPLAY_LIMIT):
                self._reset(socket, scope, at)

    async def _replay(self, socket: Socket, hubs: dict[str, Hub], at: Positions) -> bool:
        """Send what is missing. False when the reader is too slow to go on at once."""
        while asked := _portion(hubs, at):
            scopes, upto = [UUID(scope) for scope in asked], list(asked.values())
            rows = await self.live.query(FRAMES, (scopes, [at[scope] for scope in asked], upto))
            for scope, seq, kind, op, payload in rows:
                if at[scope] + 1 != seq:
                    continue  # trimmed under our feet: reset below
                if socket.heard is None or kind.startswith(socket.heard):
                    socket.say(envelope(scope, seq, kind, op, payload))
                at[scope] = seq
                if socket.is_full() and not await socket.drained(SOON):
                    return False
            for scope, last in asked.items():
                if at[scope] < last:
                    self._reset(socket, scope, at)
        return True

    def _reset(self, socket: Socket, scope: str, at: Positions) -> None:
        socket.say(reset(scope))
        at[scope] = -1


def _portion(hubs: dict[str, Hub], at: Positions) -> dict[str, int]:
    """The scopes to read next and how far: not more than a portion of frames in all."""
    found: dict[str, int] = {}
    left = PORTION
    for scope, seq in at.items():
        if 0 <= seq < hubs[scope].last and left > 0:
            found[scope] = min(hubs[scope].last, seq + left)
            left -= found[scope] - seq
    return found
