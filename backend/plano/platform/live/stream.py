"""`/api/v1/stream`: server to client, one socket per tab, plain ASGI. Contract.md words it; R-90, R-91, R-07."""

import asyncio
import json
import logging
import secrets
import time
from typing import Any
from uuid import UUID

from plano.kernel.asgi import Receive, Scope, Send, headers_of
from plano.platform.live.hub import Hub, Live, Socket, ready, reset
from plano.platform.live.ports import Ports
from plano.platform.live.presence import STATES, Presence
from plano.platform.live.resume import Resume

HELLO_SECONDS = 10
MAX_CURSORS = 2000
MESSAGES_PER_10_S = 40
BAD_FRAME, SIGNED_OUT, TOO_FAST, OTHER_END = 4400, 4401, 4429, 1001
log = logging.getLogger("plano.live")


class Stream:
    """The socket endpoint of one process."""

    def __init__(self, *, live: Live, ports: Ports, origins: set[str]) -> None:
        self.live = live
        self.ports = ports
        self.origins = origins
        self.node = secrets.token_hex(6)
        self.presence = Presence(live, self.node)
        self.resume = Resume(live)
        self.open: set[Socket] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._closing: set[asyncio.Future[None]] = set()

    async def start(self) -> None:
        self.live.watchers.append(self._watch)
        self._tasks = [
            asyncio.create_task(self._check_sessions()),
            asyncio.create_task(self._repeat_presence()),
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(s.close(OTHER_END) for s in list(self.open)), return_exceptions=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (await receive())["type"] != "websocket.connect":
            return
        headers = headers_of(scope)
        by_token = "authorization" in headers and "origin" not in headers  # no browser sends that for somebody else
        if not by_token and headers.get("origin") not in self.origins:
            await send({"type": "websocket.close", "code": 1008})  # before accept: 403
            return
        principal = await asyncio.to_thread(self.ports.authenticate, headers)
        if principal is None or (by_token and principal.heard is None):
            await send({"type": "websocket.close", "code": 1008})
            return
        await send({"type": "websocket.accept"})

        async def close(code: int) -> None:
            socket.alive = False
            await send({"type": "websocket.close", "code": code})

        socket = Socket(
            user_id=str(principal.user_id),
            session_id=principal.session_id,
            transport=scope["extensions"]["plano.transport"],
            writable=scope["extensions"]["plano.writable"],
            close=close,
            heard=principal.heard,
        )
        try:
            await self._serve(socket, receive)
        finally:
            self.open.discard(socket)
            self.live.release(socket.hubs, socket)
            socket.hubs.clear()
            self.presence.leave(socket)

    async def _serve(self, socket: Socket, receive: Receive) -> None:
        try:
            first = await asyncio.wait_for(receive(), HELLO_SECONDS)
        except TimeoutError:
            await socket.close(BAD_FRAME)
            return
        if first["type"] != "websocket.receive":
            return
        cursors = _hello(first.get("text"))
        if cursors is None:
            await socket.close(BAD_FRAME)
            return
        await self._resume(socket, cursors)
        await self._reconcile(socket)
        recent: list[float] = []
        while (message := await receive())["type"] == "websocket.receive":
            at = time.monotonic()
            recent = [t for t in recent if t > at - 10] + [at]
            if len(recent) > MESSAGES_PER_10_S:
                await socket.close(TOO_FAST)
                return
            if not self._said(socket, message.get("text")):
                await socket.close(BAD_FRAME)
                return

    def _said(self, socket: Socket, text: str | None) -> bool:
        body = _json(text)
        match body.get("type"):
            case "ping":
                socket.say('{"type":"pong"}')
            case "presence" if socket.heard is None and body.get("state") in STATES:
                self.presence.say(socket, str(body["state"]))
            case _:
                return False
        return True

    async def _resume(self, socket: Socket, cursors: dict[str, int]) -> None:
        """Its own function: what it needs for 200 scopes must not live as long as the socket."""
        subscriptions = await asyncio.to_thread(self.ports.subscriptions, UUID(socket.user_id))
        mine = {str(scope) for scope in subscriptions.scopes}
        for scope in cursors.keys() - mine:
            socket.say(reset(scope))
        hubs = await self.live.hold(mine)
        socket.hubs.update(hubs.values())
        at = {scope: cursors.get(scope, -1) for scope in mine}
        hidden = {str(scope): seq for scope, seq in subscriptions.since.items()}
        for scope in mine & hidden.keys():
            if 0 <= at[scope] < hidden[scope]:
                socket.say(reset(scope))
                at[scope] = -1
        await self.resume.bring_up(socket, hubs, at)
        # no await from here: nothing falls between, nothing comes twice
        for hub in hubs.values():
            hub.sockets.add(socket)
        self.open.add(socket)
        socket.say(ready({scope: hub.last for scope, hub in hubs.items()}))
        if socket.heard is not None:
            return  # a program is nobody who could be present
        self.presence.enter(socket, subscriptions)
        for place in subscriptions.presence:
            if str(place) in mine:
                socket.say(self.presence.snapshot(str(place)))

    async def _watch(self, hub: Hub, kind: str, op: str, payload: str) -> None:
        """Frames that change who listens: scopes gained and lost by the people of this scope, sessions ended."""
        if kind == "live.scopes":
            body = json.loads(payload)
            sockets = list(hub.sockets)
            if body["lost"] and any(socket.user_id != hub.scope for socket in sockets):
                for socket in sockets:  # a scope closed to a whole workspace: some keep it by a grant of their own
                    await self._reconcile(socket)
                return
            await self._scopes_changed(sockets, gained=body["gained"], lost=body["lost"])
        elif kind == "accounts.session_ended":
            ended = json.loads(payload).get("session_id")
            for socket in list(hub.sockets):
                if socket.user_id == hub.scope and ended in (None, socket.session_id):
                    self._close_soon(socket, SIGNED_OUT)

    async def _scopes_changed(self, sockets: list[Socket], *, gained: list[str], lost: list[str]) -> None:
        for scope in lost:
            hub = self.live.hubs.get(scope)
            for socket in sockets:
                if hub is not None and hub in socket.hubs:
                    socket.hubs.discard(hub)
                    self.live.release([hub], socket)
        for scope in gained:
            for socket in sockets:
                await self._join(socket, scope)
        for user_id in {socket.user_id for socket in sockets}:
            self.presence.move(user_id, await asyncio.to_thread(self.ports.subscriptions, UUID(user_id)))

    async def _join(self, socket: Socket, scope: str) -> None:
        if any(hub.scope == scope for hub in socket.hubs):
            return
        hub = (await self.live.hold([scope]))[scope]
        if socket not in self.open or hub in socket.hubs:
            self.live.release([hub])
            return
        socket.hubs.add(hub)
        hub.sockets.add(socket)
        socket.say(reset(scope))
        socket.say(ready({scope: hub.last}))

    async def _reconcile(self, socket: Socket) -> None:
        """What changed between the first look at the person's scopes and the moment the socket listened."""
        subscriptions = await asyncio.to_thread(self.ports.subscriptions, UUID(socket.user_id))
        mine = {str(scope) for scope in subscriptions.scopes}
        held = {hub.scope for hub in socket.hubs}
        if mine != held:
            await self._scopes_changed([socket], gained=sorted(mine - held), lost=sorted(held - mine))

    def _close_soon(self, socket: Socket, code: int) -> None:
        task = asyncio.ensure_future(socket.close(code))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _check_sessions(self) -> None:
        """Sessions end by time too (R-41), and rights by ways that forgot to say so: checked every 20 s."""
        while True:
            await asyncio.sleep(20)
            try:
                ids = {socket.session_id for socket in self.open}
                living = await asyncio.to_thread(self.ports.alive, ids) if ids else set()
                for socket in [s for s in self.open if s.session_id not in living and s.session_id in ids]:
                    self._close_soon(socket, SIGNED_OUT)
            except Exception:
                log.exception("session check interrupted")

    async def _repeat_presence(self) -> None:
        while True:
            await asyncio.sleep(20)
            self.presence.repeat()


def _json(text: str | None) -> dict[str, Any]:
    try:
        body = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _hello(text: str | None) -> dict[str, int] | None:
    """The cursors of a well-formed hello, or None. Unknown scopes are the server's to refuse, not an error."""
    body = _json(text)
    cursors = body.get("cursors")
    if body.get("type") != "hello" or not isinstance(cursors, dict) or len(cursors) > MAX_CURSORS:
        return None
    found: dict[str, int] = {}
    for scope, seq in cursors.items():
        try:
            found[str(UUID(scope))] = seq
        except ValueError:
            return None
        if type(seq) is not int or not 0 <= seq < 1 << 62:
            return None
    return found
