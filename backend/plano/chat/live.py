"""What travels: messages and channels in the channel's scope, marks and drafts in the person's own."""

from plano.chat.schemas import (
    ChannelOut,
    ChatPolicyOut,
    ChatWishesOut,
    DraftOut,
    MarkOut,
    MessageOut,
    ReminderOut,
    ScheduledOut,
    ThreadOut,
    TouchedOut,
)
from plano.chat.schemas.decisions import DecisionOut, DecisionTouched
from plano.platform.live import Kind

CHANNEL = Kind("chat.channel", ChannelOut)
MESSAGE = Kind("chat.message", MessageOut)
TOUCHED = Kind("chat.touched", TouchedOut)
DECISION = Kind("chat.decision", DecisionOut)
DECISION_TOUCHED = Kind("chat.decision_touched", DecisionTouched)
THREAD = Kind("chat.thread", ThreadOut)
MARK = Kind("chat.mark", MarkOut)
DRAFT = Kind("chat.draft", DraftOut)
POLICY = Kind("chat.policy", ChatPolicyOut)
SCHEDULED = Kind("chat.scheduled", ScheduledOut)
REMINDER = Kind("chat.reminder", ReminderOut)
WISHES = Kind("chat.wishes", ChatWishesOut)
