"""Verbs of workspaces and access: the only place where memberships, roles and scopes are written."""

from plano.workspaces.actions.invitations import (
    accept_invitation,
    invite,
    resend_invitation,
    revoke_invitation,
)
from plano.workspaces.actions.members import add_member, change_role, join, remove_member
from plano.workspaces.actions.opening import (
    archive_workspace,
    open_workspace,
    reopen_workspace,
    update_workspace,
)
from plano.workspaces.actions.scopes import (
    carry_scope,
    create_scope,
    emit_scopes,
    grant_scope,
    revoke_scope,
    set_scope_open,
)

__all__ = [
    "accept_invitation",
    "add_member",
    "archive_workspace",
    "carry_scope",
    "change_role",
    "create_scope",
    "emit_scopes",
    "grant_scope",
    "invite",
    "join",
    "open_workspace",
    "remove_member",
    "reopen_workspace",
    "resend_invitation",
    "revoke_invitation",
    "revoke_scope",
    "set_scope_open",
    "update_workspace",
]
