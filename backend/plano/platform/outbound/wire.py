"""The network: the host is looked up once, all its addresses are judged, and only those are connected to.

httpcore speaks HTTP over streams that know how late it is: ten seconds for everything, redirects included. It knows
neither cookies nor the environment's proxies.
"""

import socket
import ssl
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urljoin

import httpcore

from plano.platform.outbound.addresses import Address, Target
from plano.platform.outbound.allowed import AllowList
from plano.platform.outbound.base import MOST_BYTES, MOST_SECONDS, Answer, Failed, Reason, Refused
from plano.platform.outbound.rules import require_headers, require_named
from plano.platform.outbound.unpack import Unpacked

USER_AGENT = "Plano"
MOST_ADDRESSES = 4
KEPT_ELSEWHERE = ("accept", "content-type")
"""Headers that follow a redirect to another host."""
_REDIRECTS = (301, 302, 303, 307, 308)
_lookups = ThreadPoolExecutor(max_workers=8, thread_name_prefix="lookup")


class Wire:
    """The adapter that everybody uses. `seconds` is for tests."""

    def __init__(self, *, seconds: float = MOST_SECONDS, tls: ssl.SSLContext | None = None) -> None:
        self._seconds = seconds
        self._tls = tls

    def request(
        self, method: str, url: str, *, allowed: AllowList, headers: Mapping[str, str], body: bytes, redirects: int
    ) -> Answer:
        require_headers(headers)
        end = time.monotonic() + self._seconds
        for left in range(redirects, -1, -1):
            target = require_named(url, allowed)
            answer = self._ask(method, target, _addresses(target, allowed, end), headers, body, end)
            onward = answer.headers.get("location") if answer.status in _REDIRECTS else None
            if onward is None or redirects == 0:
                return answer
            if left == 0:
                break
            url = _resolved(url, onward)
            if answer.status in (301, 302, 303) and method not in ("GET", "HEAD"):
                method, body = "GET", b""
            if not _same_place(target, url):
                headers = {name: value for name, value in headers.items() if name in KEPT_ELSEWHERE}
        raise Failed(Reason.REDIRECTS)

    def _ask(
        self,
        method: str,
        target: Target,
        addresses: Sequence[Address],
        headers: Mapping[str, str],
        body: bytes,
        end: float,
    ) -> Answer:
        whole = {"user-agent": USER_AGENT, "accept": "*/*", **headers, "accept-encoding": "identity"}
        whole["host"] = _authority(target)
        if body or method in ("POST", "PUT", "PATCH"):
            whole["content-length"] = str(len(body))
        asked = httpcore.Request(
            method,
            httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path),
            headers=list(whole.items()),
            content=body,
        )
        try:
            with httpcore.ConnectionPool(
                ssl_context=self._tls or _tls(), network_backend=_Pinned(addresses, end), http2=False, retries=0
            ) as pool:
                answer = pool.handle_request(asked)
                try:
                    return _read(answer, end)
                finally:
                    answer.close()
        except (httpcore.TimeoutException, TimeoutError):
            raise Failed(Reason.TOO_SLOW) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise Failed(Reason.CERTIFICATE if _is_certificate(error) else Reason.CONNECTION) from None


def _read(answer: httpcore.Response, end: float) -> Answer:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
    unpacked = Unpacked(headers.get("content-encoding", "identity"), most=MOST_BYTES)
    stream: Iterable[bytes] = answer.iter_stream()
    for piece in stream:
        _left(end)
        unpacked.take(piece)
    return Answer(answer.status, headers, unpacked.body())


def _addresses(target: Target, allowed: AllowList, end: float) -> list[Address]:
    """All that the host's name stands for at this moment: one that is not allowed condemns the name."""
    if target.literal is not None:
        found = [target.literal]
    else:
        asked = _lookups.submit(socket.getaddrinfo, target.host, target.port, type=socket.SOCK_STREAM)
        try:
            found = list(
                dict.fromkeys(ip_address(str(row[4][0]).partition("%")[0]) for row in asked.result(_left(end)))
            )
        except TimeoutError:
            raise Failed(Reason.TOO_SLOW) from None
        except (OSError, UnicodeError):
            raise Failed(Reason.UNKNOWN_HOST) from None
    for address in found:
        if not allowed.reaches(target.scheme, target.host, target.port, address):
            raise Refused(Reason.PRIVATE)
    return found[:MOST_ADDRESSES]


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise Failed(Reason.TOO_SLOW)
    return left


def _resolved(url: str, onward: str) -> str:
    try:
        return urljoin(url, onward)
    except ValueError:
        raise Refused(Reason.ADDRESS) from None


def _same_place(target: Target, url: str) -> bool:
    return url.startswith(f"{target.scheme}://{_authority(target)}/")


def _authority(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == (443 if target.scheme == "https" else 80) else f"{host}:{target.port}"


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _is_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


class _Pinned(httpcore.NetworkBackend):
    """Connects to the addresses that were judged, whatever the name stands for by now."""

    def __init__(self, addresses: Sequence[Address], end: float) -> None:
        self._addresses = addresses
        self._end = end
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        refusal: Exception | None = None
        for tried, address in enumerate(self._addresses):
            patience = _left(self._end) / (len(self._addresses) - tried)
            try:
                stream = self._network.connect_tcp(str(address), port, patience, None, socket_options)
                return _Timed(stream, self._end)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refusal = error
        raise refusal or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("no sockets of this machine")


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait ends with the request's own end: an answer that drips is cut all the same."""

    def __init__(self, stream: httpcore.NetworkStream, end: float) -> None:
        self._stream = stream
        self._end = end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._end))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._end))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(self._end)), self._end)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
