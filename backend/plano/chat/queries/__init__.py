"""Reads of conversations, always for somebody. Pages of messages are JSON made by the database (`statements`)."""

from plano.chat.queries.channels import (
    channel_for,
    channel_for_me,
    channel_out,
    channels_for,
    members_of,
    people_of,
    titled,
)
from plano.chat.queries.decisions import (
    DecisionFilter,
    all_decisions_for,
    decision_changes_for,
    decision_for,
    decision_out,
    decisions_for,
    describe_decisions,
    resolve_decisions,
    search_decisions,
)
from plano.chat.queries.elsewhere import last_messages_for, resolve, resolve_messages, search_names, unread_mentions_for
from plano.chat.queries.files import audience_for, citable, citations_for, files_for
from plano.chat.queries.floors import floor_of, floors_of
from plano.chat.queries.later import reminders_for, scheduled_for, wishes_of
from plano.chat.queries.marks import LISTED, drafts_for, marks_for, unread_for
from plano.chat.queries.messages import message_for, message_out, messages_out, revisions_for
from plano.chat.queries.pages import MAX_PAGE, PAGE, PageWanted, message_page, page_wanted
from plano.chat.queries.policy import rules_for
from plano.chat.queries.reactions import frequent_for, pins_for, reactions_of, vote_of
from plano.chat.queries.threads import followers_of, root_for, thread_for, threads_for

__all__ = [
    "LISTED",
    "MAX_PAGE",
    "PAGE",
    "DecisionFilter",
    "PageWanted",
    "all_decisions_for",
    "audience_for",
    "channel_for",
    "channel_for_me",
    "channel_out",
    "channels_for",
    "citable",
    "citations_for",
    "decision_changes_for",
    "decision_for",
    "decision_out",
    "decisions_for",
    "describe_decisions",
    "drafts_for",
    "files_for",
    "floor_of",
    "floors_of",
    "followers_of",
    "frequent_for",
    "last_messages_for",
    "marks_for",
    "members_of",
    "message_for",
    "message_out",
    "message_page",
    "messages_out",
    "page_wanted",
    "people_of",
    "pins_for",
    "reactions_of",
    "reminders_for",
    "resolve",
    "resolve_decisions",
    "resolve_messages",
    "revisions_for",
    "root_for",
    "rules_for",
    "scheduled_for",
    "search_decisions",
    "search_names",
    "thread_for",
    "threads_for",
    "titled",
    "unread_for",
    "unread_mentions_for",
    "vote_of",
    "wishes_of",
]
