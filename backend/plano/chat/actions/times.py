"""Times that people choose."""

from datetime import datetime, timedelta

from plano.kernel.clock import now
from plano.kernel.errors import Invalid

FARTHEST = timedelta(days=366)


def require_future(at: datetime) -> None:
    """Not over, and within a year."""
    if at <= now():
        raise Invalid("time_is_past", errors={"at": "time_is_past"})
    if at > now() + FARTHEST:
        raise Invalid("time_is_too_far", errors={"at": "time_is_too_far"})
