"""A workspace with a manager, two members, a reader and a guest, and how to plan an event in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from plano.accounts.models import User
from plano.workspaces.models import Workspace
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace
from tests.fixtures import Api


@dataclass
class Office:
    workspace: Workspace
    alice: User
    bruno: User
    chloe: User
    rene: User
    david: User

    def plan(self, person: User | None = None, **fields: Any) -> dict[str, Any]:
        """Plan an event as somebody (Alice when unsaid); the answer's body."""
        body = {"title": "Point", "start": "2026-11-24T09:00", "end": "2026-11-24T10:00", "time_zone": "Europe/Paris"}
        answer = Api(person or self.alice).post(f"/workspaces/{self.workspace.id}/events", {**body, **fields})
        assert answer.status_code == 201, answer.data
        found: dict[str, Any] = answer.data
        return found

    def shown(self, since: str, until: str, person: User | None = None) -> list[dict[str, Any]]:
        """The lines of the calendar between two moments."""
        path = f"/workspaces/{self.workspace.id}/events?from={since}&to={until}".replace("+", "%2B")
        answer = Api(person or self.alice).get(path)
        assert answer.status_code == 200, answer.data
        items: list[dict[str, Any]] = answer.data["items"]
        return items


@pytest.fixture
def office(db: None) -> Office:
    alice, bruno, chloe = make_user(name="Alice"), make_user(name="Bruno"), make_user(name="Chloé")
    rene, david = make_user(name="René"), make_user(name="David")
    workspace = make_workspace(manager=alice, members=[bruno, chloe], readers=[rene], guests=[david])
    return Office(workspace=workspace, alice=alice, bruno=bruno, chloe=chloe, rene=rene, david=david)


@pytest.fixture
def api() -> Callable[[User | None], Api]:
    return Api
