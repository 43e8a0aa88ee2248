"""A new address counts once its owner shows that they read it."""

import re
from typing import Any

import pytest

from tests.accounts.browser import Browser, signed_in
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def asked(device: Browser, email: str, outbox: Any, committed: Any) -> str:
    with committed():
        assert device.post("/me/email", {"email": email}).status_code == 202
    found = re.search(r"/adresse/([\w-]+)", outbox()[-1].get_content())
    assert found
    return found[1]


def test_the_address_changes_by_the_link_and_the_old_one_is_told(outbox: Any, committed: Any) -> None:
    _, device = signed_in("alice")
    token = asked(device, "Alice@Gard.test", outbox, committed)
    assert device.get("/me").data["email"] == "alice@example.test"

    with committed():
        answer = device.post(f"/me/email/{token}")

    assert (answer.status_code, answer.data["email"]) == (200, "Alice@Gard.test")
    assert [mail["To"].addresses[0].addr_spec for mail in outbox()] == ["Alice@Gard.test", "alice@example.test"]
    assert device.post(f"/me/email/{token}").status_code == 404
    assert Browser().sign_in("alice@gard.test").status_code == 201


def test_r010_an_address_of_somebody_else_cannot_be_taken_nor_found(outbox: Any, committed: Any) -> None:
    make_user("bruno", email="bruno@gard.test")
    _, device = signed_in("alice")

    token = asked(device, "BRUNO@gard.test", outbox, committed)

    assert device.post(f"/me/email/{token}").status_code == 404
    assert device.get("/me").data["email"] == "alice@example.test"


def test_the_link_serves_only_its_person(outbox: Any, committed: Any) -> None:
    _, alice = signed_in("alice")
    _, bruno = signed_in("bruno")
    token = asked(alice, "alice@gard.test", outbox, committed)

    assert bruno.post(f"/me/email/{token}").status_code == 404
    assert alice.post(f"/me/email/{token}").status_code == 200


@pytest.mark.parametrize(
    "email",
    ["a@b.fr\r\nBcc: c@d.fr", "a@b.fr,c@d.fr", "a", "@b.fr", "Alice <a@b.fr>", "a@b@c.fr", "a b@c.fr", 'a"@c.fr'],
)
def test_r083_what_is_not_one_plain_address_is_refused(email: str, outbox: Any, committed: Any) -> None:
    _, device = signed_in("alice")

    with committed():
        assert device.post("/me/email", {"email": email}).status_code == 400

    assert outbox() == []
