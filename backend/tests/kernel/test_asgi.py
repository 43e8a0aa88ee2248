"""What every plain ASGI handler reads: header names that pass for no other, cookies, whole bodies."""

import asyncio
from typing import Any

import pytest

from plano.config.hop import environ
from plano.kernel.asgi import body_of, cookies_of, headers_of

HEADERS = [
    (b"x-forwarded-for", b"192.0.2.1"),
    (b"x_forwarded_for", b"203.0.113.9"),
    (b"Cookie", b"a=1"),
    (b"cookie", b"b=2"),
    (b"accept", b"text/html"),
    (b"accept", b"image/webp"),
]


def test_r026_a_header_name_with_an_underscore_passes_for_no_other() -> None:
    scope = {"method": "GET", "path": "/", "query_string": b"", "http_version": "1.1", "headers": HEADERS}

    assert headers_of(scope) == {
        "x-forwarded-for": "192.0.2.1",
        "cookie": "a=1; b=2",
        "accept": "text/html, image/webp",
    }
    assert environ(scope, b"")["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"
    assert environ(scope, b"")["HTTP_COOKIE"] == "a=1; b=2"


def test_a_malformed_pair_hides_no_other_cookie() -> None:
    assert cookies_of({"cookie": "a=1; b=2"}) == {"a": "1", "b": "2"}
    assert cookies_of({"cookie": 'a b,c\x00=1; {"x":1}; a=1'})["a"] == "1"
    assert cookies_of({}) == {}


def part(body: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ([part(b"whole")], b"whole"),
        ([part(b"in ", more=True), part(b"two")], b"in two"),
        ([part(b"half", more=True), {"type": "http.disconnect"}], None),
        ([part(b"x" * 6, more=True), part(b"x" * 6)], None),
        ([{"type": "http.request"}], b""),
    ],
)
def test_a_body_is_whole_and_short_or_nothing(messages: list[dict[str, Any]], found: bytes | None) -> None:
    waiting = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(waiting)

    assert asyncio.run(body_of(receive, limit=10)) == found
