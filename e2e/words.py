"""What people read on buttons and fields, in the two languages of the journey."""

_BOTH = {
    "actions": ("Actions sur", "Actions on"),
    "add_task": ("Ajouter une tâche", "Add a task"),
    "addresses": ("Adresses", "Addresses"),
    "closed": ("Cette page n’est pas ouverte pour vous", "This page is not open to you"),
    "create_event": ("Créer l’événement", "Create the event"),
    "done": ("{} terminés", "{} done"),
    "download": ("Télécharger", "Download"),
    "event": ("Événement", "Event"),
    "files": ("Déposer des fichiers", "Upload files"),
    "invite": ("Inviter", "Invite"),
    "join": ("Entrer dans l’espace", "Enter the workspace"),
    "join_meeting": ("Rejoindre", "Join"),
    "me": ("mon menu", "my menu"),
    "meeting": ("Démarrer une réunion", "Start a meeting"),
    "meeting_enter": ("Entrer dans la réunion", "Enter the meeting"),
    "meeting_over": ("Cette réunion n’est plus ouverte pour vous.", "This meeting is no longer open to you."),
    "move_to": ("Déplacer vers", "Move to"),
    "name": ("Nom", "Name"),
    "open": ("Ouvrir l’espace", "Open the workspace"),
    "person": ("Prénom et nom", "First name and name"),
    "remove": ("Retirer de l’espace", "Remove from the workspace"),
    "send": ("Envoyer l’invitation", "Send the invitation"),
    "share": ("Partager l’écran", "Share the screen"),
    "sign_out": ("Se déconnecter", "Sign out"),
    "title": ("Titre", "Title"),
    "tray": ("Dépôts", "Uploads"),
    "unshare": ("Arrêter le partage", "Stop sharing"),
    "upload": ("Déposer", "Upload"),
}

Words = dict[str, str]


def words_of(language: str) -> Words:
    return {key: both[language == "en"] for key, both in _BOTH.items()} | {"language": language}
