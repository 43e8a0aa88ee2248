"""The boards of the demonstration, made by the product's own actions. Dates are relative to the day of seeding."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from uuid import UUID

from plano.accounts.models import User
from plano.kernel.ids import derived_id
from plano.tasks import actions
from plano.tasks.models import Column, Label
from plano.tasks.queries import today_of
from plano.workspaces.models import Workspace


@dataclass(frozen=True)
class Plan:
    """A task: column by its number, date in days from today."""

    title: str
    column: int
    by: str
    who: tuple[str, ...] = ()
    day: int | None = None
    hour: time | None = None
    priority: str = "normal"
    labels: tuple[str, ...] = ()
    description: str = ""
    checklist: tuple[tuple[str, bool], ...] = field(default=())


CONTINUITY = (
    Plan(
        "Valider la liste des agents essentiels",
        0,
        "alice",
        ("alice",),
        day=-3,
        priority="urgent",
        labels=("Astreintes",),
        description=(
            "Chaque direction a proposé ses noms. Il manque l’accord du **secrétariat général**.\n\n"
            "- deux personnes par service au moins ;\n- un suppléant nommé ;\n- les numéros vérifiés."
        ),
    ),
    Plan("Commander les cartes d’accès du site de repli", 0, "bruno", ("chloe",), day=3, labels=("Site de repli",)),
    Plan(
        "Rédiger la note aux chefs de service",
        0,
        "alice",
        ("bruno",),
        day=7,
        checklist=(
            ("Rappeler le calendrier de l’exercice", True),
            ("Joindre la fiche réflexe", True),
            ("Préciser le régime des astreintes", False),
            ("Relire avec la communication", False),
            ("Faire signer", False),
        ),
    ),
    Plan(
        "Relire le § 4 du plan",
        1,
        "chloe",
        ("alice",),
        day=0,
        hour=time(18, 0),
        priority="high",
        checklist=(
            ("Niveaux d’alerte", True),
            ("Chaîne de décision", True),
            ("Communication de crise", True),
            ("Annexes", False),
        ),
    ),
    Plan("Signer la convention de secours", 1, "alice", ("bruno",), day=-1, labels=("Convention",)),
    Plan(
        "Mettre à jour l’annuaire des astreintes",
        1,
        "bruno",
        ("bruno", "chloe"),
        day=4,
        labels=("Astreintes",),
        checklist=(("Direction", True), ("Sécurité civile", True), ("Logistique", False)),
    ),
    Plan("Préparer l’exercice de décembre", 1, "alice", ("chloe",), day=10, labels=("Exercice",)),
    Plan("Vérifier le plan de reprise informatique", 2, "chloe", ("alice",), day=2, priority="high"),
    Plan("Accord de l’opérateur sur l’essai en charge", 2, "bruno", ("bruno",), day=3, labels=("Convention",)),
    Plan("Réserver quarante postes de repli", 3, "bruno", ("bruno",), day=-1, labels=("Site de repli",)),
    Plan("Réceptionner le groupe électrogène", 3, "chloe", ("bruno",), day=0),
    Plan("Diffuser le compte rendu de l’exercice d’octobre", 3, "alice", ("chloe",), day=-12, labels=("Exercice",)),
)
BUDGET = (
    Plan("Chiffrer la rénovation de l’accueil", 0, "chloe", ("bruno",), day=-1, priority="high"),
    Plan("Recenser les besoins en formation", 0, "chloe", ("bruno",), day=12),
    Plan("Mettre à jour la maquette, titre 3", 1, "bruno", ("chloe",), day=4, labels=("Maquette",)),
    Plan("Préparer les arbitrages de la direction", 1, "chloe", ("chloe",), day=6, hour=time(14, 0)),
    Plan("Relire l’annexe sur les loyers", 2, "chloe", ("bruno",), day=1, labels=("Annexes",)),
    Plan("Publier le calendrier budgétaire", 3, "chloe", ("chloe",), day=-8),
)
COLORS = {"Astreintes": 2, "Site de repli": 4, "Convention": 6, "Exercice": 5, "Maquette": 1, "Annexes": 3}


def seed(*, workspace: Workspace, people: dict[str, User]) -> None:
    """Fill a workspace's board. Cut short and run again: what is there stays, what is missing comes."""
    plans = BUDGET if workspace.slug.startswith("budget") else CONTINUITY
    actions.ensure_board(actor=people["chloe"], workspace_id=workspace.id)
    columns = list(Column.objects.filter(workspace=workspace).order_by("rank"))
    today = today_of(people["chloe"])
    for plan in plans:
        actions.create_task(
            actor=people[plan.by],
            workspace_id=workspace.id,
            id=_id(workspace, plan.title),
            title=plan.title,
            description=plan.description,
            column_id=columns[plan.column].id,
            priority=plan.priority,
            due_date=None if plan.day is None else today + timedelta(days=plan.day),
            due_time=plan.hour,
            assignee_ids=[people[login].id for login in plan.who],
            label_ids=[_label(workspace, people[plan.by], name).id for name in plan.labels],
            checklist=[
                {"id": str(_id(workspace, plan.title, text)), "text": text, "done": done}
                for text, done in plan.checklist
            ],
        )


def _label(workspace: Workspace, by: User, name: str) -> Label:
    return actions.add_label(
        actor=by, workspace_id=workspace.id, id=_id(workspace, "label", name), name=name, color=COLORS[name]
    )


def _id(workspace: Workspace, *parts: str) -> UUID:
    return derived_id("demo", str(workspace.id), "task", *parts)
