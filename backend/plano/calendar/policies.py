"""Who sees an event and who may change it: everything follows from its scope.

The calendar of a workspace is the team's: its readers see every event, its members write every event, and only those
who were invited answer.
"""

from uuid import UUID

from django.db.models import QuerySet

from plano.accounts.models import User
from plano.calendar.models import Event
from plano.calendar.schemas import EventAbilities, EventScopeAbilities
from plano.kernel.errors import Forbidden, Invalid
from plano.workspaces import policies as workspaces
from plano.workspaces.models import Membership, Role, Room


def visible_to(actor: User, workspace_id: UUID | None = None) -> QuerySet[Event]:
    """The events that a person may see at this moment, in rooms that are switched on."""
    return Event.objects.filter(
        scope_id__in=workspaces.visible_scope_ids(actor, workspace_id),
        workspace__rooms__contains=[Room.CALENDAR],
        deleted_at=None,
    )


def viewers_of(event: Event) -> QuerySet[User]:
    """Everybody who may see an event: the other direction of `visible_to`."""
    return workspaces.viewers_of_scope(event.scope_id)


def abilities(membership: Membership) -> dict[str, EventScopeAbilities]:
    """What a person may do with the events of a workspace, by scope. A member may change what colleagues planned."""
    workspace_id = membership.workspace_id
    role = workspaces.role_in(membership.user, workspace_id)
    if role is None:
        return {}
    write, answer = role >= Role.MEMBER, membership.workspace.archived_at is None
    may = EventAbilities(edit=write, delete=write, answer=answer)
    return {str(workspace_id): EventScopeAbilities(own=may, others=may)}


def require_calendar(actor: User, workspace_id: UUID, at_least: Role) -> Membership:
    """The person's place in a workspace whose calendar room is open to them with this role."""
    membership = workspaces.require_member(actor, workspace_id, at_least)
    workspaces.require_room(membership.workspace, Room.CALENDAR)
    return membership


def require_edit(actor: User, event: Event) -> None:
    """Members write."""
    workspaces.require_role(actor, event.scope_id, Role.MEMBER)


def require_answer(actor: User, event: Event) -> None:
    """Those invited answer, readers too; not in an archived workspace."""
    if event.workspace.archived_at is not None:
        raise Forbidden("workspace_archived")
    if not event.attendees.filter(user=actor).exists():
        raise Forbidden("not_invited")


def invitable(scope_id: UUID, ids: list[UUID]) -> list[User]:
    """These people, when all of them may see the scope; a stranger answers like somebody who does not exist (R-04)."""
    found = list(workspaces.viewers_of_scope(scope_id).filter(id__in=ids))
    if len(found) != len(set(ids)):
        raise Invalid("person_not_found", errors={"attendees": "person_not_found"})
    return found
