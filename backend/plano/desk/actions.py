"""Keeping when a person was in a workspace."""

from uuid import UUID

from plano.accounts.models import User
from plano.desk.models import Visit
from plano.kernel.clock import now
from plano.platform.live import Emit
from plano.workspaces import policies as access
from plano.workspaces.models import Workspace


def mark_visit(*, actor: User, workspace_id: UUID) -> None:
    """I have seen what goes on here until now."""
    access.membership_of(actor, workspace_id)
    Visit.objects.update_or_create(user=actor, workspace_id=workspace_id, defaults={"at": now()})


def leave_workspace(person: User, workspace: Workspace, emit: Emit) -> None:
    """Who is no longer here has no mark here."""
    Visit.objects.filter(user=person, workspace=workspace).delete()
