"""R-33 and R-08: the first administrator, and never none."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from plano.accounts import actions
from plano.accounts.models import User
from plano.accounts.passwords import generate
from plano.kernel.errors import Conflict, Invalid
from tests.accounts.browser import Browser
from tests.factories.people import make_user

BODY = {"identifier": "Cheffe", "name": "Madame la cheffe", "password": "vingt caractères au moins oui"}


def token() -> str:
    link = actions.setup_link()
    assert link is not None
    assert link.startswith("http://localhost:8000/installation/")
    return link.rsplit("/", 1)[1]


@pytest.mark.django_db
def test_r033_the_link_makes_the_first_administrator_once() -> None:
    link = token()

    answer = Browser().post(f"/setup/{link}", BODY)

    assert (answer.status_code, answer.data["identifier"], answer.data["is_admin"]) == (201, "cheffe", True)
    again = Browser().post(f"/setup/{link}", {**BODY, "identifier": "autre"})
    assert (again.status_code, again.data["code"]) == (404, "link_over")
    assert Browser().sign_in("cheffe", BODY["password"]).status_code == 201
    assert actions.setup_link() is None


@pytest.mark.django_db
def test_r033_the_link_lives_a_day_and_a_second_one_kills_the_first(moved: Any) -> None:
    first = token()
    second = token()
    assert Browser().post(f"/setup/{first}", BODY).status_code == 404

    moved.forward(hours=24, seconds=1)

    assert Browser().post(f"/setup/{second}", BODY).status_code == 404
    assert User.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"password": "seulement dix-neuf."}, {"password": "password_too_short", "min_length": 20}),
        ({"identifier": "a b"}, {"identifier": "invalid_identifier"}),
        ({"identifier": "qui@autre.test"}, {"identifier": "invalid_identifier"}),
        ({"email": "x"}, {"email": "value_error"}),
    ],
)
def test_a_refused_setup_does_not_spend_the_link(change: dict[str, str], errors: dict[str, str]) -> None:
    link = token()

    answer = Browser().post(f"/setup/{link}", {**BODY, **change})

    assert (answer.status_code, answer.data["errors"]) == (400, errors)
    assert Browser().post(f"/setup/{link}", BODY).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_r033_ten_uses_at_once_make_one_administrator() -> None:
    link = token()

    def use(n: int) -> int:
        try:
            return int(
                Browser(f"198.51.100.{n}").post(f"/setup/{link}", {**BODY, "identifier": f"chef{n}"}).status_code
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(use, range(10)))

    assert statuses.count(201) == 1
    assert User.objects.filter(is_admin=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_r008_the_platform_keeps_an_administrator_under_concurrency() -> None:
    admins = [make_user(is_admin=True) for _ in range(4)]

    def disable(user: User) -> bool:
        try:
            actions.disable_user(user=user)
        except Conflict:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(disable, admins))

    assert done.count(True) == 3
    assert User.objects.filter(is_admin=True, is_active=True).count() == 1


@pytest.mark.django_db
def test_identifiers_and_addresses_are_unique_after_folding() -> None:
    actions.create_user(identifier="Straße", name="S", email="S@Gard.test")

    for fields in (
        {"identifier": "STRASSE", "name": "T"},
        {"identifier": "autre", "name": "T", "email": "s@gard.TEST"},
    ):
        with pytest.raises(Conflict):
            actions.create_user(**fields)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        actions.create_user(identifier="ok2", name="T", time_zone="Nowhere/Land")


@pytest.mark.django_db
def test_r033_generated_passwords_are_accepted_and_all_different() -> None:
    made = {generate() for _ in range(50)}

    assert len(made) == 50
    for n, password in enumerate(sorted(made)[:5]):
        actions.create_user(identifier=f"demo{n}", name="Démonstration", password=password, is_admin=True)


@pytest.mark.django_db
def test_the_command_line_resets_a_password() -> None:
    user = make_user("alice")

    password = actions.reset_password(user=user)

    assert Browser().sign_in("alice", password).status_code == 201
