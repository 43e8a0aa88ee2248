"""A person's hours, and what of them those who write are told."""

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, PlainSerializer

from plano.accounts.schemas import PersonOut
from plano.kernel.schemas import In, Instant, Line, Out

TerritoryName = Literal[
    "metropole",
    "alsace_moselle",
    "guadeloupe",
    "martinique",
    "guyane",
    "reunion",
    "mayotte",
    "saint_pierre_et_miquelon",
    "saint_barthelemy",
    "saint_martin",
    "polynesie",
    "nouvelle_caledonie",
    "wallis_et_futuna",
]
MAX_EXCEPTIONS = 20


def _minute(value: time) -> time:
    if value.tzinfo is not None or value.second or value.microsecond:
        raise ValueError("an hour of the day such as 08:30")
    return value


Hour = Annotated[time, AfterValidator(_minute), PlainSerializer(lambda value: value.strftime("%H:%M"), return_type=str)]
"""An hour of the day, « 08:30 », in the time zone of the account."""
Word = Annotated[Line, Field(min_length=2, max_length=60)]


class RhythmIn(In):
    """All of it. Quiet hours may pass midnight; an absence is from the first to the last day, both included."""

    disconnects: bool
    days: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)]
    begins: Hour
    ends: Hour
    territory: TerritoryName
    quiet_from: Hour | None = None
    quiet_to: Hour | None = None
    absent_from: date | None = None
    absent_to: date | None = None
    absence: Annotated[Line, Field(max_length=200)] = ""
    people: Annotated[list[UUID], Field(max_length=MAX_EXCEPTIONS)] = []
    words: Annotated[list[Word], Field(max_length=MAX_EXCEPTIONS)] = []
    tells_senders: bool = True


class RhythmOut(Out):
    """My hours. `rings_now`: whether something may ring at this moment; else `next_moment` is when it will.

    `disconnects`: outside of these hours nothing rings, pushes or mails. `people` and `words` pass all the same.
    `waiting`: how many unread things wait for the next working moment.
    """

    disconnects: bool
    days: list[int]
    begins: Hour
    ends: Hour
    territory: TerritoryName
    time_zone: str
    quiet_from: Hour | None
    quiet_to: Hour | None
    absent_from: date | None
    absent_to: date | None
    absence: str
    people: list[PersonOut]
    words: list[str]
    tells_senders: bool
    holidays: list["HolidayOut"]
    rings_now: bool
    next_moment: Instant | None
    waiting: int
    version: int


class HolidayOut(Out):
    """One of the next public holidays of the territory."""

    day: date
    name: str


class AvailabilityOut(Out):
    """When somebody will hear of a message sent now. `reads_at` null: at once, or the person says nothing of it.

    `absence`: the sentence of a person who is away, while they are.
    """

    person_id: UUID
    reads_at: Instant | None
    away: bool
    absence: str


class UrgentFromOut(Out):
    person: PersonOut
    count: int


class UrgentsOut(Out):
    """Urgent messages out of hours: mine this month and today, of how many a day; and whose I received this month."""

    sent_this_month: int
    sent_today: int
    a_day: int
    received: list[UrgentFromOut]
