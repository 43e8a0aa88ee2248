"""Signing in and out, through HTTP."""

import statistics
import time
from typing import Any

import pytest

from plano.accounts import hashers
from plano.accounts.models import Session, Throttle, User
from tests.accounts.browser import Browser, signed_in
from tests.factories.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def test_a_person_signs_in_by_identifier_or_address_whatever_the_case() -> None:
    make_user("élodie", password=PASSWORD, email="Elodie@Example.test")

    for typed in ("élodie", "ÉLODIE", "E\u0301lodie", " élodie ", "elodie@example.TEST"):
        device = Browser()
        answer = device.sign_in(typed)
        assert (answer.status_code, answer.data["identifier"]) == (201, "élodie")
        assert device.get("/me").data["name"] == "Élodie"


def test_the_answer_says_who_one_is_and_no_more() -> None:
    user, device = signed_in("alice", language="en", time_zone="Indian/Reunion")

    assert device.get("/me").data == {
        "id": str(user.id),
        "identifier": "alice",
        "email": "alice@example.test",
        "name": "Alice",
        "language": "en",
        "time_zone": "Indian/Reunion",
        "is_admin": False,
        "avatar_url": None,
        "color": user.color,
        "version": 1,
    }


def test_r020_composed_and_decomposed_accents_are_the_same_password() -> None:
    make_user("alice", password="un été à la méditerranée")

    assert Browser().sign_in("alice", "un e\u0301te\u0301 a\u0300 la me\u0301diterrane\u0301e").status_code == 201


def test_r020_a_password_of_128_characters_counts_whole() -> None:
    long = "".join(chr(0x4E00 + (i * 37) % 5000) for i in range(128))
    make_user("alice", password=long)

    assert Browser().sign_in("alice", long[:-1] + "x").status_code == 401
    assert Browser().sign_in("alice", long).status_code == 201


def test_r022_argon2id_with_enough_memory_and_old_hashes_are_renewed(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    user = make_user("alice", password=PASSWORD)
    _, algorithm, _, parameters = user.password.split("$")[:4]
    values = dict(part.split("=") for part in parameters.split(","))
    assert (algorithm, int(values["m"]) >= 19 * 1024, int(values["t"]) >= 2) == ("argon2id", True, True)

    from django.contrib.auth.hashers import make_password

    user.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    user.save()
    assert Browser().sign_in("alice").status_code == 201
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$")
    assert Browser().sign_in("alice").status_code == 201


def test_r027_absent_disabled_and_wrong_get_one_same_answer() -> None:
    make_user("alice", password=PASSWORD)
    disabled = make_user("bruno", password=PASSWORD)
    disabled.is_active = False
    disabled.save()
    make_user("chloe")  # no password yet

    answers = [
        Browser(f"192.0.2.{n}").sign_in(who, password)
        for n, (who, password) in enumerate(
            [("alice", "wrong"), ("bruno", PASSWORD), ("chloe", PASSWORD), ("nobody", PASSWORD)]
        )
    ]

    assert {a.status_code for a in answers} == {401}
    assert len({str({**a.data, "request_id": ""}) for a in answers}) == 1
    assert {a.data["code"] for a in answers} == {"wrong_credentials"}
    assert len({tuple(sorted(a.cookies)) for a in answers}) == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [("/session", {"password": "a wrong password, long enough"}), ("/password-resets", {})],
)
def test_r027_absent_and_present_take_the_same_time(path: str, body: dict[str, str]) -> None:
    make_user("alice", password=PASSWORD)
    device = Browser()

    def timed(identifier: str) -> float:
        Throttle.objects.all().delete()
        start = time.perf_counter()
        device.post(path, {**body, "identifier": identifier})
        return time.perf_counter() - start

    def difference() -> float:
        """Taken in turns, so that the machine's moods fall on both."""
        pairs = [(timed("alice"), timed("nobody")) for _ in range(50)]
        present, absent = (statistics.median(column) for column in zip(*pairs, strict=True))
        return abs(present - absent) / present

    difference()
    assert any(difference() < 0.10 for _ in range(3))


def test_a_password_changed_while_it_was_compared_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user("alice", password=PASSWORD)
    real = hashers.matches

    def slow(password: str, encoded: str | None) -> tuple[bool, bool]:
        answer = real(password, encoded)
        User.objects.filter(id=user.id).update(password="argon2$changed")
        return answer

    monkeypatch.setattr(hashers, "matches", slow)

    assert Browser().sign_in("alice").status_code == 401
    assert Session.objects.count() == 0
    user.refresh_from_db()
    assert user.password == "argon2$changed"


def test_r040_each_sign_in_gives_a_new_key_and_the_old_one_is_dead() -> None:
    _, device = signed_in("alice")
    first = device.cookie("plano_session")
    thief = Browser()
    thief.client.cookies["plano_session"] = first
    assert thief.get("/me").status_code == 200

    device.sign_in("alice")

    assert device.cookie("plano_session") != first
    assert thief.get("/me").status_code == 401


def test_r040_a_key_fixed_before_sign_in_is_not_taken_over() -> None:
    make_user("alice", password=PASSWORD)
    device = Browser()
    device.client.cookies["plano_session"] = "chosen-by-somebody-else"

    device.sign_in("alice")

    assert device.cookie("plano_session") != "chosen-by-somebody-else"
    assert len(device.cookie("plano_session")) >= 43


def test_r040_the_key_is_not_in_the_database() -> None:
    _, device = signed_in("alice")
    key = device.cookie("plano_session")

    assert Session.objects.filter(key_hash=key).count() == 0
    assert key not in str(list(Session.objects.values()))


def test_r044_cookies_are_for_this_site_only() -> None:
    make_user("alice", password=PASSWORD)

    answer = Browser().sign_in("alice")

    for name in ("plano_session", "plano_device"):
        cookie = answer.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Lax", "", "/")
    assert answer.cookies["plano_csrf"]["samesite"] == "Lax"
    assert not answer.cookies["plano_csrf"]["httponly"]


def test_r044_under_https_cookies_are_secure_and_bound_to_the_host(settings: Any) -> None:
    from dataclasses import replace

    settings.PLANO = replace(settings.PLANO, base_url="https://plano.example.test")
    make_user("alice", password=PASSWORD)

    answer = Browser().sign_in("alice")

    for name in ("__Host-plano_session", "__Host-plano_device"):
        assert answer.cookies[name]["secure"] is True
    assert "plano_session" not in answer.cookies


def test_r045_signing_out_ends_the_session_and_clears_the_browser() -> None:
    _, device = signed_in("alice")
    key = device.cookie("plano_session")

    answer = device.delete("/session")

    assert answer.status_code == 204
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert (device.cookie("plano_session"), device.cookie("plano_csrf")) == ("", "")
    assert device.cookie("plano_device") != ""
    again = Browser()
    again.client.cookies["plano_session"] = key
    assert again.get("/me").status_code == 401
    assert Session.objects.count() == 0


def test_signing_out_twice_is_no_error() -> None:
    assert Browser().delete("/session").status_code == 204


def test_r062_a_change_needs_the_csrf_token() -> None:
    _, device = signed_in("alice")

    answer = device.request("PATCH", "/me", {"name": "Autre"}, csrf=False)

    assert (answer.status_code, answer.data["code"]) == (403, "csrf_failed")
    assert device.get("/me").data["name"] == "Alice"


def test_r062_another_site_cannot_sign_somebody_in() -> None:
    make_user("alice", password=PASSWORD)

    answer = Browser().sign_in("alice", Origin="https://evil.example")

    assert answer.status_code == 403
    assert Session.objects.count() == 0


def test_r005_unknown_fields_are_refused() -> None:
    make_user("alice", password=PASSWORD)

    answer = Browser().post("/session", {"identifier": "alice", "password": PASSWORD, "is_admin": True})

    assert answer.status_code == 400


def test_a_fresh_browser_gets_its_csrf_token() -> None:
    device = Browser()

    answer = device.get("/csrf")

    assert answer.data["token"] == device.cookie("plano_csrf") != ""
