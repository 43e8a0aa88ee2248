"""Background entry points of notifications, by theme."""

from plano.notifications.jobs import push

__all__ = ["push"]
