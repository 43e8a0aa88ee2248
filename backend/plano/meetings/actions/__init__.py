"""Verbs of meetings: the only place where meetings, participations and grants are written."""

from plano.meetings.actions.meetings import close_empty, end_meeting, open_meeting, rename_meeting, start_meeting
from plano.meetings.actions.moderation import mute_participant, remove_participant
from plano.meetings.actions.presence import (
    GRANT_SECONDS,
    enter,
    keep_alive,
    leave,
    leave_meeting,
    leave_workspace,
    take_grant,
)

__all__ = [
    "GRANT_SECONDS",
    "close_empty",
    "end_meeting",
    "enter",
    "keep_alive",
    "leave",
    "leave_meeting",
    "leave_workspace",
    "mute_participant",
    "open_meeting",
    "remove_participant",
    "rename_meeting",
    "start_meeting",
    "take_grant",
]
