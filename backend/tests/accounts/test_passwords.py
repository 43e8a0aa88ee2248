"""R-20 and R-21: what a password may be, and what changing it ends."""

import gzip
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import plano.accounts.passwords as rules
from plano.accounts.models import ApplicationPassword, Session
from plano.accounts.passwords import Context, Reason, refusal
from tests.accounts.browser import Browser, signed_in
from tests.factories.people import PASSWORD

ALICE = Context("alice", "Alice Martin", "alice.martin@gard.gouv.fr")
NEW = "tulipe noire sur balcon"


def listed() -> list[str]:
    path = Path(rules.__file__).parent / "data" / "refused-passwords.txt.gz"
    return gzip.decompress(path.read_bytes()).decode().split("\n")[1:-1]


def test_r020_fourteen_characters_are_too_few_and_fifteen_enough() -> None:
    assert refusal("vgkqzhtwmbxjra", ALICE) is Reason.TOO_SHORT
    assert refusal("vgkqzhtwmbxjran", ALICE) is None
    assert refusal("chaise poêle œuf", ALICE) is None


def test_r020_an_administrator_needs_twenty() -> None:
    boss = Context("root", "Chef", None, is_admin=True)

    assert refusal("vgkqzhtwmbxjrantlop", boss) is Reason.TOO_SHORT
    assert refusal("vgkqzhtwmbxjrantlopf", boss) is None


def test_r020_no_rule_of_composition_and_no_upper_limit_below_1024() -> None:
    assert refusal("   un lac calme   ", ALICE) is None
    assert refusal("".join(random.Random(1).choices("abcdefgh ijklmnop", k=1024)), ALICE) is None
    assert refusal("ab" * 513, ALICE) is Reason.TOO_LONG


def test_r021_the_list_is_long_and_french_too() -> None:
    words = listed()

    assert len(words) >= 100_000
    assert {"azerty", "motdepasse", "anticonstitutionnellement", "password", "doudou", "soleil"} <= set(words)


def test_r021_every_entry_is_refused_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_refused", cache(rules._refused))
    words = listed()
    sample = random.Random(21).sample(words, 200) + random.Random(22).sample([w for w in words if len(w) > 14], 200)

    assert [word for word in sample if refusal(word, ALICE) is None] == []
    assert [word for word in sample if refusal(word.upper(), ALICE) is None] == []


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("anticonstitutionnellement", Reason.COMMON),
        ("Anticonstitutionnellement!2026", Reason.COMMON),
        ("2026-chantonner-2026", Reason.COMMON),
        ("tricératops 1234567", Reason.COMMON),
        ("alicemartin2026", Reason.CONTEXT),
        ("AliceMartin-1984!!", Reason.CONTEXT),
        ("plano-alice-2026-gard", Reason.CONTEXT),
        ("ministere-interieur-2026", Reason.CONTEXT),
        ("prefecture2026prefecture", Reason.CONTEXT),
        ("aaaaaaaaaaaaaaaa", Reason.REPEATED),
        ("soleilsoleilsoleil", Reason.REPEATED),
        ("tu7tu7tu7tu7tu7tu7", Reason.REPEATED),
        ("azertyuiopqsdfghjklm", Reason.SEQUENCE),
        ("1234567890azerty", Reason.SEQUENCE),
        ("1qaz2wsx3edc4rfv", Reason.SEQUENCE),
        ("abcdefghijklmnopq", Reason.SEQUENCE),
        ("mlkjhgfdsqpoiuytreza", Reason.SEQUENCE),
    ],
)
def test_r021_guessable_passwords_are_refused_with_their_reason(password: str, reason: Reason) -> None:
    assert refusal(password, ALICE) is reason


@pytest.mark.parametrize("password", [PASSWORD, NEW, "Les 3 chats d’Alice boivent", "kX9!vR2@mQ7#pL4$"])
def test_r021_what_cannot_be_guessed_is_accepted(password: str) -> None:
    assert refusal(password, ALICE) is None


@pytest.mark.django_db
def test_r042_changing_the_password_ends_all_the_rest(frames_of: Any) -> None:
    user, device = signed_in("alice")
    other = Browser()
    other.sign_in("alice")
    device.post("/me/application-passwords", {"name": "Thunderbird"})
    before = device.cookie("plano_session")
    gone = Session.objects.exclude(key_hash=rules_hash(before)).get().id

    answer = device.post("/me/password", {"current": PASSWORD, "new": NEW})

    assert answer.status_code == 204
    assert device.get("/me").status_code == 200
    assert device.cookie("plano_session") != before
    assert other.get("/me").status_code == 401
    assert ApplicationPassword.objects.count() == 0
    assert frames_of(user.id, "accounts.session_ended")[-1]["data"] == {"session_id": str(gone)}
    assert Browser().sign_in("alice", PASSWORD).status_code == 401
    assert Browser().sign_in("alice", NEW).status_code == 201


@pytest.mark.django_db
def test_a_person_may_keep_their_application_passwords() -> None:
    _, device = signed_in("alice")
    device.post("/me/application-passwords", {"name": "Thunderbird"})

    device.post("/me/password", {"current": PASSWORD, "new": NEW, "keep_application_passwords": True})

    assert ApplicationPassword.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"current": "not it", "new": NEW}, {"current": "wrong_password"}),
        ({"current": PASSWORD, "new": PASSWORD}, {"new": "password_unchanged"}),
        ({"current": PASSWORD, "new": "court"}, {"new": "password_too_short", "min_length": 15}),
        ({"current": PASSWORD, "new": "alice alice 2026"}, {"new": "password_context"}),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(body: dict[str, str], errors: dict[str, str]) -> None:
    user, device = signed_in("alice")

    answer = device.post("/me/password", body)

    assert (answer.status_code, answer.data["errors"]) == (400, errors)
    stored = user.password
    user.refresh_from_db()
    assert user.password == stored


@pytest.mark.django_db
def test_r031_the_person_is_told_by_mail(outbox: Any, committed: Any) -> None:
    _, device = signed_in("alice")

    with committed():
        device.post("/me/password", {"current": PASSWORD, "new": NEW})

    (mail,) = outbox()
    assert (mail["To"], mail["Subject"]) == ("Alice <alice@example.test>", "Votre mot de passe a changé")


def rules_hash(key: str) -> str:
    from plano.accounts.tokens import token_hash

    return token_hash(key)
