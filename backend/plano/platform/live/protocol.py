"""uvicorn's WebSocket protocol, with its transport in reach: a frame is encoded once and written to every socket."""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class Protocol(WebSocketsSansIOProtocol):
    """Puts the transport into the ASGI scope, as `extensions.plano.transport`."""

    async def run_asgi(self) -> None:
        self.scope["extensions"]["plano.transport"] = self.transport  # type: ignore[index,typeddict-item]
        await super().run_asgi()
