"""Who sends: a key of this installation, and the word signed with it that push services ask for (RFC 8292)."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from plano.platform.webpush.sealing import CURVE, encoded, raw

LIFETIME = timedelta(hours=12)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def key_from(secret: str) -> ec.EllipticCurvePrivateKey:
    """The key pair that a secret text stands for, always the same one."""
    made = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"plano push key 1").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(made) % (_ORDER - 1) + 1, CURVE)


def authorization(key: ec.EllipticCurvePrivateKey, *, endpoint: str, contact: str, at: datetime) -> str:
    """The header for one push service: it names only that service, and is worth twelve hours."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + LIFETIME).timestamp()),
        "sub": contact,
    }
    signed = ".".join(_part(part) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(signed.encode("ascii"), ec.ECDSA(SHA256())))
    token = f"{signed}.{encoded(r.to_bytes(32) + s.to_bytes(32))}"
    return f"vapid t={token}, k={encoded(raw(key.public_key()))}"


def _part(claims: Mapping[str, object]) -> str:
    return encoded(json.dumps(claims, separators=(",", ":")).encode())
