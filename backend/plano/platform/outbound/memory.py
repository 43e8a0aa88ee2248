"""For tests: keeps what was sent, and answers what it was told to. It refuses as the network does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plano.platform.outbound.allowed import AllowList
from plano.platform.outbound.base import Answer
from plano.platform.outbound.rules import require_headers, require_named


@dataclass(frozen=True, slots=True)
class Sent:
    """One request that left."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


class MemoryOutbound:
    """`answer` says what the other host does with a request; it may raise Failed."""

    def __init__(self, answer: Callable[[Sent], Answer] | None = None) -> None:
        self.answer = answer or _well
        self.sent: list[Sent] = []

    def request(
        self, method: str, url: str, *, allowed: AllowList, headers: Mapping[str, str], body: bytes, redirects: int
    ) -> Answer:
        require_headers(headers)
        require_named(url, allowed)
        self.sent.append(Sent(method, url, dict(headers), body))
        return self.answer(self.sent[-1])


def _well(sent: Sent) -> Answer:
    return Answer(200)
