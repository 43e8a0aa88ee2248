"""Accueil: what goes on in a workspace, in one answer. Each part is asked of its own room."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from plano.accounts.models import User
from plano.calendar import queries as calendar
from plano.calendar.schemas import OccurrenceOut
from plano.chat import queries as chat
from plano.desk.models import Visit
from plano.desk.queries import places
from plano.desk.schemas import HomeDocuments, HomeMessages, HomeOut, HomeTasks
from plano.documents import queries as documents
from plano.kernel.clock import now
from plano.meetings import queries as meetings
from plano.tasks import policies as boards
from plano.tasks import queries as tasks
from plano.tasks.schemas import TaskOut
from plano.workspaces import policies as access
from plano.workspaces.models import Membership, Role, Room

DOCUMENTS, MESSAGES, TASKS = 6, 5, 6


@access.asking_once()
def home_for(actor: User, workspace_id: UUID) -> HomeOut:
    """The home of a workspace for its members and guests; NotFound for all others (R-03)."""
    membership = access.membership_of(actor, workspace_id)
    rooms = set(membership.workspace.rooms)
    inside = membership.role >= Role.READER  # the calendar and the board belong to the workspace's own scope
    since = Visit.objects.filter(user=actor, workspace_id=workspace_id).values_list("at", flat=True).first()
    people = Membership.objects.filter(workspace_id=workspace_id, user__is_active=True).aggregate(
        members=Count("id"), guests=Count("id", filter=Q(role=Role.GUEST))
    )
    return HomeOut(
        workspace_id=workspace_id,
        since=since,
        members=people["members"],
        guests=people["guests"],
        meetings=meetings.current_for(actor, workspace_id) if Room.MEETINGS in rooms else None,
        today=_today(actor, workspace_id) if inside and Room.CALENDAR in rooms else None,
        documents=_documents(actor, workspace_id, since) if Room.DOCUMENTS in rooms else None,
        messages=_messages(actor, workspace_id) if Room.CHAT in rooms else None,
        tasks=_tasks(actor, workspace_id) if inside and Room.TASKS in rooms else None,
    )


def _today(actor: User, workspace_id: UUID) -> list[OccurrenceOut]:
    """The day is that of the reader's own zone."""
    day = now().astimezone(ZoneInfo(actor.time_zone)).date()
    return calendar.today_for(actor, workspace_id, day=day, tz=actor.time_zone)


def _documents(actor: User, workspace_id: UUID, since: datetime | None) -> HomeDocuments:
    changed = 0
    if since is not None:
        news = documents.visible_nodes(actor, workspace_id).filter(kind="document", modified_at__gt=since)
        changed = news.exclude(modified_by=actor).count()
    return HomeDocuments(items=documents.recent_for(actor, workspace_id, DOCUMENTS), changed=changed)


def _messages(actor: User, workspace_id: UUID) -> HomeMessages:
    marks = chat.marks_for(actor, workspace_id=workspace_id)
    messages = [message for message, _ in chat.last_messages_for(actor, workspace_id, MESSAGES)]
    found = places.channels(actor, [message.channel_id for message in messages], workspace_id)
    lines, unread = [], {}
    for message in messages:
        place, mark = found.get(message.channel_id), marks.get(message.channel_id)
        if place is None or mark is None:
            continue
        new = mark.seq < message.seq and message.author.id != actor.id
        lines.append(place.line(message, unread=new))
        unread[message.channel_id] = mark.unread
    return HomeMessages(items=lines, unread=unread)


def _tasks(actor: User, workspace_id: UUID) -> HomeTasks:
    board = tasks.late_and_coming_for(actor, workspace_id, TASKS)
    return HomeTasks(
        items=[TaskOut.from_model(task) for task in board.tasks],
        late=board.late,
        coming=board.coming,
        abilities=boards.abilities(actor, [workspace_id]),
    )
