"""When something may ring: working hours, quiet hours, absences and holidays, over every change of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from plano.notifications.hours import Hours, holidays_of, is_working, next_day_begins, next_moment, next_week_begins
from plano.notifications.models import Territory

PARIS = Hours(zone="Europe/Paris")
ZONES = {
    "Europe/Paris": Territory.METROPOLE,
    "America/Cayenne": Territory.GUYANE,
    "Pacific/Noumea": Territory.NOUVELLE_CALEDONIE,
    "America/Miquelon": Territory.SAINT_PIERRE_ET_MIQUELON,
    "Pacific/Marquesas": Territory.POLYNESIE,
}
CLOCK = st.times(min_value=time(0), max_value=time(23, 59)).map(lambda hour: hour.replace(second=0, microsecond=0))
# Around changes of the clock, holidays and the turn of a year, at any minute.
INSTANTS = st.builds(
    lambda day, minutes: datetime.combine(day, time(0), UTC) + timedelta(minutes=minutes),
    st.sampled_from([date(2026, 3, 28), date(2026, 10, 24), date(2026, 5, 13), date(2026, 12, 31), date(2027, 6, 9)]),
    st.integers(0, 3 * 1440),
)


@st.composite
def some_hours(draw: st.DrawFn) -> Hours:
    zone = draw(st.sampled_from(sorted(ZONES)))
    begins, ends = draw(CLOCK), draw(CLOCK)
    if begins == ends:
        ends = time(0) if begins != time(0) else time(12)
    first = draw(st.dates(date(2026, 3, 20), date(2026, 12, 31)))
    return Hours(
        zone=zone,
        territory=ZONES[zone],
        disconnects=draw(st.booleans()),
        days=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
        begins=begins,
        ends=ends,
        quiet=draw(st.none() | st.tuples(CLOCK, CLOCK)),
        absent=draw(st.none() | st.just((first, first + timedelta(days=draw(st.integers(0, 20)))))),
    )


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))


@settings(max_examples=150, deadline=None)
@given(some_hours(), INSTANTS)
def test_the_next_moment_rings_and_none_before_it_does(hours: Hours, at: datetime) -> None:
    moment = next_moment(hours, at)
    if moment is None:
        return
    assert moment >= at
    assert is_working(hours, moment)
    minutes = int((moment - at) / timedelta(minutes=1))
    looked = {*range(0, minutes, 37), *range(max(0, minutes - 130), minutes)}
    before = [at + timedelta(minutes=count) for count in looked]
    assert not [one for one in before if one < moment and is_working(hours, one)]


@settings(max_examples=60, deadline=None)
@given(some_hours(), INSTANTS)
def test_later_news_never_rings_earlier(hours: Hours, at: datetime) -> None:
    moments = [next_moment(hours, at + timedelta(minutes=step)) for step in range(0, 400, 49)]
    known = [moment for moment in moments if moment is not None]
    assert all(one <= other for one, other in pairwise(known))


def test_an_evening_waits_for_the_morning_and_a_friday_for_monday() -> None:
    assert next_moment(PARIS, paris("2026-11-24T10:00")) == paris("2026-11-24T10:00")
    assert next_moment(PARIS, paris("2026-11-24T18:30")) == paris("2026-11-25T08:30")
    assert next_moment(PARIS, paris("2026-11-27T19:00")) == paris("2026-11-30T08:30")


def test_clocks_that_change_keep_the_hour_of_the_wall() -> None:
    assert next_moment(PARIS, paris("2026-03-27T20:00")) == datetime(2026, 3, 30, 6, 30, tzinfo=UTC)
    assert next_moment(PARIS, paris("2026-10-23T20:00")) == datetime(2026, 10, 26, 7, 30, tzinfo=UTC)


def test_public_holidays_are_those_of_the_territory() -> None:
    eve = paris("2026-04-02T20:00")  # before Good Friday: a holiday in Alsace, a working day in Paris
    assert next_moment(PARIS, eve) == paris("2026-04-03T08:30")
    assert next_moment(Hours("Europe/Paris", territory=Territory.ALSACE_MOSELLE), eve) == paris("2026-04-07T08:30")
    assert date(2026, 6, 10) in holidays_of(Territory.GUYANE, 2026)
    assert date(2026, 9, 24) in holidays_of(Territory.NOUVELLE_CALEDONIE, 2026)
    assert date(2026, 12, 20) in holidays_of(Territory.REUNION, 2026)
    assert all(date(2026, 7, 14) in holidays_of(territory, 2026) for territory in Territory)


def test_digests_come_when_work_begins_and_skip_what_is_off() -> None:
    friday = paris("2026-11-27T15:00")
    assert next_day_begins(PARIS, friday) == paris("2026-11-30T08:30")
    assert next_week_begins(PARIS, friday) == paris("2026-11-30T08:30")
    easter = paris("2026-04-02T15:00")
    assert next_week_begins(PARIS, easter) == paris("2026-04-07T08:30")
    away = Hours("Europe/Paris", absent=(date(2026, 11, 30), date(2026, 12, 4)))
    assert next_day_begins(away, friday) == paris("2026-12-07T08:30")


def test_who_never_works_is_never_rung() -> None:
    for_ever = Hours("Europe/Paris", absent=(date(2026, 1, 1), date(2036, 1, 1)))
    assert next_moment(for_ever, paris("2026-11-24T10:00")) is None
