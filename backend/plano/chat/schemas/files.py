"""Files of conversations. Only ids travel: what a file is called is asked of the library, with the reader's right."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from plano.chat.models import MessageFile
from plano.kernel.schemas import In, Instant, Out

MAX_FILES = 20
FileIds = Annotated[list[UUID], Field(max_length=MAX_FILES)]


class FilesFolderOut(Out):
    """Where the files of a conversation lie in the library; its people are the conversation's."""

    id: UUID
    workspace_id: UUID


class AudienceIn(In):
    files: Annotated[list[UUID], Field(min_length=1, max_length=MAX_FILES)]


class FileAudienceOut(Out):
    """How many of those who read the conversation do not see this document where it lies."""

    node_id: UUID
    unseen: int


class FileRowOut(Out):
    """A document that a message carries. The document itself is asked of the library."""

    node_id: UUID
    message_id: UUID
    channel_id: UUID
    thread_id: UUID | None
    author_id: UUID
    author_name: str
    seq: int
    at: Instant

    @classmethod
    def from_model(cls, row: MessageFile) -> "FileRowOut":
        message = row.message
        return cls(
            node_id=row.node_id,
            message_id=row.message_id,
            channel_id=row.channel_id,
            thread_id=message.thread_id,
            author_id=message.author_id,
            author_name=message.author.name,
            seq=row.seq,
            at=message.created_at,
        )


class CitationOut(FileRowOut):
    """Where a document was cited, with the name that the reader has for the conversation."""

    workspace_id: UUID
    channel_name: str
