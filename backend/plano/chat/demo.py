"""The conversations of the demonstration: channels with threads, a guest in one of them, two people who write."""
# ruff: noqa: E501 - sentences of people are not wrapped

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from plano.accounts.models import User
from plano.chat import actions, statements
from plano.chat.models import Channel, Message
from plano.kernel.clock import now
from plano.kernel.ids import derived_id
from plano.platform import database
from plano.platform.live.models import Frame
from plano.workspaces.models import Workspace

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Said:
    """Who said what, how many days ago and when; `@login` in the text names somebody."""

    who: str
    text: str
    days: int
    at: str
    replies: list["Said"] = field(default_factory=list)


GENERAL = [
    Said(
        "alice",
        "Bonjour à tous. Cet espace réunit tout ce qui concerne le **plan de continuité** : documents, réunions, agenda et tâches. Les échanges de fond se font ici plutôt que par courriel.",
        9,
        "08:45",
    ),
    Said("bruno", "Merci Alice. J’ai déposé la version de travail dans *Documents*, dossier « Plan ».", 9, "09:12"),
    Said("chloe", "Bien reçu. Je relis la partie ressources humaines cette semaine.", 9, "09:20"),
    Said(
        "alice",
        "Rappel : l’exercice de bascule a lieu **jeudi à 9 h**. Ordre du jour :\n\n1. Activation de la cellule\n2. Bascule de la téléphonie\n3. Retour d’expérience à chaud",
        6,
        "10:02",
    ),
    Said("bruno", "Pour la téléphonie, l’opérateur confirme la bascule en moins de 15 minutes.", 6, "10:31"),
    Said(
        "chloe",
        "Le compte rendu de l’exercice est prêt. Trois points d’amélioration :\n\n- annuaire d’astreinte à jour chaque lundi\n- badge d’accès au site de repli\n- jeu de clés supplémentaire",
        3,
        "16:40",
    ),
    Said("alice", "Excellent travail. @bruno, pouvez-vous prendre le point sur l’annuaire ?", 3, "17:05"),
    Said("bruno", "Oui, je m’en charge dès lundi.", 3, "17:08"),
    Said("alice", "Le comité de pilotage est avancé d’une heure : 14 h au lieu de 15 h.", 1, "08:55"),
    Said("chloe", "C’est noté.", 1, "09:01"),
]
CRISIS = [
    Said("bruno", "Point de la nuit : aucun incident. Le relevé complet est au dossier.", 1, "09:04"),
    Said(
        "chloe",
        "@alice, pouvez-vous relire le § 4 avant midi ? La liste des agents essentiels a changé.",
        1,
        "09:52",
        [
            Said("alice", "Oui, je commence à 11 h. Faut-il garder l’annexe 2 ?", 1, "09:58"),
            Said("bruno", "Gardons-la : la préfecture l’a demandée par courrier du 16 novembre.", 1, "10:01"),
            Said("chloe", "Entendu. J’en fais une tâche.", 1, "10:06"),
        ],
    ),
    Said("bruno", "Le groupe électrogène de Lille est réceptionné, je dépose le procès-verbal.", 1, "10:14"),
    Said("david", "Merci. Notre équipe peut assurer l’essai en charge jeudi à 9 h, si le site est ouvert.", 1, "10:17"),
    Said("alice", "Le site sera ouvert dès 8 h. Le poste de garde est prévenu.", 1, "10:25"),
]
ON_CALL = [
    Said(
        "chloe",
        "Tableau des astreintes de décembre :\n\n| Semaine | Astreinte |\n| --- | --- |\n| 49 | Bruno |\n| 50 | Chloé |\n| 51 | Alice |",
        5,
        "11:00",
    ),
    Said("bruno", "Je peux échanger la semaine 49 avec la 52 si besoin.", 5, "11:18"),
    Said("alice", "Parfait, gardons cela en réserve.", 4, "08:32"),
]
PRIVATE = [
    Said("bruno", "Alice, avez-vous cinq minutes avant le comité ?", 1, "13:30"),
    Said("alice", "Oui, à 13 h 45 dans mon bureau, ou en appel.", 1, "13:33"),
    Said("bruno", "En appel, merci.", 1, "13:34"),
]
BUDGET = [
    Said(
        "chloe",
        "Bonjour, voici l’espace du **budget 2027**. Première étape : les demandes des services avant la fin du mois.",
        8,
        "09:00",
    ),
    Said("bruno", "Les demandes du service technique sont dans *Documents*.", 7, "14:20"),
    Said(
        "chloe",
        "Il manque le chiffrage du groupe électrogène.",
        2,
        "10:10",
        [Said("bruno", "Je l’ai demandé à l’entreprise, réponse attendue demain.", 2, "10:32")],
    ),
]


def seed(*, workspace: Workspace, people: dict[str, User]) -> None:
    """Everything as the people could have written it; dates are moved back afterwards. Seeded once."""
    general = Channel.objects.get(workspace=workspace, created_by=workspace.created_by, name="Général")
    if Message.objects.filter(channel__workspace=workspace).exists():
        return
    if workspace.slug == "budget-2027":
        _say(general.id, BUDGET, people)
        _redate_log(general.id)
        return
    crisis = _channel(
        workspace, people, "Cellule de crise", "Coordination pendant les exercices et les incidents", "alice"
    )
    on_call = _channel(workspace, people, "Astreintes", "Tours, échanges et remplacements", "chloe")
    actions.let_in(actor=people["alice"], channel_id=crisis, user_id=people["david"].id)
    private = actions.open_conversation(
        actor=people["bruno"],
        workspace_id=workspace.id,
        id=derived_id("demo", str(workspace.id), "bruno-alice"),
        user_id=people["alice"].id,
    )
    spoken = ((general.id, GENERAL), (crisis, CRISIS), (on_call, ON_CALL), (private.id, PRIVATE))
    for channel_id, lines in spoken:
        _say(channel_id, lines, people)
    _answer(people, crisis)
    _decide(people, crisis)
    _ask(people, general.id)
    for channel_id, _ in spoken:
        first = Message.objects.filter(channel_id=channel_id, system__isnull=True).earliest("created_at").created_at
        Message.objects.filter(channel_id=channel_id, system__isnull=False).update(created_at=first)
        _redate_log(channel_id)
    _read(people["alice"], crisis, but=2)
    _read(people["alice"], general.id, but=1)
    _read(people["alice"], private.id, but=1)
    for login, channel_id in (("alice", on_call), ("bruno", general.id), ("bruno", crisis), ("chloe", general.id)):
        _read(people[login], channel_id)
    actions.keep_draft(actor=people["alice"], channel_id=on_call, text="Pour la semaine 52, je propose")


def _answer(people: dict[str, User], channel_id: UUID) -> None:
    """Some signs, and what everybody should find again."""
    said = Message.objects.filter(channel_id=channel_id, thread=None, system__isnull=True)
    night, power, site = (
        said.filter(text__startswith=text).get() for text in ("Point de la nuit", "Le groupe", "Le site")
    )
    for login, message, emoji in (
        ("alice", night, "👍"),
        ("chloe", night, "👍"),
        ("alice", power, "👏"),
        ("david", site, "👍"),
    ):
        actions.react(actor=people[login], message_id=message.id, emoji=emoji)
    actions.pin(actor=people["alice"], message_id=site.id)
    Message.objects.filter(id=site.id).update(pinned_at=site.created_at)


def _decide(people: dict[str, User], channel_id: UUID) -> None:
    """The first lines of the register."""
    for number, (login, days, text, by) in enumerate(
        (
            ("alice", 6, "L’exercice annuel a lieu la **troisième semaine de janvier**.", ("alice", "bruno")),
            ("bruno", 2, "Le site de repli est la salle de réunion du premier étage.", ("alice",)),
        )
    ):
        actions.note_decision(
            actor=people[login],
            channel_id=channel_id,
            id=derived_id("demo", str(channel_id), f"decision-{number}"),
            text=_typeset(text),
            decided_on=(now().astimezone(PARIS) - timedelta(days=days)).date(),
            decided_by=[people[one].id for one in by],
        )


def _ask(people: dict[str, User], channel_id: UUID) -> None:
    """A poll that is open, with the first answers."""
    id = derived_id("demo", str(channel_id), "poll")
    days = ["Mardi 10 h", "Mercredi 14 h", "Jeudi 9 h"]
    actions.ask(
        actor=people["alice"],
        channel_id=channel_id,
        id=id,
        question=_typeset("Quand tenir le retour d’expérience ?"),
        options=days,
    )
    _date(id, Said("alice", "", 1, "09:10"))
    actions.vote(actor=people["bruno"], message_id=id, options=[1])
    actions.vote(actor=people["chloe"], message_id=id, options=[1])


def _channel(workspace: Workspace, people: dict[str, User], name: str, topic: str, who: str) -> UUID:
    id = derived_id("demo", str(workspace.id), name)
    channel = actions.open_channel(actor=people[who], workspace_id=workspace.id, id=id, name=name, topic=topic)
    return channel.id


def _say(channel_id: UUID, lines: list[Said], people: dict[str, User], root: Message | None = None) -> None:
    for line in lines:
        text, named = _typeset(line.text), [login for login in people if f"@{login}" in line.text]
        for login in named:
            text = text.replace(f"@{login}", f"@{people[login].name}")
        id = derived_id("demo", str(channel_id), line.who, line.text)
        actions.post_message(
            actor=people[line.who],
            channel_id=channel_id,
            id=id,
            text=text,
            thread_id=root.id if root else None,
            mentions=[people[login].id for login in named],
        )
        message = _date(id, line)
        if line.replies:
            _say(channel_id, line.replies, people, message)
            last = Message.objects.filter(thread=message).order_by("-seq").first()
            if last is not None:
                Message.objects.filter(id=message.id).update(last_reply_at=last.created_at)


def _date(id: UUID, line: Said) -> Message:
    """As if it had been said then."""
    day = (now().astimezone(PARIS) - timedelta(days=line.days)).date()
    at = datetime.combine(day, time.fromisoformat(line.at), PARIS)
    Message.objects.filter(id=id).update(created_at=at)
    return Message.objects.get(id=id)


def _redate_log(channel_id: UUID) -> None:
    """The frames say what the messages say now, for whoever resumes from an old number."""
    for frame in Frame.objects.filter(scope_id=channel_id, kind="chat.message"):
        [(_, _, payload, *_)] = database.rows(statements.ONE, {"id": UUID(json.loads(frame.payload)["id"])})
        Frame.objects.filter(scope_id=channel_id, seq=frame.seq).update(payload=payload)


def _typeset(text: str) -> str:
    """French spaces before double punctuation (look.md)."""
    return (
        re.sub(r" ([?!;])", "\u202f\\1", text)
        .replace(" :", "\u00a0:")
        .replace("« ", "«\u00a0")
        .replace(" »", "\u00a0»")
    )


def _read(person: User, channel_id: UUID, *, but: int = 0) -> None:
    """This person has read all of the channel but the last ones."""
    seqs = list(
        Message.objects.filter(channel_id=channel_id, thread=None).order_by("-seq").values_list("seq", flat=True)
    )
    actions.set_mark(actor=person, channel_id=channel_id, seq=seqs[but])
