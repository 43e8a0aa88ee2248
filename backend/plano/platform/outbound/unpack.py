"""An answer's body, unpacked as it comes: a small one that would become huge is cut at the limit."""

import zlib

from plano.platform.outbound.base import Failed, Reason

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Unpacked:
    """At most `most` bytes, before and after unpacking. We ask for none of it packed; some pack all the same."""

    def __init__(self, encoding: str, *, most: int) -> None:
        named = encoding.strip().lower()
        if named not in ("", "identity", *_WINDOWS):
            raise Failed(Reason.ENCODING)
        self._unpacker = zlib.decompressobj(_WINDOWS[named]) if named in _WINDOWS else None
        self._most = most
        self._came = 0
        self._whole = bytearray()

    def take(self, piece: bytes) -> None:
        """The next bytes of the wire."""
        self._came += len(piece)
        if self._came > self._most:
            raise Failed(Reason.TOO_LARGE)
        try:
            self._whole += piece if self._unpacker is None else self._unpacker.decompress(piece, self._room())
        except zlib.error:
            raise Failed(Reason.ENCODING) from None
        if len(self._whole) > self._most:
            raise Failed(Reason.TOO_LARGE)

    def body(self) -> bytes:
        if self._unpacker is not None and self._came and not self._unpacker.eof:
            raise Failed(Reason.ENCODING)
        return bytes(self._whole)

    def _room(self) -> int:
        return self._most - len(self._whole) + 1
