"""What the tests of conversations share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from plano.accounts.models import User
from plano.chat import limits
from plano.chat.models import Channel
from plano.workspaces.models import Workspace
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace
from tests.fixtures import Api


@pytest.fixture(autouse=True)
def _everybody_starts_afresh() -> None:
    limits.forget()


@dataclass
class Office:
    """A workspace with its « Général », a manager, two members, a reader, a guest, and somebody from elsewhere."""

    workspace: Workspace
    general: Channel
    alice: User
    bruno: User
    chloe: User
    reader: User
    guest: User
    outsider: User

    def api(self, name: str) -> Api:
        return Api(getattr(self, name))


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
    return Office(workspace=workspace, general=Channel.objects.get(workspace=workspace), **people)


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def say(office: Office) -> Callable[..., dict[str, Any]]:
    """`say("bruno", "Bonjour")` in « Général » unless `channel` says where else; answers the message."""

    def post(who: str, text: str, *, channel: UUID | str | None = None, **fields: Any) -> dict[str, Any]:
        answer = office.api(who).post(f"/channels/{channel or office.general.id}/messages", {"text": text, **fields})
        assert answer.status_code == 201, answer.data
        return dict(answer.data)

    return post
