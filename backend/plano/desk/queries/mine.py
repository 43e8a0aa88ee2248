"""Mon bureau: what is mine across my workspaces."""

from uuid import UUID

from plano.accounts.models import User
from plano.calendar import queries as calendar
from plano.chat import queries as chat
from plano.desk.queries import places
from plano.desk.schemas import DeskOut, DraftLine, MessageLine, PlaceOut
from plano.documents import queries as documents
from plano.documents.queries import approvals
from plano.meetings import queries as meetings
from plano.tasks import policies as boards
from plano.tasks import queries as tasks
from plano.tasks.schemas import TaskOut
from plano.workspaces import policies as access
from plano.workspaces.models import Role, Room

TASKS, EVENTS, MENTIONS, APPROVALS, DOCUMENTS, DRAFTS = 50, 8, 8, 20, 8, 5


@access.asking_once()
def desk_for(actor: User) -> DeskOut:
    """My desk; a person without workspaces has an empty one."""
    mine = places.of(actor)
    todo = tasks.mine_for(actor, limit=TASKS)
    talking = {workspace.id for workspace in mine if Room.CHAT in workspace.rooms}
    roles = access.roles_by_scope(actor)  # an archived workspace caps them
    working = [workspace for workspace in mine if roles.get(workspace.id, 0) >= Role.MEMBER]
    return DeskOut(
        places=[PlaceOut.from_model(workspace) for workspace in mine],
        callable=[workspace.id for workspace in working if Room.MEETINGS in workspace.rooms],
        boards=[workspace.id for workspace in working if Room.TASKS in workspace.rooms],
        tasks=[TaskOut.from_model(task) for task in todo],
        abilities=boards.abilities(actor, sorted({task.workspace_id for task in todo})),
        meetings=meetings.current_for(actor),
        events=calendar.next_for(actor, EVENTS),
        mentions=_mentions(actor, talking),
        approvals=approvals.waiting_for(actor, limit=APPROVALS),
        documents=documents.recent_for(actor, limit=DOCUMENTS),
        drafts=_drafts(actor, talking),
    )


def _mentions(actor: User, talking: set[UUID]) -> list[MessageLine]:
    messages = chat.unread_mentions_for(actor, MENTIONS)
    found = places.channels(actor, [message.channel_id for message in messages])
    lines = []
    for message in messages:
        place = found.get(message.channel_id)
        if place is not None and place.workspace_id in talking:
            lines.append(place.line(message, unread=True))
    return lines


def _drafts(actor: User, talking: set[UUID]) -> list[DraftLine]:
    drafts = [draft for draft in chat.drafts_for(actor) if draft.workspace_id in talking][:DRAFTS]
    found = places.channels(actor, [draft.channel_id for draft in drafts])
    return [
        DraftLine(draft=draft, channel_name=found[draft.channel_id].name)
        for draft in drafts
        if draft.channel_id in found
    ]
