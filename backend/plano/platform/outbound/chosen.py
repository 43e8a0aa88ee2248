"""The adapter of this process, and the door through which all requests leave."""

from collections.abc import Mapping

from plano.platform.outbound.allowed import AllowList
from plano.platform.outbound.base import MOST_REDIRECTS, Answer, Outbound
from plano.platform.outbound.wire import Wire

_adapter: Outbound = Wire()


def request(
    method: str,
    url: str,
    *,
    allowed: AllowList,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    redirects: int = MOST_REDIRECTS,
) -> Answer:
    """Ask another host, at most ten seconds, for at most 5 MiB. Outside transactions: it waits.

    Raises Refused or Failed. With `redirects=0` a redirect is an answer like others.
    """
    return _adapter.request(
        method, url, allowed=allowed, headers=headers or {}, body=body, redirects=min(redirects, MOST_REDIRECTS)
    )


def use(other: Outbound | None) -> None:
    """Another one, for tests; None goes back to the network."""
    global _adapter
    _adapter = other or Wire()
