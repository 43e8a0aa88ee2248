"""Threads that I follow."""

from uuid import UUID

from plano.chat.schemas.messages import MessageOut
from plano.kernel.schemas import Out


class ThreadOut(Out):
    """My place in a thread (`id` is its first message). Travels in my own scope.

    `unread` counts others' answers after `seq`, at most 100; `last_seq` is the newest answer that it knew of.
    """

    id: UUID
    channel_id: UUID
    workspace_id: UUID
    following: bool
    seq: int
    unread: int
    last_seq: int
    version: int


class ThreadForMe(ThreadOut):
    """A thread that I follow, with the message that opened it."""

    root: MessageOut
