"""A server of this machine that must not be reached, or that answers as no honest one does."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BOMB = gzip.compress(b"\0" * 20 * 1024 * 1024)


class Trap(ThreadingHTTPServer):
    """`hits` are the requests that reached it: method, path, headers, body."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hits: list[tuple[str, str, dict[str, str], bytes]] = []
        self.status = 200

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what we test."""


@contextmanager
def trap() -> Iterator[Trap]:
    """Listens for the length of a test."""
    with Trap() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Trap

    def do_GET(self) -> None:
        length = int(self.headers.get("content-length", 0))
        received = {name.lower(): value for name, value in self.headers.items()}
        self.server.hits.append((self.command, self.path, received, self.rfile.read(length)))
        asked = urlsplit(self.path)
        answer = getattr(self, "answer_" + asked.path.strip("/").split("/")[0], self.answer_plain)
        with suppress(OSError):
            answer(parse_qs(asked.query))
        self.close_connection = True

    do_POST = do_PUT = do_HEAD = do_GET  # noqa: N815 - the library's names

    def answer_plain(self, query: dict[str, list[str]]) -> None:
        self._say(self.server.status, b"trap")

    def answer_onward(self, query: dict[str, list[str]]) -> None:
        self._say(int(query.get("status", ["302"])[0]), b"", Location=query["to"][0])

    def answer_loop(self, query: dict[str, list[str]]) -> None:
        self._say(302, b"", Location=self.path)

    def answer_bomb(self, query: dict[str, list[str]]) -> None:
        self._say(200, BOMB, **{"Content-Encoding": "gzip"})

    def answer_packed(self, query: dict[str, list[str]]) -> None:
        self._say(200, gzip.compress(b"trap"), **{"Content-Encoding": "gzip"})

    def answer_odd(self, query: dict[str, list[str]]) -> None:
        self._say(200, b"x", **{"Content-Encoding": "br"})

    def answer_endless(self, query: dict[str, list[str]]) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            self.wfile.write(b"\0" * 65536)

    def answer_slow(self, query: dict[str, list[str]]) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        self._drip()

    def answer_slower(self, query: dict[str, list[str]]) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self._drip()

    def _drip(self) -> None:
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Set-Cookie": "trap=1", **headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Silent."""
