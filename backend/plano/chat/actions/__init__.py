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
from plano.chat.actions.events import say_arrival, say_disabled, say_farewell
from plano.chat.actions.messages import delete_message, edit_message, post_message
from plano.chat.actions.naming import tell_named
from plano.chat.actions.personal import keep_draft, set_level, set_mark
from plano.chat.actions.pins import pin, unpin
from plano.chat.actions.polls import ask, close, vote
from plano.chat.actions.reactions import react, take_back
from plano.chat.actions.threads import follow, leave

__all__ = [
    "archive_channel",
    "ask",
    "close",
    "delete_message",
    "edit_message",
    "follow",
    "found_general",
    "keep_draft",
    "leave",
    "leave_workspace",
    "let_in",
    "let_out",
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
    "take_back",
    "tell_named",
    "unpin",
    "update_channel",
    "vote",
]
