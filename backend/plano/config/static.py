"""Built assets of the web client: names carry a hash of the content, so browsers keep them for a year."""

import asyncio
import mimetypes
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
KEEP = b"public, max-age=31536000, immutable"
_TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}


class Static:
    """Serves `assets/` of one folder; `.br` and `.gz` neighbours when the browser takes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, [(b"allow", b"GET, HEAD")], b"")
            return
        found = await asyncio.to_thread(self._find, scope["path"], _accepted(scope["headers"]))
        if found is None:
            await _answer(send, 404, [(b"content-type", b"text/plain")], b"")
            return
        content, content_type, encoding = found
        headers = [
            (b"content-type", content_type.encode()),
            (b"cache-control", KEEP),
            (b"vary", b"accept-encoding"),
        ]
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        await _answer(send, 200, headers, content if scope["method"] == "GET" else b"", length=len(content))

    def _find(self, path: str, accepted: str) -> tuple[bytes, str, str] | None:
        root = (self.folder / "assets").resolve()
        file = (self.folder / path.lstrip("/")).resolve()
        if not file.is_relative_to(root) or file.suffix == ".map" or not file.is_file():
            return None
        content_type = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
            smaller = file.with_name(file.name + suffix)
            if encoding in accepted and smaller.is_file():
                return smaller.read_bytes(), content_type, encoding
        return file.read_bytes(), content_type, ""


def _accepted(headers: list[tuple[bytes, bytes]]) -> str:
    return ",".join(value.decode("latin1") for name, value in headers if name == b"accept-encoding")


async def _answer(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes, *, length: int | None = None
) -> None:
    fixed = [
        (b"content-length", str(len(body) if length is None else length).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"referrer-policy", b"same-origin"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers + fixed})
    await send({"type": "http.response.body", "body": body})
