"""Signing in and out, through HTTP."""

import pytest

from tests.factories.people import PASSWORD, make_user
from tests.fixtures import Api

pytestmark = pytest.mark.django_db


def sign_in(api: Api, identifier: str, password: str = PASSWORD):
    return api.post("/session", {"identifier": identifier, "password": password})


def test_a_person_signs_in_by_identifier_or_address_whatever_the_case() -> None:
    make_user("élodie", password=PASSWORD, email="Elodie@Example.test")
    for typed in ("élodie", "ÉLODIE", "E\u0301lodie", "elodie@example.TEST"):
        api = Api()
        answer = sign_in(api, typed)
        assert (answer.status_code, answer.data["identifier"]) == (201, "élodie")
        assert api.get("/me").data["name"] == "Élodie"
