"""Threads that I follow."""

from uuid import UUID

from plano.chat.models import Message
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

    @classmethod
    def at(
        cls, root: Message, *, following: bool, seq: int = 0, unread: int = 0, last_seq: int = 0, version: int = 0
    ) -> "ThreadOut":
        return cls(
            id=root.id,
            channel_id=root.channel_id,
            workspace_id=root.channel.workspace_id,
            following=following,
            seq=seq,
            unread=unread,
            last_seq=last_seq,
            version=version,
        )


class ThreadForMe(ThreadOut):
    """A thread that I follow, with the message that opened it."""

    root: MessageOut
