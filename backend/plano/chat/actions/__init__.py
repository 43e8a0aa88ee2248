"""Verbs of conversations: the only place where channels, messages, marks and drafts are written."""

from plano.chat.actions.channels import (
    archive_channel,
    found_general,
    leave_workspace,
    let_in,
    let_out,
    open_channel,
    open_channel_in,
    open_conversation,
    reopen_channel,
    update_channel,
)
from plano.chat.actions.decisions import change_decision, export_decisions, note_decision
from plano.chat.actions.events import say_arrival, say_disabled, say_farewell
from plano.chat.actions.made import keep_made
from plano.chat.actions.messages import edit_message, post_message
from plano.chat.actions.naming import tell_named
from plano.chat.actions.personal import keep_draft, set_level, set_mark
from plano.chat.actions.pins import pin, unpin
from plano.chat.actions.policy import set_policy
from plano.chat.actions.polls import ask, close, vote
from plano.chat.actions.reactions import react, take_back
from plano.chat.actions.reminders import forget_reminder, remind, ring_due
from plano.chat.actions.removal import delete_message
from plano.chat.actions.scheduled import cancel as cancel_scheduled
from plano.chat.actions.scheduled import change as change_scheduled
from plano.chat.actions.scheduled import schedule, send, send_due
from plano.chat.actions.scheduled import send_now as send_scheduled_now
from plano.chat.actions.threads import follow, leave
from plano.chat.actions.wishes import set_wishes

__all__ = [
    "archive_channel",
    "ask",
    "cancel_scheduled",
    "change_decision",
    "change_scheduled",
    "close",
    "delete_message",
    "edit_message",
    "export_decisions",
    "follow",
    "forget_reminder",
    "found_general",
    "keep_draft",
    "keep_made",
    "leave",
    "leave_workspace",
    "let_in",
    "let_out",
    "note_decision",
    "open_channel",
    "open_channel_in",
    "open_conversation",
    "pin",
    "post_message",
    "react",
    "remind",
    "reopen_channel",
    "ring_due",
    "say_arrival",
    "say_disabled",
    "say_farewell",
    "schedule",
    "send",
    "send_due",
    "send_scheduled_now",
    "set_level",
    "set_mark",
    "set_policy",
    "set_wishes",
    "take_back",
    "tell_named",
    "unpin",
    "update_channel",
    "vote",
]
