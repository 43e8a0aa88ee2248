"""R-25 and R-26: how many guesses are looked at, from where they seem to come, and who still gets in."""

from collections.abc import Callable
from typing import Any

import pytest

from plano.accounts import hashers
from plano.accounts.addresses import client_address, network_of
from plano.accounts.throttle import same_account
from plano.kernel.ids import uuid7
from tests.accounts.browser import Browser, signed_in
from tests.factories.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were really compared."""
    seen: list[str] = []
    real = hashers.matches

    def counting(password: str, encoded: str | None) -> tuple[bool, bool]:
        seen.append(password)
        return real(password, encoded)

    monkeypatch.setattr(hashers, "matches", counting)
    return seen


VARIANTS = ("alice", "ALICE", " alice ", "Àlice", "alice+1", "ａｌｉｃｅ")
MAIL_VARIANTS = ("alice@example.test", "Alice+x@example.test", "ALICE@EXAMPLE.TEST", "alicé@example.test")
FORGED = (
    {"X-Forwarded-For": "203.0.113.{n}"},
    {"Forwarded": "for=203.0.113.{n}"},
    {"X-Real-IP": "203.0.113.{n}"},
    {"X_Forwarded_For": "203.0.113.{n}"},
    {},
)


def forged(n: int) -> dict[str, str]:
    return {name: value.format(n=n) for name, value in FORGED[n % len(FORGED)].items()}


def test_r025_of_a_hundred_guesses_ten_are_looked_at(evaluated: list[str]) -> None:
    make_user("alice", password=PASSWORD)

    answers = [
        Browser().sign_in((VARIANTS + MAIL_VARIANTS)[n % 10], f"guess number {n}", **forged(n)) for n in range(100)
    ]

    assert len(evaluated) <= 10
    refused = [a for a in answers if a.status_code == 429]
    assert len(refused) >= 90
    assert all(int(a["Retry-After"]) > 0 and a.data["code"] == "too_many_attempts" for a in refused)


def test_r025_guesses_from_many_networks_are_limited_by_account(evaluated: list[str]) -> None:
    make_user("alice", password=PASSWORD)

    for n in range(100):
        Browser(f"198.51.100.{n}").sign_in(VARIANTS[n % len(VARIANTS)], f"guess number {n}")

    assert len(evaluated) <= 10


def test_r025_guesses_on_many_accounts_are_limited_by_network(evaluated: list[str]) -> None:
    for n in range(100):
        Browser(f"2001:db8:1:2::{n:x}").sign_in(f"agent{n}", "guess")

    assert len(evaluated) <= 10


def test_r025_the_owner_still_signs_in_from_a_known_device() -> None:
    _, device = signed_in("alice")
    device.delete("/session")
    for n in range(30):
        Browser(f"198.51.100.{n}").sign_in("alice", f"guess number {n}")
    assert Browser().sign_in("alice").status_code == 429

    assert device.sign_in("alice").status_code == 201


def test_r025_a_known_device_has_its_own_limit(evaluated: list[str]) -> None:
    _, device = signed_in("alice")
    device.delete("/session")
    evaluated.clear()

    for n in range(100):
        device.sign_in("alice", f"guess number {n}")

    assert len(evaluated) <= 10


def test_r025_a_forged_device_is_not_known(evaluated: list[str]) -> None:
    make_user("alice", password=PASSWORD)
    for n in range(100):
        device = Browser(f"198.51.100.{n}")
        device.client.cookies["plano_device"] = f"forged{n}"
        device.sign_in("alice", f"guess number {n}")

    assert len(evaluated) <= 10


def test_r025_no_stranger_locks_an_account_for_good(moved: Any) -> None:
    make_user("alice", password=PASSWORD)
    for n in range(60):
        Browser(f"198.51.100.{n}").sign_in("alice", f"guess number {n}")
        moved.forward(seconds=31)

    moved.forward(minutes=15)

    assert Browser().sign_in("alice").status_code == 201


def test_r025_the_wait_grows(moved: Any) -> None:
    make_user("alice", password=PASSWORD)
    waits = []
    for n in range(14):
        answer = Browser(f"198.51.100.{n}").sign_in("alice", f"guess number {n}")
        if answer.status_code == 429:
            waits.append(int(answer["Retry-After"]))
            moved.forward(seconds=waits[-1] + 1)

    assert waits == [30, 60, 120, 240, 480]


def test_r025_a_right_password_starts_again_from_nothing() -> None:
    make_user("alice", password=PASSWORD)
    for _ in range(3):
        for n in range(4):
            assert Browser(f"198.51.100.{n}").sign_in("alice", f"guess number {n}").status_code == 401
        assert Browser("203.0.113.5").sign_in("alice").status_code == 201


def test_r025_reset_requests_are_limited(outbox: Any, run_reset_jobs: Callable[[], None]) -> None:
    make_user("alice", password=PASSWORD)

    answers = [Browser(f"198.51.100.{n}").post("/password-resets", {"identifier": VARIANTS[n % 6]}) for n in range(100)]
    run_reset_jobs()

    assert sum(a.status_code == 202 for a in answers) <= 10
    assert len(outbox()) <= 10


def test_r025_reset_tokens_are_limited() -> None:
    answers = [
        Browser().post(f"/password-resets/guess{n}", {"password": "tulipe noire sur balcon"}, **forged(n))
        for n in range(100)
    ]

    assert sum(a.status_code == 404 for a in answers) <= 10
    assert sum(a.status_code == 429 for a in answers) >= 90


def test_r025_proofs_are_limited(evaluated: list[str]) -> None:
    _, device = signed_in("alice")
    evaluated.clear()

    answers = [device.post("/session/proof", {"password": f"guess {n}"}, **forged(n)) for n in range(50)]
    answers += [device.post("/me/password", {"current": f"guess {n}", "new": "x"}) for n in range(50)]

    assert len(evaluated) <= 10
    assert {a.status_code for a in answers} == {400, 429}


@pytest.mark.parametrize(
    ("peer", "header", "proxies", "found"),
    [
        ("192.0.2.1", "203.0.113.9", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", 1, "203.0.113.9"),
        ("192.0.2.1", "1.1.1.1, 203.0.113.9", 1, "203.0.113.9"),
        ("192.0.2.1", "1.1.1.1, 203.0.113.9, 10.0.0.1", 2, "203.0.113.9"),
        ("192.0.2.1", "203.0.113.9", 2, "192.0.2.1"),
        ("192.0.2.1", "", 1, "192.0.2.1"),
        ("192.0.2.1", "forged\r\nline", 1, ""),
        ("192.0.2.1", "[2001:db8::7]:4711", 1, "2001:db8::7"),
        ("192.0.2.1", "203.0.113.9:80", 1, "203.0.113.9"),
        ("fe80::1%eth0", "", 0, "fe80::1"),
    ],
)
def test_r026_the_address_comes_from_declared_proxies(peer: str, header: str, proxies: int, found: str) -> None:
    assert client_address(peer=peer, forwarded_for=header, proxies=proxies) == found


def test_r025_an_ipv6_client_is_its_network() -> None:
    assert network_of("2001:db8:1:2:a:b:c:d") == network_of("2001:db8:1:2::1") == "2001:db8:1:2::/64"
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"


def test_r025_spellings_of_one_account_share_a_counter() -> None:
    assert {same_account(typed) for typed in VARIANTS} == {"alice"}
    assert {same_account(typed) for typed in MAIL_VARIANTS} == {"alice@example.test"}
    assert same_account(str(uuid7())) != same_account(str(uuid7()))
