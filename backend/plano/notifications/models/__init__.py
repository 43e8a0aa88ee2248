"""Tables of what people are told, how they wish to be told, and when."""

from plano.notifications.models.notifications import Notification, NotificationKind

__all__ = ["Notification", "NotificationKind"]
