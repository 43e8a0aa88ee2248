"""Telling people, and what they wish to be told."""

from plano.notifications.actions import push
from plano.notifications.actions.ending import end_mails, what_ends
from plano.notifications.actions.notifications import MAX_RECIPIENTS, mark_read, moved_to_scope, notify, tally
from plano.notifications.actions.preferences import reset_preferences, set_preferences, set_rhythm
from plano.notifications.actions.urgent import count_urgent

__all__ = [
    "MAX_RECIPIENTS",
    "count_urgent",
    "end_mails",
    "mark_read",
    "moved_to_scope",
    "notify",
    "push",
    "reset_preferences",
    "set_preferences",
    "set_rhythm",
    "tally",
    "what_ends",
]
