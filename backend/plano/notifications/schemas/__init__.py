"""What crosses the wire about notifications, by theme."""

from plano.notifications.schemas.notifications import (
    KIND_NAMES,
    KindName,
    NotificationOut,
    NotificationPage,
    ReadIn,
)
from plano.notifications.schemas.preferences import (
    CadenceName,
    EndOut,
    GroupName,
    PlaceWishesIn,
    PlaceWishesOut,
    PreferencesIn,
    PreferencesOut,
    WishIn,
    WishOut,
)
from plano.notifications.schemas.push import PushDeviceIn, PushDeviceOut, PushOut, PushTrialOut
from plano.notifications.schemas.rhythm import (
    AvailabilityOut,
    HolidayOut,
    RhythmIn,
    RhythmOut,
    TerritoryName,
    UrgentFromOut,
    UrgentsOut,
)

__all__ = [
    "KIND_NAMES",
    "AvailabilityOut",
    "CadenceName",
    "EndOut",
    "GroupName",
    "HolidayOut",
    "KindName",
    "NotificationOut",
    "NotificationPage",
    "PlaceWishesIn",
    "PlaceWishesOut",
    "PreferencesIn",
    "PreferencesOut",
    "PushDeviceIn",
    "PushDeviceOut",
    "PushOut",
    "PushTrialOut",
    "ReadIn",
    "RhythmIn",
    "RhythmOut",
    "TerritoryName",
    "UrgentFromOut",
    "UrgentsOut",
    "WishIn",
    "WishOut",
]
