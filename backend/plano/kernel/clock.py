"""The one source of time. Always aware and in UTC."""

from datetime import UTC, datetime


def now() -> datetime:
    """The current instant; tests freeze it by patching this function's module."""
    return datetime.now(UTC)
