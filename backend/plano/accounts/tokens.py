"""Secrets that Plano makes: at least 128 random bits, kept as SHA-256 only (a guess is hopeless, so no salt)."""

import base64
import hashlib
import secrets


def new_token() -> str:
    """256 random bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_application_password() -> str:
    """160 random bits in letters that can be typed: eight groups of four."""
    text = base64.b32encode(secrets.token_bytes(20)).decode().lower()
    return "-".join(text[i : i + 4] for i in range(0, 32, 4))


def application_password_hash(typed: str) -> str:
    """Hyphens, spaces and capitals do not matter when it is typed again."""
    return token_hash("".join(typed.split()).replace("-", "").lower())
