"""Sealing a message for one browser: aes128gcm (RFC 8188) with the keys of Web Push (RFC 8291)."""

import base64
import binascii
import os
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096
PADDED = 256
"""Every message has this length before it is sealed: its size tells nothing."""
_END = b"\x02"


class BadSubscription(ValueError):
    """No point of the curve, or no secret: nobody could open what is sealed with it."""


def encoded(content: bytes) -> str:
    """Base64 for addresses, as all of Web Push writes it."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def decoded(text: str) -> bytes:
    """Raises BadSubscription."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadSubscription("not base64") from None


def raw(key: ec.EllipticCurvePublicKey) -> bytes:
    """The uncompressed point, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def browser_key(p256dh: str) -> ec.EllipticCurvePublicKey:
    """The key that a browser gave. Raises BadSubscription."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(p256dh))
    except ValueError:
        raise BadSubscription("no point") from None


def browser_secret(auth: str) -> bytes:
    """The sixteen bytes that a browser gave. Raises BadSubscription."""
    secret = decoded(auth)
    if len(secret) != 16:
        raise BadSubscription("no secret")
    return secret


def check(*, p256dh: str, auth: str) -> None:
    """Raises BadSubscription when nobody could open what is sealed with these."""
    browser_key(p256dh)
    browser_secret(auth)


def sealed(
    content: bytes,
    *,
    p256dh: str,
    auth: str,
    padded: int = PADDED,
    private: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """What only that browser opens. `private` and `salt` are new each time; the RFC's example gives its own."""
    theirs, secret = browser_key(p256dh), browser_secret(auth)
    private = private or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    ours = raw(private.public_key())
    shared = private.exchange(ec.ECDH(), theirs)
    start = _derived(shared, secret, b"WebPush: info\x00" + raw(theirs) + ours, 32)
    key = _derived(start, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(start, salt, b"Content-Encoding: nonce\x00", 12)
    record = content + _END + b"\x00" * max(0, padded - len(content))
    header = salt + struct.pack(">IB", RECORD, len(ours)) + ours
    return header + AESGCM(key).encrypt(nonce, record, None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
