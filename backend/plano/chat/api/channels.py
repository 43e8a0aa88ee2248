"""Channels, conversations and their people."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.chat import actions, queries
from plano.chat.schemas import (
    ChannelForMe,
    ChannelIn,
    ChannelMemberIn,
    ChannelMemberOut,
    ChannelPatch,
    ConversationIn,
)
from plano.kernel.http import actor, creation_id, policy
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
    """Write to one person of the workspace, or to several. The same people always have the same conversation."""
    id = creation_id(request, payload.id)
    channel = actions.open_conversation(
        actor=actor(request), workspace_id=workspace_id, id=id, user_id=payload.user_id, user_ids=payload.user_ids
    )
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
    """Let a member or a guest of the workspace in, with as much of the past as `history` says. Again: no change."""
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
