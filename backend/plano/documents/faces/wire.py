"""What the faces that move bytes share: who asks, answers, refusals."""

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http.request import split_domain_port, validate_host

from plano.accounts.asgi import Caller, caller_of, headers_of
from plano.kernel.errors import DomainError, Invalid, Unavailable
from plano.kernel.words import title_of

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

FIXED: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
    # Content never acts in our origin, even opened as a page of its own.
    (b"content-security-policy", b"sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
]
if settings.HTTPS:
    FIXED.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
RECHECK_SECONDS = 3.0
log = logging.getLogger("plano.documents")


class Gone(Exception):
    """The other end has left; there is nobody to answer."""


def caller(scope: Scope) -> Caller:
    """Who asks, with the checks that Django's faces make. In a thread."""
    host, _ = split_domain_port(headers_of(scope).get("host", ""))
    if not host or not validate_host(host, settings.ALLOWED_HOSTS):
        raise Invalid("invalid_host")
    return caller_of(scope)


def header(name: str, value: str | int) -> tuple[bytes, bytes]:
    """One header of an answer. Values that carry people's text are encoded before."""
    return name.encode(), str(value).encode("latin1")


async def answer(send: Send, status: int, headers: Headers | None = None, body: bytes = b"") -> None:
    """A whole answer."""
    sized = [*(headers or []), header("content-length", len(body))] if status != 204 else list(headers or [])
    await send({"type": "http.response.start", "status": status, "headers": [*sized, *FIXED]})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, error: DomainError, headers: Headers | None = None, status: int | None = None) -> None:
    """`application/problem+json` (RFC 9457), as the JSON API words it."""
    status = status or error.status
    body = {
        "type": f"about:blank#{error.code}",
        "title": title_of(error.code),
        "status": status,
        "code": error.code,
        "errors": error.errors,
        "request_id": secrets.token_hex(8),
    }
    more = [(b"content-type", b"application/problem+json"), *(headers or [])]
    if error.retry_after is not None:
        more.append(header("retry-after", error.retry_after))
    await answer(send, status, more, json.dumps(body, default=str).encode())


def face(app: App) -> App:
    """Refusals become answers, surprises a plain 500 or 503, a lost caller nothing."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await app(scope, receive, watched)
        except DomainError as error:
            if begun:
                raise
            await refuse(send, error)
        except Gone:
            return
        except OSError as error:
            log.exception("storage")
            if begun:
                raise
            await refuse(send, Unavailable("storage_unavailable" if error.errno != 28 else "storage_full"))
        except asyncio.CancelledError:
            raise
        except (OperationalError, InterfaceError) as error:  # each thread meets a database that went away once
            log.error("database not reachable: %s", type(error).__name__)
            if begun:
                raise
            await refuse(send, Unavailable(retry_after=1))
        except Exception:
            log.exception("unexpected error")
            if begun:
                raise
            await refuse(send, Unavailable("server_error"), status=500)

    return guarded
