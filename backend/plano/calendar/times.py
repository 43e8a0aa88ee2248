"""Wall times and zones. An event keeps what the clock on the wall says and the place of that clock, never an offset.

Reads what people and programs send: RFC 3339 instants, wall times with a zone, plain dates for whole days.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from plano.accounts.zones import known_zone
from plano.kernel.errors import Invalid

DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1970, 2200
LONGEST = timedelta(days=731)
DEFAULT_LENGTH = timedelta(hours=1)


@cache
def zone_info(name: str) -> ZoneInfo:
    """The rules of a zone that is known to exist."""
    return ZoneInfo(name)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, as the wall says. Whole days: midnights, the end excluded, no zone.

    `fold` of a wall time (PEP 495) tells the second of two equal hours when clocks go back.
    """

    start: datetime
    end: datetime
    zone: str | None

    @property
    def all_day(self) -> bool:
        return self.zone is None

    @property
    def length(self) -> timedelta:
        """What the wall clocks say, so that 22:00 to 06:00 stays so in every night."""
        return self.end - self.start

    @property
    def starts_at(self) -> datetime:
        """The instant of the start; a whole day counts as if in UTC."""
        return instant(self.start, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The instant of the end, never before the start (a length may fall into a skipped hour)."""
        return max(instant(self.end, self.zone), self.starts_at)

    def moved_to(self, start: datetime) -> "Span":
        """The same length from another start."""
        return Span(start=start, end=start + self.length, zone=self.zone)


@dataclass(frozen=True, slots=True)
class Window:
    """What is looked at: instants for what has an hour, days for what has none."""

    since: datetime
    until: datetime
    first_day: date
    last_day: date
    """Excluded."""

    def shows(self, span: Span) -> bool:
        """They have a moment in common; a span without length counts by its start."""
        if span.all_day:
            return span.start.date() < self.last_day and span.end.date() > self.first_day
        starts, ends = span.starts_at, span.ends_at
        return starts < self.until and (ends > self.since or starts == ends >= self.since)


def instant(wall: datetime, zone: str | None) -> datetime:
    """The instant in UTC. A skipped hour is read with the offset before the change, as RFC 5545 (3.3.5) says."""
    if zone is None:
        return wall.replace(tzinfo=UTC)
    return wall.replace(tzinfo=zone_info(zone)).astimezone(UTC)


def wall(at: datetime, zone: str) -> datetime:
    """What the clock of a zone shows at an instant."""
    return at.astimezone(zone_info(zone)).replace(tzinfo=None)


def checked_zone(name: str) -> str:
    """A zone by its IANA name, or `unknown_time_zone`."""
    try:
        return known_zone(name)
    except ValueError as error:
        raise Invalid("unknown_time_zone", errors={"time_zone": "unknown_time_zone"}) from error


def read_span(
    *,
    start: str | None,
    end: str | None,
    time_zone: str | None,
    all_day: bool | None,
    default_zone: str,
    base: Span | None = None,
) -> Span:
    """What was sent, over what was there (`base`). Raises a code on the field at fault."""
    if all_day is None:
        all_day = base.all_day if base else start is not None and _is_date(start)
    if all_day:
        span = _whole_days(start, end, base)
    else:
        zone = checked_zone(time_zone or (base.zone if base and base.zone else default_zone))
        span = _hours(start, end, zone, base if base and not base.all_day else None)
    return checked(span)


def checked(span: Span) -> Span:
    """Ends after it begins, lasts two years at most, and lies in years that calendars know."""
    if span.end < span.start and instant(span.end, span.zone) < span.starts_at:
        raise Invalid("ends_before_it_begins", errors={"end": "ends_before_it_begins"})
    if span.start.year < FIRST_YEAR or span.end.year > LAST_YEAR:
        raise Invalid("date_out_of_range", errors={"start": "date_out_of_range"})
    if span.length > LONGEST:
        raise Invalid("event_too_long", errors={"end": "event_too_long"})
    return span


def read_window(since: str | None, until: str | None, *, default_zone: str, today: date) -> Window:
    """`from` and `to` of a request; without them a year around today. At most two years (R-100)."""
    first = _moment(since, default_zone, "from") if since else _midnight(today - 365 * DAY, default_zone)
    last = _moment(until, default_zone, "to") if until else first + 730 * DAY
    if last <= first:
        raise Invalid("ends_before_it_begins", errors={"to": "ends_before_it_begins"})
    if last - first > LONGEST + DAY:
        raise Invalid("window_too_large", errors={"to": "window_too_large"})
    return Window(
        since=first.astimezone(UTC),
        until=last.astimezone(UTC),
        first_day=first.date(),
        last_day=last.date() if last.time() == time.min else last.date() + DAY,
    )


def day_window(day: date, zone: str) -> Window:
    """One day of somebody who lives in a zone."""
    first, last = _midnight(day, zone), _midnight(day + DAY, zone)
    return Window(since=first.astimezone(UTC), until=last.astimezone(UTC), first_day=day, last_day=day + DAY)


def _whole_days(start: str | None, end: str | None, base: Span | None) -> Span:
    first = _date(start, "start") if start is not None else base.start.date() if base else None
    if first is None:
        raise Invalid("invalid_time", errors={"start": "missing"})
    if end is not None:
        last = _date(end, "end")
    elif base is not None:
        last = base.end.date() if base.all_day or base.end.time() == time.min else base.end.date() + DAY
    else:
        last = first + DAY
    if last == first:  # « le 24 » said twice is one day
        last = first + DAY
    return Span(start=datetime.combine(first, time.min), end=datetime.combine(last, time.min), zone=None)


def _hours(start: str | None, end: str | None, zone: str, base: Span | None) -> Span:
    if start is not None:
        begins = _wall(start, zone, "start")
    elif base is not None:
        begins = base.start
    else:
        raise Invalid("invalid_time", errors={"start": "invalid_time"})
    usual = base.end if base else begins + DEFAULT_LENGTH
    return Span(start=begins, end=usual if end is None else _wall(end, zone, "end"), zone=zone)


def _is_date(text: str) -> bool:
    return len(text) == 10


def _date(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise Invalid("invalid_time", errors={field: "invalid_time"}) from error


def _wall(text: str, zone: str, field: str) -> datetime:
    if _is_date(text):
        raise Invalid("invalid_time", errors={field: "invalid_time"})
    moment = _parsed(text, field).replace(microsecond=0)
    return moment if moment.tzinfo is None else moment.astimezone(zone_info(zone)).replace(tzinfo=None)


def _moment(text: str, zone: str, field: str) -> datetime:
    moment = _parsed(text, field)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone_info(zone))


def _parsed(text: str, field: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid("invalid_time", errors={field: "invalid_time"}) from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Invalid("date_out_of_range", errors={field: "date_out_of_range"})
    return moment


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone_info(zone))
