"""The demonstration: one organisation, two workspaces, five people, a full office (contract.md).

Everything goes through the features' own actions, so that the data is what people could have made themselves.
"""

import json
import os
import secrets
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from django.conf import settings

from plano.accounts import actions as accounts
from plano.accounts import sessions
from plano.accounts.models import User
from plano.kernel.errors import Conflict
from plano.kernel.ids import derived_id, uuid7
from plano.platform.live import unit_of_work
from plano.workspaces import actions as workspaces
from plano.workspaces.models import Role, Workspace

ACCOUNTS_FILE = "demo-accounts.json"
PEOPLE = {
    "alice": ("Alice Martin", 1),
    "bruno": ("Bruno Lefèvre", 2),
    "chloe": ("Chloé Nguyen", 5),
    "david": ("David Okoye", 7),
    "admin": ("Administration de la plateforme", 8),
}
ROOMS = ("documents", "chat", "tasks", "calendar", "meetings")


class Seeder(Protocol):
    """A room's own part, in `plano.<room>.demo`."""

    def seed(self, *, workspace: Workspace, people: dict[str, User]) -> None: ...


def is_seeded() -> bool:
    """Whether the demonstration is already there: a second start seeds nothing twice."""
    return User.objects.filter(identifier="alice").exists() and accounts_file().is_file()


def accounts_file() -> Path:
    return settings.PLANO.data / ACCOUNTS_FILE


def seed() -> dict[str, dict[str, str]]:
    """Make what is missing and return the accounts with their secrets. Refused on a foreign address (R-33)."""
    if not settings.PLANO.is_loopback and settings.PLANO.demo is not True:
        raise Conflict("demo_only_on_this_machine")
    if is_seeded():
        kept: dict[str, dict[str, str]] = json.loads(accounts_file().read_text(encoding="utf-8"))
        return kept
    made = {login: _person(login) for login in PEOPLE}
    people = {login: user for login, (user, _) in made.items()}
    found = _open(people["alice"], "Plan de continuité", "plan-de-continuite", 1, PLAN)
    _join(found, people, bruno=Role.MEMBER, chloe=Role.MEMBER, david=Role.GUEST)
    budget = _open(people["chloe"], "Budget 2027", "budget-2027", 6, BUDGET)
    _join(budget, people, bruno=Role.MEMBER)
    for workspace in (found, budget):
        for room in ROOMS:
            if find_spec(f"plano.{room}.demo"):
                seeder: Seeder = import_module(f"plano.{room}.demo")
                seeder.seed(workspace=workspace, people=people)
    secrets_of = {login: values for login, (_, values) in made.items()}
    _keep(secrets_of)
    return secrets_of


PLAN = "Préparer la continuité d’activité de la préfecture : plans, astreintes, exercices et retours d’expérience."
BUDGET = "Construction du budget 2027 : arbitrages, annexes et calendrier."


def _person(login: str) -> tuple[User, dict[str, str]]:
    name, color = PEOPLE[login]
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    user = User.objects.filter(identifier=login).first()
    if user is None:
        user = accounts.create_user(
            actor=None,
            identifier=login,
            name=name,
            email=f"{login}@demo.example",
            password=password,
            is_admin=login == "admin",
        )
        User.objects.filter(id=user.id).update(color=color)
        user.color = color
    else:  # an earlier seeding was cut short
        user.set_password(password)
        user.save()
    proof, _ = sessions.new_session(user=user, device="")  # stands for the password that was just set
    _, app_password = accounts.create_application_password(
        actor=user,
        session=proof,
        id=uuid7(),
        name="Démonstration",
        reach="both",
        can_write=True,
        expires_at=None,
    )
    proof.delete()
    return user, {"password": password, "app_password": app_password or ""}


def _open(manager: User, name: str, slug: str, color: int, description: str) -> Workspace:
    existing = Workspace.objects.filter(slug=slug).first()
    return existing or workspaces.open_workspace(
        actor=manager,
        id=derived_id("demo", slug, str(manager.id)),
        name=name,
        slug=slug,
        color=color,
        description=description,
    )


def _join(workspace: Workspace, people: dict[str, User], **roles: Role) -> None:
    with unit_of_work() as emit:
        for login, role in roles.items():
            workspaces.join(emit=emit, workspace=workspace, user=people[login], role=role)


def _keep(values: dict[str, dict[str, str]]) -> None:
    """Mode 600, complete or absent."""
    target = accounts_file()
    temporary = target.with_suffix(".tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(values, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)
