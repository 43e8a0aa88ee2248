"""The server process: ASGI, the threads of Django, and the job worker. Started by `plano serve` only.

Gets the listening socket from the supervisor, so that a restart refuses no connection.
"""

from __future__ import annotations

import os
import socket
import sys

from plano.cli import context, worker
from plano.cli.errors import CommandError
from plano.config import environment

SECONDS_TO_FINISH = 2
LARGEST_CLIENT_FRAME = 256 << 10
LISTENING = "LISTEN_SOCKET"


def main() -> int:
    listening = socket.socket(fileno=int(os.environ.pop(LISTENING)))
    settings = environment.load()
    context.start_django()
    try:
        context.require_database()
    except CommandError as error:
        print(f"plano: {error}", file=sys.stderr)
        return 1
    context.migrate(quiet=True)
    from plano.accounts import actions

    link = actions.setup_link()
    if link:
        print(f"No account yet. Make the first administrator here, once, within 24 hours:\n  {link}", flush=True)
    background = worker.Background() if settings.worker else None
    if background:
        background.start()
    started = _serve(listening)
    if background:
        background.stop()
    return 0 if started else 1


def _serve(listening: socket.socket) -> bool:
    import uvicorn

    from plano.platform.live.protocol import Protocol

    server = uvicorn.Server(
        uvicorn.Config(
            "plano.config.asgi:application",
            loop="uvloop",
            http="httptools",
            ws=Protocol,
            ws_per_message_deflate=False,
            ws_max_size=LARGEST_CLIENT_FRAME,
            lifespan="on",
            access_log=False,
            log_config=None,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )
    )
    server.run(sockets=[listening])
    return server.started


if __name__ == "__main__":
    sys.exit(main())
