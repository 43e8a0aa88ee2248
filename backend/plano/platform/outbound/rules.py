"""What every adapter refuses before it looks at the network."""

import re
from collections.abc import Mapping

from plano.platform.outbound.addresses import Target, read
from plano.platform.outbound.allowed import AllowList
from plano.platform.outbound.base import Reason, Refused

_NAME = re.compile(r"[a-z][a-z0-9-]{0,60}")
_VALUE = re.compile(r"[ -~]{0,4000}")
_INSIDE = {
    "connection",
    "content-length",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "x-csrf-token",
    "x-real-ip",
    "x-request-id",
}


def require_named(url: str, allowed: AllowList) -> Target:
    """A plain address whose host the configuration names."""
    try:
        target = read(url)
    except ValueError:
        raise Refused(Reason.ADDRESS) from None
    if not allowed.names(target.scheme, target.host, target.port):
        raise Refused(Reason.HOST)
    return target


def require_headers(headers: Mapping[str, str]) -> None:
    """Written in small letters; none that speaks of the connection, of us or of the person who asked."""
    for name, value in headers.items():
        inside = name in _INSIDE or name.startswith(("proxy-", "x-forwarded-"))
        if inside or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise Refused(Reason.HEADER)
