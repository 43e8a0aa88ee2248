"""Telling people, and what they wish to be told."""

from plano.notifications.actions.notifications import MAX_RECIPIENTS, mark_read, moved_to_scope, notify, tally

__all__ = ["MAX_RECIPIENTS", "mark_read", "moved_to_scope", "notify", "tally"]
