"""What crosses the wire about workspaces and access."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import EmailStr, Field

from plano.accounts.schemas import LanguageCode, PersonOut, Zone
from plano.kernel.schemas import In, Instant, Line, Out, Prose
from plano.workspaces.models import Invitation, Membership, Role, Workspace

RoleName = Literal["guest", "reader", "member", "manager"]
RoomName = Literal["documents", "chat", "meetings", "calendar", "tasks"]
Name = Annotated[Line, Field(min_length=1, max_length=120)]
Color = Annotated[int, Field(ge=1, le=8)]


def role_name(role: int) -> RoleName:
    """The word of a role on the wire."""
    names: dict[int, RoleName] = {
        Role.GUEST: "guest",
        Role.READER: "reader",
        Role.MEMBER: "member",
        Role.MANAGER: "manager",
    }
    return names[role]


def role_of(name: RoleName) -> Role:
    """The role with this word."""
    return Role[name.upper()]


class WorkspaceIn(In):
    id: UUID | None = None
    name: Name
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)] | None = None
    description: Annotated[Prose, Field(max_length=2000)] = ""
    color: Color = 1
    rooms: list[RoomName] = ["documents", "chat", "meetings", "calendar", "tasks"]


class WorkspacePatch(In):
    name: Name | None = None
    description: Annotated[Prose, Field(max_length=2000)] | None = None
    color: Color | None = None
    rooms: list[RoomName] | None = None


class WorkspaceOut(Out):
    """A workspace, the same for all who see it."""

    id: UUID
    slug: str
    name: str
    description: str
    color: int
    rooms: list[RoomName]
    archived_at: Instant | None
    created_at: Instant
    version: int

    @classmethod
    def from_model(cls, workspace: Workspace) -> "WorkspaceOut":
        return cls.model_validate({name: getattr(workspace, name) for name in cls.model_fields})


class WorkspaceAbilities(Out):
    """What this person may do with the workspace itself."""

    edit: bool
    archive: bool
    invite: bool
    manage_members: bool
    write: bool
    leave: bool


class WorkspaceMine(Out):
    """My place in a workspace: travels in my own scope."""

    workspace_id: UUID
    role: RoleName
    abilities: WorkspaceAbilities


class WorkspaceForMe(WorkspaceOut):
    """A workspace with my place in it."""

    mine: WorkspaceMine


class MemberOut(Out):
    id: UUID
    workspace_id: UUID
    person: PersonOut
    role: RoleName
    joined_at: Instant
    version: int

    @classmethod
    def from_model(cls, membership: Membership) -> "MemberOut":
        return cls(
            id=membership.id,
            workspace_id=membership.workspace_id,
            person=PersonOut.from_model(membership.user),
            role=role_name(membership.role),
            joined_at=membership.created_at,
            version=membership.version,
        )


class MemberIn(In):
    user_id: UUID
    role: RoleName = "member"


class MemberPatch(In):
    role: RoleName


class InvitationIn(In):
    id: UUID | None = None
    email: EmailStr
    role: RoleName = "member"


class InvitationOut(Out):
    """A pending invitation, for managers."""

    id: UUID
    workspace_id: UUID
    email: str
    role: RoleName
    invited_by: PersonOut
    expires_at: Instant
    created_at: Instant
    version: int

    @classmethod
    def from_model(cls, invitation: Invitation) -> "InvitationOut":
        return cls(
            id=invitation.id,
            workspace_id=invitation.workspace_id,
            email=invitation.email,
            role=role_name(invitation.role),
            invited_by=PersonOut.from_model(invitation.invited_by),
            expires_at=invitation.expires_at,
            created_at=invitation.created_at,
            version=invitation.version,
        )


class InvitationView(Out):
    """What the holder of an invitation's link sees before accepting."""

    workspace_name: str
    invited_by: str
    email: str
    role: RoleName
    account_exists: bool
    signed_in_as: str | None
    accepts: bool
    """True when the present session is the invited person's: one click joins."""


class InvitationAccept(In):
    """For a person without an account; empty for the signed-in holder of the invited address."""

    name: Annotated[Line, Field(min_length=1, max_length=120)] | None = None
    password: str | None = None
    language: LanguageCode | None = None
    time_zone: Zone | None = None


class ScopesOut(Out):
    """Scopes that the people of this stream gained and lost."""

    workspace_id: UUID
    gained: list[UUID]
    lost: list[UUID]


class AccessLine(Out):
    """One person's access to an object, and why."""

    person: PersonOut
    role: RoleName
    guest: bool
    reason: Literal["workspace_role", "scope_grant"]


class AccessOut(Out):
    """« Qui y a accès ? »: everybody who can see the object, with the reason for each."""

    scope_id: UUID
    kind: str
    open: bool
    workspace_id: UUID
    people: list[AccessLine]
