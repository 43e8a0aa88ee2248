"""When a person may be disturbed: pure functions of a rhythm, a time zone and an instant."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from plano.notifications.models import Territory

LONGEST = 400
"""Days looked ahead; who never works that long is told nothing."""
_SUBDIVISIONS = {
    Territory.METROPOLE: None,
    Territory.ALSACE_MOSELLE: "57",
    Territory.GUADELOUPE: "971",
    Territory.MARTINIQUE: "972",
    Territory.GUYANE: "973",
    Territory.REUNION: "974",
    Territory.MAYOTTE: "976",
    Territory.SAINT_PIERRE_ET_MIQUELON: "PM",
    Territory.SAINT_BARTHELEMY: "BL",
    Territory.SAINT_MARTIN: "MF",
    Territory.POLYNESIE: "PF",
    Territory.NOUVELLE_CALEDONIE: "NC",
    Territory.WALLIS_ET_FUTUNA: "WF",
}
_OF_ZONE = {
    "America/Guadeloupe": Territory.GUADELOUPE,
    "America/Martinique": Territory.MARTINIQUE,
    "America/Cayenne": Territory.GUYANE,
    "Indian/Reunion": Territory.REUNION,
    "Indian/Mayotte": Territory.MAYOTTE,
    "America/Miquelon": Territory.SAINT_PIERRE_ET_MIQUELON,
    "America/St_Barthelemy": Territory.SAINT_BARTHELEMY,
    "America/Marigot": Territory.SAINT_MARTIN,
    "Pacific/Tahiti": Territory.POLYNESIE,
    "Pacific/Marquesas": Territory.POLYNESIE,
    "Pacific/Gambier": Territory.POLYNESIE,
    "Pacific/Noumea": Territory.NOUVELLE_CALEDONIE,
    "Pacific/Wallis": Territory.WALLIS_ET_FUTUNA,
}


@dataclass(frozen=True, slots=True)
class Hours:
    """A rhythm without its person. `quiet` may pass midnight; begins after ends: work through the night."""

    zone: str
    disconnects: bool = True
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    begins: time = time(8, 30)
    ends: time = time(18, 30)
    territory: Territory = Territory.METROPOLE
    quiet: tuple[time, time] | None = None
    absent: tuple[date, date] | None = None


def territory_of(zone: str) -> Territory:
    """Whose holidays a person of this time zone has, unless they say otherwise."""
    return _OF_ZONE.get(zone, Territory.METROPOLE)


@lru_cache(maxsize=200)
def holidays_of(territory: Territory, year: int, language: str = "fr") -> dict[date, str]:
    """The public holidays of one year, with their names."""
    spoken = "en_US" if language == "en" else "fr"
    return dict(sorted(holidays.country_holidays("FR", _SUBDIVISIONS[territory], years=year, language=spoken).items()))


def is_working(hours: Hours, at: datetime) -> bool:
    """Whether something may ring at this instant."""
    local = at.astimezone(ZoneInfo(hours.zone))
    if _is_absent(hours, local.date()) or _is_quiet(hours, local.time()):
        return False
    if not hours.disconnects:
        return True
    return any(begin <= at < end for begin, end in _shifts_about(hours, local.date()))


def next_moment(hours: Hours, at: datetime) -> datetime | None:
    """The first instant from `at` on when something may ring: `at` itself while working; None: not in a year."""
    if is_working(hours, at):
        return at
    local = at.astimezone(ZoneInfo(hours.zone)).date()
    for count in range(-1, LONGEST):
        day = local + timedelta(days=count)
        for moment in sorted(_openings(hours, day)):
            if moment > at and is_working(hours, moment):
                return moment
    return None


def is_absent(hours: Hours, at: datetime) -> bool:
    """Whether the person is away on this day, by their own word."""
    return _is_absent(hours, at.astimezone(ZoneInfo(hours.zone)).date())


def local_day(zone: str, at: datetime) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def month_and_day(zone: str, at: datetime) -> tuple[datetime, datetime]:
    """When the month and the day of this instant began there."""
    day = local_day(zone, at)
    return _instant(zone, day.replace(day=1), time(0)), _instant(zone, day, time(0))


def next_day_begins(hours: Hours, at: datetime) -> datetime | None:
    """The next beginning of a working day, absences left out: when a daily digest comes."""
    first = local_day(hours.zone, at)
    for count in range(LONGEST):
        begin = _begins(hours, first + timedelta(days=count))
        if begin is not None and begin > at:
            return begin
    return None


def next_week_begins(hours: Hours, at: datetime) -> datetime | None:
    """The next beginning of the first working day of a week: when a weekly digest comes."""
    first = local_day(hours.zone, at)
    monday = first - timedelta(days=first.weekday())
    for week in range(LONGEST // 7):
        days = (_begins(hours, monday + timedelta(days=7 * week + count)) for count in range(7))
        begin = next((begin for begin in days if begin is not None), None)
        if begin is not None and begin > at:
            return begin
    return None


def _begins(hours: Hours, day: date) -> datetime | None:
    return None if _is_absent(hours, day) else next((begin for begin, _ in _shifts(hours, day)), None)


def _openings(hours: Hours, day: date) -> list[datetime]:
    """Instants of a day when silence may end: work begins, quiet hours end, an absence ends at midnight."""
    zone = hours.zone
    found = [begin for begin, _ in _shifts(hours, day)] if hours.disconnects else [_instant(zone, day, time(0))]
    if hours.disconnects and hours.absent and hours.ends <= hours.begins:
        found.append(_instant(zone, day, time(0)))
    if hours.quiet:
        found += [_instant(zone, day, hours.quiet[1]), _again(zone, day, hours.quiet[1])]
    return found


def _shifts_about(hours: Hours, day: date) -> list[tuple[datetime, datetime]]:
    """The work of this day and, when it goes on past midnight, of the day before."""
    return [*_shifts(hours, day - timedelta(days=1)), *_shifts(hours, day)]


def _shifts(hours: Hours, day: date) -> list[tuple[datetime, datetime]]:
    if day.weekday() not in hours.days or day in holidays_of(hours.territory, day.year):
        return []
    last = day if hours.begins < hours.ends else day + timedelta(days=1)
    return [(_instant(hours.zone, day, hours.begins), _instant(hours.zone, last, hours.ends))]


def _instant(zone: str, day: date, hour: time) -> datetime:
    """An hour of a wall clock: skipped by summer time, the instant of the change; come twice, the first."""
    place = ZoneInfo(zone)
    wall = datetime.combine(day, hour, place)
    found = wall.astimezone(UTC)
    if found.astimezone(place).time() == hour:
        return found
    after = wall.replace(fold=1)
    moment = after.astimezone(UTC)
    while moment.astimezone(place).utcoffset() != after.utcoffset():
        moment += timedelta(minutes=1)
    return moment


def _again(zone: str, day: date, hour: time) -> datetime:
    """The second time that a clock shows this hour, when it is put back on that day; else the same."""
    return max(_instant(zone, day, hour), datetime.combine(day, hour, ZoneInfo(zone)).replace(fold=1).astimezone(UTC))


def _is_absent(hours: Hours, day: date) -> bool:
    return hours.absent is not None and hours.absent[0] <= day <= hours.absent[1]


def _is_quiet(hours: Hours, hour: time) -> bool:
    if hours.quiet is None or hours.quiet[0] == hours.quiet[1]:
        return False
    begin, end = hours.quiet
    return begin <= hour < end if begin < end else hour >= begin or hour < end
