"""uvicorn's WebSocket protocol, with its transport in reach: a frame is encoded once and written to every socket."""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class Protocol(WebSocketsSansIOProtocol):
    """Puts the transport and "its buffer is low" into the ASGI scope, as extensions."""

    async def run_asgi(self) -> None:
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions["plano.transport"] = self.transport
        extensions["plano.writable"] = self.writable
        await super().run_asgi()
