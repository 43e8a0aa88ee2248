"""Who may start, enter and moderate. Seeing a meeting is its scope's matter: `workspaces.policies`."""

from uuid import UUID

from plano.accounts.models import User
from plano.kernel.errors import Conflict, Forbidden, NotFound
from plano.meetings.models import Meeting, Removal, State
from plano.meetings.schemas import MeetingAbilities, ScopeAbilities
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Role, Room


def require_meeting(actor: User, meeting: Meeting | None) -> Role:
    """The actor's role at a meeting; absent, invisible and in a room that is switched off answer alike (R-03)."""
    if meeting is None:
        raise NotFound
    role = access.role_in(actor, meeting.scope_id)
    if role is None:
        raise NotFound
    access.require_room(meeting.workspace, Room.MEETINGS)
    return role


def require_start(actor: User, workspace_id: UUID, scope_id: UUID) -> AccessScope:
    """Members start meetings, in the workspace or in a narrower place of it that they see."""
    workspace = access.membership_of(actor, workspace_id).workspace
    access.require_room(workspace, Room.MEETINGS)
    scope = AccessScope.objects.filter(id=scope_id, workspace=workspace).first()
    role = access.role_in(actor, scope_id) if scope is not None else None
    if scope is None or role is None:
        raise Forbidden("role_too_low") if scope_id == workspace_id else NotFound
    if role < Role.MEMBER:
        raise Forbidden("workspace_archived" if workspace.archived_at else "role_too_low")
    return scope


def require_enter(actor: User, meeting: Meeting | None) -> Meeting:
    """Whoever sees a meeting may enter it until it is over, unless a moderator put them out."""
    require_meeting(actor, meeting)
    assert meeting is not None
    if meeting.workspace.archived_at is not None:
        raise Forbidden("workspace_archived")
    if meeting.state == State.ENDED:
        raise Conflict("meeting_ended")
    if Removal.objects.filter(meeting=meeting, user=actor).exists():
        raise Forbidden("removed_from_meeting")
    return meeting


def require_moderate(actor: User, meeting: Meeting | None) -> Meeting:
    """Title, muting, removing, ending: who started it, and managers of its place (R-94)."""
    role = require_meeting(actor, meeting)
    assert meeting is not None
    if not may_moderate(role, own=meeting.started_by_id == actor.id):
        raise Forbidden("workspace_archived" if meeting.workspace.archived_at else "role_too_low")
    return meeting


def may_moderate(role: Role, *, own: bool) -> bool:
    """Its starter while still a member there, and managers; they take over when the starter is gone."""
    return role >= Role.MANAGER or (own and role >= Role.MEMBER)


def abilities(role: Role, *, own: bool, archived: bool) -> MeetingAbilities:
    """What this role may do with a meeting that is not over."""
    return MeetingAbilities(join=not archived, moderate=may_moderate(role, own=own))


def scope_abilities(role: Role, *, archived: bool) -> ScopeAbilities:
    return ScopeAbilities(
        own=abilities(role, own=True, archived=archived), others=abilities(role, own=False, archived=archived)
    )
