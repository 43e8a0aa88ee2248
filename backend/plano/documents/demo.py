# ruff: noqa: E501 - the texts of documents
"""The libraries of the demonstration: folders with documents of the usual formats, one opened to a guest."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from plano.accounts.models import User
from plano.documents import actions, demo_files
from plano.documents.models import Activity, Kind, Node, Version
from plano.kernel.clock import now
from plano.kernel.ids import derived_id
from plano.platform import blobs
from plano.workspaces.models import Role, Workspace


@dataclass(frozen=True)
class File:
    """A document: who wrote it, how many hours ago, and each of its versions."""

    name: str
    who: str
    hours: int
    versions: tuple[Callable[[], bytes], ...]


@dataclass(frozen=True)
class Folder:
    name: str
    who: str
    items: tuple["File | Folder", ...] = field(default=())
    guest: str | None = None
    restricted: bool = False
    people: tuple[str, ...] = ()


def _plan(version: int) -> Callable[[], bytes]:
    return lambda: demo_files.odt(
        "Plan de continuité d’activité",
        [
            (
                "1. Objet",
                [
                    "Le présent plan décrit comment la préfecture maintient ses missions essentielles lorsque ses locaux, ses agents ou ses réseaux viennent à manquer."
                ],
            ),
            (
                "2. Missions essentielles",
                [
                    "Sécurité civile et gestion de crise.",
                    "Délivrance des titres urgents.",
                    "Versement des aides sociales.",
                    "Paie des agents.",
                ],
            ),
            (
                "3. Ressources humaines",
                [
                    f"Version {version} : les effectifs minimaux sont arrêtés pour chaque mission ; la liste des agents essentiels est tenue à jour chaque lundi."
                ],
            ),
            (
                "4. Site de repli",
                [
                    "L’annexe de la rue des Carmes accueille 40 postes. Le badge d’accès est remis par l’astreinte logistique."
                ],
            ),
            (
                "5. Retour à la normale",
                [
                    "La cellule de crise prononce la fin de l’activation et rédige le retour d’expérience sous quinze jours."
                ],
            ),
        ],
    )


PLAN: tuple[File | Folder, ...] = (
    Folder(
        "Plan 2026-2027",
        "alice",
        (
            File("Plan de continuité d’activité.odt", "chloe", 3, (_plan(1), _plan(2), _plan(3))),
            File(
                "Annuaire des astreintes 2026-2027.xlsx",
                "bruno",
                20,
                (
                    lambda: demo_files.xlsx(
                        "Astreintes",
                        [
                            ["Semaine", "Direction", "Logistique", "Systèmes", "Téléphone"],
                            ["48", "Alice Martin", "Bruno Lefèvre", "Chloé Nguyen", "01 99 00 12 01"],
                            ["49", "Bruno Lefèvre", "Chloé Nguyen", "Alice Martin", "01 99 00 12 02"],
                            ["50", "Chloé Nguyen", "Alice Martin", "Bruno Lefèvre", "01 99 00 12 03"],
                            ["51", "Alice Martin", "Bruno Lefèvre", "Chloé Nguyen", "01 99 00 12 01"],
                        ],
                    ),
                ),
            ),
            Folder(
                "Annexes",
                "bruno",
                (
                    File(
                        "Fiche réflexe, coupure électrique.pdf",
                        "bruno",
                        70,
                        (
                            lambda: demo_files.pdf(
                                "Fiche réflexe : coupure électrique",
                                [
                                    (
                                        "Dans les cinq premières minutes",
                                        [
                                            "Vérifier que le groupe électrogène a démarré (voyant vert, local B-02).",
                                            "Prévenir l’astreinte logistique, puis l’astreinte systèmes.",
                                            "Couper les équipements non essentiels de l’étage.",
                                        ],
                                    ),
                                    (
                                        "Dans l’heure",
                                        [
                                            "Relever l’autonomie restante et la communiquer à la cellule.",
                                            "Décider du maintien ou du repli des missions essentielles.",
                                        ],
                                    ),
                                    (
                                        "À la remise sous tension",
                                        [
                                            "Remettre en service étage par étage.",
                                            "Consigner les horaires dans la main courante.",
                                        ],
                                    ),
                                ],
                            ),
                        ),
                    ),
                    File(
                        "Modèle de message aux agents.docx",
                        "chloe",
                        96,
                        (
                            lambda: demo_files.docx(
                                "Message aux agents",
                                [
                                    (
                                        "Objet : activation du plan de continuité",
                                        [
                                            "Madame, Monsieur,",
                                            "Le plan de continuité est activé à compter de ce jour. Les agents désignés rejoignent leur poste de repli ; les autres travaillent à distance jusqu’à nouvel ordre.",
                                            "Un point de situation vous sera adressé chaque jour à 17 heures.",
                                        ],
                                    )
                                ],
                            ),
                        ),
                    ),
                    File(
                        "Plan du rez-de-chaussée.png",
                        "bruno",
                        120,
                        (
                            lambda: demo_files.png(
                                [
                                    ("Accueil", (60, 80, 420, 340)),
                                    ("Salle de crise", (460, 80, 860, 340)),
                                    ("Local technique", (900, 80, 1140, 340)),
                                    ("Guichets", (60, 380, 640, 690)),
                                    ("Archives", (680, 380, 1140, 690)),
                                ]
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Folder(
        "Exercices",
        "chloe",
        (
            File(
                "Compte rendu, exercice de bascule.md",
                "chloe",
                75,
                (
                    lambda: demo_files.md(
                        "Exercice de bascule, compte rendu",
                        [
                            (
                                "Déroulé",
                                [
                                    "- **9 h 00** : activation de la cellule\n- **9 h 12** : bascule de la téléphonie\n- **10 h 40** : reprise des guichets au site de repli"
                                ],
                            ),
                            ("Points forts", ["La bascule de la téléphonie a pris *moins de quinze minutes*."]),
                            (
                                "À améliorer",
                                [
                                    "1. Annuaire d’astreinte à jour chaque lundi\n2. Badge d’accès au site de repli\n3. Jeu de clés supplémentaire"
                                ],
                            ),
                        ],
                    ),
                ),
            ),
            File(
                "Scénario, crue centennale.odt",
                "alice",
                240,
                (
                    lambda: demo_files.odt(
                        "Scénario d’exercice : crue centennale",
                        [
                            (
                                "Situation de départ",
                                [
                                    "Vigilance rouge à 6 heures. Les caves du bâtiment principal sont inondées, l’alimentation électrique est coupée par précaution."
                                ],
                            ),
                            ("Objectifs", ["Éprouver le site de repli.", "Tester la chaîne d’alerte."]),
                        ],
                    ),
                ),
            ),
        ),
    ),
    Folder(
        "Cellule de crise",
        "alice",
        (
            File(
                "Annuaire réservé.md",
                "alice",
                30,
                (
                    lambda: demo_files.md(
                        "Annuaire réservé",
                        [
                            (
                                "Cellule",
                                [
                                    "| Fonction | Nom |\n| --- | --- |\n| Direction | Alice Martin |\n| Conduite | Chloé Nguyen |"
                                ],
                            )
                        ],
                    ),
                ),
            ),
        ),
        restricted=True,
        people=("chloe",),
    ),
    Folder(
        "Échanges avec l’opérateur",
        "alice",
        (
            File(
                "Convention avec l’opérateur de secours.pdf",
                "alice",
                50,
                (
                    lambda: demo_files.pdf(
                        "Convention avec l’opérateur de secours",
                        [
                            (
                                "Article 1. Objet",
                                [
                                    "L’opérateur met à disposition un lien de secours de 200 Mbit/s entre le siège et le site de repli."
                                ],
                            ),
                            (
                                "Article 2. Délais",
                                ["La bascule est effective en moins de quinze minutes après l’appel de l’astreinte."],
                            ),
                        ],
                    ),
                ),
            ),
            File(
                "Lisez-moi.md",
                "bruno",
                44,
                (
                    lambda: demo_files.md(
                        "Échanges avec l’opérateur",
                        [
                            (
                                "À quoi sert ce dossier",
                                [
                                    "Ce dossier est ouvert à David Okoye, de l’opérateur de secours. Il ne voit rien d’autre de l’espace."
                                ],
                            )
                        ],
                    ),
                ),
            ),
        ),
        guest="david",
    ),
    File(
        "Lisez-moi.md",
        "alice",
        200,
        (
            lambda: demo_files.md(
                "Plan de continuité",
                [
                    (
                        "Où trouver quoi",
                        [
                            "- **Plan 2026-2027** : le plan et ses annexes\n- **Exercices** : scénarios et comptes rendus\n- **Cellule de crise** : réservé à la cellule"
                        ],
                    ),
                    (
                        "Comment déposer",
                        [
                            "Glissez des fichiers ou des dossiers entiers sur la liste. Un dépôt interrompu reprend là où il s’est arrêté."
                        ],
                    ),
                ],
            ),
        ),
    ),
)

BUDGET: tuple[File | Folder, ...] = (
    Folder(
        "Construction 2027",
        "chloe",
        (
            File(
                "Budget 2027, projet.xlsx",
                "chloe",
                6,
                (
                    lambda: demo_files.xlsx(
                        "Projet",
                        [
                            ["Poste", "2026 (€)", "2027 (€)"],
                            ["Personnel", 4_820_000, 4_905_000],
                            ["Fonctionnement", 1_130_000, 1_080_000],
                            ["Immobilier", 640_000, 712_000],
                            ["Numérique", 415_000, 468_000],
                        ],
                        total=True,
                    ),
                ),
            ),
            File(
                "Note de cadrage.odt",
                "chloe",
                150,
                (
                    lambda: demo_files.odt(
                        "Note de cadrage budgétaire 2027",
                        [
                            (
                                "Orientations",
                                [
                                    "Maintien des effectifs, baisse de 4 % du fonctionnement courant, effort sur la rénovation énergétique."
                                ],
                            ),
                            (
                                "Calendrier",
                                [
                                    "Remontée des besoins : 4 décembre.",
                                    "Arbitrages : 11 décembre.",
                                    "Notification : 18 décembre.",
                                ],
                            ),
                        ],
                    ),
                ),
            ),
        ),
    ),
    Folder(
        "Arbitrages",
        "chloe",
        (
            File(
                "Fiche d’arbitrage, rénovation énergétique.docx",
                "bruno",
                28,
                (
                    lambda: demo_files.docx(
                        "Rénovation énergétique",
                        [
                            ("Demande", ["72 000 € pour l’isolation des combles."]),
                            ("Effet attendu", ["Économie de 11 000 € par an dès 2028."]),
                        ],
                    ),
                ),
            ),
            File(
                "Calendrier budgétaire.pdf",
                "chloe",
                90,
                (
                    lambda: demo_files.pdf(
                        "Calendrier budgétaire 2027",
                        [("Décembre", ["Le 4 : remontée des besoins. Le 11 : arbitrages. Le 18 : notification."])],
                    ),
                ),
            ),
        ),
    ),
)

LIBRARIES = {"plan-de-continuite": PLAN, "budget-2027": BUDGET}


def seed(*, workspace: Workspace, people: dict[str, User]) -> None:
    """Fill the library of a demonstration workspace. Again: nothing is made twice."""
    for item in LIBRARIES.get(workspace.slug, ()):
        _make(item, workspace, people, None, workspace.slug)


def _make(item: File | Folder, workspace: Workspace, people: dict[str, User], parent: UUID | None, path: str) -> None:
    path = f"{path}/{item.name}"
    id = derived_id("demo", path, str(workspace.id))
    kind = Kind.FOLDER if isinstance(item, Folder) else Kind.DOCUMENT
    if Node.objects.filter(id=id).exists():
        return
    actions.create_node(
        actor=people[item.who],
        workspace_id=workspace.id,
        id=id,
        kind=kind,
        name=item.name,
        parent_id=parent,
        restricted=isinstance(item, Folder) and item.restricted,
    )
    if isinstance(item, File):
        _write(item, id, people)
        return
    if item.guest:
        actions.set_access(actor=people[item.who], node_id=id, open=True)
        actions.grant_access(actor=people[item.who], node_id=id, user_id=people[item.guest].id, role=Role.READER)
    for login in item.people:
        actions.grant_access(actor=people[item.who], node_id=id, user_id=people[login].id, role=Role.MEMBER)
    for child in item.items:
        _make(child, workspace, people, id, path)
    latest = Node.objects.filter(parent_id=id).order_by("-modified_at").first()
    if latest is not None:
        Node.objects.filter(id=id).update(created_at=latest.modified_at, modified_at=latest.modified_at)
        _date(id, latest.modified_at)


def _write(item: File, node_id: UUID, people: dict[str, User]) -> None:
    """The versions, as if they had been put one by one over the past days."""
    for content in item.versions:
        bytes_of = content()
        blob = blobs.new_name()
        blobs.store().begin(blob)
        part = blobs.store().append(blob)
        part.write(bytes_of)
        part.close()
        blobs.store().keep(blob)
        sha256 = hashlib.sha256(bytes_of).hexdigest()
        actions.save_content(actor=people[item.who], node_id=node_id, blob=blob, sha256=sha256)
    at = now() - timedelta(hours=item.hours)
    count = len(item.versions)
    for version in Version.objects.filter(node_id=node_id):
        Version.objects.filter(id=version.id).update(created_at=at - timedelta(hours=30 * (count - version.number)))
    Node.objects.filter(id=node_id).update(modified_at=at, created_at=at - timedelta(hours=30 * (count - 1)))
    _date(node_id, at)


def _date(node_id: UUID, at: datetime) -> None:
    """What the activity says of it happened then, too; its lines stand in the order of their identifiers."""
    numbers = dict(Version.objects.filter(node_id=node_id).values_list("number", "created_at"))
    for line in Activity.objects.filter(node_id=node_id):
        then = numbers.get(line.data.get("number", 1), at)
        id = UUID(int=int(then.timestamp() * 1000) << 80 | line.id.int & ((1 << 80) - 1))
        Activity.objects.filter(id=line.id).update(id=id, created_at=then)
