"""R-50 and R-51: what file and calendar programs sign in with."""

from datetime import timedelta
from typing import Any

import pytest

from plano.accounts import actions
from plano.accounts.models import ApplicationPassword
from plano.kernel import clock
from plano.kernel.errors import TooMany, Unauthenticated
from plano.kernel.ids import uuid7
from tests.accounts.browser import Browser, signed_in
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
NETWORK = "192.0.2.77"


def created(device: Browser, **body: Any) -> tuple[dict[str, Any], str]:
    answer = device.post("/me/application-passwords", {"name": "Thunderbird", **body})
    assert answer.status_code == 201
    return answer.data["application_password"], answer.data["password"]


def test_r050_shown_once_and_kept_as_a_hash() -> None:
    _, device = signed_in("alice")

    row, password = created(device, reach="files", can_write=False)

    assert len(password.replace("-", "")) * 5 >= 128
    assert password not in str(list(ApplicationPassword.objects.values()))
    (listed,) = device.get("/me/application-passwords").data["items"]
    assert listed == row
    assert {k: row[k] for k in ("name", "reach", "can_write", "expires_at", "last_used_at")} == {
        "name": "Thunderbird",
        "reach": "files",
        "can_write": False,
        "expires_at": None,
        "last_used_at": None,
    }


def test_r050_it_opens_dav_within_its_reach() -> None:
    user, device = signed_in("alice")
    _, password = created(device, reach="calendars", can_write=False)

    for typed in (password, password.upper(), password.replace("-", " ")):
        access = actions.authenticate_dav(identifier="ALICE", password=typed, network=NETWORK)
        assert (access.user, access.files, access.calendars, access.can_write) == (user, False, True, False)
    assert device.get("/me/application-passwords").data["items"][0]["last_used_at"] is not None


def test_r050_the_account_password_never_opens_dav() -> None:
    signed_in("alice")

    with pytest.raises(Unauthenticated):
        actions.authenticate_dav(identifier="alice", password=PASSWORD, network=NETWORK)


def test_r051_an_application_password_opens_nothing_else() -> None:
    _, device = signed_in("alice")
    _, password = created(device)

    assert Browser().sign_in("alice", password).status_code == 401
    assert Browser().get("/me", Authorization=f"Bearer {password}").status_code == 401
    assert device.post("/session/proof", {"password": password}).status_code == 400


def test_r050_it_belongs_to_one_person() -> None:
    _, device = signed_in("alice")
    signed_in("bruno")
    _, password = created(device)

    with pytest.raises(Unauthenticated):
        actions.authenticate_dav(identifier="bruno", password=password, network=NETWORK)


def test_r050_expired_and_revoked_ones_open_nothing(moved: Any) -> None:
    _, device = signed_in("alice")
    _, short = created(device, expires_at=(clock.now() + timedelta(hours=1)).isoformat())
    row, revoked = created(device)

    assert device.delete(f"/me/application-passwords/{row['id']}").status_code == 204
    moved.forward(minutes=61)

    for password in (short, revoked):
        with pytest.raises(Unauthenticated):
            actions.authenticate_dav(identifier="alice", password=password, network=NETWORK)


def test_an_expiry_in_the_past_is_refused() -> None:
    _, device = signed_in("alice")

    answer = device.post("/me/application-passwords", {"name": "x", "expires_at": "2020-01-01T00:00:00Z"})

    assert (answer.status_code, answer.data["errors"]) == (400, {"expires_at": "must_be_in_the_future"})


def test_r050_failures_are_counted_and_others_not_locked_out() -> None:
    _, device = signed_in("alice")
    _, password = created(device)
    outcomes = []
    for n in range(100):
        try:
            actions.authenticate_dav(identifier="alice", password=f"guess-{n}", network="198.51.100.1")
        except (Unauthenticated, TooMany) as error:
            outcomes.append(type(error))

    assert outcomes.count(Unauthenticated) <= 10
    assert actions.authenticate_dav(identifier="alice", password=password, network=NETWORK).user.identifier == "alice"


def test_r131_sending_the_creation_again_makes_no_second_one() -> None:
    _, device = signed_in("alice")
    id_ = str(uuid7())
    first = device.post("/me/application-passwords", {"name": "Agenda", "id": id_})

    again = device.post("/me/application-passwords", {"name": "Agenda", "id": id_})

    assert again.data == {**first.data, "password": None}
    assert ApplicationPassword.objects.count() == 1


def test_r003_nobody_sees_or_revokes_those_of_somebody_else() -> None:
    _, alice = signed_in("alice")
    _, bruno = signed_in("bruno")
    row, _ = created(alice)

    assert bruno.get("/me/application-passwords").data == {"items": []}
    assert bruno.delete(f"/me/application-passwords/{row['id']}").status_code == 404
    conflict = bruno.post("/me/application-passwords", {"name": "x", "id": row["id"]})
    assert (conflict.status_code, conflict.data["code"]) == (409, "identifier_in_use")
    assert ApplicationPassword.objects.count() == 1


def test_r031_the_person_is_told_by_mail(outbox: Any, committed: Any) -> None:
    _, device = signed_in("alice")

    with committed():
        _, password = created(device)

    (mail,) = outbox()
    assert mail["Subject"] == "Nouveau mot de passe d’application"
    assert password not in mail.get_content()
