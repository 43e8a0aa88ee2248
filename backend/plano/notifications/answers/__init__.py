"""Answers by mail: a mail to a signed address becomes words of its sender, where they were asked (row T9)."""

from plano.notifications.answers.ports import register
from plano.notifications.answers.receiving import MAX_BYTES, Outcome, receive

__all__ = ["MAX_BYTES", "Outcome", "receive", "register"]
