"""Local time is kept: over clock changes, for whole days, and for colleagues overseas."""

from collections.abc import Callable

from plano.accounts.models import User
from tests.calendar.conftest import Office
from tests.fixtures import Api

Caller = Callable[[User | None], Api]


def test_nine_in_paris_stays_nine_when_clocks_go_back_and_forward(office: Office) -> None:
    office.plan(start="2026-10-19T09:00", end="2026-10-19T10:00", rrule="FREQ=WEEKLY")

    autumn = office.shown("2026-10-19T00:00+02:00", "2026-11-03T00:00+01:00")
    spring = office.shown("2027-03-22T00:00+01:00", "2027-03-30T00:00+02:00")

    assert [line["start"] for line in autumn] == [
        "2026-10-19T07:00:00Z",
        "2026-10-26T08:00:00Z",
        "2026-11-02T08:00:00Z",
    ]
    assert [line["start"] for line in spring] == ["2027-03-22T08:00:00Z", "2027-03-29T07:00:00Z"]
    assert {line["start_local"][11:] for line in autumn + spring} == {"09:00:00"}


def test_a_colleague_in_cayenne_sees_the_same_instants(office: Office, api: Caller) -> None:
    office.bruno.time_zone = "America/Cayenne"
    office.bruno.save()
    office.plan(start="2026-11-24T01:00", end="2026-11-24T02:00")  # the evening before in Cayenne

    seen = office.shown("2026-11-23", "2026-11-24", office.bruno)
    next_day = office.shown("2026-11-24", "2026-11-25", office.bruno)

    assert [(line["start"], line["time_zone"]) for line in seen] == [("2026-11-24T00:00:00Z", "Europe/Paris")]
    assert next_day == []


def test_whole_days_never_slip_for_anybody(office: Office) -> None:
    office.plan(title="Séminaire", start="2026-11-24", end="2026-11-26")
    for offset in ("-05:00", "Z", "+01:00", "+12:00"):
        assert [
            [
                (line["start"], line["end"])
                for line in office.shown(f"2026-11-{day}T00:00:00{offset}", f"2026-11-{day + 1}T00:00:00{offset}")
            ]
            for day in (23, 24, 25, 26)
        ] == [[], [("2026-11-24", "2026-11-26")], [("2026-11-24", "2026-11-26")], []]


def test_a_weekly_whole_day_stays_on_its_day_over_the_change(office: Office) -> None:
    office.plan(start="2026-10-18", end="2026-10-19", rrule="FREQ=WEEKLY;COUNT=3")
    found = office.shown("2026-10-01", "2026-12-01")
    assert [line["start"] for line in found] == ["2026-10-18", "2026-10-25", "2026-11-01"]


def test_several_days_over_the_change_end_at_the_same_hour(office: Office) -> None:
    office.plan(start="2026-10-24T22:00", end="2026-10-26T06:00", rrule="FREQ=MONTHLY;COUNT=2")
    found = office.shown("2026-10-20", "2026-12-01")
    assert [(line["start_local"], line["end_local"]) for line in found] == [
        ("2026-10-24T22:00:00", "2026-10-26T06:00:00"),
        ("2026-11-24T22:00:00", "2026-11-26T06:00:00"),
    ]
    assert found[0]["end"] == "2026-10-26T05:00:00Z"


def test_what_began_before_the_window_shows_in_it(office: Office) -> None:
    office.plan(start="2026-11-20T22:00", end="2026-11-24T06:00")
    assert len(office.shown("2026-11-23", "2026-11-24")) == 1
    assert office.shown("2026-11-25", "2026-11-26") == []


def test_an_hour_that_does_not_exist_is_read_as_after_the_change(office: Office) -> None:
    event = office.plan(start="2027-03-28T02:30", end="2027-03-28T02:45")
    assert (event["start"], event["start_local"]) == ("2027-03-28T01:30:00Z", "2027-03-28T03:30:00")


def test_a_daily_night_event_only_shifts_on_the_night_without_that_hour(office: Office) -> None:
    office.plan(start="2027-03-27T02:30", end="2027-03-27T03:30", rrule="FREQ=DAILY;COUNT=3")
    found = office.shown("2027-03-27", "2027-04-01")
    assert [line["start_local"][11:16] for line in found] == ["02:30", "03:30", "02:30"]


def test_the_second_of_two_equal_hours_is_kept(office: Office) -> None:
    first = office.plan(start="2026-10-25T00:30:00Z", end="2026-10-25T01:15:00Z")
    assert (first["start_local"], first["end_local"]) == ("2026-10-25T02:30:00", "2026-10-25T02:15:00")
    assert (first["start"], first["end"]) == ("2026-10-25T00:30:00Z", "2026-10-25T01:15:00Z")


def test_another_zone_alone_keeps_the_wall_time(office: Office, api: Caller) -> None:
    event = office.plan()
    moved = api(office.alice).patch(f"/events/{event['id']}", {"time_zone": "America/Cayenne"}).data
    assert (moved["start_local"], moved["start"]) == ("2026-11-24T09:00:00", "2026-11-24T12:00:00Z")


def test_an_event_becomes_a_whole_day_and_an_hour_again(office: Office, api: Caller) -> None:
    path = f"/events/{office.plan()['id']}"
    whole = api(office.alice).patch(path, {"all_day": True}).data
    unclear = api(office.alice).patch(path, {"all_day": False})
    hours = api(office.alice).patch(
        path, {"all_day": False, "start": "2026-11-24T14:00", "end": "2026-11-24T15:00", "time_zone": "Europe/Paris"}
    )
    assert (whole["start"], whole["end"]) == ("2026-11-24", "2026-11-25")
    assert (unclear.status_code, unclear.data["code"]) == (400, "invalid_time")
    assert hours.data["start"] == "2026-11-24T13:00:00Z"
