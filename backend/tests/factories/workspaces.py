"""Workspaces with people, by the product's own actions."""

from collections.abc import Sequence

from plano.accounts.models import User
from plano.kernel.ids import uuid7
from plano.platform.live import unit_of_work
from plano.workspaces import actions
from plano.workspaces.models import Role, Workspace
from tests.factories.people import make_user


def make_workspace(
    *,
    manager: User | None = None,
    managers: Sequence[User] = (),
    members: Sequence[User] = (),
    readers: Sequence[User] = (),
    guests: Sequence[User] = (),
    name: str = "Plan de continuité",
    archived: bool = False,
) -> Workspace:
    """A workspace opened by `manager` (made when absent), with these people in these roles."""
    owner = manager or make_user()
    workspace = actions.open_workspace(actor=owner, id=uuid7(), name=name)
    with unit_of_work() as emit:
        for role, people in (
            (Role.MANAGER, managers),
            (Role.MEMBER, members),
            (Role.READER, readers),
            (Role.GUEST, guests),
        ):
            for person in people:
                actions.join(emit=emit, workspace=workspace, user=person, role=role)
    if archived:
        actions.archive_workspace(actor=owner, workspace_id=workspace.id)
        workspace.refresh_from_db()
    return workspace
