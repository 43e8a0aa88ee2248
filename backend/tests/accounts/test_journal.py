"""R-120 to R-124: what the security journal holds, and that nobody can change it unseen."""

import json
import logging
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from plano.accounts import actions
from plano.kernel import clock
from plano.platform import audit
from plano.platform.audit import journal
from plano.platform.audit.models import Entry, Head, Link
from plano.platform.logging import MASK, JsonFormatter
from tests.accounts.browser import Browser, signed_in
from tests.factories.people import PASSWORD


@pytest.fixture(autouse=True)
def head_row(db: None) -> None:
    """The migration's row; tests with real transactions empty every table after themselves."""
    Head.objects.get_or_create(id=1)


pytestmark = pytest.mark.django_db


def filled(count: int = 5) -> None:
    for n in range(count):
        audit.record(actor=None, action="test.act", details={"number": n})
    journal.seal()


def tampered(sql: str, *values: object) -> None:
    """What somebody with all rights on the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER; ALTER TABLE audit_link DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER; ALTER TABLE audit_link ENABLE TRIGGER USER")


def test_r120_one_scenario_gives_the_expected_list() -> None:
    user, device = signed_in("alice")
    Browser().sign_in("alice", "wrong")
    device.post("/session/proof", {"password": PASSWORD})
    device.post("/session/proof", {"password": "wrong"})
    row = device.post("/me/application-passwords", {"name": "Agenda"}).data["application_password"]
    device.delete(f"/me/application-passwords/{row['id']}")
    device.post("/me/password", {"current": PASSWORD, "new": "tulipe noire sur balcon"})
    device.delete("/session")
    actions.disable_user(user=user)

    entries = Entry.objects.order_by("at", "id")

    assert [(e.action, e.result, e.actor_id == user.id) for e in entries] == [
        ("account.created", "ok", False),
        ("session.opened", "ok", True),
        ("session.refused", "refused", False),
        ("session.proved", "ok", True),
        ("session.proof_refused", "refused", True),
        ("application_password.created", "ok", True),
        ("application_password.revoked", "ok", True),
        ("password.changed", "ok", True),
        ("session.closed", "ok", True),
        ("account.disabled", "ok", False),
    ]
    opened = entries.get(action="session.opened")
    assert (opened.network, len(opened.request_id) >= 16) == ("192.0.2.10", True)


def test_r126_an_act_that_is_rolled_back_leaves_no_entry() -> None:
    with transaction.atomic():
        audit.record(actor=None, action="test.act")
        transaction.set_rollback(True)

    assert Entry.objects.count() == 0


def test_r123_a_whole_chain_is_sound() -> None:
    filled()

    assert journal.verify() == journal.Verdict(checked=5)


def test_r123_entries_are_chained_after_the_commit(committed: Any) -> None:
    with committed():
        audit.record(actor=None, action="test.act")

    assert Link.objects.count() == 1


@pytest.mark.parametrize(
    ("sql", "reason", "at"),
    [
        ("UPDATE audit_entry SET action = 'x' WHERE details->>'number' = '2'", "changed", 3),
        ("UPDATE audit_entry SET at = at - interval '1 s' WHERE details->>'number' = '0'", "changed", 1),
        ("DELETE FROM audit_entry WHERE details->>'number' = '1'", "entry_missing", 2),
        ("DELETE FROM audit_link WHERE seq = 3", "missing", 3),
        ("DELETE FROM audit_link WHERE seq = 5", "cut", 5),
        ("DELETE FROM audit_link WHERE seq = 1", "missing", 1),
        (
            "UPDATE audit_link SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3); "
            "UPDATE audit_link SET seq = -seq WHERE seq < 0",
            "changed",
            2,
        ),
        (
            "INSERT INTO audit_entry SELECT gen_random_uuid(), at, actor_id, action, object_kind, object_id, "
            "workspace_id, result, network, request_id, details FROM audit_entry LIMIT 1",
            "outside_the_chain",
            6,
        ),
    ],
)
def test_r123_every_tampering_is_found(sql: str, reason: str, at: int) -> None:
    filled()

    tampered(sql)

    verdict = journal.verify()
    assert (verdict.reason, verdict.broken_at) == (reason, at)


def test_r123_the_application_cannot_change_or_delete_entries() -> None:
    filled()

    for sql in ("UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry", "DELETE FROM audit_link"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert journal.verify().checked == 5


def test_r124_what_is_older_than_the_retention_goes_and_the_chain_stays_sound() -> None:
    filled(3)
    border = clock.now()
    filled(4)

    assert journal.purge(before=border) == 3

    assert Head.objects.get().first_seq == 4
    assert journal.verify() == journal.Verdict(checked=5)  # four, and the purge itself
    assert Entry.objects.filter(action="audit.purged", details={"entries": 3}).exists()


def line(message: str, *args: object, **extra: object) -> str:
    record = logging.makeLogRecord({"name": "plano.test", "levelname": "INFO", "msg": message, "args": args, **extra})
    return JsonFormatter().format(record)


@pytest.mark.parametrize("name", ["a\r\nb", "a\x1b[31mb", "a\u202eb", "a\u2028b", 'a"}\n{"level":"error"', "a\x00b"])
def test_r122_no_name_forges_a_line(name: str) -> None:
    written = line("renamed to %s", name, person=name)

    assert written.isascii()
    assert not any(ord(c) < 32 for c in written)
    assert json.loads(written)["person"] == name


@pytest.mark.parametrize(
    ("message", "extra"),
    [
        ("password=hunter22secret", {}),
        ("sent 'token': 'hunter22secret' there", {}),
        ("Cookie: plano_session=hunter22secret; plano_csrf=hunter22secret", {}),
        ("Authorization: Bearer hunter22secret", {}),
        ("GET /s/hunter22secret and /api/v1/password-resets/hunter22secret", {}),
        ("smtp://user:hunter22secret@mail.example.fr", {}),
        ("https://plano.example.fr/reinitialiser/hunter22secret", {}),
        ("plain", {"password": "hunter22secret"}),
        ("plain", {"job": {"task_kwargs": {"text": "hunter22secret"}}}),
        ("plain", {"app_token": "hunter22secret", "headers": {"Cookie": "hunter22secret"}}),
    ],
)
def test_r121_no_secret_reaches_a_log(message: str, extra: dict[str, Any]) -> None:
    written = line(message, **extra)

    assert "hunter22secret" not in written
    assert MASK in written


def test_r121_a_job_is_logged_without_its_arguments() -> None:
    written = line("Job mail.deliver[5](text='hunter22secret (really)') failed", name="procrastinate.worker")

    assert json.loads(written)["message"] == "Job mail.deliver[5] failed"


def test_r121_an_exception_tells_where_and_not_what() -> None:
    try:
        raise ValueError("hunter22secret")
    except ValueError:
        import sys

        written = line("failed", exc_info=sys.exc_info())

    assert "hunter22secret" not in written
    assert json.loads(written)["error"] == "ValueError"


def test_r121_a_whole_day_of_an_account_leaves_no_secret(caplog: pytest.LogCaptureFixture, committed: Any) -> None:
    caplog.set_level(logging.DEBUG)
    with committed():
        _, device = signed_in("alice")
        secret = device.post("/me/application-passwords", {"name": "Agenda"}).data["password"]
        Browser().sign_in("alice", "wrong password here")
        Browser().post("/password-resets/planted-token-planted-token", {"password": "x"})
    written = "\n".join(JsonFormatter().format(record) for record in caplog.records)

    planted = (PASSWORD, "wrong password here", secret, device.cookie("plano_session"), "planted-token-planted-token")
    assert [p for p in planted if p in written] == []
    assert "session.opened" in written
