"""The faces that move bytes, called as the server calls them, on the test's own thread and connection."""

import asyncio
import base64
from collections.abc import Callable
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from plano.config.routes import ASGI_ROUTES
from tests.fixtures import Api

BODY = "application/offset+octet-stream"


class Answer:
    """Status, headers and body of an ASGI answer."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        start = messages[0]
        self.status_code: int = start["status"]
        self.headers = {name.decode(): value.decode("latin1") for name, value in start["headers"]}
        self.content = b"".join(m.get("body", b"") for m in messages[1:])
        self.complete = bool(messages[1:]) and not messages[-1].get("more_body")
        self.chunks = [len(m.get("body", b"")) for m in messages[1:]]

    @property
    def data(self) -> Any:
        import json

        return json.loads(self.content)


def as_in_a_thread(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Without the running loop, Django gives the test's own connection."""
    loop = asyncio.get_running_loop()
    asyncio.events._set_running_loop(None)
    try:
        return function(*args, **kwargs)
    finally:
        asyncio.events._set_running_loop(loop)


async def _inline(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return as_in_a_thread(function, *args, **kwargs)


class Bytes:
    """`bytes_for(user).put(path, content)`: one person's uploads and downloads."""

    def __init__(self, api: Api) -> None:
        self.api = api

    def request(
        self,
        method: str,
        path: str,
        body: bytes | list[bytes] = b"",
        *,
        cut: bool = False,
        between: Callable[[int], None] | None = None,
        while_sending: Callable[[int], None] | None = None,
        **headers: str,
    ) -> Answer:
        """`cut`: the connection breaks after the body. `between(n)` is called before each message is received,
        `while_sending(n)` after each that is sent."""
        parts = urlsplit(f"/api/v1{path}")
        chunks = body if isinstance(body, list) else [body]
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.api.client.cookies.items())
        sent = {"host": "localhost", "cookie": cookies, "x-csrf-token": self.api.token}
        if not cut and method in ("PUT", "PATCH", "POST") and not isinstance(body, list):
            sent["content-length"] = str(len(body))
        sent |= {name.replace("_", "-").lower(): value for name, value in headers.items()}
        scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "path": parts.path,
            "query_string": parts.query.encode(),
            "headers": [(n.encode(), v.encode("latin1")) for n, v in sent.items() if v],
            "client": ("127.0.0.1", 50000),
        }
        import re

        out: list[dict[str, Any]] = []
        count = 0

        async def receive() -> dict[str, Any]:
            nonlocal count
            if between is not None:
                between(count)
            count += 1
            if count <= len(chunks):
                more = cut or count < len(chunks)
                return {"type": "http.request", "body": chunks[count - 1], "more_body": more}
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            out.append(dict(message))
            if while_sending is not None:
                as_in_a_thread(while_sending, len(out))

        for pattern, handler in ASGI_ROUTES:
            match = re.fullmatch(pattern, parts.path)
            if match and handler.takes(scope):
                scope["path_params"] = match.groupdict()
                with (
                    mock.patch("asyncio.to_thread", _inline),
                    mock.patch("plano.accounts.asgi.close_old_connections"),
                    mock.patch("plano.documents.faces.download.close_old_connections"),
                    mock.patch("plano.documents.faces.archive.close_old_connections"),
                    mock.patch("plano.documents.faces.shared.close_old_connections"),
                ):
                    asyncio.run(handler.app(scope, receive, send))
                return Answer(out or [{"status": 0, "headers": []}])
        raise AssertionError(f"nothing takes {method} {path}")

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, **headers)

    def put(self, path: str, body: bytes | list[bytes], **headers: str) -> Answer:
        """Over whatever is there, unless `If_Match` says otherwise."""
        return self.request("PUT", path, body, **{"If_Match": "*"} | headers)

    def start(
        self, length: int, body: bytes | None = None, *, headers: dict[str, str] | None = None, **meta: Any
    ) -> Answer:
        """tus creation; with `body` creation-with-upload."""
        words = {name: str(value) for name, value in meta.items() if value is not None}
        packed = ",".join(f"{n} {base64.b64encode(v.encode()).decode()}" for n, v in words.items())
        sent = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length), "Upload-Metadata": packed} | (headers or {})
        if body is not None:
            sent["Content-Type"] = BODY
        return self.request("POST", "/uploads/", body or b"", **sent)

    def patch(self, location: str, offset: int, body: bytes | list[bytes], **more: Any) -> Answer:
        sent = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), "Content-Type": BODY} | more
        return self.request("PATCH", location.removeprefix("/api/v1"), body, **sent)

    def head(self, location: str) -> Answer:
        return self.request("HEAD", location.removeprefix("/api/v1"), **{"Tus-Resumable": "1.0.0"})

    def terminate(self, location: str) -> Answer:
        return self.request("DELETE", location.removeprefix("/api/v1"), **{"Tus-Resumable": "1.0.0"})
