"""R-28 and R-29: the forgotten password."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import connection

from plano.accounts.models import ApplicationPassword, OneTimeLink, Session
from tests.accounts.browser import Browser, signed_in
from tests.factories.people import PASSWORD, make_user

NEW = "tulipe noire sur balcon"
Outbox = Callable[[], list[EmailMessage]]
Run = Callable[[], None]


def token_in(mail: EmailMessage) -> str:
    found = re.search(r"/reinitialiser/([\w-]+)", mail.get_content())
    assert found
    return found[1]


@pytest.fixture
def token(db: None, outbox: Outbox, run_reset_jobs: Run) -> str:
    """A link that alice asked for."""
    make_user("alice", password=PASSWORD)
    assert Browser().post("/password-resets", {"identifier": "alice"}).status_code == 202
    run_reset_jobs()
    return token_in(outbox()[-1])


@pytest.mark.django_db
def test_r028_the_link_gives_a_new_password_and_ends_the_rest(outbox: Outbox, run_reset_jobs: Run) -> None:
    _user, device = signed_in("alice")
    device.post("/me/application-passwords", {"name": "Thunderbird"})
    Browser().post("/password-resets", {"identifier": "alice"})
    run_reset_jobs()

    answer = Browser().post(f"/password-resets/{token_in(outbox()[-1])}", {"password": NEW})

    assert answer.status_code == 204
    assert "plano_session" not in answer.cookies
    assert device.get("/me").status_code == 401
    assert (Session.objects.count(), ApplicationPassword.objects.count()) == (0, 0)
    assert Browser().sign_in("alice", PASSWORD).status_code == 401
    assert Browser().sign_in("alice", NEW).status_code == 201


@pytest.mark.django_db
def test_r028_the_mail_goes_to_the_address_in_the_database(outbox: Outbox, run_reset_jobs: Run) -> None:
    make_user("alice", password=PASSWORD, name="Alice Martin", email="alice@gard.test")
    make_user("carl", password=PASSWORD, name="Carl", email="carl@gard.test", language="en")

    for typed in ("ALICE@gard.test", "carl"):
        Browser().post("/password-resets", {"identifier": typed})
    run_reset_jobs()

    french, english = outbox()
    assert french["To"] == "Alice Martin <alice@gard.test>"
    assert (french["Subject"], english["Subject"]) == ("Choisir un nouveau mot de passe", "Choose a new password")
    assert [part.get_content_type() for part in french.walk()] == ["text/plain"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "identifier",
    ["alice@gard.test,evil@evil.test", "alice@gard.test\r\nBcc: evil@evil.test", "аlice@gard.test", "alice@gard。test"],
)
def test_r028_tricks_with_addresses_send_nothing(identifier: str, outbox: Outbox, run_reset_jobs: Run) -> None:
    make_user("alice", password=PASSWORD, email="alice@gard.test")

    Browser().post("/password-resets", {"identifier": identifier})
    run_reset_jobs()

    assert outbox() == []


@pytest.mark.django_db
def test_r028_a_list_of_addresses_is_refused() -> None:
    make_user("alice", password=PASSWORD)

    answer = Browser().post("/password-resets", {"identifier": ["alice", "evil@evil.test"]})

    assert answer.status_code == 400


@pytest.mark.django_db
def test_r027_the_answer_does_not_say_whether_there_is_an_account(outbox: Outbox, run_reset_jobs: Run) -> None:
    make_user("alice", password=PASSWORD)
    bruno = make_user("bruno", password=PASSWORD)
    bruno.is_active = False
    bruno.save()

    answers = [Browser().post("/password-resets", {"identifier": who}) for who in ("alice", "bruno", "nobody")]
    run_reset_jobs()

    assert {(a.status_code, a.content) for a in answers} == {(202, b"")}
    assert [mail["To"] for mail in outbox()] == ["Alice <alice@example.test>"]


def test_r028_the_link_works_once(token: str) -> None:
    assert Browser().post(f"/password-resets/{token}", {"password": NEW}).status_code == 204

    again = Browser().post(f"/password-resets/{token}", {"password": NEW + " encore"})

    assert (again.status_code, again.data["code"]) == (404, "link_over")
    assert Browser().sign_in("alice", NEW).status_code == 201


def test_r028_a_refused_password_does_not_spend_the_link(token: str) -> None:
    refused = Browser().post(f"/password-resets/{token}", {"password": "court"})

    assert (refused.status_code, refused.data["errors"]) == (400, {"password": "password_too_short", "min_length": 15})
    assert Browser().post(f"/password-resets/{token}", {"password": NEW}).status_code == 204


def test_r028_the_link_lives_one_hour(token: str, moved: Any) -> None:
    moved.forward(minutes=61)

    assert Browser().post(f"/password-resets/{token}", {"password": NEW}).status_code == 404


def test_r028_signing_in_kills_the_link(token: str) -> None:
    Browser().sign_in("alice")

    assert Browser().post(f"/password-resets/{token}", {"password": NEW}).status_code == 404


def test_r028_changing_the_password_kills_the_link(token: str, run_reset_jobs: Run, outbox: Outbox) -> None:
    device = Browser()
    device.sign_in("alice")
    Browser().post("/password-resets", {"identifier": "alice"})
    run_reset_jobs()
    fresh = token_in(outbox()[-1])

    device.post("/me/password", {"current": PASSWORD, "new": NEW})

    assert Browser().post(f"/password-resets/{fresh}", {"password": NEW + " encore"}).status_code == 404


def test_r028_a_second_link_kills_the_first(token: str, run_reset_jobs: Run) -> None:
    Browser().post("/password-resets", {"identifier": "alice"})
    run_reset_jobs()

    assert Browser().post(f"/password-resets/{token}", {"password": NEW}).status_code == 404


def test_r028_only_the_hash_is_stored(token: str) -> None:
    assert token not in str(list(OneTimeLink.objects.values()))
    assert len(token) >= 43


def test_r028_the_device_that_used_the_link_is_known(token: str) -> None:
    device = Browser()
    device.post(f"/password-resets/{token}", {"password": NEW})
    for n in range(20):
        Browser(f"198.51.100.{n}").sign_in("alice", "guess")

    assert device.sign_in("alice", NEW).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_r028_twenty_uses_at_once_give_one_change(outbox: Outbox, run_reset_jobs: Run) -> None:
    make_user("alice", password=PASSWORD)
    Browser().post("/password-resets", {"identifier": "alice"})
    run_reset_jobs()
    token = token_in(outbox()[-1])

    def use(n: int) -> int:
        try:
            answer = Browser(f"198.51.100.{n}").post(f"/password-resets/{token}", {"password": f"{NEW} numéro {n}"})
            return int(answer.status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(use, range(20)))

    assert statuses.count(204) == 1
    assert set(statuses) <= {204, 404, 503}


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_r029_the_link_carries_the_configured_address(header: str, outbox: Outbox, run_reset_jobs: Run) -> None:
    make_user("alice", password=PASSWORD)
    value = "host=evil.example" if header == "Forwarded" else "evil.example"

    answer = Browser(**{header: value}).post("/password-resets", {"identifier": "alice"})
    run_reset_jobs()

    if answer.status_code == 400:
        assert outbox() == []
    else:
        assert "http://localhost:8000/reinitialiser/" in outbox()[0].get_content()
        assert "evil" not in outbox()[0].as_string()
