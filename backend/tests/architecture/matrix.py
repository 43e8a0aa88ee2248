"""The role x route matrix: what each route answers to each kind of person (R-01, R-02).

A feature lists its routes in `tests/<feature>/matrix.py` as `ROUTES: list[Cell]`; `test_matrix.py` runs them all and
fails for a route that nobody listed. Only the status is compared here; effects belong to the feature's own tests.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from plano.accounts.models import User
from plano.workspaces import actions
from plano.workspaces.models import Workspace
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace

ROLES = ("anonymous", "outsider", "guest", "reader", "member", "manager", "admin", "removed", "disabled")


@dataclass
class World:
    """One workspace with a person of each role. `manager` opened it; `second_manager` keeps it managed."""

    workspace: Workspace
    people: dict[str, User | None]
    bystander: User
    """Another member, on whom things are done."""
    elsewhere: Workspace
    """A workspace of others."""

    def person(self, role: str) -> User:
        found = self.people[role]
        assert found is not None
        return found


def make_world() -> World:
    """Everybody that the matrix asks about."""
    people: dict[str, User | None] = {role: make_user(name=f"Personne {role}") for role in ROLES if role != "anonymous"}
    people["anonymous"] = None
    bystander, second = make_user(), make_user()
    present = {role: user for role, user in people.items() if user is not None}
    workspace = make_workspace(
        manager=present["manager"],
        managers=[second],
        members=[present["member"], present["removed"], present["disabled"], bystander],
        readers=[present["reader"]],
        guests=[present["guest"]],
    )
    actions.remove_member(actor=present["manager"], workspace_id=workspace.id, user_id=present["removed"].id)
    present["disabled"].is_active = False
    present["disabled"].save(update_fields=["is_active"])
    present["admin"].is_admin = True
    present["admin"].save(update_fields=["is_admin"])
    return World(workspace=workspace, people=people, bystander=bystander, elsewhere=make_workspace(name="Ailleurs"))


def expect(
    *,
    anonymous: int = 401,
    outsider: int = 404,
    guest: int | None = None,
    reader: int,
    member: int,
    manager: int,
    admin: int | None = None,
    removed: int | None = None,
    disabled: int | None = None,
) -> dict[str, int]:
    """Statuses by role. A guest, an administrator and a removed member default to the outsider's answer, a disabled
    account to nobody's."""
    return {
        "anonymous": anonymous,
        "outsider": outsider,
        "guest": outsider if guest is None else guest,
        "reader": reader,
        "member": member,
        "manager": manager,
        "admin": outsider if admin is None else admin,
        "removed": outsider if removed is None else removed,
        "disabled": anonymous if disabled is None else disabled,
    }


def everybody(status: int, *, anonymous: int = 401, disabled: int | None = None) -> dict[str, int]:
    """The same answer to all who are signed in."""
    return expect(anonymous=anonymous, outsider=status, reader=status, member=status, manager=status, disabled=disabled)


@dataclass(frozen=True)
class Cell:
    """One route. `path` is as in OpenAPI without `/api/v1`; `fill` gives its parameters and may create things."""

    method: str
    path: str
    expect: dict[str, int]
    fill: Callable[[World, str], dict[str, Any]] = field(
        default=lambda world, role: {"workspace_id": world.workspace.id}
    )
    body: Callable[[World, dict[str, Any]], Any] | None = None
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
