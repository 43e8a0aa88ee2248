"""Invitations by mail (R-09, R-10, R-29)."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from plano.accounts.models import User
from plano.kernel.clock import now
from plano.kernel.errors import DomainError
from plano.workspaces import actions
from plano.workspaces.models import Invitation, Membership, Role
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace
from tests.fixtures import Api

Client = Callable[[User | None], Api]
PASSWORD = "un-long-mot-de-passe-de-papier"


@pytest.fixture
def outbox() -> Path:
    folder: Path = settings.PLANO.data / "outbox"
    for file in folder.glob("*.eml"):
        file.unlink()
    return folder


def mails(outbox: Path, to: str) -> list[Any]:
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(outbox.glob("*.eml"))]
    return [mail for mail in found if to in str(mail["To"])]


def link_in(mail: Any) -> str:
    match = re.search(r"(\S+)/invitation/(\S+)", mail.get_content())
    assert match is not None
    assert match[1].endswith(settings.BASE_URL)
    return match[2]


def invited(client_for: Client, outbox: Path, capture: Any, email: str = "bruno@example.org") -> tuple[User, Any, str]:
    manager = make_user()
    workspace = make_workspace(manager=manager)
    with capture(execute=True):
        answer = client_for(manager).post(f"/workspaces/{workspace.id}/invitations", {"email": email})
    assert answer.status_code == 201, answer.data
    return manager, workspace, link_in(mails(outbox, email)[-1])


def test_an_invited_person_makes_an_account_and_is_signed_in(
    client_for: Client, outbox: Path, django_capture_on_commit_callbacks: Any
) -> None:
    _, workspace, token = invited(client_for, outbox, django_capture_on_commit_callbacks)
    visitor = client_for(None)

    seen = visitor.get(f"/invitations/{token}")
    here = {"language": "en", "time_zone": "Indian/Reunion"}
    accepted = visitor.post(f"/invitations/{token}", {"name": "Bruno Lefèvre", "password": PASSWORD, **here})

    assert seen.data["workspace_name"] == workspace.name
    assert not seen.data["account_exists"]
    assert accepted.status_code == 201, accepted.data
    assert accepted.data["mine"]["role"] == "member"
    assert visitor.get("/me").data["email"] == "bruno@example.org"
    assert {key: visitor.get("/me").data[key] for key in here} == here


def test_r009_an_invitation_works_once(
    client_for: Client, outbox: Path, django_capture_on_commit_callbacks: Any
) -> None:
    _, _, token = invited(client_for, outbox, django_capture_on_commit_callbacks)
    body = {"name": "Bruno", "password": PASSWORD}
    assert client_for(None).post(f"/invitations/{token}", body).status_code == 201
    again = client_for(None).post(f"/invitations/{token}", body)
    assert (again.status_code, again.data["code"]) == (404, "invitation_not_found")


def test_r009_an_expired_revoked_or_orphaned_invitation_is_refused(
    client_for: Client, outbox: Path, django_capture_on_commit_callbacks: Any
) -> None:
    def expire(manager: User, invitation: Invitation) -> None:
        Invitation.objects.filter(id=invitation.id).update(expires_at=now() - timedelta(seconds=1))

    def revoke(manager: User, invitation: Invitation) -> None:
        actions.revoke_invitation(actor=manager, workspace_id=invitation.workspace_id, invitation_id=invitation.id)

    def demote(manager: User, invitation: Invitation) -> None:
        Membership.objects.filter(user=manager).update(role=Role.MEMBER)

    for index, spoil in enumerate((expire, revoke, demote)):
        manager, workspace, token = invited(
            client_for, outbox, django_capture_on_commit_callbacks, f"personne{index}@example.org"
        )
        spoil(manager, Invitation.objects.get(workspace=workspace))
        answer = client_for(None).post(f"/invitations/{token}", {"name": "X", "password": PASSWORD})
        assert answer.status_code == 404
        assert not User.objects.filter(email_key=f"personne{index}@example.org").exists()


def test_r009_an_invitation_is_bound_to_its_address(
    client_for: Client, outbox: Path, django_capture_on_commit_callbacks: Any
) -> None:
    _, workspace, token = invited(client_for, outbox, django_capture_on_commit_callbacks)
    other = make_user(email="autre@example.org")
    answer = client_for(other).post(f"/invitations/{token}", {})
    assert (answer.status_code, answer.data["code"]) == (403, "invitation_for_another_address")
    assert not Membership.objects.filter(workspace=workspace, user=other).exists()


def test_an_existing_account_joins_with_one_click(
    client_for: Client, outbox: Path, django_capture_on_commit_callbacks: Any
) -> None:
    _, workspace, token = invited(client_for, outbox, django_capture_on_commit_callbacks, "Bruno@example.org")
    owner = make_user(email="bruno@example.org")
    assert client_for(None).post(f"/invitations/{token}", {}).data["code"] == "sign_in_to_accept"
    assert client_for(owner).get(f"/invitations/{token}").data["accepts"]
    assert client_for(owner).post(f"/invitations/{token}", {}).status_code == 201
    assert Membership.objects.filter(workspace=workspace, user=owner, role=Role.MEMBER).exists()


@pytest.mark.django_db(transaction=True)
def test_r009_fifty_parallel_acceptances_give_one_membership(client_for: Client, outbox: Path) -> None:
    manager = make_user()
    workspace = make_workspace(manager=manager)
    person = make_user(email="une@example.org")
    client_for(manager).post(f"/workspaces/{workspace.id}/invitations", {"email": "une@example.org"})
    token = link_in(mails(outbox, "une@example.org")[-1])
    outcomes: list[bool] = []

    def accept() -> None:
        try:
            actions.accept_invitation(token=token, actor=person)
            outcomes.append(True)
        except DomainError:
            outcomes.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count(True) == 1
    assert Membership.objects.filter(workspace=workspace, user=person).count() == 1


def test_r029_a_forged_host_never_reaches_a_mail(client_for: Client) -> None:
    manager = make_user()
    workspace = make_workspace(manager=manager)
    answer = client_for(manager).post(
        f"/workspaces/{workspace.id}/invitations", {"email": "x@example.org"}, Host="evil.example"
    )
    assert answer.status_code == 400
    assert not Invitation.objects.exists()


def test_inviting_a_member_says_so_and_a_second_invitation_replaces_the_first(
    client_for: Client, outbox: Path, django_capture_on_commit_callbacks: Any
) -> None:
    manager, workspace, token = invited(client_for, outbox, django_capture_on_commit_callbacks)
    member = make_user(email="la@example.org")
    Membership.objects.create(workspace=workspace, user=member, role=Role.MEMBER)
    api, path = client_for(manager), f"/workspaces/{workspace.id}/invitations"

    assert api.post(path, {"email": "LA@example.org"}).data["code"] == "already_member"
    assert api.post(path, {"email": "bruno@example.org", "role": "reader"}).status_code == 201
    assert client_for(None).get(f"/invitations/{token}").status_code == 404
    assert [row["role"] for row in api.get(path).data["items"]] == ["reader"]
