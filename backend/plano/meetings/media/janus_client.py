"""Janus's own protocol on one WebSocket: transactions, plugin handles, events. Knows no meeting."""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from plano.meetings.media.base import MediaRefused, MediaUnavailable

Body = dict[str, Any]
Hear = Callable[[Body], None]
ANSWER_SECONDS = 8.0
KEEP_ALIVE_SECONDS = 20.0
VIDEOROOM = "janus.plugin.videoroom"
log = logging.getLogger("plano.meetings")


class JanusClient:
    """One session at Janus, made again whenever the connection comes back. `on_up` and `on_down` tell of it."""

    def __init__(self, *, url: str, secret: str, on_up: Callable[[], None], on_down: Callable[[], None]) -> None:
        self.url = url
        self.secret = secret
        self.on_up = on_up
        self.on_down = on_down
        self.up = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._session = 0
        self._waiting: dict[str, tuple[bool, asyncio.Future[Body]]] = {}
        self._handles: dict[int, Hear] = {}
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def attach(self, hear: Hear) -> int:
        """A handle on the video room plugin; `hear` gets what Janus says about it unasked."""
        answer = await self._ask({"janus": "attach", "plugin": VIDEOROOM, "session_id": self._session})
        handle = int(answer["data"]["id"])
        self._handles[handle] = hear
        return handle

    async def detach(self, handle: int) -> None:
        """Give a handle back; its media stop. Never fails: a lost server has forgotten it already."""
        self._handles.pop(handle, None)
        with suppress(MediaUnavailable, MediaRefused):
            await self._ask({"janus": "detach", "session_id": self._session, "handle_id": handle})

    async def request(self, handle: int, body: Body, jsep: Body | None = None) -> tuple[Body, Body | None]:
        """Ask the plugin; returns its data and description."""
        message = {"janus": "message", "session_id": self._session, "handle_id": handle, "body": body}
        if jsep is not None:
            message["jsep"] = jsep
        answer = await self._ask(message, past_ack=True)
        data: Body = answer.get("plugindata", {}).get("data", {})
        if "error_code" in data:
            raise MediaRefused(f"{data['error_code']} {data.get('error', '')}")
        return data, answer.get("jsep")

    async def trickle(self, handle: int, candidate: Body | None) -> None:
        message = {"janus": "trickle", "session_id": self._session, "handle_id": handle}
        await self._ask({**message, "candidate": candidate or {"completed": True}})

    async def _ask(self, message: Body, *, past_ack: bool = False) -> Body:
        socket = self._socket
        if socket is None:
            raise MediaUnavailable
        transaction = secrets.token_hex(8)
        future: asyncio.Future[Body] = asyncio.get_running_loop().create_future()
        self._waiting[transaction] = (past_ack, future)
        try:
            await socket.send(json.dumps({**message, "transaction": transaction, "apisecret": self.secret}))
            answer = await asyncio.wait_for(future, ANSWER_SECONDS)
        except (TimeoutError, WebSocketException, OSError) as error:
            raise MediaUnavailable from error
        finally:
            self._waiting.pop(transaction, None)
        if answer["janus"] == "error":
            raise MediaRefused(str(answer.get("error", {}).get("reason", "")))
        return answer

    async def _keep(self) -> None:
        delay = 0.1
        while True:
            try:
                async with connect(
                    self.url,
                    subprotocols=[Subprotocol("janus-protocol")],
                    max_size=1 << 20,
                    open_timeout=3,
                    ping_interval=3,
                    ping_timeout=4,
                    close_timeout=1,
                    proxy=None,
                    compression=None,
                ) as socket:
                    self._socket = socket
                    await self._serve(socket)
            except (WebSocketException, OSError, TimeoutError, MediaUnavailable, MediaRefused) as error:
                log.debug("media server: %s", type(error).__name__)
            except Exception:
                log.exception("media client interrupted")
            delay = 0.1 if self._down() else min(delay * 1.5, 2.0)
            await asyncio.sleep(delay)

    async def _serve(self, socket: ClientConnection) -> None:
        reader = asyncio.create_task(self._read(socket))
        try:
            self._session = int((await self._ask({"janus": "create"}))["data"]["id"])
            self.up.set()
            self.on_up()
            while not reader.done():
                await asyncio.wait([reader], timeout=KEEP_ALIVE_SECONDS)
                if not reader.done():
                    await self._ask({"janus": "keepalive", "session_id": self._session})
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    def _down(self) -> bool:
        """Everything at the server is gone; tells whether it had been up."""
        was_up = self.up.is_set()
        self.up.clear()
        self._socket = None
        self._handles.clear()
        for _, future in self._waiting.values():
            if not future.done():
                future.set_exception(MediaUnavailable())
                future.exception()  # seen: the asker may be gone
        if was_up:
            log.warning("media server lost")
            self.on_down()
        return was_up

    async def _read(self, socket: ClientConnection) -> None:
        async for text in socket:
            try:
                self._take(json.loads(text))
            except Exception:
                log.exception("a message of the media server was not understood")

    def _take(self, message: Body) -> None:
        kind = message.get("janus")
        past_ack, future = self._waiting.get(message.get("transaction", ""), (False, None))
        if future is not None and not future.done() and not (kind == "ack" and past_ack):
            future.set_result(message)
        elif kind == "timeout":
            raise MediaUnavailable  # the session is gone
        elif hear := self._handles.get(int(message.get("sender", 0))):
            hear(message)
