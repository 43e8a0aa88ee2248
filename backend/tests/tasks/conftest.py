"""What the tests of the board share."""

from dataclasses import dataclass
from typing import Any

import pytest

from plano.accounts.models import User
from plano.tasks.models import Column
from plano.workspaces.models import Workspace
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace
from tests.fixtures import Api


@dataclass
class Office:
    """A workspace with its board, a manager, two members, a reader, a guest, and somebody from elsewhere."""

    workspace: Workspace
    columns: list[Column]
    alice: User
    bruno: User
    chloe: User
    reader: User
    guest: User
    outsider: User

    def api(self, name: str) -> Api:
        return Api(getattr(self, name))

    def task(self, title: str = "Relire le plan", *, by: str = "bruno", **fields: Any) -> dict[str, Any]:
        answer = self.api(by).post(f"/workspaces/{self.workspace.id}/tasks", {"title": title, **fields})
        assert answer.status_code == 201, answer.data
        return dict(answer.data)

    def order(self, column: int = 0) -> list[str]:
        """The titles of a column in order, as the API gives them."""
        items = self.api("reader").get(f"/workspaces/{self.workspace.id}/tasks").data["items"]
        here = [item for item in items if item["column_id"] == str(self.columns[column].id)]
        return [item["title"] for item in sorted(here, key=lambda item: item["rank"])]


def make_office() -> Office:
    people = {
        login: make_user(name=name)
        for login, name in (
            ("alice", "Alice Martin"),
            ("bruno", "Bruno Lefèvre"),
            ("chloe", "Chloé Nguyen"),
            ("reader", "Lise Lecture"),
            ("guest", "David Okoye"),
            ("outsider", "Omar Ailleurs"),
        )
    }
    workspace = make_workspace(
        manager=people["alice"],
        members=[people["bruno"], people["chloe"]],
        readers=[people["reader"]],
        guests=[people["guest"]],
    )
    columns = list(Column.objects.filter(workspace=workspace).order_by("rank"))
    return Office(workspace=workspace, columns=columns, **people)


@pytest.fixture
def office(db: None) -> Office:
    return make_office()
