"""Notifications travel in the person's own scope."""

from plano.notifications.schemas import NotificationOut
from plano.platform.live import Kind

NOTIFICATION = Kind("notifications.notification", NotificationOut)
