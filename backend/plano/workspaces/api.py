"""JSON face of workspaces, members, invitations and access."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.accounts import faces
from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.kernel.http import actor, creation_id, policy
from plano.kernel.schemas import Page
from plano.workspaces import actions, policies, queries
from plano.workspaces.schemas import (
    AccessOut,
    InvitationAccept,
    InvitationIn,
    InvitationOut,
    InvitationView,
    MemberIn,
    MemberOut,
    MemberPatch,
    WorkspaceForMe,
    WorkspaceIn,
    WorkspacePatch,
    role_name,
    role_of,
)

router = Router(tags=["workspaces"])


@router.get("/workspaces", response=Page[WorkspaceForMe], openapi_extra=policy("signed_in"))
def list_workspaces(request: HttpRequest) -> Page[WorkspaceForMe]:
    """My workspaces, with my role and abilities in each."""
    return Page(items=queries.workspaces_for(actor(request)))


@router.post("/workspaces", response={201: WorkspaceForMe}, openapi_extra=policy("workspace.open"))
def open_workspace(request: HttpRequest, payload: WorkspaceIn) -> Status[WorkspaceForMe]:
    """Open a workspace and be its manager."""
    values = payload.model_dump(exclude={"id"})
    workspace = actions.open_workspace(actor=actor(request), id=creation_id(request, payload.id), **values)
    return Status(201, queries.for_me(policies.membership_of(actor(request), workspace.id)))


@router.get("/workspaces/{uuid:workspace_id}", response=WorkspaceForMe, openapi_extra=policy("workspace.see"))
def get_workspace(request: HttpRequest, workspace_id: UUID) -> WorkspaceForMe:
    return queries.for_me(policies.membership_of(actor(request), workspace_id))


@router.patch("/workspaces/{uuid:workspace_id}", response=WorkspaceForMe, openapi_extra=policy("workspace.manage"))
def update_workspace(request: HttpRequest, workspace_id: UUID, payload: WorkspacePatch) -> WorkspaceForMe:
    """Change the fields that are given."""
    changed = payload.model_dump(exclude_unset=True)
    return queries.for_me(actions.update_workspace(actor=actor(request), workspace_id=workspace_id, **changed))


@router.post(
    "/workspaces/{uuid:workspace_id}/archive",
    response=WorkspaceForMe,
    openapi_extra=policy("workspace.manage"),
)
def archive_workspace(request: HttpRequest, workspace_id: UUID) -> WorkspaceForMe:
    """Make it read-only for all."""
    return queries.for_me(actions.archive_workspace(actor=actor(request), workspace_id=workspace_id))


@router.post(
    "/workspaces/{uuid:workspace_id}/reopen",
    response=WorkspaceForMe,
    openapi_extra=policy("workspace.manage"),
)
def reopen_workspace(request: HttpRequest, workspace_id: UUID) -> WorkspaceForMe:
    return queries.for_me(actions.reopen_workspace(actor=actor(request), workspace_id=workspace_id))


@router.get("/workspaces/{uuid:workspace_id}/access", response=AccessOut, openapi_extra=policy("scope.read"))
def workspace_access(request: HttpRequest, workspace_id: UUID) -> AccessOut:
    """Who sees what lies in the open workspace, and why."""
    return queries.access_for(actor(request), workspace_id)


@router.get("/scopes/{uuid:scope_id}/access", response=AccessOut, openapi_extra=policy("scope.read"))
def scope_access(request: HttpRequest, scope_id: UUID) -> AccessOut:
    """« Qui y a accès ? » of any object, by the scope it belongs to."""
    return queries.access_for(actor(request), scope_id)


@router.get("/workspaces/{uuid:workspace_id}/members", response=Page[MemberOut], openapi_extra=policy("workspace.see"))
def list_members(request: HttpRequest, workspace_id: UUID) -> Page[MemberOut]:
    members = queries.members_for(actor(request), workspace_id)
    return Page(items=[MemberOut.from_model(member) for member in members])


@router.post(
    "/workspaces/{uuid:workspace_id}/members",
    response={201: MemberOut},
    openapi_extra=policy("workspace.manage"),
)
def add_member(request: HttpRequest, workspace_id: UUID, payload: MemberIn) -> Status[MemberOut]:
    """Bring in somebody known. Sent again: the same membership."""
    member = actions.add_member(
        actor=actor(request), workspace_id=workspace_id, user_id=payload.user_id, role=role_of(payload.role)
    )
    return Status(201, MemberOut.from_model(member))


@router.patch(
    "/workspaces/{uuid:workspace_id}/members/{uuid:user_id}",
    response=MemberOut,
    openapi_extra=policy("workspace.manage_members"),
)
def change_role(request: HttpRequest, workspace_id: UUID, user_id: UUID, payload: MemberPatch) -> MemberOut:
    member = actions.change_role(
        actor=actor(request), workspace_id=workspace_id, user_id=user_id, role=role_of(payload.role)
    )
    return MemberOut.from_model(member)


@router.delete(
    "/workspaces/{uuid:workspace_id}/members/{uuid:user_id}",
    response={204: None},
    openapi_extra=policy("workspace.manage_members_or_leave"),
)
def remove_member(request: HttpRequest, workspace_id: UUID, user_id: UUID) -> Status[None]:
    """Remove somebody, or leave (one's own id)."""
    actions.remove_member(actor=actor(request), workspace_id=workspace_id, user_id=user_id)
    return Status(204, None)


@router.get(
    "/workspaces/{uuid:workspace_id}/invitations",
    response=Page[InvitationOut],
    openapi_extra=policy("workspace.manage_members"),
)
def list_invitations(request: HttpRequest, workspace_id: UUID) -> Page[InvitationOut]:
    invitations = queries.pending_invitations_for(actor(request), workspace_id)
    return Page(items=[InvitationOut.from_model(invitation) for invitation in invitations])


@router.post(
    "/workspaces/{uuid:workspace_id}/invitations",
    response={201: InvitationOut},
    openapi_extra=policy("workspace.manage"),
)
def invite(request: HttpRequest, workspace_id: UUID, payload: InvitationIn) -> Status[InvitationOut]:
    """Invite by mail."""
    invitation = actions.invite(
        actor=actor(request),
        workspace_id=workspace_id,
        id=creation_id(request, payload.id),
        email=payload.email,
        role=role_of(payload.role),
    )
    return Status(201, InvitationOut.from_model(invitation))


@router.post(
    "/workspaces/{uuid:workspace_id}/invitations/{uuid:invitation_id}/resend",
    response=InvitationOut,
    openapi_extra=policy("workspace.manage"),
)
def resend_invitation(request: HttpRequest, workspace_id: UUID, invitation_id: UUID) -> InvitationOut:
    invitation = actions.resend_invitation(actor=actor(request), workspace_id=workspace_id, invitation_id=invitation_id)
    return InvitationOut.from_model(invitation)


@router.delete(
    "/workspaces/{uuid:workspace_id}/invitations/{uuid:invitation_id}",
    response={204: None},
    openapi_extra=policy("workspace.manage_members"),
)
def revoke_invitation(request: HttpRequest, workspace_id: UUID, invitation_id: UUID) -> Status[None]:
    actions.revoke_invitation(actor=actor(request), workspace_id=workspace_id, invitation_id=invitation_id)
    return Status(204, None)


@router.get("/invitations/{token}", auth=None, response=InvitationView, openapi_extra=policy("public.link"))
def see_invitation(request: HttpRequest, token: str) -> InvitationView:
    """What the link opens, before accepting. Reading it changes nothing (R-62)."""
    invitation = queries.invitation_by_token(token)
    person = actor(request) if request.user.is_authenticated else None
    return InvitationView(
        workspace_name=invitation.workspace.name,
        invited_by=invitation.invited_by.name,
        email=invitation.email,
        role=role_name(invitation.role),
        account_exists=User.objects.filter(email_key=invitation.email_key).exists(),
        signed_in_as=person.name if person else None,
        accepts=person is not None and person.email_key == invitation.email_key,
    )


@router.post("/invitations/{token}", auth=None, response={201: WorkspaceForMe}, openapi_extra=policy("public.link"))
def accept_invitation(
    request: HttpRequest, response: HttpResponse, token: str, payload: InvitationAccept
) -> Status[WorkspaceForMe]:
    """Join; a person without an account gets one and is signed in."""
    person = actor(request) if request.user.is_authenticated else None
    membership, joined = actions.accept_invitation(
        token=token,
        actor=person,
        name=payload.name,
        password=payload.password,
        language=payload.language or "fr",
        time_zone=payload.time_zone or "Europe/Paris",
    )
    if person is None:
        faces.start_session(request, response, user=joined)
    return Status(201, queries.for_me(membership))


@router.get("/people", response=Page[PersonOut], openapi_extra=policy("person.find"))
def find_people(request: HttpRequest, q: str = "", workspace_id: UUID | None = None) -> Page[PersonOut]:
    """People whom I may find: those who share a workspace with me (R-10)."""
    people = queries.people_for(actor(request), q, workspace_id=workspace_id)
    return Page(items=[PersonOut.from_model(person) for person in people])
