"""A WebRTC end as light as it gets: ICE with one address, DTLS, SRTP. It sends made-up RTP or counts what arrives.

For load: no codec, no jitter buffer, no retransmission, a receiver report a second. One peer in many decrypts all that
it gets (`opens`), the others count packets and bytes of SRTP. Needs pyOpenSSL, pylibsrtp, cryptography.
"""

import asyncio
import datetime
import hashlib
import hmac
import os
import secrets
import socket
import struct
import zlib
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import SSL
from OpenSSL.crypto import X509, PKey
from pylibsrtp import Policy, Session

COOKIE = 0x2112A442
REQUEST, SUCCESS = 0x0001, 0x0101
USERNAME, INTEGRITY, PRIORITY, USE_CANDIDATE, XOR_MAPPED, FINGERPRINT, CONTROLLED, CONTROLLING = 6, 8, 0x24, 0x25, 0x20, 0x8028, 0x8029, 0x802A
AUDIO, VIDEO = (111, 0x1111), (96, 0x2222)  # payload type, ssrc
VIDEO_BYTES, AUDIO_BYTES = 1080, 90  # payloads: 162 and 50 packets a second are about 1.5 Mbit/s


@cache
def certificate() -> tuple[PKey, X509, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bench")])
    at = datetime.datetime.now(datetime.UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(at - datetime.timedelta(days=1)).not_valid_after(at + datetime.timedelta(days=30)).sign(key, hashes.SHA256()))
    print_ = made.fingerprint(hashes.SHA256()).hex().upper()
    return PKey.from_cryptography_key(key), X509.from_cryptography(made), ":".join(print_[i : i + 2] for i in range(0, 64, 2))


def _stun(kind: int, transaction: bytes, attributes: list[tuple[int, bytes]], key: bytes) -> bytes:
    body = b"".join(struct.pack("!HH", t, len(v)) + v + b"\0" * (-len(v) % 4) for t, v in attributes)

    def head(more: int) -> bytes:
        return struct.pack("!HHI", kind, len(body) + more, COOKIE) + transaction

    body += struct.pack("!HH", INTEGRITY, 20) + hmac.new(key, head(24) + body, hashlib.sha1).digest()
    return head(8) + body + struct.pack("!HHI", FINGERPRINT, 4, zlib.crc32(head(8) + body) ^ 0x5354554E)


def _attributes(message: bytes) -> dict[int, bytes]:
    found, at = {}, 20
    while at + 4 <= len(message):
        kind, size = struct.unpack_from("!HH", message, at)
        found[kind] = message[at + 4 : at + 4 + size]
        at += 4 + size + (-size % 4)
    return found


class Peer:
    """One connection. `offer()` for a publisher, `answer(offer)` for a receiver; `connected` is set when SRTP stands."""

    def __init__(self, address: str, *, opens: bool = False) -> None:
        self.address, self.opens = address, opens
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 21)
        self.socket.bind((address, 0))
        self.socket.setblocking(False)
        self.ufrag, self.password = secrets.token_hex(4), secrets.token_hex(12)
        self.remote: tuple[str, str] = ("", "")
        self.controlling = self.is_server = False
        self.to: tuple[str, int] | None = None
        self.tls: SSL.Connection | None = None
        self.connected = asyncio.Event()
        self.packets = self.bytes = self.opened = 0
        self._tie = os.urandom(8)
        self._numbers = {AUDIO[1]: 0, VIDEO[1]: 0}
        self._out: Session | None = None
        self._in: Session | None = None
        self._seen: dict[int, int] = {}
        self._tasks: list[asyncio.Task[None]] = []
        asyncio.get_running_loop().add_reader(self.socket, self._read)

    # --- session descriptions

    def _ends(self, setup: str) -> list[str]:
        return [f"a=ice-ufrag:{self.ufrag}", f"a=ice-pwd:{self.password}", f"a=fingerprint:sha-256 {certificate()[2]}", f"a=setup:{setup}",
                f"a=candidate:1 1 udp 2130706431 {self.address} {self.socket.getsockname()[1]} typ host", "a=end-of-candidates"]

    def offer(self) -> str:
        self.controlling = True
        lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0 1", "a=msid-semantic: WMS bench"]
        for mid, kind, (number, ssrc), codec in ((0, "audio", AUDIO, "opus/48000/2"), (1, "video", VIDEO, "VP8/90000")):
            lines += [f"m={kind} 9 UDP/TLS/RTP/SAVPF {number}", "c=IN IP4 0.0.0.0", f"a=mid:{mid}", "a=sendonly", "a=rtcp-mux", f"a=rtpmap:{number} {codec}",
                      f"a=msid:bench {kind}", f"a=ssrc:{ssrc} cname:bench", *self._ends("actpass")]
            if kind == "video":
                lines += [f"a=rtcp-fb:{number} {feedback}" for feedback in ("nack", "nack pli", "ccm fir", "goog-remb")]
        return "\r\n".join(lines) + "\r\n"

    def answered(self, sdp: str) -> None:
        """The other side's answer to our offer."""
        self._take(sdp)
        self.is_server = "a=setup:active" in sdp

    def answer(self, offer: str) -> str:
        self._take(offer)
        head, *sections = offer.replace("\r\n", "\n").split("\nm=")
        lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", *(line for line in head.split("\n") if line.startswith("a=group"))]
        for section in sections:
            first, *rest = section.strip().split("\n")
            lines += [f"m={first}", "c=IN IP4 0.0.0.0", "a=recvonly", "a=rtcp-mux", *self._ends("active")]
            lines += [line for line in rest if line.startswith(("a=mid:", "a=rtpmap:", "a=fmtp:", "a=rtcp-fb:"))]
        return "\r\n".join(lines) + "\r\n"

    def _take(self, sdp: str) -> None:
        found = {name: value for name, _, value in (line[2:].partition(":") for line in sdp.splitlines() if line.startswith("a=ice-"))}
        self.remote = (found["ice-ufrag"], found["ice-pwd"])

    # --- what arrives

    def _read(self) -> None:
        receive = self.socket.recvfrom
        for _ in range(64):
            try:
                data, sender = receive(2048)
            except (BlockingIOError, ConnectionError):
                return
            first = data[0]
            if 127 < first < 192:
                if 191 < data[1] < 224:
                    continue  # RTCP
                self.packets += 1
                self.bytes += len(data)
                self._seen[data[8] << 24 | data[9] << 16 | data[10] << 8 | data[11]] = data[2] << 8 | data[3]
                if self.opens and self._in is not None:
                    self._in.unprotect(data)  # raises when it is not what the sender protected
                    self.opened += 1
            elif first < 4:
                self._stun(data, sender)
            elif 19 < first < 64 and self.tls is not None:
                self.tls.bio_write(data)
                self._shake()

    def _stun(self, data: bytes, sender: tuple[str, int]) -> None:
        kind, transaction = struct.unpack_from("!H", data)[0], data[8:20]
        if kind == REQUEST:
            port = sender[1] ^ (COOKIE >> 16)
            host = struct.unpack("!I", socket.inet_aton(sender[0]))[0] ^ COOKIE
            self.socket.sendto(_stun(SUCCESS, transaction, [(XOR_MAPPED, struct.pack("!BBHI", 0, 1, port, host))], self.password.encode()), sender)
            if self.remote[0] and not self.connected.is_set():
                role = [(CONTROLLING, self._tie), (USE_CANDIDATE, b"")] if self.controlling else [(CONTROLLED, self._tie)]
                named = (USERNAME, f"{self.remote[0]}:{self.ufrag}".encode())
                self.socket.sendto(_stun(REQUEST, os.urandom(12), [named, (PRIORITY, struct.pack("!I", 0x6E7F1EFF)), *role], self.remote[1].encode()), sender)
        elif kind == SUCCESS and self.to is None and XOR_MAPPED in _attributes(data):
            self.to = sender
            self._begin()

    # --- DTLS

    def _begin(self) -> None:
        context = SSL.Context(SSL.DTLS_METHOD)
        key, own, _ = certificate()
        context.use_privatekey(key)
        context.use_certificate(own)
        context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
        context.set_tlsext_use_srtp(b"SRTP_AES128_CM_SHA1_80")
        self.tls = SSL.Connection(context, None)
        self.tls.set_ciphertext_mtu(1200)
        self.tls.set_accept_state() if self.is_server else self.tls.set_connect_state()
        self._shake()
        self._tasks.append(asyncio.ensure_future(self._again()))

    async def _again(self) -> None:
        while not self.connected.is_set():
            await asyncio.sleep(0.25)
            if not self.connected.is_set() and self.tls.DTLSv1_handle_timeout():
                self._shake()

    def _shake(self) -> None:
        done = False
        try:
            if not self.connected.is_set():
                self.tls.do_handshake()
                done = True
        except SSL.WantReadError:
            pass
        try:
            while out := self.tls.bio_read(1500):
                self.socket.sendto(out, self.to)
        except SSL.WantReadError:
            pass
        if done:
            keys = self.tls.export_keying_material(b"EXTRACTOR-dtls_srtp", 60)
            client, server = keys[:16] + keys[32:46], keys[16:32] + keys[46:]
            mine, theirs = (server, client) if self.is_server else (client, server)
            self._out = Session(Policy(key=mine, ssrc_type=Policy.SSRC_ANY_OUTBOUND))
            self._in = Session(Policy(key=theirs, ssrc_type=Policy.SSRC_ANY_INBOUND))
            self.connected.set()
            self._tasks.append(asyncio.ensure_future(self._report()))

    # --- media

    async def _report(self) -> None:
        """A receiver report a second, as browsers send."""
        while True:
            await asyncio.sleep(1)
            blocks = b"".join(struct.pack("!IIIIII", ssrc, 0, number, 0, 0, 0) for ssrc, number in list(self._seen.items())[:4])
            if blocks:
                head = struct.pack("!BBHI", 0x80 | len(blocks) // 24, 201, 1 + len(blocks) // 4, 1)
                self.socket.sendto(self._out.protect_rtcp(head + blocks), self.to)

    def _send(self, kind: tuple[int, int], at: int, payload: bytes, *, last: bool) -> None:
        number, ssrc = kind
        self._numbers[ssrc] = (self._numbers[ssrc] + 1) & 0xFFFF
        head = struct.pack("!BBHII", 0x80, number | (0x80 if last else 0), self._numbers[ssrc], at & 0xFFFFFFFF, ssrc)
        self.socket.sendto(self._out.protect(head + payload), self.to)
        self.packets += 1

    async def speak(self) -> None:
        """30 pictures a second in bursts and 50 pieces of sound, until cancelled."""
        loop = asyncio.get_running_loop()
        picture, sound = b"\x10\x01" + os.urandom(VIDEO_BYTES - 2), os.urandom(AUDIO_BYTES)
        began, pictures, sounds, owed = loop.time(), 0, 0, 0.0
        while True:
            now = loop.time() - began
            while sounds < now * 50:
                sounds += 1
                self._send(AUDIO, sounds * 960, sound, last=False)
            while pictures < now * 30:
                pictures += 1
                owed += 5.4
                while owed >= 1:
                    owed -= 1
                    self._send(VIDEO, pictures * 3000, picture, last=owed < 1)
            await asyncio.sleep(0.005)

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        asyncio.get_running_loop().remove_reader(self.socket)
        self.socket.close()
