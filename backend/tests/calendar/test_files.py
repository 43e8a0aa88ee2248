"""The `.ics` files read back as what was planned, by the library that other programs use."""

# ruff: noqa: DTZ001 - wall times

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import icalendar
import recurring_ical_events

from plano.accounts.models import User
from tests.calendar.conftest import Office
from tests.fixtures import Api

Caller = Callable[[User | None], Api]


def read(answer: Any) -> icalendar.Calendar:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content)


def test_the_file_of_a_series_gives_the_same_occurrences_as_the_calendar(office: Office, api: Caller) -> None:
    event = office.plan(start="2026-10-19T09:00", end="2026-10-19T10:00", rrule="FREQ=WEEKLY;UNTIL=20270405T215959Z")
    path = f"/events/{event['id']}"
    api(office.alice).delete(f"{path}/occurrences/20261102T090000")
    api(office.alice).patch(
        f"{path}/occurrences/20261109T090000",
        {"start": "2026-11-10T14:00", "end": "2026-11-10T15:00", "title": "Bilan"},
    )

    file = read(api(office.rene).get(f"{path}.ics"))

    theirs = recurring_ical_events.of(file).between(datetime(2026, 10, 1), datetime(2027, 6, 1))
    ours = office.shown("2026-10-01", "2027-06-01")
    assert sorted((f"{found['DTSTART'].dt:%Y-%m-%dT%H:%M:%S%z}", str(found["SUMMARY"])) for found in theirs) == sorted(
        (f"{datetime.fromisoformat(line['start']).astimezone(found_zone()):%Y-%m-%dT%H:%M:%S%z}", line["title"])
        for line in ours
    )
    assert len(ours) == 24
    assert [str(zone["TZID"]) for zone in file.walk("VTIMEZONE")] == ["Europe/Paris"]


def found_zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Paris")


def test_whole_days_are_dates(office: Office, api: Caller) -> None:
    event = office.plan(start="2026-11-24", end="2026-11-26", rrule="FREQ=MONTHLY;UNTIL=20270301")
    component = read(api(office.alice).get(f"/events/{event['id']}.ics")).events[0]
    assert (component["DTSTART"].dt, component["DTEND"].dt) == (date(2026, 11, 24), date(2026, 11, 26))
    assert component["RRULE"].to_ical() == b"FREQ=MONTHLY;UNTIL=20270301"


def test_r101_text_never_becomes_another_line(office: Office, api: Caller) -> None:
    hostile = "Point\\; suite, fin\nATTACH:http://198.51.100.1/x\nEND:VEVENT"
    office.bruno.name = 'Bruno "X"; RSVP=TRUE:mailto:a@example.test'
    office.bruno.save()
    event = office.plan(title='Réunion; "a", b', description=hostile, attendees=[str(office.bruno.id)])

    answer = api(office.alice).get(f"/events/{event['id']}.ics")
    component = read(answer).events[0]

    assert str(component["DESCRIPTION"]) == hostile
    assert str(component["SUMMARY"]) == 'Réunion; "a", b'
    assert "ATTACH" not in component
    assert len(read(answer).events) == 1
    assert str(component["ATTENDEE"]) == f"urn:uuid:{office.bruno.id}"
    assert b"example.test" not in answer.content.replace(b"mailto:a@example.test", b"")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_the_file_has_a_name_that_says_what_it_is(office: Office, api: Caller) -> None:
    event = office.plan(title="Réunion d’équipe / bilan")
    one = api(office.alice).get(f"/events/{event['id']}.ics")
    whole = api(office.alice).get(f"/workspaces/{office.workspace.id}/calendar.ics")
    assert one["Content-Disposition"] == 'attachment; filename="reunion-dequipe-bilan.ics"'
    assert whole["Content-Disposition"] == f'attachment; filename="{office.workspace.slug}.ics"'


def test_the_calendars_file_holds_every_event(office: Office, api: Caller) -> None:
    office.plan(title="Un")
    office.plan(title="Deux", time_zone="America/Cayenne", rrule="FREQ=DAILY;COUNT=2")
    gone = office.plan(title="Trois")
    api(office.alice).delete(f"/events/{gone['id']}")

    calendar = read(api(office.rene).get(f"/workspaces/{office.workspace.id}/calendar.ics"))

    assert sorted(str(found["SUMMARY"]) for found in calendar.events) == ["Deux", "Un"]
    assert str(calendar["NAME"]) == office.workspace.name


def test_the_second_of_two_equal_hours_is_written_in_utc(office: Office, api: Caller) -> None:
    event = office.plan(start="2026-10-25T00:30:00Z", end="2026-10-25T01:15:00Z")
    component = read(api(office.alice).get(f"/events/{event['id']}.ics")).events[0]
    assert component["DTEND"].to_ical() == b"20261025T011500Z"
