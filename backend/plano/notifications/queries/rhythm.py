"""A person's hours, their own or the house's, and what others are told of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.kernel import clock
from plano.notifications import hours
from plano.notifications.hours import Hours
from plano.notifications.models import Rhythm, Territory, Urgent
from plano.notifications.queries.notifications import visible_to
from plano.notifications.schemas import (
    AvailabilityOut,
    HolidayOut,
    RhythmOut,
    TerritoryName,
    UrgentFromOut,
    UrgentsOut,
)

URGENT_A_DAY = 3
SHOWN_HOLIDAYS = 6


def house_rhythm(user: User) -> Rhythm:
    """What applies to somebody who chose nothing."""
    return Rhythm(
        user=user, disconnects=settings.PLANO.disconnect, territory=hours.territory_of(user.time_zone), version=0
    )


def rhythm_of(user: User) -> Rhythm:
    return rhythms_of([user])[user.id]


def rhythms_of(people: Iterable[User]) -> dict[UUID, Rhythm]:
    """In one question for all."""
    by_id = {person.id: person for person in people}
    kept = {row.user_id: row for row in Rhythm.objects.filter(user__in=by_id)}
    return {id: kept.get(id) or house_rhythm(person) for id, person in by_id.items()}


def hours_of(user: User, rhythm: Rhythm) -> Hours:
    """The pure form, in the zone of the account."""
    return Hours(
        zone=user.time_zone,
        disconnects=rhythm.disconnects,
        days=tuple(rhythm.days),
        begins=rhythm.begins,
        ends=rhythm.ends,
        territory=Territory(rhythm.territory),
        quiet=(rhythm.quiet_from, rhythm.quiet_to) if rhythm.quiet_from and rhythm.quiet_to else None,
        absent=(rhythm.absent_from, rhythm.absent_to) if rhythm.absent_from and rhythm.absent_to else None,
    )


def next_moment(user: User, at: datetime) -> datetime | None:
    """When something that comes at `at` will ring for this person."""
    return hours.next_moment(hours_of(user, rhythm_of(user)), at)


def rhythm_out(user: User) -> RhythmOut:
    """My own hours, and whether I am in them."""
    rhythm = rhythm_of(user)
    mine = hours_of(user, rhythm)
    at = clock.now()
    moment = hours.next_moment(mine, at)
    known = {person.id: person for person in User.objects.filter(id__in=rhythm.people, is_active=True)}
    waiting = visible_to(user).filter(read_at=None, rings_at__gt=at).count()
    return RhythmOut(
        disconnects=rhythm.disconnects,
        days=sorted(rhythm.days),
        begins=rhythm.begins,
        ends=rhythm.ends,
        territory=cast("TerritoryName", rhythm.territory),
        time_zone=user.time_zone,
        quiet_from=rhythm.quiet_from,
        quiet_to=rhythm.quiet_to,
        absent_from=rhythm.absent_from,
        absent_to=rhythm.absent_to,
        absence=rhythm.absence,
        people=[PersonOut.from_model(known[id]) for id in rhythm.people if id in known],
        words=rhythm.words,
        tells_senders=rhythm.tells_senders,
        holidays=_next_holidays(user, Territory(rhythm.territory), at),
        rings_now=moment == at,
        next_moment=None if moment == at else moment,
        waiting=waiting,
        version=rhythm.version,
    )


def availabilities(viewer: User, people: Iterable[User], at: datetime | None = None) -> list[AvailabilityOut]:
    """When these people will hear of a message sent now; nothing of those who say nothing of it (R-144)."""
    everybody = [person for person in people if person.id != viewer.id]
    rhythms = rhythms_of(everybody)
    at = at or clock.now()
    return [availability(person, rhythms[person.id], at) for person in everybody]


def availability_of(person: User) -> AvailabilityOut:
    return availability(person, rhythm_of(person), clock.now())


def availability(person: User, rhythm: Rhythm, at: datetime) -> AvailabilityOut:
    if not rhythm.tells_senders:
        return AvailabilityOut(person_id=person.id, reads_at=None, away=False, absence="")
    mine = hours_of(person, rhythm)
    moment = hours.next_moment(mine, at)
    away = hours.is_absent(mine, at)
    return AvailabilityOut(
        person_id=person.id,
        reads_at=None if moment == at else moment,
        away=away,
        absence=rhythm.absence if away else "",
    )


def urgents_of(user: User) -> UrgentsOut:
    """This month and today, by my own clock."""
    month, today = hours.month_and_day(user.time_zone, clock.now())
    sent = Urgent.objects.filter(sender=user)
    got = Urgent.objects.filter(receiver=user, at__gte=month).values("sender").annotate(count=Count("id"))
    counts = {row["sender"]: row["count"] for row in got}
    return UrgentsOut(
        sent_this_month=sent.filter(at__gte=month).values("link_id").distinct().count(),
        sent_today=sent.filter(at__gte=today).values("link_id").distinct().count(),
        a_day=URGENT_A_DAY,
        received=[
            UrgentFromOut(person=PersonOut.from_model(person), count=counts[person.id])
            for person in User.objects.filter(id__in=counts).order_by("name")
        ],
    )


def _next_holidays(user: User, territory: Territory, at: datetime) -> list[HolidayOut]:
    today = hours.local_day(user.time_zone, at)
    found = [
        HolidayOut(day=day, name=name)
        for year in (today.year, today.year + 1)
        for day, name in hours.holidays_of(territory, year, user.language).items()
        if today <= day <= today + timedelta(days=366)
    ]
    return found[:SHOWN_HOLIDAYS]
