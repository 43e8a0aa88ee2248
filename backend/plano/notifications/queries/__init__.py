"""Reads of one's own notifications, wishes and hours."""

from plano.notifications.queries.notifications import page_for, visible_to

__all__ = ["page_for", "visible_to"]
