"""The demonstration's calendar: a month of a team's life around today. Made by the room's own actions."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from plano.accounts.models import User
from plano.calendar import actions
from plano.calendar.models import Answer
from plano.calendar.times import wall
from plano.kernel.clock import now
from plano.kernel.ids import derived_id
from plano.workspaces.models import Workspace

ZONE = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Plan:
    """An event by its distance from this week's Monday. Without hours: whole days."""

    key: str
    by: str
    title: str
    week: int
    weekday: int
    start: str = ""
    end: str = ""
    days: int = 1
    location: str = ""
    description: str = ""
    color: int = 1
    rrule: str = ""
    invited: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()


CONTINUITY = (
    Plan("weekly", "alice", "Point d’équipe", -4, 0, "10:00", "11:00", location="Salle Jaurès",
         description="Tour de table, incidents de la semaine, points à trancher.", rrule="FREQ=WEEKLY",
         invited=("alice", "bruno", "chloe"), accepted=("bruno", "chloe")),
    Plan("returns", "chloe", "Retours d’expérience de l’été", -3, 2, "14:00", "16:00", location="Salle Moulin", color=3,
         invited=("alice", "bruno"), accepted=("alice", "bruno")),
    Plan("on-call-0", "alice", "Astreinte : Alice Martin", -3, 4, days=3, color=8),
    Plan("kick-off", "alice", "Lancement de la mise à jour du plan", -2, 1, "14:00", "15:30",
         location="Salle Jaurès", invited=("bruno", "chloe"), accepted=("bruno", "chloe")),
    Plan("interviews", "bruno", "Entretiens avec les chefs de bureau", -2, 3, "09:00", "12:00",
         location="Bâtiment B, 2ᵉ étage", color=2),
    Plan("risks", "chloe", "Atelier : cartographie des risques", -1, 1, "09:30", "12:00", location="Salle Moulin",
         description="Apporter le registre des incidents de l’année.", color=3,
         invited=("alice", "bruno"), accepted=("alice",)),
    Plan("it", "bruno", "Point avec la direction du numérique", -1, 2, "11:00", "12:00", color=2,
         location="En visioconférence", invited=("alice",), accepted=("alice",)),
    Plan("on-call", "alice", "Astreinte : Bruno Lefèvre", -1, 4, days=3, color=8),
    Plan("read", "alice", "Relecture du plan", 0, 0, "14:00", "15:30", location="Salle Jaurès",
         invited=("bruno", "chloe"), accepted=("chloe",)),
    Plan("exercise", "bruno", "Exercice de bascule du standard", 0, 1, "14:30", "16:00",
         location="Salle Jaurès et à distance", color=2,
         description="Coupure simulée du standard principal. Mesurer le délai de reprise et noter les écarts.",
         invited=("alice", "chloe"), accepted=("alice",)),
    Plan("operator", "bruno", "Point avec l’opérateur", 0, 1, "17:00", "17:30", color=7),
    Plan("visit", "chloe", "Visite du site de repli", 0, 2, "09:00", "12:30", location="Cité administrative, entrée C",
         color=3, invited=("alice", "bruno"), accepted=("bruno",)),
    Plan("training", "alice", "Formation des cadres d’astreinte", 0, 3, days=2, color=4, location="Salle Moulin"),
    Plan("review", "alice", "Bilan de la semaine", 0, 4, "14:00", "15:00", invited=("bruno", "chloe"),
         accepted=("bruno",)),
    Plan("overseas", "chloe", "Retour d’expérience avec Cayenne", 1, 1, "15:00", "16:00", color=2,
         location="En visioconférence", description="11 h à Cayenne.", invited=("alice",)),
    Plan("committee", "alice", "Comité de pilotage", 1, 2, "10:00", "12:00", location="Salle du conseil", color=5,
         description="Validation des scénarios prioritaires et du calendrier de l’exercice général.",
         invited=("bruno", "chloe"), accepted=("chloe",)),
    Plan("on-call-2", "alice", "Astreinte : Chloé Nguyen", 1, 4, days=3, color=8),
    Plan("general", "alice", "Exercice général", 2, 1, days=2, color=5, location="Tous les sites",
         description="Scénario : indisponibilité du site principal pendant quarante-huit heures.",
         invited=("bruno", "chloe")),
    Plan("feedback", "alice", "Retour d’expérience de l’exercice", 2, 4, "09:30", "11:00", location="Salle Jaurès",
         invited=("bruno", "chloe")),
)  # fmt: skip

BUDGET = (
    Plan("weekly", "chloe", "Point budget", -4, 1, "09:00", "09:45", rrule="FREQ=WEEKLY", color=6,
         invited=("bruno", "chloe"), accepted=("bruno",)),
    Plan("requests", "chloe", "Clôture des demandes des services", -1, 4, color=7),
    Plan("arbitration", "chloe", "Réunion d’arbitrage", 0, 3, "10:00", "12:00", location="Salle du conseil", color=6,
         invited=("bruno",), accepted=("bruno",)),
    Plan("annexes", "bruno", "Relecture des annexes", 1, 0, "14:00", "16:00", color=6, invited=("chloe",)),
    Plan("vote", "chloe", "Présentation au conseil", 2, 3, "14:00", "17:00", location="Salle du conseil", color=5,
         invited=("bruno",)),
)  # fmt: skip


def seed(*, workspace: Workspace, people: dict[str, User]) -> None:
    """Fill a workspace's calendar. Cut short and run again: what is there stays, what is missing comes."""
    today = wall(now(), ZONE).date()
    monday = today - timedelta(days=today.weekday())
    for plan in BUDGET if workspace.slug.startswith("budget") else CONTINUITY:
        event = actions.create_event(
            actor=people[plan.by],
            id=derived_id("demo", str(workspace.id), "event", plan.key),
            workspace_id=workspace.id,
            title=plan.title,
            description=plan.description,
            location=plan.location,
            color=plan.color,
            rrule=plan.rrule,
            attendees=[people[name].id for name in plan.invited],
            **_times(plan, monday),
        )
        for name in plan.accepted:
            actions.answer_event(actor=people[name], event_id=event.id, answer=Answer.ACCEPTED)
    if not workspace.slug.startswith("budget"):
        _vary(workspace, people["alice"], monday)


def _times(plan: Plan, monday: date) -> dict[str, Any]:
    first = monday + timedelta(weeks=plan.week, days=plan.weekday)
    if not plan.start:
        return {"start": first.isoformat(), "end": (first + timedelta(days=plan.days)).isoformat()}
    return {"start": f"{first}T{plan.start}", "end": f"{first}T{plan.end}", "time_zone": ZONE}


def _vary(workspace: Workspace, alice: User, monday: date) -> None:
    """Next week's team meeting moves to the afternoon: what a series looks like in real life."""
    following = monday + timedelta(weeks=1)
    actions.update_occurrence(
        actor=alice,
        event_id=derived_id("demo", str(workspace.id), "event", "weekly"),
        recurrence_id=f"{following:%Y%m%d}T100000",
        start=f"{following}T15:00",
        end=f"{following}T16:00",
    )
