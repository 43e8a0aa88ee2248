"""A series and its occurrences: moved, renamed, taken out, put back, and bounded."""

import time
from collections.abc import Callable
from typing import Any

from plano.accounts.models import User
from tests.calendar.conftest import Office
from tests.fixtures import Api

Caller = Callable[[User | None], Api]


def weekly(office: Office, **fields: Any) -> dict[str, Any]:
    return office.plan(start="2026-11-23T09:00", end="2026-11-23T10:00", rrule="FREQ=WEEKLY;COUNT=4", **fields)


def starts(office: Office) -> list[str]:
    return [line["start_local"] for line in office.shown("2026-11-01", "2027-02-01")]


def test_a_series_is_unrolled_with_a_name_for_each_occurrence(office: Office) -> None:
    event = weekly(office)
    found = office.shown("2026-11-23", "2026-12-08")
    assert [(line["id"], line["recurrence_id"], line["changed"]) for line in found] == [
        (event["id"], "20261123T090000", False),
        (event["id"], "20261130T090000", False),
        (event["id"], "20261207T090000", False),
    ]


def test_one_occurrence_moves_alone_and_says_so(office: Office, api: Caller) -> None:
    event = weekly(office)
    path = f"/events/{event['id']}/occurrences/20261130T090000"

    series = (
        api(office.bruno).patch(path, {"start": "2026-12-01T14:00", "end": "2026-12-01T15:30", "title": "Bilan"}).data
    )

    assert starts(office) == [
        "2026-11-23T09:00:00",
        "2026-12-01T14:00:00",
        "2026-12-07T09:00:00",
        "2026-12-14T09:00:00",
    ]
    line = office.shown("2026-12-01", "2026-12-02")[0]
    assert (line["title"], line["recurrence_id"], line["changed"]) == ("Bilan", "20261130T090000", True)
    assert (series["title"], series["start_local"], series["sequence"]) == ("Point", "2026-11-23T09:00:00", 1)
    assert series["overrides"][0]["recurrence_id"] == "20261130T090000"


def test_an_occurrence_put_back_where_it_was_is_no_exception(office: Office, api: Caller) -> None:
    event = weekly(office)
    path = f"/events/{event['id']}/occurrences/20261130T090000"
    api(office.alice).patch(path, {"start": "2026-12-01T14:00", "end": "2026-12-01T15:00"})

    series = api(office.alice).patch(path, {"start": "2026-11-30T09:00", "end": "2026-11-30T10:00"}).data

    assert series["overrides"] == []


def test_one_occurrence_is_taken_out_and_put_back(office: Office, api: Caller) -> None:
    event = weekly(office)
    path = f"/events/{event['id']}/occurrences/20261130T090000"
    api(office.alice).patch(path, {"title": "Bilan"})

    gone = api(office.alice).delete(path)
    left = starts(office)
    again = api(office.alice).delete(path)
    changed = api(office.alice).patch(path, {"title": "Autre"})
    back = api(office.alice).post(f"{path}/restore")

    assert gone.data["exdates"] == ["20261130T090000"]
    assert left == ["2026-11-23T09:00:00", "2026-12-07T09:00:00", "2026-12-14T09:00:00"]
    assert again.data["version"] == gone.data["version"]
    assert changed.status_code == 404
    assert back.data["exdates"] == []
    assert [line["title"] for line in office.shown("2026-11-30", "2026-12-01")] == ["Bilan"]


def test_exceptions_survive_when_the_whole_series_moves(office: Office, api: Caller) -> None:
    event = weekly(office)
    path = f"/events/{event['id']}"
    api(office.alice).delete(f"{path}/occurrences/20261207T090000")
    api(office.alice).patch(f"{path}/occurrences/20261130T090000", {"title": "Bilan"})

    moved = api(office.alice).patch(path, {"start": "2026-11-24T11:00", "end": "2026-11-24T12:00"}).data

    assert starts(office) == ["2026-11-24T11:00:00", "2026-12-01T11:00:00", "2026-12-15T11:00:00"]
    assert moved["exdates"] == ["20261208T110000"]
    assert [line["title"] for line in office.shown("2026-12-01", "2026-12-02")] == ["Bilan"]


def test_the_end_of_a_series_moves_with_it(office: Office, api: Caller) -> None:
    event = office.plan(start="2026-11-23T09:00", end="2026-11-23T10:00", rrule="FREQ=WEEKLY;UNTIL=20261207T080000Z")
    assert len(starts(office)) == 3

    api(office.alice).patch(f"/events/{event['id']}", {"start": "2026-11-25T17:00", "end": "2026-11-25T18:00"})

    assert starts(office) == ["2026-11-25T17:00:00", "2026-12-02T17:00:00", "2026-12-09T17:00:00"]


def test_a_moved_occurrence_keeps_its_instant_when_the_series_changes_zone(office: Office, api: Caller) -> None:
    event = weekly(office)
    path = f"/events/{event['id']}"
    api(office.alice).patch(
        f"{path}/occurrences/20261130T090000", {"start": "2026-12-01T14:00", "end": "2026-12-01T15:00"}
    )

    api(office.alice).patch(path, {"time_zone": "America/Cayenne"})

    line = office.shown("2026-12-01T00:00Z", "2026-12-02T00:00Z")[0]
    assert (line["start"], line["recurrence_id"]) == ("2026-12-01T13:00:00Z", "20261130T090000")


def test_another_rule_forgets_exceptions_that_it_does_not_have(office: Office, api: Caller) -> None:
    event = weekly(office)
    path = f"/events/{event['id']}"
    api(office.alice).delete(f"{path}/occurrences/20261130T090000")
    api(office.alice).delete(f"{path}/occurrences/20261207T090000")

    series = api(office.alice).patch(path, {"rrule": "FREQ=WEEKLY;INTERVAL=2"}).data
    single = api(office.alice).patch(path, {"rrule": ""}).data

    assert series["exdates"] == ["20261207T090000"]
    assert (single["rrule"], single["exdates"]) == ("", [])
    assert starts(office) == ["2026-11-23T09:00:00"]


def test_names_that_the_series_does_not_have_answer_like_absent(office: Office, api: Caller) -> None:
    event = weekly(office)
    single = office.plan()
    for id, name in [
        (event["id"], "20261124T090000"),
        (event["id"], "20261130"),
        (event["id"], "nimporte"),
        (event["id"], "20270104T090000"),
        (single["id"], "20261124T090000"),
    ]:
        assert api(office.alice).patch(f"/events/{id}/occurrences/{name}", {"title": "Autre"}).status_code == 404
        assert api(office.alice).delete(f"/events/{id}/occurrences/{name}").status_code == 404


def test_r100_two_thousand_lines_at_most_and_quickly(office: Office, api: Caller) -> None:
    for number in range(4):
        office.plan(title=f"Ronde {number}", start="2026-01-01T09:00", end="2026-01-01T10:00", rrule="FREQ=DAILY")
    path = f"/workspaces/{office.workspace.id}/events?from=2026-01-01&to=2027-12-31"

    before = time.perf_counter()
    page = api(office.alice).get(path).data
    took = time.perf_counter() - before

    assert (len(page["items"]), page["truncated"]) == (2000, True)
    assert page["items"] == sorted(page["items"], key=lambda line: line["start"])
    assert took < 1.0  # the whole request; the unrolling itself is measured in test_recurrence


def test_r100_a_window_of_more_than_two_years_is_refused(office: Office, api: Caller) -> None:
    answer = api(office.alice).get(f"/workspaces/{office.workspace.id}/events?from=2026-01-01&to=2029-01-01")
    assert (answer.status_code, answer.data["code"]) == (400, "window_too_large")


def test_r100_rdate_smuggled_into_a_rule_is_refused(office: Office, api: Caller) -> None:
    rule = "FREQ=DAILY\r\nRDATE:" + ",".join(["20270101"] * 20_000)
    body = {"title": "Point", "start": "2026-11-24T09:00", "rrule": rule}
    answer = api(office.alice).post(f"/workspaces/{office.workspace.id}/events", body)
    assert answer.status_code == 400
