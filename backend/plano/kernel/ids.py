"""Identifiers: UUIDv7 (RFC 9562), made by whoever creates the thing."""

import hashlib
import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, then 74 random bits (R-03 asks for at least 64)."""
    value = (time.time_ns() // 1_000_000) << 80
    value |= 7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def derived_id(*parts: str) -> uuid.UUID:
    """The same parts always give the same UUIDv8 (RFC 9562), so that a retried request names the same thing."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()[:16]
    value = int.from_bytes(digest, "big")
    value &= ~(0xF << 76) & ~(0b11 << 62)
    return uuid.UUID(int=value | 8 << 76 | 0b10 << 62)
