"""What mails about notifications say, in both languages. `{…}` is filled by `mails.py` with cleaned values only."""

from dataclasses import dataclass

from plano.notifications.models import Group, NotificationKind

K = NotificationKind


@dataclass(frozen=True)
class Words:
    """One language."""

    kinds: dict[str, tuple[str, str]]
    """By kind: of one, and of several (`{count}`)."""
    groups: dict[Group, str]
    somebody: str
    hello: str
    summary: dict[str, str]
    news: tuple[str, str]
    urgent: str
    quoted: str
    open: str
    answer: str
    answer_above: str
    why: str
    end: str
    choose: str
    elsewhere: str
    date: str
    refused: tuple[str, str]


FRENCH = Words(
    kinds={
        K.MENTION: ("{who} vous mentionne", "{who} vous mentionne, {count} fois"),
        K.MESSAGE: ("{who} a répondu dans un fil que vous suivez", "{count} réponses dans un fil que vous suivez"),
        K.DIRECT: ("{who} vous a écrit", "{count} messages vous attendent"),
        K.COMMENT: (
            "{who} a commenté un document que vous suivez",
            "{count} commentaires sur des documents que vous suivez",
        ),
        K.ASSIGNMENT: ("{who} vous confie une tâche", "{count} tâches vous sont confiées"),
        K.EVENT_INVITATION: ("{who} vous convie à un événement", "{count} invitations à des événements"),
        K.APPROVAL_ASKED: (
            "{who} vous demande une réponse sur un document",
            "{count} réponses vous sont demandées sur des documents",
        ),
        K.APPROVAL_ANSWERED: ("{who} a répondu à votre demande", "{count} réponses à vos demandes"),
        K.APPROVAL_REMINDER: (
            "Rappel : {who} attend votre réponse sur un document",
            "Rappel : {count} réponses sont attendues de vous",
        ),
        K.APPROVAL_COMPLETED: ("Votre demande est terminée", "{count} de vos demandes sont terminées"),
        K.APPROVAL_CANCELLED: ("{who} a annulé une demande de réponse", "{count} demandes ont été annulées"),
        K.APPROVAL_LOST: (
            "{who} n’a plus accès au document et ne peut plus vous répondre",
            "{count} personnes ne peuvent plus vous répondre",
        ),
        K.FOLLOWED: ("Un changement dans ce que vous suivez", "{count} changements dans ce que vous suivez"),
        K.FOLLOWED_DELETED: (
            "{who} a mis à la corbeille ce que vous suivez",
            "{count} choses que vous suivez ont été mises à la corbeille",
        ),
        K.DEPOSITED: ("Un document déposé par votre lien", "{count} documents déposés par votre lien"),
        K.LOCK_BROKEN: ("{who} a levé votre verrou", "{count} de vos verrous ont été levés"),
        K.INFECTED: (
            "L’antivirus a écarté un fichier que vous avez déposé",
            "L’antivirus a écarté {count} fichiers que vous avez déposés",
        ),
        K.RETENTION: (
            "Des documents vont être classés faute de changement",
            "Des documents vont être classés faute de changement",
        ),
        K.REMINDER: ("Vous vouliez revenir à un message", "Vous vouliez revenir à {count} messages"),
        K.NOT_SENT: ("Votre message n’a pas pu partir", "{count} de vos messages n’ont pas pu partir"),
        K.INVITATION: ("{who} vous ouvre un espace", "{count} espaces vous sont ouverts"),
        K.EXPORT_READY: ("L’export de la conversation est prêt", "{count} exports sont prêts"),
        K.WEBHOOK_STOPPED: ("Un webhook sortant a été arrêté", "{count} webhooks sortants ont été arrêtés"),
    },
    groups={
        Group.MENTIONS: "Mentions et réponses",
        Group.DIRECT: "Messages directs",
        Group.TASKS: "Tâches",
        Group.AGENDA: "Agenda et réunions",
        Group.APPROVALS: "Approbations",
        Group.DOCUMENTS: "Documents",
        Group.REMINDERS: "Rappels",
        Group.SPACE: "Espaces et accès",
    },
    somebody="Quelqu’un",
    hello="Bonjour {name},",
    summary={
        "hourly": "Plano : ce qui vous attend",
        "daily": "Plano : votre résumé du jour",
        "weekly": "Plano : votre résumé de la semaine",
    },
    news=("Une nouveauté vous attend.", "{count} nouveautés vous attendent."),
    urgent="Urgent",
    quoted="« {text} »",
    open="Ouvrir dans Plano",
    answer="Répondez à ce courriel : votre réponse arrivera dans la conversation, sans pièces jointes.",
    answer_above="---- Répondez au-dessus de cette ligne ----",
    why="Vous recevez ce courriel parce que vous l’avez choisi dans Plano. Il ne contient aucun traceur.",
    end="Ne plus recevoir ces courriels",
    choose="Choisir vos notifications",
    elsewhere="Ailleurs",
    date="l j F, H:i",
    refused=(
        "Votre réponse n’est pas arrivée dans Plano",
        "Bonjour {name},\n\nVotre réponse par courriel n’a pas été publiée : {reason}\n\n"
        "Répondez plutôt dans Plano : {link}\n",
    ),
)

ENGLISH = Words(
    kinds={
        K.MENTION: ("{who} mentions you", "{who} mentions you, {count} times"),
        K.MESSAGE: ("{who} answered in a thread that you follow", "{count} answers in a thread that you follow"),
        K.DIRECT: ("{who} wrote to you", "{count} messages wait for you"),
        K.COMMENT: ("{who} commented on a document that you follow", "{count} comments on documents that you follow"),
        K.ASSIGNMENT: ("{who} assigned a task to you", "{count} tasks were assigned to you"),
        K.EVENT_INVITATION: ("{who} invites you to an event", "{count} invitations to events"),
        K.APPROVAL_ASKED: ("{who} asks for your answer on a document", "{count} answers are asked of you on documents"),
        K.APPROVAL_ANSWERED: ("{who} answered your request", "{count} answers to your requests"),
        K.APPROVAL_REMINDER: (
            "Reminder: {who} waits for your answer on a document",
            "Reminder: {count} answers are expected of you",
        ),
        K.APPROVAL_COMPLETED: ("Your request is complete", "{count} of your requests are complete"),
        K.APPROVAL_CANCELLED: ("{who} cancelled a request for an answer", "{count} requests were cancelled"),
        K.APPROVAL_LOST: (
            "{who} lost access to the document and can no longer answer you",
            "{count} people can no longer answer you",
        ),
        K.FOLLOWED: ("A change in what you follow", "{count} changes in what you follow"),
        K.FOLLOWED_DELETED: (
            "{who} put what you follow in the bin",
            "{count} things that you follow were put in the bin",
        ),
        K.DEPOSITED: ("A document deposited by your link", "{count} documents deposited by your link"),
        K.LOCK_BROKEN: ("{who} broke your lock", "{count} of your locks were broken"),
        K.INFECTED: (
            "The antivirus removed a file that you uploaded",
            "The antivirus removed {count} files that you uploaded",
        ),
        K.RETENTION: ("Documents are about to be filed away", "Documents are about to be filed away"),
        K.REMINDER: ("You wished to come back to a message", "You wished to come back to {count} messages"),
        K.NOT_SENT: ("Your message could not be sent", "{count} of your messages could not be sent"),
        K.INVITATION: ("{who} opens a workspace to you", "{count} workspaces were opened to you"),
        K.EXPORT_READY: ("The export of the conversation is ready", "{count} exports are ready"),
        K.WEBHOOK_STOPPED: ("An outgoing webhook was stopped", "{count} outgoing webhooks were stopped"),
    },
    groups={
        Group.MENTIONS: "Mentions and answers",
        Group.DIRECT: "Direct messages",
        Group.TASKS: "Tasks",
        Group.AGENDA: "Calendar and meetings",
        Group.APPROVALS: "Approvals",
        Group.DOCUMENTS: "Documents",
        Group.REMINDERS: "Reminders",
        Group.SPACE: "Workspaces and access",
    },
    somebody="Somebody",
    hello="Hello {name},",
    summary={
        "hourly": "Plano: what waits for you",
        "daily": "Plano: your summary of the day",
        "weekly": "Plano: your summary of the week",
    },
    news=("One thing is new.", "{count} things are new."),
    urgent="Urgent",
    quoted="“{text}”",
    open="Open in Plano",
    answer="Answer this mail: your answer will arrive in the conversation, without attachments.",
    answer_above="---- Answer above this line ----",
    why="You receive this mail because you chose it in Plano. It holds nothing that tracks you.",
    end="Receive these mails no more",
    choose="Choose your notifications",
    elsewhere="Elsewhere",
    date="l j F, H:i",
    refused=(
        "Your answer did not arrive in Plano",
        "Hello {name},\n\nYour answer by mail was not published: {reason}\n\nPlease answer in Plano: {link}\n",
    ),
)


def words_of(language: str) -> Words:
    return ENGLISH if language == "en" else FRENCH
