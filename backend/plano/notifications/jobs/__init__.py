"""Background entry points of notifications, by theme."""

from plano.notifications.jobs import delivering, push

__all__ = ["delivering", "push"]
