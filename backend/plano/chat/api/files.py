"""Files of conversations."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.chat import queries
from plano.chat.actions import files as actions
from plano.chat.schemas.files import AudienceIn, CitationOut, FileAudienceOut, FileRowOut, FilesFolderOut
from plano.kernel.http import actor, policy
from plano.kernel.schemas import Page

router = Router(tags=["chat"])


@router.put("/channels/{uuid:channel_id}/folder", response=FilesFolderOut, openapi_extra=policy("chat.reply"))
def open_folder(request: HttpRequest, channel_id: UUID) -> FilesFolderOut:
    """The library's folder for the files of this conversation, made if need be: uploads name it as their place."""
    folder = actions.open_folder(actor=actor(request), channel_id=channel_id)
    return FilesFolderOut(id=folder.id, workspace_id=folder.workspace_id)


@router.get("/channels/{uuid:channel_id}/files", response=Page[FileRowOut], openapi_extra=policy("chat.read"))
def list_files(request: HttpRequest, channel_id: UUID, cursor: str | None = None) -> Page[FileRowOut]:
    """The documents that its messages carry, the latest first, of those that I see."""
    return queries.files_for(actor(request), channel_id, cursor=cursor)


@router.post(
    "/channels/{uuid:channel_id}/files/audience", response=Page[FileAudienceOut], openapi_extra=policy("chat.read")
)
def count_unseen(request: HttpRequest, channel_id: UUID, payload: AudienceIn) -> Page[FileAudienceOut]:
    """Before documents of the library are sent: how many readers of the conversation do not see each of them."""
    return Page(items=queries.audience_for(actor(request), channel_id, payload.files))


@router.delete(
    "/channels/{uuid:channel_id}/files/{uuid:node_id}", response={204: None}, openapi_extra=policy("chat.read")
)
def take_back(request: HttpRequest, channel_id: UUID, node_id: UUID) -> Status[None]:
    """What I put here and did not send goes to the bin; anything else stays as it is."""
    actions.take_back(actor=actor(request), channel_id=channel_id, node_id=node_id)
    return Status(204, None)


@router.get("/nodes/{uuid:node_id}/citations", response=Page[CitationOut], openapi_extra=policy("documents.read"))
def list_citations(request: HttpRequest, node_id: UUID) -> Page[CitationOut]:
    """The messages that carry this document, of those that I may read."""
    return Page(items=queries.citations_for(actor(request), node_id))
