"""The rules of a workspace's conversations."""

from uuid import UUID

from plano.accounts.models import User
from plano.chat import policies
from plano.chat.schemas import ChatPolicyOut
from plano.workspaces import policies as access
from plano.workspaces.models import Room


def rules_for(actor: User, workspace_id: UUID) -> ChatPolicyOut:
    """What holds in a workspace of this person, guests included."""
    access.require_room(access.membership_of(actor, workspace_id).workspace, Room.CHAT)
    return ChatPolicyOut.from_model(policies.rules_of(workspace_id))
