"""What crosses the wire about notifications, by theme."""

from plano.notifications.schemas.notifications import (
    KIND_NAMES,
    KindName,
    NotificationOut,
    NotificationPage,
    ReadIn,
)

__all__ = ["KIND_NAMES", "KindName", "NotificationOut", "NotificationPage", "ReadIn"]
