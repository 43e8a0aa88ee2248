"""Recurrence rules (RFC 5545, 3.3.10), bounded. The text of the rule is the truth; here it is read and unrolled.

Days, weeks, months and years with BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, UNTIL and COUNT. Rules by the hour and
shorter are refused. Work is bounded by the days between the first one and the end of what is looked at (R-100):
a rule that never matches costs no more than one that does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from plano.calendar.times import DAY, FIRST_YEAR, LAST_YEAR, instant, wall
from plano.kernel.errors import Invalid

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
FREQUENCIES: dict[str, Frequency] = {"DAILY": "DAILY", "WEEKLY": "WEEKLY", "MONTHLY": "MONTHLY", "YEARLY": "YEARLY"}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_TEXT = 500
MAX_COUNT = 2000
MAX_INTERVAL = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read. `by_day` holds (ordinal or 0, weekday from Monday 0)."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    """The last day included, where the event lives: a series that moves within its day keeps its end."""
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(text: str, *, start: datetime, zone: str | None) -> Rule:
    """A rule from its text, for a series that starts at a wall time in a zone (None: whole days)."""
    if len(text) > MAX_TEXT:
        raise _refused()
    parts: dict[str, str] = {}
    for part in text.strip().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if not value or name.upper() in parts:
            raise _refused()
        parts[name.upper()] = value.upper()
    frequency = FREQUENCIES.get(parts.pop("FREQ", ""))
    if frequency is None or ("COUNT" in parts and "UNTIL" in parts):
        raise _refused()
    rule = Rule(
        frequency=frequency,
        interval=_number(parts.pop("INTERVAL", "1"), 1, MAX_INTERVAL),
        count=_number(parts.pop("COUNT"), 1, MAX_COUNT) if "COUNT" in parts else None,
        until=_until(parts.pop("UNTIL"), start, zone) if "UNTIL" in parts else None,
        by_day=tuple(_weekday(item, frequency) for item in _items(parts.pop("BYDAY", ""))),
        by_month_day=tuple(_signed(item, 31) for item in _items(parts.pop("BYMONTHDAY", ""))),
        by_month=tuple(_number(item, 1, 12) for item in _items(parts.pop("BYMONTH", ""))),
        by_set_pos=tuple(_signed(item, 366) for item in _items(parts.pop("BYSETPOS", ""))),
        week_start=_weekday(parts.pop("WKST", "MO"), "WEEKLY")[1],
    )
    if parts or (frequency == "WEEKLY" and rule.by_month_day):
        raise _refused()
    return rule


def rule_text(rule: Rule, *, zone: str | None) -> str:
    """The rule as RFC 5545 writes it: UNTIL is a date for whole days and an instant in UTC otherwise."""
    parts = [f"FREQ={rule.frequency}"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.by_month:
        parts.append("BYMONTH=" + ",".join(map(str, rule.by_month)))
    if rule.by_month_day:
        parts.append("BYMONTHDAY=" + ",".join(map(str, rule.by_month_day)))
    if rule.by_day:
        parts.append("BYDAY=" + ",".join(f"{ordinal or ''}{WEEKDAYS[day]}" for ordinal, day in rule.by_day))
    if rule.by_set_pos:
        parts.append("BYSETPOS=" + ",".join(map(str, rule.by_set_pos)))
    if rule.week_start:
        parts.append(f"WKST={WEEKDAYS[rule.week_start]}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        end_of_day = instant(datetime.combine(rule.until, time(23, 59, 59)), zone)
        parts.append("UNTIL=" + end_of_day.strftime("%Y%m%d" if zone is None else "%Y%m%dT%H%M%SZ"))
    return ";".join(parts)


def starts(rule: Rule, first: datetime, *, since: datetime, until: datetime) -> Iterator[datetime]:
    """Wall times of the starts in `since <= start < until`, in order. The first counts always (RFC 5545, 3.8.5.3)."""
    days = _days(rule, first.date(), since.date(), until.date())
    for counted, day in enumerate(days, start=1):
        start = datetime.combine(day, first.time())
        if start >= until or (rule.count is not None and counted > rule.count):
            return
        if start >= since:
            yield start


def last_start(rule: Rule, first: datetime) -> datetime | None:
    """A wall time that no start is after; None for a series without end."""
    if rule.until is not None:
        return max(first, datetime.combine(rule.until, first.time()))
    if rule.count is None:
        return None
    return max(starts(rule, first, since=first, until=datetime.combine(date(LAST_YEAR, 12, 31), time.max)))


def moved(rule: Rule, old: datetime, new: datetime) -> Rule:
    """The rule of a series whose first start moves to another day: « le lundi » becomes « le mardi » with it."""
    days = (new.date() - old.date()).days
    if days == 0:
        return rule
    if rule.until is not None:
        rule = replace(rule, until=rule.until + timedelta(days=days))
    if rule.frequency == "WEEKLY":
        by_day = tuple((0, (day + days) % 7) for _, day in rule.by_day)
        return replace(rule, by_day=tuple(sorted(by_day)))
    if rule.by_month_day == (old.day,):
        rule = replace(rule, by_month_day=(new.day,))
    if rule.by_month == (old.month,):
        rule = replace(rule, by_month=(new.month,))
    if len(rule.by_day) == 1 and rule.frequency in ("MONTHLY", "YEARLY") and rule.by_day[0][1] == old.weekday():
        ordinal = rule.by_day[0][0]
        if ordinal > 0:
            ordinal = (new.day - 1) // 7 + 1
        rule = replace(rule, by_day=((ordinal if ordinal < 5 else -1, new.weekday()),))
    return rule


def _days(rule: Rule, first: date, since: date, until: date) -> Iterator[date]:
    """Days of the rule from the first to `until`; skips what lies before `since` when nothing has to be counted."""
    yield first
    rule = _with_defaults(rule, first)
    skip_to = first if rule.count is not None else max(first, since)
    last = min(until, rule.until or until, date(LAST_YEAR, 12, 31))
    for begins, ends in _periods(rule, first, skip_to):
        if begins > last:
            return
        found = [day for day in _each(begins, ends) if _matches(rule, day)]
        for day in _positions(rule, found):
            if first < day <= last:
                yield day


def _with_defaults(rule: Rule, first: date) -> Rule:
    """What the rule leaves unsaid comes from the first day."""
    if rule.by_day or rule.by_month_day:
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, by_day=((0, first.weekday()),))
    if rule.frequency == "MONTHLY":
        return replace(rule, by_month_day=(first.day,))
    if rule.frequency == "YEARLY":
        return replace(rule, by_month_day=(first.day,), by_month=rule.by_month or (first.month,))
    return rule


def _periods(rule: Rule, first: date, skip_to: date) -> Iterator[tuple[date, date]]:
    """The days, weeks, months or years that the interval keeps, from the one that holds or precedes `skip_to`."""
    step = rule.interval
    if rule.frequency in ("DAILY", "WEEKLY"):
        length = 1 if rule.frequency == "DAILY" else 7
        origin = first if length == 1 else first - timedelta(days=(first.weekday() - rule.week_start) % 7)
        begins = origin + timedelta(days=(skip_to - origin).days // (length * step) * length * step)
        while begins.year <= LAST_YEAR:
            yield begins, begins + timedelta(days=length)
            begins += timedelta(days=length * step)
        return
    months = 1 if rule.frequency == "MONTHLY" else 12
    origin_index = first.year * 12 + (first.month - 1 if months == 1 else 0)
    passed = skip_to.year * 12 + skip_to.month - 1 - origin_index
    index = origin_index + passed // (months * step) * months * step
    while index // 12 <= LAST_YEAR:
        yield _month(index), _month(index + months)
        index += months * step


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _each(begins: date, ends: date) -> Iterator[date]:
    while begins < ends:
        yield begins
        begins += DAY


def _matches(rule: Rule, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day and not {day.day, day.day - _month_length(day) - 1} & set(rule.by_month_day):
        return False
    return not rule.by_day or any(_is_weekday(rule, day, ordinal, weekday) for ordinal, weekday in rule.by_day)


def _is_weekday(rule: Rule, day: date, ordinal: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if ordinal == 0:
        return True
    in_year = rule.frequency == "YEARLY" and not rule.by_month
    position = (day.timetuple().tm_yday if in_year else day.day) - 1
    length = (366 if _month_length(date(day.year, 2, 1)) == 29 else 365) if in_year else _month_length(day)
    return ordinal == (position // 7 + 1 if ordinal > 0 else -((length - 1 - position) // 7 + 1))


def _month_length(day: date) -> int:
    return (_month(day.year * 12 + day.month) - day.replace(day=1)).days


def _positions(rule: Rule, found: list[date]) -> list[date]:
    if not rule.by_set_pos:
        return found
    size = len(found)
    kept = {at - 1 if at > 0 else size + at for at in rule.by_set_pos}
    return [day for at, day in enumerate(found) if at in kept]


def _until(text: str, start: datetime, zone: str | None) -> date:
    """Included. A date says the day; a moment the day before, when it comes earlier than the series' time of day."""
    try:
        if len(text) == 8 or zone is None:
            day = datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007
        else:
            moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
            if text.endswith("Z"):
                moment = wall(moment.replace(tzinfo=UTC), zone)
            day = moment.date() if moment.time() >= start.time() else moment.date() - DAY
    except ValueError as error:
        raise _refused() from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _refused()
    return day


def _items(text: str) -> list[str]:
    return text.split(",") if text else []


def _number(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text[:6]) <= most and len(text) <= 6):
        raise _refused()
    return int(text)


def _signed(text: str, most: int) -> int:
    sign = -1 if text.startswith("-") else 1
    return sign * _number(text.removeprefix("-").removeprefix("+"), 1, most)


def _weekday(text: str, frequency: Frequency) -> tuple[int, int]:
    ordinal, name = text[:-2], text[-2:]
    if name not in WEEKDAYS or (ordinal and frequency not in ("MONTHLY", "YEARLY")):
        raise _refused()
    return (_signed(ordinal, 53) if ordinal else 0), WEEKDAYS.index(name)


def _refused() -> Invalid:
    return Invalid("recurrence_not_supported", errors={"rrule": "recurrence_not_supported"})
