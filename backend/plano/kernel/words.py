"""The human titles of refusals, by code, in the caller's language. The web client has its own, finer ones."""

from django.utils.translation import get_language

TITLES = {
    "invalid": (
        "La demande n’est pas valable.",
        "The request is not valid.",
    ),
    "sign_in_required": (
        "Veuillez vous connecter.",
        "Please sign in.",
    ),
    "forbidden": (
        "Vous ne pouvez pas faire cela.",
        "You may not do this.",
    ),
    "role_too_low": (
        "Votre rôle ici ne le permet pas.",
        "Your role here does not allow this.",
    ),
    "workspace_archived": (
        "Cet espace est archivé : il peut être lu, pas modifié.",
        "This workspace is archived: it can be read, not changed.",
    ),
    "not_found": (
        "Cela n’existe pas, ou vous n’y avez pas accès.",
        "This does not exist, or you do not have access to it.",
    ),
    "conflict": (
        "Ce n’est pas possible dans l’état actuel.",
        "This is not possible in the present state.",
    ),
    "changed_meanwhile": (
        "Quelqu’un a modifié cela entre-temps.",
        "Somebody else changed this in the meantime.",
    ),
    "too_large": (
        "C’est plus grand que la limite.",
        "This is larger than the limit.",
    ),
    "too_many_requests": (
        "Trop d’essais. Veuillez patienter un peu.",
        "Too many tries. Please wait a little.",
    ),
    "unavailable": (
        "Une partie de Plano n’est pas disponible pour l’instant. Rien n’est perdu.",
        "A part of Plano is not available at the moment. Nothing was lost.",
    ),
    "server_error": (
        "Une erreur est survenue de notre côté. Rien n’est perdu.",
        "Something went wrong on our side. Nothing was lost.",
    ),
    "csrf_failed": (
        "Cette page a expiré. Veuillez la recharger.",
        "This page has expired. Please reload it.",
    ),
    "foreign_origin": (
        "Cette demande ne vient pas de Plano.",
        "This request does not come from Plano.",
    ),
    "last_manager": (
        "Un espace garde au moins un gestionnaire.",
        "A workspace keeps at least one manager.",
    ),
    "already_member": (
        "Cette personne est déjà membre.",
        "This person is already a member.",
    ),
    "invitation_not_found": (
        "Cette invitation n’est plus valable.",
        "This invitation is no longer valid.",
    ),
    "slug_taken": (
        "Cette adresse est déjà prise.",
        "This address is already taken.",
    ),
}


def title_of(code: str) -> str:
    """The title of a code; a general sentence for those that only the client words."""
    french, english = TITLES.get(code, TITLES["invalid"])
    return english if (get_language() or "fr").startswith("en") else french
