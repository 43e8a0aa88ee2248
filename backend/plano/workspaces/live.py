"""What travels about workspaces."""

from plano.platform.live import Kind
from plano.workspaces.schemas import InvitationOut, MemberOut, ScopesOut, WorkspaceMine, WorkspaceOut

WORKSPACE = Kind("workspaces.workspace", WorkspaceOut)
MINE = Kind("workspaces.mine", WorkspaceMine)
MEMBER = Kind("workspaces.member", MemberOut)
INVITATION = Kind("workspaces.invitation", InvitationOut)
SCOPES = Kind("live.scopes", ScopesOut)
