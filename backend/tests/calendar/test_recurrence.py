"""Rules of recurrence: what they give, what is refused, and what they cost at most."""

# ruff: noqa: DTZ001 - wall times

import time
from datetime import datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from plano.calendar.recurrence import moved, read_rule, rule_text, starts
from plano.kernel.errors import Invalid

MONDAY = datetime(2026, 11, 23, 9)


def days(text: str, start: datetime = MONDAY, *, until: datetime | None = None) -> list[str]:
    rule = read_rule(text, start=start, zone="Europe/Paris")
    found = starts(rule, start, since=start, until=until or start + timedelta(days=731))
    return [f"{day:%Y-%m-%d}" for day in found]


def test_a_weekly_rule_keeps_the_weekday_of_the_first_one() -> None:
    assert days("FREQ=WEEKLY;COUNT=3") == ["2026-11-23", "2026-11-30", "2026-12-07"]


def test_the_31st_is_skipped_in_short_months() -> None:
    found = days("FREQ=MONTHLY;COUNT=4", datetime(2026, 12, 31, 9))
    assert found == ["2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31"]


def test_the_29th_of_february_comes_back_in_leap_years_only() -> None:
    found = days("FREQ=YEARLY;COUNT=3", datetime(2028, 2, 29, 9), until=datetime(2050, 1, 1))
    assert found == ["2028-02-29", "2032-02-29", "2036-02-29"]


def test_the_last_working_day_of_the_month() -> None:
    found = days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", datetime(2026, 11, 30, 9))
    assert found == ["2026-11-30", "2026-12-31", "2027-01-29"]


def test_until_includes_its_day_in_the_zone_of_the_event() -> None:
    assert days("FREQ=DAILY;UNTIL=20261125") == ["2026-11-23", "2026-11-24", "2026-11-25"]
    assert days("FREQ=DAILY;UNTIL=20261125T080000Z")[-1] == "2026-11-25"  # 09:00 in Paris
    assert days("FREQ=DAILY;UNTIL=20261125T075959Z")[-1] == "2026-11-24"


def test_the_written_rule_reads_back_as_itself() -> None:
    text = "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;UNTIL=20270630T215959Z"
    assert rule_text(read_rule(text, start=MONDAY, zone="Europe/Paris"), zone="Europe/Paris") == text


def test_a_series_that_moves_to_another_day_takes_its_weekdays_along() -> None:
    rule = read_rule("FREQ=WEEKLY;BYDAY=MO,WE", start=MONDAY, zone="Europe/Paris")
    assert moved(rule, MONDAY, MONDAY + timedelta(days=1)).by_day == ((0, 1), (0, 3))


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=2",
        "FREQ=DAILY;BYHOUR=1,2",
        "FREQ=DAILY;COUNT=20000",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY\nRDATE:20270101",
        "COUNT=3",
        "",
        "FREQ=DAILY;" + "BYMONTHDAY=" + ",".join(["1"] * 400),
        "FREQ=DAILY;UNTIL=99991231T000000Z",
        "FREQ=DAILY;INTERVAL=٣",
    ],
)
def test_r100_rules_that_are_not_kept_are_refused(text: str) -> None:
    with pytest.raises(Invalid, match="recurrence_not_supported"):
        read_rule(text, start=MONDAY, zone="Europe/Paris")


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU;COUNT=2000",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=99",
        "FREQ=DAILY",
    ],
)
def test_r100_two_years_of_any_rule_take_less_than_200_ms(text: str) -> None:
    rule = read_rule(text, start=MONDAY, zone="Europe/Paris")

    before = time.perf_counter()
    found = list(starts(rule, MONDAY, since=MONDAY, until=MONDAY + timedelta(days=731)))

    assert time.perf_counter() - before < 0.2
    assert found[0] == MONDAY


weekdays = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=4, unique=True)
month_days = st.lists(st.sampled_from([1, 2, 15, 28, 29, 30, 31, -1, -2, -31]), min_size=1, max_size=3, unique=True)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    if draw(st.booleans()):
        plain = draw(weekdays)
        ordinal = frequency in ("MONTHLY", "YEARLY") and draw(st.booleans())
        parts.append(
            "BYDAY=" + ",".join(f"{draw(st.sampled_from([1, 2, -1, 4]))}{day}" if ordinal else day for day in plain)
        )
    elif frequency != "WEEKLY" and draw(st.booleans()):
        parts.append("BYMONTHDAY=" + ",".join(map(str, draw(month_days))))
    if draw(st.booleans()):
        parts.append(
            "BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True))))
        )
    if draw(st.booleans()) and "BYDAY" in parts[-1]:
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, -1, 2]))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU']))}")
    return ";".join(parts)


@settings(max_examples=150, deadline=None)
@given(text=rules(), start=st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)), skip=st.integers(0, 500))
def test_the_same_days_as_the_reference_library(text: str, start: datetime, skip: int) -> None:
    start = start.replace(microsecond=0)
    since, until = start + timedelta(days=skip), start + timedelta(days=skip + 731)

    ours = list(starts(read_rule(text, start=start, zone="UTC"), start, since=since, until=until))

    # the library searches for ever for what never matches: a last date makes it stop
    bounded = rrulestr(text, dtstart=start).replace(until=until)
    theirs = [day for day in bounded.between(since, until, inc=True) if day < until]
    # within the first week the library counts BYSETPOS from the start; RFC 5545 counts within the whole week
    known = start + timedelta(days=6) if "WEEKLY" in text and "BYSETPOS" in text else start
    assert [day for day in ours if day > known] == [day for day in theirs if day > known]


def test_a_place_in_the_week_is_counted_in_the_whole_first_week() -> None:
    """RFC 5545, 3.3.10: the first such day of that week is the Sunday before the start, so it is not in the series."""
    rule = read_rule("FREQ=WEEKLY;BYDAY=TU,WE,SU;BYSETPOS=1;WKST=SU", start=datetime(2024, 1, 1), zone="UTC")

    found = list(starts(rule, datetime(2024, 1, 1), since=datetime(2024, 1, 1), until=datetime(2024, 1, 20)))

    assert [day for day in found if day != datetime(2024, 1, 1)] == [datetime(2024, 1, 7), datetime(2024, 1, 14)]
