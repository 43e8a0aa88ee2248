"""Verbs of the calendar: the only place where events are written."""

from plano.calendar.actions.answering import answer_event
from plano.calendar.actions.events import create_event, delete_event, restore_event, update_event
from plano.calendar.actions.meeting import open_event_meeting
from plano.calendar.actions.occurrences import cancel_occurrence, restore_occurrence, update_occurrence

__all__ = [
    "answer_event",
    "cancel_occurrence",
    "create_event",
    "delete_event",
    "open_event_meeting",
    "restore_event",
    "restore_occurrence",
    "update_event",
    "update_occurrence",
]
