"""Tables of what people are told, how they wish to be told, and when."""

from plano.notifications.models.deliveries import Delivery, Way
from plano.notifications.models.notifications import Notification, NotificationKind
from plano.notifications.models.preferences import Cadence, Group, Preference
from plano.notifications.models.push import PushDevice
from plano.notifications.models.rhythm import Rhythm, Territory, Urgent

__all__ = [
    "Cadence",
    "Delivery",
    "Group",
    "Notification",
    "NotificationKind",
    "Preference",
    "PushDevice",
    "Rhythm",
    "Territory",
    "Urgent",
    "Way",
]
