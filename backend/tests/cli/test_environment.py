"""The table of options: every default is valid, every wrong value is refused by name."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from plano.config.environment import ConfigurationError, kept_secret_key, options, read


def test_nothing_set_gives_an_office_on_this_machine() -> None:
    found = read({})
    assert (found.host, found.port, found.base_url) == ("127.0.0.1", 8000, "http://localhost:8000")
    assert found.data == Path("var").absolute()
    assert found.session_idle == timedelta(hours=2)
    assert found.upload_max_size == 10 << 30
    assert found.is_loopback


def test_the_base_address_follows_the_port() -> None:
    assert read({"PORT": "8123"}).base_url == "http://localhost:8123"


def test_an_empty_variable_counts_as_absent() -> None:
    assert read({"PLANO_SMTP_URL": " ", "PORT": ""}) == read({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PLANO_BASE_URL", "plano.example.fr"),
        ("PLANO_BASE_URL", "https://plano.example.fr/office"),
        ("PLANO_BASE_URL", "http://[::1"),
        ("PLANO_DEMO", "maybe"),
        ("PLANO_SMTP_URL", "mail.example.fr"),
        ("PLANO_DATABASE_URL", "mysql://x/y"),
        ("PLANO_STORAGE_URL", "s3://bucket"),
        ("PLANO_STORAGE_URL", "s3://host/Bucket"),
        ("PLANO_STORAGE_URL", "s3://key@host/bucket"),
        ("PLANO_STORAGE_URL", "s3://host/bucket?secure=0"),
        ("PLANO_STORAGE_KEY", "short"),
        ("PLANO_STORAGE_ENCRYPTION", "AES"),
        ("PLANO_STORAGE_URL", "file://relative"),
        ("PLANO_JANUS_PORTS", "20999-20000"),
        ("PLANO_JANUS_PUBLIC_ADDRESS", "example.fr"),
        ("PLANO_TURN_URL", "https://turn.example.fr"),
        ("PLANO_UPLOAD_MAX_SIZE", "0"),
        ("PLANO_UPLOAD_MAX_SIZE", "ten"),
        ("PLANO_SESSION_IDLE", "2"),
        ("PLANO_SESSION_ABSOLUTE", "90d"),
        ("PLANO_TRUSTED_PROXIES", "-1"),
        ("PLANO_LOG_LEVEL", "loud"),
        ("PLANO_SECRET_KEY", "changeme-changeme-changeme-changeme"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"^{name} .*\.$"):
        read({name: value})


def test_a_refused_secret_is_not_repeated() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        read({"PLANO_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    "given",
    [
        {"PLANO_JANUS_URL": "ws://10.0.0.1:8188"},
        {"PLANO_TURN_SECRET": "s" * 40},
        {"PLANO_SESSION_IDLE": "5h", "PLANO_SESSION_ABSOLUTE": "4h"},
    ],
)
def test_values_that_contradict_each_other_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError):
        read(given)


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")
    assert read({"PLANO_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "k" * 40
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read({"PLANO_SECRET_KEY_FILE": str(tmp_path / "absent")})


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = kept_secret_key(tmp_path / "data")
    assert len(first) >= 43
    assert kept_secret_key(tmp_path / "data") == first
    assert kept_secret_key(tmp_path / "other") != first


def test_each_option_says_what_it_is_for() -> None:
    for _, name, line in options():
        assert line.help.endswith("."), name
        assert "secret" not in line.default_text, name
