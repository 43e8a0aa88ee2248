"""Many at once, on real threads and connections: names, limits and the shape of the tree hold."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from plano.documents import actions, queries
from plano.documents.actions import approvals
from plano.documents.models import AskedState, Kind, Node, Purpose, Usage, Version
from plano.kernel.clock import now
from plano.kernel.errors import DomainError
from plano.kernel.ids import uuid7
from plano.workspaces.models import Membership, Role, Workspace
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place() -> Workspace:
    return make_workspace(manager=make_user())


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Run `work(n)` on as many threads, all at the same instant; the results, or the refusals' codes."""
    results: list[Any] = [None] * count
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            gate.wait(10)
            results[number] = work(number)
        except DomainError as error:
            results[number] = error.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def folder(workspace: Workspace, name: str, parent: Node | None = None) -> Node:
    return actions.create_node(
        actor=workspace.created_by,
        workspace_id=workspace.id,
        id=uuid7(),
        kind=Kind.FOLDER,
        name=name,
        parent_id=None if parent is None else parent.id,
    )


def test_one_name_is_taken_once(place: Workspace) -> None:
    results = at_once(12, lambda n: folder(place, "Annexes" if n % 2 else "ANNEXES").name)
    assert sorted(results, key=str.casefold).count("name_taken") == 11
    assert Node.objects.count() == 1


def test_keep_both_gives_everybody_a_name(place: Workspace) -> None:
    def make(number: int) -> str:
        return actions.create_node(
            actor=place.created_by,
            workspace_id=place.id,
            id=uuid7(),
            kind=Kind.DOCUMENT,
            name="plan.odt",
            on_conflict="keep_both",
        ).name

    assert len(set(at_once(8, make))) == 8


def test_the_same_rename_at_once_one_wins(place: Workspace) -> None:
    node = folder(place, "A")

    def rename(number: int) -> str:
        return actions.update_node(actor=place.created_by, node_id=node.id, name=f"B{number}", expected=1).name

    results = at_once(8, rename)
    assert results.count("changed_meanwhile") == 7
    assert Node.objects.get().name in results


def test_two_folders_never_end_up_inside_each_other(place: Workspace) -> None:
    for _ in range(5):
        a, b = folder(place, f"A{uuid7()}"), folder(place, f"B{uuid7()}")

        def move(number: int, a: Node = a, b: Node = b) -> str:
            mover, target = ((a, b), (b, a))[number]
            actions.update_node(actor=place.created_by, node_id=mover.id, move=True, parent_id=target.id)
            return "moved"

        assert sorted(at_once(2, move)) == ["into_itself", "moved"]


def test_nothing_is_born_into_a_folder_that_goes_to_the_bin(place: Workspace) -> None:
    for _ in range(5):
        top = folder(place, f"T{uuid7()}")
        inner = folder(place, "I", top)

        def act(number: int, top: Node = top, inner: Node = inner) -> str:
            if number == 0:
                actions.delete_node(actor=place.created_by, node_id=top.id)
                return "deleted"
            return folder(place, f"N{number}", inner).name

        at_once(5, act)
        assert not Node.objects.filter(parent=inner, deleted_at=None).exists()


def test_r072_twenty_parallel_uploads_meet_the_quota_exactly(place: Workspace, settings: Any) -> None:
    settings.PLANO = replace(settings.PLANO, workspace_quota=1000)

    def start(number: int) -> str:
        actions.start_upload(
            actor=place.created_by, id=uuid7(), workspace_id=place.id, parent_id=None, name=f"{number}.bin", length=150
        )
        return "started"

    results = at_once(20, start)
    assert (results.count("started"), results.count("quota_exceeded")) == (6, 14)
    assert Usage.objects.get().bytes == 900
    assert queries.library_for(place.created_by, place.id).used == 900


def test_two_who_answer_at_once_both_count_and_the_last_one_closes_the_request(place: Workspace) -> None:
    people = [make_user(), make_user()]
    for person in people:
        Membership.objects.create(workspace=place, user=person, role=Role.READER)
    node = actions.create_node(
        actor=place.created_by, workspace_id=place.id, id=uuid7(), kind=Kind.DOCUMENT, name="Plan.md"
    )
    Version.objects.create(
        node=node, number=1, author=place.created_by, size=1, sha256="ff", media_type="", blob="b", origin="upload"
    )
    asked = approvals.ask(
        actor=place.created_by,
        node_id=node.id,
        id=uuid7(),
        number=1,
        purpose=Purpose.APPROVE,
        people=[person.id for person in people],
        due=now().date() + timedelta(days=3),
    )

    def give(number: int) -> str:
        return approvals.answer(
            actor=people[number], approval_id=asked.id, answer=AskedState.APPROVED, comment="", sha256="ff"
        ).state

    assert sorted(at_once(2, give)) == ["approved", "open"]
    asked.refresh_from_db()
    assert (asked.state, asked.version) == ("approved", 3)


def test_whoever_waits_for_a_node_finds_it_after_somebody_else_changed_it(place: Workspace) -> None:
    """`modified_by` is another person by then: a join taken before the wait would lose the row."""
    node = folder(place, "Ébauche")
    people = [make_user() for _ in range(8)]
    for person in people:
        Membership.objects.create(workspace=place, user=person, role=Role.MEMBER)
    results = at_once(8, lambda n: actions.update_node(actor=people[n], node_id=node.id, name=f"Version {n}").name)
    assert sorted(results, key=str) == [f"Version {n}" for n in range(8)]
