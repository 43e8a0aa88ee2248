"""Answers that gather from many rooms ask once what the person sees; changes show in the next answer all the same."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from plano.accounts.models import User
from plano.workspaces import policies
from plano.workspaces.models import Membership
from tests.desk.office import Office


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[UUID | None]:
    """How often the scopes of a workspace, or of all, were asked for."""
    counted: Counter[UUID | None] = Counter()
    really: Callable[[User, UUID | None], Any] = policies._asked

    def count(user: User, workspace_id: UUID | None) -> Any:
        counted[workspace_id] += 1
        return really(user, workspace_id)

    monkeypatch.setattr(policies, "_asked", count)
    return counted


def _fill(office: Office) -> None:
    office.task("Relire", due_date="2026-12-01", assignee_ids=[str(office.id("member"))])
    office.event("Point quotidien")
    office.document("Note.txt", by="member")
    office.say(office.channel("astreintes"), "Bonjour")


def test_the_home_and_the_desk_ask_once(office: Office, asked: Counter[Any]) -> None:
    _fill(office)
    asked.clear()
    home = office.home("member")
    assert asked == {office.workspace.id: 1}
    asked.clear()
    office.desk("member")
    assert asked == {None: 1}
    assert home["messages"]["items"]


def test_r007_what_was_asked_is_forgotten_with_the_answer(office: Office) -> None:
    _fill(office)
    assert office.desk("member")["tasks"]
    Membership.objects.filter(user_id=office.id("member")).delete()
    assert office.desk("member")["tasks"] == []


def test_only_who_asks_once_remembers(office: Office, asked: Counter[Any]) -> None:
    person = User.objects.get(id=office.id("member"))
    for _ in range(2):
        policies.roles_by_scope(person)
    with policies.asking_once():
        policies.roles_by_scope(person).clear()
        assert office.workspace.id in policies.roles_by_scope(person)
    assert asked == {None: 3}
