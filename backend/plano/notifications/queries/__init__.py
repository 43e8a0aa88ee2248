"""Reads of one's own notifications, wishes and hours."""

from plano.notifications.queries.notifications import one_for, page_for, unread_count, visible_to
from plano.notifications.queries.preferences import GROUP_OF, PROPOSED, Wish, preferences_of, wishes_of
from plano.notifications.queries.push import devices_of
from plano.notifications.queries.rhythm import (
    URGENT_A_DAY,
    availabilities,
    availability_of,
    hours_of,
    house_rhythm,
    next_moment,
    rhythm_of,
    rhythm_out,
    rhythms_of,
    urgents_of,
)

__all__ = [
    "GROUP_OF",
    "PROPOSED",
    "URGENT_A_DAY",
    "Wish",
    "availabilities",
    "availability_of",
    "devices_of",
    "hours_of",
    "house_rhythm",
    "next_moment",
    "one_for",
    "page_for",
    "preferences_of",
    "rhythm_of",
    "rhythm_out",
    "rhythms_of",
    "unread_count",
    "urgents_of",
    "visible_to",
    "wishes_of",
]
