"""What all plain ASGI handlers read in the same way: headers, cookies, a small body."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from django.http.cookie import parse_cookie

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """The headers of a scope, lower-case names; repeated ones joined by a comma, cookies by a semicolon.

    A name with an underscore is dropped: WSGI reads `X_Forwarded_For` as `X-Forwarded-For` (R-26).
    """
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue
        name, value = raw_name.decode("latin1").lower(), raw_value.decode("latin1")
        joint = "; " if name == "cookie" else ", "
        found[name] = f"{found[name]}{joint}{value}" if name in found else value
    return found


def cookies_of(headers: Mapping[str, str]) -> dict[str, str]:
    """The cookies of a request, read as Django reads those of the JSON API."""
    found: dict[str, str] = parse_cookie(headers.get("cookie", ""))
    return found


async def body_of(receive: Receive, *, limit: int) -> bytes | None:
    """The whole body; None when it is longer than `limit` or its sender left before the end."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return parts[0] if len(parts) == 1 else b"".join(parts)
