"""Conversations: channels, direct messages, threads, read marks and drafts. A channel's id is that of its scope."""
