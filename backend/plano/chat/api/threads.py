"""Threads that I follow."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.chat import actions, queries
from plano.chat.schemas import ThreadForMe, ThreadOut
from plano.kernel.http import actor, policy
from plano.kernel.schemas import Page

router = Router(tags=["chat"])


@router.get(
    "/workspaces/{uuid:workspace_id}/threads", response=Page[ThreadForMe], openapi_extra=policy("workspace.see")
)
def list_threads(request: HttpRequest, workspace_id: UUID) -> Page[ThreadForMe]:
    """The threads that I follow here, the latest answers first."""
    return Page(items=queries.threads_for(actor(request), workspace_id))


@router.get("/messages/{uuid:message_id}/follow", response=ThreadOut, openapi_extra=policy("chat.read"))
def get_follow(request: HttpRequest, message_id: UUID) -> ThreadOut:
    """My place in the thread that this message opens."""
    return queries.thread_for(actor(request), message_id)


@router.put("/messages/{uuid:message_id}/follow", response=ThreadOut, openapi_extra=policy("chat.read"))
def follow_thread(request: HttpRequest, message_id: UUID) -> ThreadOut:
    """Hear of its answers. Followed already: nothing changes."""
    return actions.follow(actor=actor(request), root_id=message_id)


@router.delete("/messages/{uuid:message_id}/follow", response=ThreadOut, openapi_extra=policy("chat.read"))
def leave_thread(request: HttpRequest, message_id: UUID) -> ThreadOut:
    """Hear of its answers no more, until I answer there again."""
    return actions.leave(actor=actor(request), root_id=message_id)
