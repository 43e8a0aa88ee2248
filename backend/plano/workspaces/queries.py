"""Reads about workspaces, always for somebody."""

import hashlib
from collections.abc import Collection
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.kernel.clock import now
from plano.kernel.errors import NotFound
from plano.platform.database import rows
from plano.platform.references import Card
from plano.workspaces import policies
from plano.workspaces.models import AccessScope, Invitation, Membership, Role, Workspace
from plano.workspaces.schemas import AccessLine, AccessOut, WorkspaceForMe, WorkspaceOut, role_name


def workspaces_for(actor: User) -> list[WorkspaceForMe]:
    """My workspaces by name, archived ones last."""
    mine = [for_me(membership) for membership in _memberships_of(actor)]
    return sorted(mine, key=lambda w: (w.archived_at is not None, w.name.casefold()))


_MEMBERSHIP = [field.attname for field in Membership._meta.concrete_fields]
_WORKSPACE = [field.attname for field in Workspace._meta.concrete_fields]
_MINE = f"""
SELECT {", ".join(f"m.{name}" for name in _MEMBERSHIP)}, {", ".join(f"w.{name}" for name in _WORKSPACE)}
FROM workspaces_membership m JOIN workspaces_workspace w ON w.id = m.workspace_id WHERE m.user_id = %(user)s
"""  # noqa: S608 - our own names


def _memberships_of(actor: User) -> list[Membership]:
    """Every page begins with these (P8): as SQL once and for all they cost half of what the ORM needs."""
    found = []
    for row in rows(_MINE, {"user": actor.id}):
        membership = Membership.from_db(DEFAULT_DB_ALIAS, _MEMBERSHIP, row[: len(_MEMBERSHIP)])
        membership.workspace = Workspace.from_db(DEFAULT_DB_ALIAS, _WORKSPACE, row[len(_MEMBERSHIP) :])
        found.append(membership)
    return found


def for_me(membership: Membership) -> WorkspaceForMe:
    """A workspace with my place in it."""
    shared = WorkspaceOut.from_model(membership.workspace)
    return WorkspaceForMe(
        **{name: getattr(shared, name) for name in WorkspaceOut.model_fields}, mine=policies.mine(membership)
    )


def members_for(actor: User, workspace_id: UUID) -> QuerySet[Membership]:
    """Everybody in a workspace, by name."""
    policies.membership_of(actor, workspace_id)
    members = Membership.objects.filter(workspace_id=workspace_id, user__is_active=True)
    return members.select_related("user").order_by("user__name", "id")


def pending_invitations_for(actor: User, workspace_id: UUID) -> QuerySet[Invitation]:
    """Invitations that can still be accepted or have just expired; for managers."""
    policies.require_member(actor, workspace_id, Role.MANAGER, archived_ok=True)
    pending = Invitation.objects.filter(workspace_id=workspace_id, accepted_at=None, revoked_at=None)
    return pending.select_related("invited_by").order_by("-created_at", "id")


def token_hash(token: str) -> str:
    """What the database keeps of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str) -> Invitation:
    """A living invitation; used, revoked, expired and unknown ones answer alike (R-09)."""
    invitation = (
        Invitation.objects.select_related("workspace", "invited_by")
        .filter(token_hash=token_hash(token), accepted_at=None, revoked_at=None, expires_at__gt=now())
        .first()
    )
    if invitation is None or not inviter_may(invitation):
        raise NotFound("invitation_not_found")
    return invitation


def inviter_may(invitation: Invitation) -> bool:
    """An invitation carries the rights that its sender has at this moment."""
    return Membership.objects.filter(
        workspace_id=invitation.workspace_id,
        workspace__archived_at=None,
        user_id=invitation.invited_by_id,
        user__is_active=True,
        role__gte=max(Role.MANAGER, invitation.role),
    ).exists()


def people_for(actor: User, text: str, *, workspace_id: UUID | None = None, limit: int = 20) -> QuerySet[User]:
    """People whom the actor may find, by a part of name or identifier; accents do not matter."""
    found = policies.acquaintances(actor)
    if workspace_id is not None:
        policies.membership_of(actor, workspace_id)
        found = found.filter(memberships__workspace_id=workspace_id)
    for word in text.split()[:5]:
        found = found.filter(Q(name__unaccent__icontains=word) | Q(identifier__icontains=word))
    return found.order_by("name", "id").distinct()[:limit]


def access_for(actor: User, scope_id: UUID) -> AccessOut:
    """« Qui y a accès ? » for whoever sees the scope."""
    policies.require_role(actor, scope_id, Role.READER)
    scope = AccessScope.objects.get(id=scope_id)
    lines = [
        AccessLine(
            person=PersonOut.from_model(reason.user),
            role=role_name(reason.role),
            guest=reason.guest,
            reason="scope_grant" if reason.granted else "workspace_role",
        )
        for reason in policies.explain_scope(scope_id)
    ]
    return AccessOut(scope_id=scope.id, kind=scope.kind, open=scope.open, workspace_id=scope.workspace_id, people=lines)


def resolve(actor: User, ids: list[UUID]) -> dict[UUID, Card]:
    """What links to the workspaces among these ids show that the actor sees."""
    found = Workspace.objects.filter(id__in=ids, memberships__user=actor)
    return {one.id: Card(title=one.name, workspace_id=one.id) for one in found}


def names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """What these workspaces are called, for those who are known to be in them."""
    return dict(Workspace.objects.filter(id__in=ids).values_list("id", "name"))
