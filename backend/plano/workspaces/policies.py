"""Who may see and do what. Every other feature asks here and nowhere else (R-01, R-02)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet

from plano.accounts.models import User
from plano.kernel.errors import Forbidden, NotFound
from plano.platform.database import rows
from plano.workspaces.models import AccessScope, Membership, Role, ScopeGrant, Workspace
from plano.workspaces.schemas import WorkspaceAbilities, WorkspaceMine, role_name

# One row per visible scope of a person: the grant wins over the workspace role; without a grant only an open scope
# shows, and only to readers and up. Archived: nobody is more than a reader.
_ROLE = "LEAST(COALESCE(g.role, m.role), CASE WHEN w.archived_at IS NULL THEN 40 ELSE 20 END)"
_FROM = """
FROM workspaces_membership m
JOIN workspaces_workspace w ON w.id = m.workspace_id
JOIN workspaces_accessscope s ON s.workspace_id = m.workspace_id
LEFT JOIN workspaces_scopegrant g ON g.scope_id = s.id AND g.user_id = m.user_id
WHERE m.user_id = %(user)s AND (g.id IS NOT NULL OR (s.open AND m.role >= 20))
"""
_SCOPES = f"SELECT s.id, {_ROLE}, s.workspace_id {_FROM}"
ROLE_IN_SCOPE = _SCOPES + " AND s.id = %(scope)s"
_WORKSPACE = [field.attname for field in Workspace._meta.concrete_fields]
_PLACE = f"SELECT {_ROLE}, {', '.join(f'w.{name}' for name in _WORKSPACE)} {_FROM} AND s.id = w.id AND w.id = %(scope)s"
_MEMBER = [field.attname for field in Membership._meta.concrete_fields]
_BOTH = ", ".join([*(f"m.{name}" for name in _MEMBER), *(f"w.{name}" for name in _WORKSPACE)])
_PAIRED = "FROM workspaces_membership m JOIN workspaces_workspace w ON w.id = m.workspace_id"
_MEMBERSHIP = f"SELECT {_BOTH} {_PAIRED} WHERE m.user_id = %(user)s AND m.workspace_id = %(workspace)s"


def role_in(user: User, scope_id: UUID) -> Role | None:
    """The role of a person in a scope at this moment; None when the scope is invisible to them."""
    if scope_id == user.id:
        return Role.MANAGER
    found = rows(ROLE_IN_SCOPE, {"user": user.id, "scope": scope_id})
    return Role(found[0][1]) if found and user.is_active else None


def require_place(user: User, workspace_id: UUID, room: str, at_least: Role) -> Workspace:
    """The workspace whose open part a person sees, in one query: `require_role` and `require_room` together."""
    found = rows(_PLACE, {"user": user.id, "scope": workspace_id})
    if not found or not user.is_active:
        raise NotFound
    workspace = Workspace.from_db(DEFAULT_DB_ALIAS, _WORKSPACE, found[0][1:])
    require_room(workspace, room)
    if found[0][0] < at_least:
        raise Forbidden("workspace_archived" if workspace.archived_at and at_least > Role.READER else "role_too_low")
    return workspace


def require_role(user: User, scope_id: UUID, at_least: Role) -> Role:
    """The person's role, or NotFound for the invisible (R-03), or Forbidden when it is too low."""
    role = role_in(user, scope_id)
    if role is None:
        raise NotFound
    if role < at_least:
        archived = Workspace.objects.filter(scopes__id=scope_id, archived_at__isnull=False).exists()
        raise Forbidden("workspace_archived" if archived and at_least > Role.READER else "role_too_low")
    return role


_Seen = list[tuple[UUID, int, UUID]]
"""The scopes that a person sees, each with the role there and its workspace."""

_answers: ContextVar[dict[tuple[UUID, UUID | None], _Seen] | None] = ContextVar("asked_once", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Inside, `roles_by_scope` is asked once for each person and place: for an answer that gathers from many rooms.

    Never around a write, which must know what is so after it.
    """
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def roles_by_scope(user: User, workspace_id: UUID | None = None) -> dict[UUID, Role]:
    """All scopes that a person sees, with the role in each, without their own."""
    if not user.is_active:
        return {}
    return {scope: Role(role) for scope, role, _ in _seen(user, workspace_id)}


def _seen(user: User, workspace_id: UUID | None) -> _Seen:
    answers = _answers.get()
    if answers is None:
        return _asked(user, workspace_id)
    everywhere = answers.get((user.id, None))
    if everywhere is not None and workspace_id is not None:
        return [seen for seen in everywhere if seen[2] == workspace_id]
    if (user.id, workspace_id) not in answers:
        answers[user.id, workspace_id] = _asked(user, workspace_id)
    return answers[user.id, workspace_id]


def _asked(user: User, workspace_id: UUID | None) -> _Seen:
    where = "" if workspace_id is None else " AND m.workspace_id = %(workspace)s"
    return rows(_SCOPES + where, {"user": user.id, "workspace": workspace_id})


def visible_scope_ids(user: User, workspace_id: UUID | None = None) -> list[UUID]:
    """The scopes whose objects and frames a person may see, their own excepted."""
    return list(roles_by_scope(user, workspace_id))


def viewers_of_scope(scope_id: UUID) -> QuerySet[User]:
    """Everybody who may see the objects of a scope: the other direction of `visible_scope_ids`."""
    scope = AccessScope.objects.filter(id=scope_id).first()
    if scope is None:
        return User.objects.filter(id=scope_id, is_active=True)
    granted = Q(id__in=ScopeGrant.objects.filter(scope=scope).values("user_id"))
    members = Membership.objects.filter(workspace_id=scope.workspace_id)
    everybody = granted & Q(id__in=members.values("user_id"))
    if scope.open:
        everybody |= Q(id__in=members.filter(role__gte=Role.READER).values("user_id"))
    return User.objects.filter(everybody, is_active=True)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person sees a scope."""

    user: User
    role: Role
    guest: bool
    granted: bool


def explain_scope(scope_id: UUID) -> list[Reason]:
    """Each viewer of a scope with the role and the reason, strongest first, then by name."""
    scope = AccessScope.objects.select_related("workspace").get(id=scope_id)
    return explain(scope.workspace, open=scope.open, grants=grants_of(scope.id))


def grants_of(scope_id: UUID) -> dict[UUID, int]:
    """Who has a role of their own in a scope."""
    return dict(ScopeGrant.objects.filter(scope_id=scope_id).values_list("user_id", "role"))


def explain(workspace: Workspace, *, open: bool, grants: dict[UUID, int]) -> list[Reason]:
    """The viewers of a scope that is so, or would be: what a change of access is shown with beforehand."""
    members = Membership.objects.filter(workspace=workspace, user__is_active=True).select_related("user")
    cap = Role.MANAGER if workspace.archived_at is None else Role.READER
    found = [
        Reason(
            user=member.user,
            role=Role(min(grants.get(member.user_id, member.role), cap)),
            guest=member.role == Role.GUEST,
            granted=member.user_id in grants,
        )
        for member in members
        if member.user_id in grants or (open and member.role >= Role.READER)
    ]
    return sorted(found, key=lambda reason: (-reason.role, reason.user.name.casefold()))


def membership_of(user: User, workspace_id: UUID) -> Membership:
    """The person's place in a workspace, guests included; NotFound for outsiders."""
    found = rows(_MEMBERSHIP, {"user": user.id, "workspace": workspace_id}) if user.is_active else []
    if not found:
        raise NotFound
    width = len(_MEMBER)
    membership = Membership.from_db(DEFAULT_DB_ALIAS, _MEMBER, found[0][:width])
    membership.workspace = Workspace.from_db(DEFAULT_DB_ALIAS, _WORKSPACE, found[0][width:])
    return membership


def require_member(user: User, workspace_id: UUID, at_least: Role, *, archived_ok: bool = False) -> Membership:
    """The place of a person with at least this role in the workspace itself."""
    membership = membership_of(user, workspace_id)
    if membership.role < at_least:
        raise Forbidden("role_too_low")
    if membership.workspace.archived_at is not None and not archived_ok and at_least > Role.READER:
        raise Forbidden("workspace_archived")
    return membership


def require_room(workspace: Workspace, room: str) -> None:
    """A room that is switched off answers like absent."""
    if room not in workspace.rooms:
        raise NotFound


def mine(membership: Membership) -> WorkspaceMine:
    """My place in a workspace and what I may do with it."""
    archived = membership.workspace.archived_at is not None
    manager = membership.role >= Role.MANAGER
    return WorkspaceMine(
        workspace_id=membership.workspace_id,
        role=role_name(membership.role),
        abilities=WorkspaceAbilities(
            edit=manager and not archived,
            archive=manager,
            invite=manager and not archived,
            manage_members=manager,
            write=membership.role >= Role.MEMBER and not archived,
            leave=True,
        ),
    )


def workspace_ids_of(user: User) -> list[UUID]:
    """The workspaces of a person, whatever the role: where their name shows."""
    return list(Membership.objects.filter(user=user).values_list("workspace_id", flat=True))


def may_open_workspaces(user: User) -> bool:
    """Everybody but those who are only a guest of others."""
    roles = set(Membership.objects.filter(user=user).values_list("role", flat=True))
    return roles != {Role.GUEST}


def acquaintances(user: User) -> QuerySet[User]:
    """People who share a workspace with this person, themselves included: all that they can find (R-10)."""
    places = Membership.objects.filter(user=user).values("workspace_id")
    shared = Membership.objects.filter(workspace_id__in=places).values("user_id")
    return User.objects.filter(Q(id__in=shared) | Q(id=user.id), is_active=True)
