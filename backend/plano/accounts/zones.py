"""Time zones by IANA name."""

from functools import cache
from zoneinfo import available_timezones


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def known_zone(name: str) -> str:
    """The name itself, when such a zone exists."""
    if name not in _zones():
        raise ValueError("unknown time zone")
    return name
