"""The human titles of refusals, in English; gettext has the French. The web client has its own, by code."""

from django.utils.translation import gettext_noop as _

TITLES = {
    "invalid": _("The request is not valid."),
    "sign_in_required": _("Please sign in."),
    "forbidden": _("You may not do this."),
    "role_too_low": _("Your role here does not allow this."),
    "workspace_archived": _("This workspace is archived: it can be read, not changed."),
    "not_found": _("This does not exist, or you do not have access to it."),
    "conflict": _("This is not possible in the present state."),
    "changed_meanwhile": _("Somebody else changed this in the meantime."),
    "too_large": _("This is larger than the limit."),
    "too_many_requests": _("Too many tries. Please wait a little."),
    "unavailable": _("A part of Plano is not available at the moment. Nothing was lost."),
    "server_error": _("Something went wrong on our side. Nothing was lost."),
    "csrf_failed": _("This page has expired. Please reload it."),
    "foreign_origin": _("This request does not come from Plano."),
    "last_manager": _("A workspace keeps at least one manager."),
    "already_member": _("This person is already a member."),
    "invitation_not_found": _("This invitation is no longer valid."),
    "slug_taken": _("This address is already taken."),
}


def title_of(code: str) -> str:
    """The title of a code; a general sentence for those that only the client words."""
    return TITLES.get(code, TITLES["invalid"])
