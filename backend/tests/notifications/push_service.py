"""A push service of our own: takes messages as the browsers' makers do, and opens them as the browser would.

What it understands is written here a second time, from the RFCs, so that it does not share the mistakes of ours.
"""

import base64
import json
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


def _hmac(key: bytes, text: bytes) -> bytes:
    mac = HMAC(key, hashes.SHA256())
    mac.update(text)
    return mac.finalize()


class Browser:
    """One that subscribed: its address at the service, its keys, and what it was told."""

    def __init__(self, service: "PushService", name: str, application_key: str) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        self.point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.endpoint = f"{service.url}/{name}"
        self.application_key = application_key
        self.told: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.sizes: list[int] = []

    @property
    def subscription(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, "p256dh": b64(self.point), "auth": b64(self.secret)}

    def open(self, body: bytes) -> bytes:
        """RFC 8291, section 3.4, seen from the browser."""
        salt, (size, length) = body[:16], struct.unpack(">IB", body[16:21])
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        start = _hmac(_hmac(self.secret, shared), b"WebPush: info\0" + self.point + sender + b"\x01")
        extracted = _hmac(salt, start)
        key = _hmac(extracted, b"Content-Encoding: aes128gcm\0\x01")[:16]
        nonce = _hmac(extracted, b"Content-Encoding: nonce\0\x01")[:12]
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02"
        return plain[:-1]


@dataclass
class PushService:
    """Answers 201; `answers` holds other statuses for its next requests."""

    port: int = 0
    browsers: dict[str, Browser] = field(default_factory=dict)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def subscribe(self, name: str, application_key: str) -> Browser:
        self.browsers[name] = Browser(self, name, application_key)
        return self.browsers[name]

    def take(self, name: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        if self.answers:
            return self.answers.pop(0)
        browser = self.browsers.get(name)
        if browser is None:
            return 410, {}
        if not self._is_from_us(browser, headers.get("authorization", "")):
            return 403, {}
        if headers.get("content-encoding") != "aes128gcm" or not headers.get("ttl", "").isdecimal():
            return 400, {}
        browser.told.append(json.loads(browser.open(body)))
        browser.headers.append(headers)
        browser.sizes.append(len(body))
        return 201, {"Location": f"{self.url}/m/1"}

    def _is_from_us(self, browser: Browser, authorization: str) -> bool:
        """RFC 8292: the token is signed by the key that the browser subscribed with, for this service, for a day."""
        scheme, _, rest = authorization.partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(","))
        signed, _, signature = given["t"].rpartition(".")
        claims = json.loads(unb64(signed.split(".")[1]))
        numbers = unb64(signature)
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(given["k"]))
        der = utils.encode_dss_signature(int.from_bytes(numbers[:32]), int.from_bytes(numbers[32:]))
        try:
            key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return (
            scheme == "vapid"
            and given["k"] == browser.application_key
            and claims["aud"] == self.url
            and time.time() < claims["exp"] <= time.time() + 86_400
            and claims["sub"].startswith(("mailto:", "https:"))
        )


@contextmanager
def push_service() -> Iterator[PushService]:
    """A running one."""
    service = PushService()

    class Face(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, extra = service.take(self.path.lstrip("/"), headers, body)
            self.send_response(status)
            for name, value in {**extra, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Face)
    service.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
