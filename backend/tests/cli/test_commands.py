"""The other sub-commands, as a person types them."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from plano.cli.main import COMMANDS
from tests.cli.running import plano, running

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    result = plano(tmp_path, command, "--help")
    assert result.returncode == 0
    assert f"usage: plano {command}" in result.stdout


@pytest.mark.parametrize("arguments", [(), ("nothing",), ("serve", "--nothing"), ("user",)])
def test_a_wrong_command_line_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = plano(tmp_path, *arguments)
    assert result.returncode == 2
    assert result.stderr.count("\n") == (1 if arguments else 0)


def test_accounts_are_made_listed_disabled_and_given_a_new_password(tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = plano(data, "user", "create", "nadia", "--admin", "--generate", "--email", "nadia@example.fr")
    typed = plano(data, "user", "create", "omar", "--name", "Omar Ba", typed="un mot de passe assez long 7\n")
    reset = plano(data, "user", "reset-password", "omar", "--generate")
    closed = plano(data, "user", "disable", "omar")
    listed = plano(data, "user", "list")
    disabled = plano(data, "user", "list", "--disabled")

    assert made.returncode == 0, made.stderr
    assert "with the password " in made.stdout
    assert typed.stdout == "omar can sign in.\n", typed.stderr
    assert "no open session with the password" in reset.stdout
    assert closed.returncode == 0
    assert listed.stdout == "nadia\tnadia\tnadia@example.fr\tadmin\n"
    assert disabled.stdout == "omar\tOmar Ba\t-\tperson\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("user", "disable", "nobody"), "There is no account 'nobody'"),
        (("user", "create", "bad name", "--generate"), "identifier: invalid identifier"),
        (("user", "create", "omar"), "No password was given"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_code_1(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    result = plano(tmp_path / "data", *arguments)
    assert result.returncode == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_command_works_beside_a_running_server(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(data) as server:
        assert plano(data, "user", "create", "nadia", "--generate").returncode == 0
        assert "nadia" in plano(data, "user", "list").stdout
        assert server.status("/readyz") == 200


def test_check_names_each_part_and_what_to_do(tmp_path: Path) -> None:
    data = tmp_path / "data"
    before = plano(data, "check", PLANO_WEB_DIR=str(tmp_path))
    assert before.returncode == 1
    assert "TO DO  web client" in before.stdout
    assert "`plano migrate`" in before.stdout
    assert plano(data, "migrate", "--quiet").returncode == 0
    (tmp_path / "index.html").touch()
    after = plano(data, "check", PLANO_WEB_DIR=str(tmp_path))
    assert after.returncode == 0, after.stdout
    assert "OK     database       PostgreSQL" in after.stdout
    assert "note   antivirus      none" in after.stdout
    assert "OK     previews       LibreOffice is installed" in after.stdout


def test_check_tells_that_a_mail_server_does_not_answer(tmp_path: Path) -> None:
    result = plano(tmp_path / "data", "check", PLANO_SMTP_URL="smtp://127.0.0.1:9")
    assert result.returncode == 1
    assert "TO DO  mail           127.0.0.1:9 does not answer" in result.stdout


def test_the_api_document_is_the_same_each_time_and_needs_no_folder(tmp_path: Path) -> None:
    first, second = (plano(tmp_path / "data", "openapi") for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["openapi"].startswith("3.1")
    assert not (tmp_path / "data").exists()


def test_the_demonstration_is_seeded_once_with_secrets_of_its_own(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first, second = plano(data, "demo"), plano(data, "demo")
    kept = data / "demo-accounts.json"
    accounts = json.loads(kept.read_text())
    elsewhere = plano(tmp_path / "other", "demo")

    assert first.returncode == 0, first.stderr
    assert set(accounts) == {"alice", "bruno", "chloe", "david", "admin"}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert accounts["alice"]["password"] in first.stdout
    assert accounts["alice"]["password"] not in second.stdout
    assert elsewhere.returncode == 0
    assert json.loads((tmp_path / "other" / "demo-accounts.json").read_text())["alice"] != accounts["alice"]


def test_r033_the_demonstration_is_refused_on_an_address_that_others_reach(tmp_path: Path) -> None:
    data = tmp_path / "data"
    refused = plano(data, "demo", PLANO_BASE_URL="https://plano.example.fr")
    assert refused.returncode == 1
    assert "`plano demo --yes`" in refused.stderr
    assert not (data / "demo-accounts.json").exists()
