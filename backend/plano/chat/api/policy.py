"""The rules of a workspace's conversations."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.chat import actions, queries
from plano.chat.schemas import ChatPolicyOut, ChatPolicyPatch
from plano.kernel.http import actor, policy

router = Router(tags=["chat"])


@router.get(
    "/workspaces/{uuid:workspace_id}/chat-policy", response=ChatPolicyOut, openapi_extra=policy("workspace.see")
)
def get_chat_policy(request: HttpRequest, workspace_id: UUID) -> ChatPolicyOut:
    """What is decided here about edits, deletions, pins and what may leave."""
    return queries.rules_for(actor(request), workspace_id)


@router.patch(
    "/workspaces/{uuid:workspace_id}/chat-policy", response=ChatPolicyOut, openapi_extra=policy("workspace.manage")
)
def update_chat_policy(request: HttpRequest, workspace_id: UUID, payload: ChatPolicyPatch) -> ChatPolicyOut:
    """Change the rules that are given; they hold at once, for what was already written too."""
    changed = payload.model_dump(exclude_unset=True)
    return ChatPolicyOut.from_model(actions.set_policy(actor=actor(request), workspace_id=workspace_id, **changed))
