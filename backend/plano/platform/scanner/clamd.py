"""ClamAV's daemon, by TCP or by a socket of this machine: `INSTREAM`, one connection for each content.

Nothing but bytes goes there: no name, no path. An answer that is not understood is no verdict.
"""

import socket
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from plano.kernel.text import clean_line
from plano.platform.scanner.base import Finding, Outcome, Unreachable

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0
PIECE = 1 << 17
LONGEST_ANSWER = 4096
PORT = 3310
CLEAN = "stream: OK"


class Clamd:
    """`tcp://host:3310` or `unix:///run/clamav/clamd.ctl`."""

    def __init__(self, url: str) -> None:
        self._url = url

    def scan(self, pieces: Iterable[bytes]) -> Outcome:
        try:
            with self._connected() as connection:
                early = self._pour(connection, pieces)
                if early == CLEAN:
                    raise Unreachable("called clean before its end")
                return _understood(early or _answer(connection))
        except OSError as error:
            raise Unreachable(str(error)) from error

    def version(self) -> str:
        try:
            with self._connected() as connection:
                connection.sendall(b"zVERSION\0")
                return clean_line(_answer(connection))[:200]
        except OSError as error:
            raise Unreachable(str(error)) from error

    def _connected(self) -> socket.socket:
        parts = urlsplit(self._url)
        if parts.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                connection.settimeout(CONNECT_SECONDS)
                connection.connect(unquote(parts.path))
            except OSError:
                connection.close()
                raise
        else:
            connection = socket.create_connection((parts.hostname or "", parts.port or PORT), CONNECT_SECONDS)
        connection.settimeout(ANSWER_SECONDS)
        return connection

    def _pour(self, connection: socket.socket, pieces: Iterable[bytes]) -> str:
        """Each piece behind its length, an empty one at the end. What it answers before that ends the sending."""
        try:
            connection.sendall(b"zINSTREAM\0")
            for whole in pieces:
                for start in range(0, len(whole), PIECE):
                    piece = whole[start : start + PIECE]
                    connection.sendall(len(piece).to_bytes(4, "big"))
                    connection.sendall(piece)
            connection.sendall(b"\0\0\0\0")
        except (BrokenPipeError, ConnectionResetError):
            return _answer(connection)  # it hangs up after saying that the content is too large
        return ""


def _answer(connection: socket.socket) -> str:
    """One answer, which ends with a zero byte; one that was cut says nothing."""
    told = b""
    while not told.endswith(b"\0") and len(told) < LONGEST_ANSWER:
        more = connection.recv(LONGEST_ANSWER)
        if not more:
            break
        told += more
    if not told.endswith(b"\0"):
        raise Unreachable("its answer was cut")
    return told.rstrip(b"\0").decode("utf-8", "replace").strip()


def _understood(answer: str) -> Outcome:
    if answer == CLEAN:
        return Outcome(Finding.CLEAN)
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Outcome(Finding.INFECTED, clean_line(answer[8:-6])[:200] or "unknown")
    if "size limit exceeded" in answer:
        return Outcome(Finding.TOO_LARGE)
    raise Unreachable(f"unexpected answer: {answer[:200]!r}")
