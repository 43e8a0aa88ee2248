"""Members and roles: who may change them, what is told to whom, and that a manager always remains."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from plano.accounts.models import User
from plano.kernel.errors import DomainError
from plano.kernel.ids import uuid7
from plano.platform.live import unit_of_work
from plano.workspaces import actions, policies
from plano.workspaces.models import AccessScope, Membership, Role, ScopeGrant, ScopeKind
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace
from tests.fixtures import Api

Client = Callable[[User | None], Api]
Frames = Callable[..., list[dict[str, Any]]]


def test_a_manager_brings_in_somebody_known(client_for: Client, frames_of: Frames) -> None:
    manager, known = make_user(), make_user()
    make_workspace(manager=manager, members=[known], name="Connus")
    workspace = make_workspace(manager=manager)

    answer = client_for(manager).post(
        f"/workspaces/{workspace.id}/members", {"user_id": str(known.id), "role": "reader"}
    )

    assert answer.status_code == 201
    assert answer.data["role"] == "reader"
    assert frames_of(workspace.id, "workspaces.member")[-1]["data"] == answer.data
    told = {frame["kind"] for frame in frames_of(known.id)}
    assert told >= {"workspaces.workspace", "workspaces.mine", "live.scopes"}


def test_r010_a_stranger_cannot_be_brought_in_nor_confirmed_to_exist(client_for: Client) -> None:
    manager, stranger = make_user(), make_user()
    workspace = make_workspace(manager=manager)
    api = client_for(manager)
    path = f"/workspaces/{workspace.id}/members"

    known = api.post(path, {"user_id": str(stranger.id)})
    unknown = api.post(path, {"user_id": str(UUID(int=7))})

    assert known.status_code == unknown.status_code == 400
    assert known.data["code"] == unknown.data["code"] == "person_not_found"
    assert not Membership.objects.filter(workspace=workspace, user=stranger).exists()


def test_r010_people_are_found_only_among_those_who_share_a_workspace(client_for: Client) -> None:
    guest, colleague = make_user(name="Gaëlle Kermarrec"), make_user(name="Édouard Béranger")
    make_user(name="Édouard Étranger")
    make_workspace(members=[colleague], guests=[guest])

    found = client_for(guest).get("/people?q=edouard").data["items"]

    assert [person["name"] for person in found] == ["Édouard Béranger"]


def test_r008_the_last_manager_stays(client_for: Client) -> None:
    manager, member = make_user(), make_user()
    workspace = make_workspace(manager=manager, members=[member])
    api = client_for(manager)

    leaving = api.delete(f"/workspaces/{workspace.id}/members/{manager.id}")
    stepping_down = api.patch(f"/workspaces/{workspace.id}/members/{manager.id}", {"role": "member"})

    assert (leaving.status_code, leaving.data["code"]) == (409, "last_manager")
    assert (stepping_down.status_code, stepping_down.data["code"]) == (409, "last_manager")
    assert Membership.objects.get(workspace=workspace, user=manager).role == Role.MANAGER


@pytest.mark.django_db(transaction=True)
def test_r008_fifty_parallel_demotions_leave_a_manager() -> None:
    first, second = make_user(), make_user()
    workspace = make_workspace(manager=first, managers=[second])

    def attempt(index: int) -> None:
        target = (first, second)[index % 2]
        try:
            if index % 3:
                actions.change_role(actor=target, workspace_id=workspace.id, user_id=target.id, role=Role.MEMBER)
            else:
                actions.remove_member(actor=target, workspace_id=workspace.id, user_id=target.id)
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(index,)) for index in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Membership.objects.filter(workspace=workspace, role=Role.MANAGER).count() == 1


def test_r007_removal_takes_every_grant_and_says_which_scopes_are_lost(client_for: Client, frames_of: Frames) -> None:
    manager, guest = make_user(), make_user()
    workspace = make_workspace(manager=manager, guests=[guest])
    with unit_of_work() as emit:
        scope = actions.create_scope(emit=emit, id=uuid7(), kind=ScopeKind.FOLDER, workspace=workspace, open=False)
        actions.grant_scope(emit=emit, scope=scope, user=guest, role=Role.READER, granted_by=manager)
    assert policies.role_in(guest, scope.id) == Role.READER

    answer = client_for(manager).delete(f"/workspaces/{workspace.id}/members/{guest.id}")

    assert answer.status_code == 204
    assert policies.role_in(guest, scope.id) is None
    assert not ScopeGrant.objects.filter(user=guest).exists()
    assert frames_of(guest.id, "live.scopes")[-1]["data"]["lost"] == [str(scope.id)]
    assert frames_of(guest.id, "workspaces.workspace")[-1]["op"] == "removed"


def test_a_role_change_is_told_to_the_person_and_the_workspace(client_for: Client, frames_of: Frames) -> None:
    manager, member = make_user(), make_user()
    workspace = make_workspace(manager=manager, members=[member])

    answer = client_for(manager).patch(f"/workspaces/{workspace.id}/members/{member.id}", {"role": "guest"})

    assert answer.status_code == 200
    assert frames_of(member.id, "workspaces.mine")[-1]["data"]["role"] == "guest"
    assert str(workspace.id) in frames_of(member.id, "live.scopes")[-1]["data"]["lost"]
    assert frames_of(workspace.id, "workspaces.member")[-1]["data"]["version"] == 2


def test_r005_read_only_fields_are_refused(client_for: Client) -> None:
    manager = make_user()
    workspace = make_workspace(manager=manager)
    for field in ("id", "slug", "archived_at", "created_at", "version", "created_by", "mine", "is_staff", "role"):
        answer = client_for(manager).patch(f"/workspaces/{workspace.id}", {field: "x"})
        assert (answer.status_code, list(answer.data["errors"])) == (400, [field])
    workspace.refresh_from_db()
    assert workspace.version == 1


def test_r003_an_invisible_workspace_answers_like_an_absent_one(client_for: Client) -> None:
    outsider, workspace = make_user(), make_workspace()
    api = client_for(outsider)
    for path in ("", "/members", "/access", "/invitations"):
        hidden = api.get(f"/workspaces/{workspace.id}{path}")
        absent = api.get(f"/workspaces/{UUID(int=9)}{path}")
        assert hidden.status_code == absent.status_code == 404
        assert {**hidden.data, "request_id": ""} == {**absent.data, "request_id": ""}


def test_an_archived_workspace_is_read_only_for_its_manager_too(client_for: Client) -> None:
    manager, member = make_user(), make_user()
    workspace = make_workspace(manager=manager, members=[member])
    api = client_for(manager)

    archived = api.post(f"/workspaces/{workspace.id}/archive")
    refused = api.patch(f"/workspaces/{workspace.id}", {"name": "Non"})
    reopened = api.post(f"/workspaces/{workspace.id}/reopen")

    assert archived.data["archived_at"] is not None
    assert not archived.data["mine"]["abilities"]["write"]
    assert (refused.status_code, refused.data["code"]) == (403, "workspace_archived")
    assert reopened.data["archived_at"] is None


def test_visible_to_and_viewers_of_agree_for_every_person_and_scope(db: None) -> None:
    people = [make_user() for _ in range(6)]
    first = make_workspace(manager=people[0], members=[people[1]], readers=[people[2]], guests=[people[3]])
    make_workspace(manager=people[4], members=[people[1]], archived=True)
    with unit_of_work() as emit:
        for index, is_open in enumerate((True, False, False)):
            scope = actions.create_scope(emit=emit, id=uuid7(), kind=ScopeKind.CHANNEL, workspace=first, open=is_open)
            for person in people[1 : 2 + index]:
                actions.grant_scope(emit=emit, scope=scope, user=person, role=Role.READER, granted_by=people[0])
            if is_open:
                actions.grant_scope(emit=emit, scope=scope, user=people[3], role=Role.MEMBER, granted_by=people[0])

    for scope in AccessScope.objects.all():
        viewers = set(policies.viewers_of_scope(scope.id).values_list("id", flat=True))
        explained = {reason.user.id: reason.role for reason in policies.explain_scope(scope.id)}
        for person in people:
            sees = scope.id in policies.visible_scope_ids(person)
            assert sees == (person.id in viewers) == (person.id in explained)
            assert policies.role_in(person, scope.id) == explained.get(person.id)


def test_r131_a_repeated_creation_opens_one_workspace(client_for: Client) -> None:
    api = client_for(make_user())
    first = api.post("/workspaces", {"name": "Une fois"}, Idempotency_Key="clé-1")
    again = api.post("/workspaces", {"name": "Une fois"}, Idempotency_Key="clé-1")
    assert first.status_code == again.status_code == 201
    assert first.data["id"] == again.data["id"]
    assert len(api.get("/workspaces").data["items"]) == 1


def test_a_new_name_is_told_to_the_workspaces_of_the_person(client_for: Client, frames_of: Frames) -> None:
    member = make_user(name="Ancien Nom")
    workspace = make_workspace(members=[member])
    assert client_for(member).patch("/me", {"name": "Nouveau Nom"}).status_code == 200
    assert frames_of(workspace.id, "accounts.person")[-1]["data"]["name"] == "Nouveau Nom"
