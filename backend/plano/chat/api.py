"""JSON face of conversations. The page of messages and the sending of one answer with bytes made by the database."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.chat import actions, queries
from plano.chat.schemas import (
    ChannelForMe,
    ChannelIn,
    ChannelMemberIn,
    ChannelMemberOut,
    ChannelPatch,
    ConversationIn,
    DraftIn,
    DraftOut,
    LevelIn,
    MarkIn,
    MarkOut,
    MessageIn,
    MessageOut,
    MessagePage,
    MessagePatch,
    RevisionOut,
)
from plano.kernel.http import actor, creation_id, etag, if_match, policy, straight
from plano.kernel.schemas import Page

router = Router(tags=["chat"])


@router.get(
    "/workspaces/{uuid:workspace_id}/channels", response=Page[ChannelForMe], openapi_extra=policy("workspace.see")
)
def list_channels(request: HttpRequest, workspace_id: UUID) -> Page[ChannelForMe]:
    """The channels and conversations that I see, with my place in each."""
    return Page(items=queries.channels_for(actor(request), workspace_id))


@router.post(
    "/workspaces/{uuid:workspace_id}/channels",
    response={201: ChannelForMe},
    openapi_extra=policy("workspace.write"),
)
def open_channel(request: HttpRequest, workspace_id: UUID, payload: ChannelIn) -> Status[ChannelForMe]:
    """Open a channel, to all of the workspace or to some."""
    values = payload.model_dump(exclude={"id"})
    id = creation_id(request, payload.id)
    channel = actions.open_channel(actor=actor(request), workspace_id=workspace_id, id=id, **values)
    return Status(201, queries.channel_for_me(actor(request), channel.id))


@router.post(
    "/workspaces/{uuid:workspace_id}/conversations",
    response={201: ChannelForMe},
    openapi_extra=policy("workspace.see"),
)
def open_conversation(request: HttpRequest, workspace_id: UUID, payload: ConversationIn) -> Status[ChannelForMe]:
    """Write to one person of the workspace. The same two people always have the same conversation."""
    id = creation_id(request, payload.id)
    channel = actions.open_conversation(actor=actor(request), workspace_id=workspace_id, id=id, user_id=payload.user_id)
    return Status(201, queries.channel_for_me(actor(request), channel.id))


@router.get("/channels/{uuid:channel_id}", response=ChannelForMe, openapi_extra=policy("chat.read"))
def get_channel(request: HttpRequest, channel_id: UUID) -> ChannelForMe:
    return queries.channel_for_me(actor(request), channel_id)


@router.patch("/channels/{uuid:channel_id}", response=ChannelForMe, openapi_extra=policy("chat.manage"))
def update_channel(request: HttpRequest, channel_id: UUID, payload: ChannelPatch) -> ChannelForMe:
    """Change the fields that are given."""
    changed = payload.model_dump(exclude_unset=True)
    actions.update_channel(actor=actor(request), channel_id=channel_id, **changed)
    return queries.channel_for_me(actor(request), channel_id)


@router.post("/channels/{uuid:channel_id}/archive", response=ChannelForMe, openapi_extra=policy("chat.manage"))
def archive_channel(request: HttpRequest, channel_id: UUID) -> ChannelForMe:
    """Make it read-only."""
    actions.archive_channel(actor=actor(request), channel_id=channel_id)
    return queries.channel_for_me(actor(request), channel_id)


@router.post("/channels/{uuid:channel_id}/reopen", response=ChannelForMe, openapi_extra=policy("chat.manage"))
def reopen_channel(request: HttpRequest, channel_id: UUID) -> ChannelForMe:
    actions.reopen_channel(actor=actor(request), channel_id=channel_id)
    return queries.channel_for_me(actor(request), channel_id)


@router.get("/channels/{uuid:channel_id}/members", response=Page[ChannelMemberOut], openapi_extra=policy("chat.read"))
def list_channel_members(request: HttpRequest, channel_id: UUID) -> Page[ChannelMemberOut]:
    """Everybody who reads the channel."""
    return Page(items=queries.members_of(actor(request), channel_id))


@router.post(
    "/channels/{uuid:channel_id}/members",
    response={201: Page[ChannelMemberOut]},
    openapi_extra=policy("chat.manage"),
)
def let_in(request: HttpRequest, channel_id: UUID, payload: ChannelMemberIn) -> Status[Page[ChannelMemberOut]]:
    """Let a member or a guest of the workspace in; they will see all that was said. Sent again: nothing changes."""
    actions.let_in(actor=actor(request), channel_id=channel_id, user_id=payload.user_id)
    return Status(201, Page(items=queries.members_of(actor(request), channel_id)))


@router.delete(
    "/channels/{uuid:channel_id}/members/{uuid:user_id}",
    response={204: None},
    openapi_extra=policy("chat.manage_or_leave"),
)
def let_out(request: HttpRequest, channel_id: UUID, user_id: UUID) -> Status[None]:
    """Take back an entry given by name, or leave (one's own id)."""
    actions.let_out(actor=actor(request), channel_id=channel_id, user_id=user_id)
    return Status(204, None)


@router.get("/channels/{uuid:channel_id}/messages", response=MessagePage, openapi_extra=policy("chat.read"))
@straight
def list_messages(
    request: HttpRequest,
    channel_id: UUID,
    before: str | None = None,
    after: str | None = None,
    around: str | None = None,
    cursor: str | None = None,
    thread_id: UUID | None = None,
    limit: int = queries.PAGE,
) -> HttpResponse:
    """A page of messages, newest first; `cursor` is `before`. `after` answers oldest first; `around` a message."""
    wanted = queries.page_wanted(
        channel_id, before=before or cursor, after=after, around=around, thread_id=thread_id, limit=limit
    )
    return _json(queries.message_page(actor(request), channel_id, wanted))


@router.post(
    "/channels/{uuid:channel_id}/messages",
    response={201: MessageOut, 200: MessageOut},
    openapi_extra=policy("chat.post"),
)
@straight
def post_message(request: HttpRequest, channel_id: UUID, payload: MessageIn) -> HttpResponse:
    """Say something. With the same id or `Idempotency-Key` again: 200 and the same message."""
    posted = actions.post_message(
        actor=actor(request),
        channel_id=channel_id,
        id=creation_id(request, payload.id),
        text=payload.text,
        thread_id=payload.thread_id,
        mentions=payload.mentions,
    )
    return _json(posted.body, 201 if posted.created else 200)


@router.get("/messages/{uuid:message_id}", response=MessageOut, openapi_extra=policy("chat.read"))
def get_message(request: HttpRequest, message_id: UUID, response: HttpResponse) -> MessageOut:
    return _tagged(response, queries.message_out(queries.message_for(actor(request), message_id)))


@router.patch("/messages/{uuid:message_id}", response=MessageOut, openapi_extra=policy("chat.edit_own"))
def edit_message(request: HttpRequest, message_id: UUID, payload: MessagePatch, response: HttpResponse) -> MessageOut:
    """Change one's own words. With `If-Match`, 412 when another tab did it first."""
    message = actions.edit_message(
        actor=actor(request),
        message_id=message_id,
        text=payload.text,
        mentions=payload.mentions,
        version=if_match(request),
    )
    return _tagged(response, queries.message_out(message))


@router.delete("/messages/{uuid:message_id}", response=MessageOut, openapi_extra=policy("chat.delete"))
def delete_message(request: HttpRequest, message_id: UUID) -> MessageOut:
    """Take the words away; the trace that stays is the answer."""
    return queries.message_out(actions.delete_message(actor=actor(request), message_id=message_id))


@router.get("/messages/{uuid:message_id}/revisions", response=Page[RevisionOut], openapi_extra=policy("chat.read"))
def list_revisions(request: HttpRequest, message_id: UUID) -> Page[RevisionOut]:
    """What the message said before."""
    return Page(items=queries.revisions_for(actor(request), message_id))


@router.put("/channels/{uuid:channel_id}/mark", response=MarkOut, openapi_extra=policy("chat.read"))
def set_mark(request: HttpRequest, channel_id: UUID, payload: MarkIn) -> MarkOut:
    """I have read up to here."""
    return actions.set_mark(actor=actor(request), channel_id=channel_id, **payload.model_dump())


@router.put("/channels/{uuid:channel_id}/level", response=MarkOut, openapi_extra=policy("chat.read"))
def set_level(request: HttpRequest, channel_id: UUID, payload: LevelIn) -> MarkOut:
    """What of this channel disturbs me."""
    return actions.set_level(actor=actor(request), channel_id=channel_id, level=payload.level)


@router.put("/channels/{uuid:channel_id}/draft", response={200: DraftOut, 204: None}, openapi_extra=policy("chat.post"))
def keep_draft(request: HttpRequest, channel_id: UUID, payload: DraftIn) -> Status[Any]:
    """Keep what I have begun; an empty text forgets it."""
    draft = actions.keep_draft(actor=actor(request), channel_id=channel_id, **payload.model_dump())
    return Status(204, None) if draft is None else Status(200, draft)


@router.delete("/channels/{uuid:channel_id}/draft", response={204: None}, openapi_extra=policy("chat.read"))
def forget_draft(request: HttpRequest, channel_id: UUID, thread_id: UUID | None = None) -> Status[None]:
    actions.keep_draft(actor=actor(request), channel_id=channel_id, text="", thread_id=thread_id)
    return Status(204, None)


@router.get("/drafts", response=Page[DraftOut], openapi_extra=policy("own"))
def list_drafts(request: HttpRequest) -> Page[DraftOut]:
    """What I have begun and not sent, everywhere."""
    return Page(items=queries.drafts_for(actor(request)))


@router.get("/unread", response=Page[MarkOut], openapi_extra=policy("own"))
def list_unread(request: HttpRequest) -> Page[MarkOut]:
    """How far I have read in each channel of each workspace, and what is new there."""
    return Page(items=queries.unread_for(actor(request)))


def _json(body: bytes, status: int = 200) -> HttpResponse:
    return HttpResponse(body, status=status, content_type="application/json")


def _tagged(response: HttpResponse, message: MessageOut) -> MessageOut:
    response["ETag"] = etag(message.version)
    return message
