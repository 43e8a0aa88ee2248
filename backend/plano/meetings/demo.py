"""The demonstration's meetings: some that are over, one that is planned. Made by the room's own actions."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.ids import derived_id
from plano.meetings import actions
from plano.meetings.models import Meeting
from plano.workspaces.models import Workspace

ZONE = ZoneInfo("Europe/Paris")
# who, title, working days from today, hour, minutes; days to come are planned
MEETINGS = {
    "plan-de-continuite": (
        ("alice", "Cellule de crise : point quotidien", -3, 10, 25),
        ("bruno", "Retour sur l’exercice de bascule", -2, 16, 50),
        ("alice", "Relecture des fiches réflexes", -1, 14, 40),
        ("alice", "Cellule de crise : point quotidien", 1, 10, 30),
    ),
    "budget-2027": (("chloe", "Arbitrages du premier trimestre", -4, 11, 70),),
}


def seed(*, workspace: Workspace, people: dict[str, User]) -> None:
    """Twice is as once: the identifiers are derived."""
    today = now().astimezone(ZONE).replace(minute=0, second=0, microsecond=0)
    for number, (who, title, days, hour, minutes) in enumerate(MEETINGS.get(workspace.slug, ())):
        start = _working_day(today, days).replace(hour=hour)
        _hold(workspace, people[who], derived_id("demo.meeting", str(workspace.id), str(number)), title, start, minutes)


def _working_day(day: datetime, away: int) -> datetime:
    """So many working days before or after; nobody meets at the week-end."""
    step = timedelta(days=1 if away > 0 else -1)
    while away:
        day += step
        away -= 0 if day.weekday() >= 5 else step.days
    return day


def _hold(workspace: Workspace, who: User, id: UUID, title: str, start: datetime, minutes: int) -> None:
    planned = start > now()
    meeting = actions.start_meeting(
        actor=who, workspace_id=workspace.id, id=id, title=title, starts_at=start if planned else None
    )
    if not planned:
        actions.end_meeting(actor=who, meeting_id=meeting.id)
        end = start + timedelta(minutes=minutes)
        Meeting.objects.filter(id=meeting.id).update(created_at=start, started_at=start, ended_at=end)
