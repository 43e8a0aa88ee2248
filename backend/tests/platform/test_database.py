"""Our reading of instants agrees with psycopg's own, the odd ones included."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection

pytestmark = pytest.mark.django_db
SAMPLES = [
    "2026-11-23 16:00:00+00",
    "2026-11-23 16:00:00.1+00",
    "2026-11-23 16:00:00.000001+00",
    "2026-06-23 16:00:00.123456+05:30",
    "0044-03-15 12:00:00+00",
    "9999-12-31 23:59:59.999999+00",
]


def _read(text: str) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        found: datetime = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("text", SAMPLES)
def test_an_instant_is_read_to_the_microsecond_and_in_utc(text: str) -> None:
    found = _read(text)
    assert found == datetime.fromisoformat(text)
    assert found.tzinfo is UTC


def test_the_session_may_have_another_zone_and_style() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Asia/Kolkata'")
        assert _read("2026-11-23 16:00:00.5+00") == datetime(2026, 11, 23, 16, 0, 0, 500_000, tzinfo=UTC)
        assert _read("2026-11-23 16:00:00+00").tzinfo is UTC


@pytest.mark.parametrize("text", ["infinity", "0001-01-01 00:00:00 BC"])
def test_what_python_cannot_hold_is_refused_and_not_misread(text: str) -> None:
    with pytest.raises(DataError):
        _read(text)
