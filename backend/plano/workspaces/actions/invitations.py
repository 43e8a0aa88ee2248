"""Invitations by mail: single use, bound to the address, seven days, with the sender's rights at acceptance (R-09)."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from plano.accounts import actions as accounts
from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from plano.kernel.schemas import Removed
from plano.kernel.text import folded
from plano.platform import audit, mail
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies, queries
from plano.workspaces.actions.members import join
from plano.workspaces.live import INVITATION
from plano.workspaces.models import Invitation, Membership, Role, Workspace
from plano.workspaces.schemas import InvitationOut

LIFETIME = timedelta(days=7)
MAIL = {
    "fr": (
        "{sender} vous invite dans l’espace « {workspace} »",
        "Bonjour,\n\n{sender} vous invite à rejoindre l’espace de travail « {workspace} » dans Plano.\n\n"
        "Pour accepter, ouvrez ce lien dans les sept jours :\n{link}\n\n"
        "Si vous n’attendiez pas cette invitation, vous pouvez ignorer ce message.\n",
    ),
    "en": (
        "{sender} invites you to the workspace “{workspace}”",
        "Hello,\n\n{sender} invites you to join the workspace “{workspace}” on Plano.\n\n"
        "To accept, open this link within seven days:\n{link}\n\n"
        "If you were not expecting this invitation, you can ignore this message.\n",
    ),
}


def invite(*, actor: User, workspace_id: UUID, id: UUID, email: str, role: Role) -> Invitation:
    """Send a link to an address. A member's address is refused; a pending invitation is replaced, its link dies."""
    policies.require_member(actor, workspace_id, Role.MANAGER)
    existing = Invitation.objects.select_related("invited_by").filter(id=id).first()
    if existing is not None:
        if existing.invited_by_id != actor.id or existing.workspace_id != workspace_id:
            raise Conflict("identifier_in_use")
        return existing
    key = folded(email)
    token = secrets.token_urlsafe(32)
    with unit_of_work() as emit:
        workspace = Workspace.objects.select_for_update().get(id=workspace_id)
        if Membership.objects.filter(workspace=workspace, user__email_key=key).exists():
            raise Conflict("already_member", errors={"email": "already_member"})
        for older in Invitation.objects.filter(workspace=workspace, email_key=key, accepted_at=None, revoked_at=None):
            _revoke(emit, older)
        invitation = Invitation.objects.create(
            id=id,
            workspace=workspace,
            email=email,
            email_key=key,
            role=role,
            invited_by=actor,
            token_hash=queries.token_hash(token),
            expires_at=now() + LIFETIME,
        )
        _tell_managers(emit, invitation)
        _send(invitation, token)
        audit.record(
            actor=actor,
            action="workspace.invited",
            object_kind="invitation",
            object_id=invitation.id,
            workspace_id=workspace.id,
        )
    return invitation


def resend_invitation(*, actor: User, workspace_id: UUID, invitation_id: UUID) -> Invitation:
    """A new link for seven more days; the old one dies."""
    policies.require_member(actor, workspace_id, Role.MANAGER)
    token = secrets.token_urlsafe(32)
    with unit_of_work() as emit:
        invitation = _pending(workspace_id, invitation_id)
        invitation.token_hash = queries.token_hash(token)
        invitation.expires_at = now() + LIFETIME
        invitation.invited_by = actor
        invitation.touch()
        invitation.save()
        _tell_managers(emit, invitation)
        _send(invitation, token)
    return invitation


def revoke_invitation(*, actor: User, workspace_id: UUID, invitation_id: UUID) -> None:
    """The link stops at once."""
    policies.require_member(actor, workspace_id, Role.MANAGER, archived_ok=True)
    with unit_of_work() as emit:
        _revoke(emit, _pending(workspace_id, invitation_id))
        audit.record(
            actor=actor,
            action="workspace.invitation_revoked",
            object_kind="invitation",
            object_id=invitation_id,
            workspace_id=workspace_id,
        )


def accept_invitation(
    *,
    token: str,
    actor: User | None,
    name: str | None = None,
    password: str | None = None,
    language: str = "fr",
    time_zone: str = "Europe/Paris",
) -> tuple[Membership, User]:
    """Join by the link: as the signed-in owner of the address, or with a new account for it. Works once."""
    with unit_of_work() as emit:
        invitation = queries.invitation_by_token(token)
        workspace = Workspace.objects.select_for_update().get(id=invitation.workspace_id)
        invitation = queries.invitation_by_token(token)  # again, now that parallel acceptances wait
        person = actor
        if person is None:
            if User.objects.filter(email_key=invitation.email_key).exists():
                raise Conflict("sign_in_to_accept")
            if not name or password is None:
                missing = {key: "required" for key, value in (("name", name), ("password", password)) if not value}
                raise Invalid("account_details_required", errors=missing)
            person = accounts.create_user(
                actor=None,
                identifier=invitation.email,
                email=invitation.email,
                name=name,
                password=password,
                language=language,
                time_zone=time_zone,
            )
        elif person.email_key != invitation.email_key:
            raise Forbidden("invitation_for_another_address")
        membership = join(emit=emit, workspace=workspace, user=person, role=Role(invitation.role))
        invitation.accepted_at = now()
        invitation.touch()
        invitation.save()
        _forget(emit, invitation)
        audit.record(
            actor=person,
            action="workspace.invitation_accepted",
            object_kind="invitation",
            object_id=invitation.id,
            workspace_id=workspace.id,
        )
    return membership, person


def _pending(workspace_id: UUID, invitation_id: UUID) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("invited_by", "workspace")
        .filter(id=invitation_id, workspace_id=workspace_id, accepted_at=None, revoked_at=None)
        .first()
    )
    if invitation is None:
        raise NotFound
    return invitation


def _revoke(emit: Emit, invitation: Invitation) -> None:
    invitation.revoked_at = now()
    invitation.touch()
    invitation.save()
    _forget(emit, invitation)


def _managers(invitation: Invitation) -> list[UUID]:
    """Addresses of outsiders are for managers only, so these frames go to each one's own scope."""
    members = Membership.objects.filter(workspace_id=invitation.workspace_id, role=Role.MANAGER)
    return list(members.values_list("user_id", flat=True)[:80])


def _tell_managers(emit: Emit, invitation: Invitation) -> None:
    for user_id in _managers(invitation):
        emit.changed(INVITATION, scope=user_id, data=InvitationOut.from_model(invitation))


def _forget(emit: Emit, invitation: Invitation) -> None:
    for user_id in _managers(invitation):
        emit.removed(INVITATION, scope=user_id, data=Removed(id=invitation.id, parent_id=invitation.workspace_id))


def _send(invitation: Invitation, token: str) -> None:
    """In the sender's language; the link rests on the configured address, never on the request's (R-29)."""
    texts = MAIL["en" if invitation.invited_by.language == "en" else "fr"]
    values = {
        "sender": invitation.invited_by.name,
        "workspace": invitation.workspace.name,
        "link": f"{settings.BASE_URL}/invitation/{token}",
    }
    mail.send(to=invitation.email, subject=texts[0].format(**values), text=texts[1].format(**values))
