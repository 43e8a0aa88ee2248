"""The rules of a workspace's conversations."""

from uuid import UUID

from plano.accounts.models import User
from plano.chat import policies
from plano.chat.live import POLICY
from plano.chat.models import ChatPolicy
from plano.chat.schemas import ChatPolicyOut
from plano.platform import audit
from plano.platform.live import unit_of_work
from plano.workspaces.models import Membership, Role, Workspace

MOST_GUESTS_TOLD = 90


def set_policy(*, actor: User, workspace_id: UUID, **changes: bool | int | str | None) -> ChatPolicy:
    """Change the rules that are given; each change is in the audit log with what it was before."""
    policies.require_rules(actor, workspace_id)
    with unit_of_work() as emit:
        Workspace.objects.select_for_update().get(id=workspace_id)
        rules = policies.rules_of(workspace_id)
        changed = {
            name: value for name, value in changes.items() if value is not None and getattr(rules, name) != value
        }
        if not changed:
            return rules
        audit.record(
            actor=actor,
            action="workspace.chat_policy_changed",
            object_kind="workspace",
            object_id=workspace_id,
            workspace_id=workspace_id,
            details={name: f"{getattr(rules, name)} → {value}" for name, value in changed.items()},
        )
        for name, value in changed.items():
            setattr(rules, name, value)
        if not rules._state.adding:
            rules.touch()
        rules.save()
        data = ChatPolicyOut.from_model(rules)
        emit.changed(POLICY, scope=workspace_id, data=data)
        guests = Membership.objects.filter(workspace_id=workspace_id, role=Role.GUEST).values_list("user_id", flat=True)
        for user_id in guests[:MOST_GUESTS_TOLD]:  # a guest is not in the workspace's own scope
            emit.changed(POLICY, scope=user_id, data=data)
    return rules
