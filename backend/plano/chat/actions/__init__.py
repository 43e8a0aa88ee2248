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
from plano.chat.actions.messages import delete_message, edit_message, post_message
from plano.chat.actions.naming import tell_named
from plano.chat.actions.personal import keep_draft, set_level, set_mark
from plano.chat.actions.pins import pin, unpin
from plano.chat.actions.policy import set_policy
from plano.chat.actions.polls import ask, close, vote
from plano.chat.actions.reactions import react, take_back
from plano.chat.actions.threads import follow, leave

__all__ = [
    "archive_channel",
    "ask",
    "change_decision",
    "close",
    "delete_message",
    "edit_message",
    "export_decisions",
    "follow",
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
    "reopen_channel",
    "say_arrival",
    "say_disabled",
    "say_farewell",
    "set_level",
    "set_mark",
    "set_policy",
    "take_back",
    "tell_named",
    "unpin",
    "update_channel",
    "vote",
]
