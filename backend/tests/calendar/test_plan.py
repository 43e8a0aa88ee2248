"""Planning an event: what is kept, and what is refused in words that name the field."""

from collections.abc import Callable

import pytest

from plano.accounts.models import User
from plano.kernel.ids import uuid7
from tests.calendar.conftest import Office
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace
from tests.fixtures import Api

Caller = Callable[[User | None], Api]


def test_an_event_keeps_its_wall_time_and_its_zone(office: Office) -> None:
    event = office.plan(title="Point quotidien", location="Salle Jaurès", description="Ordre du jour\nDivers")

    assert (event["start"], event["end"]) == ("2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z")
    assert (event["start_local"], event["time_zone"]) == ("2026-11-24T09:00:00", "Europe/Paris")
    assert (event["title"], event["location"]) == ("Point quotidien", "Salle Jaurès")
    assert event["organiser"]["id"] == str(office.alice.id)
    assert event["version"] == 1


def test_an_instant_becomes_the_wall_time_of_the_zone(office: Office) -> None:
    event = office.plan(start="2026-11-24T08:00:00Z", end="2026-11-24T10:30:00+01:00")
    assert (event["start_local"], event["end_local"]) == ("2026-11-24T09:00:00", "2026-11-24T10:30:00")


def test_without_a_zone_it_is_the_writers(office: Office, api: Caller) -> None:
    office.alice.time_zone = "America/Cayenne"
    office.alice.save()
    body = {"title": "Point", "start": "2026-11-24T09:00", "end": "2026-11-24T10:00"}
    event = api(office.alice).post(f"/workspaces/{office.workspace.id}/events", body).data
    assert (event["start"], event["time_zone"]) == ("2026-11-24T12:00:00Z", "America/Cayenne")


def test_dates_make_a_whole_day_without_zone(office: Office) -> None:
    one = office.plan(start="2026-11-24", end=None)
    three = office.plan(start="2026-11-24", end="2026-11-27", all_day=True)
    same = office.plan(start="2026-11-24", end="2026-11-24")

    assert (one["all_day"], one["start"], one["end"], one["time_zone"]) == (True, "2026-11-24", "2026-11-25", None)
    assert (three["start"], three["end"]) == ("2026-11-24", "2026-11-27")
    assert (same["start"], same["end"]) == ("2026-11-24", "2026-11-25")


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"end": "2026-11-24T08:59"}, "ends_before_it_begins", "end"),
        ({"start": "2026-11-24", "end": "2026-11-23"}, "ends_before_it_begins", "end"),
        ({"time_zone": "Europe/Pariss"}, "unknown_time_zone", "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "unknown_time_zone", "time_zone"),
        ({"start": "demain à neuf heures"}, "invalid_time", "start"),
        ({"start": "2026-11-31T09:00"}, "invalid_time", "start"),
        ({"start": "2026-11-24", "all_day": False}, "invalid_time", "start"),
        ({"start": "0001-01-01T00:00:00Z"}, "date_out_of_range", "start"),
        ({"start": "2026-11-24T09:00", "end": "2029-11-24T09:00"}, "event_too_long", "end"),
        ({"rrule": "FREQ=SECONDLY"}, "recurrence_not_supported", "rrule"),
        ({"attendees": ["0190b5b0-0000-7000-8000-000000000000"]}, "person_not_found", "attendees"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(
    office: Office, api: Caller, fields: dict[str, object], code: str, field: str
) -> None:
    body = {"title": "Point", "start": "2026-11-24T09:00", "end": "2026-11-24T10:00", "time_zone": "Europe/Paris"}

    answer = api(office.alice).post(f"/workspaces/{office.workspace.id}/events", {**body, **fields})

    assert (answer.status_code, answer.data["code"]) == (400, code)
    assert field in answer.data["errors"]
    assert office.shown("2026-01-01", "2027-01-01") == []


@pytest.mark.parametrize(
    "name", ["organiser", "scope_id", "workspace_id", "version", "sequence", "uid", "exdates", "created_at"]
)
def test_r005_fields_that_are_not_the_callers_are_refused(office: Office, api: Caller, name: str) -> None:
    event = office.plan()
    body = {"title": "Point", "start": "2026-11-24T09:00", name: str(uuid7())}

    assert api(office.alice).post(f"/workspaces/{office.workspace.id}/events", body).status_code == 400
    assert api(office.alice).patch(f"/events/{event['id']}", {name: str(uuid7())}).status_code == 400
    assert api(office.alice).get(f"/events/{event['id']}").data == event


def test_a_retried_creation_makes_one_event(office: Office, api: Caller) -> None:
    body = {"title": "Point", "start": "2026-11-24T09:00", "id": str(uuid7())}
    path = f"/workspaces/{office.workspace.id}/events"

    first, second = api(office.alice).post(path, body), api(office.alice).post(path, body)
    foreign = api(office.bruno).post(path, body)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert (foreign.status_code, foreign.data["code"]) == (409, "identifier_in_use")
    assert len(office.shown("2026-11-23", "2026-11-30")) == 1


def test_r003_an_event_of_others_answers_like_an_absent_one(office: Office, api: Caller) -> None:
    stranger = make_user()
    event = office.plan()
    paths = [f"/events/{event['id']}", f"/events/{uuid7()}"]

    answers = [api(stranger).get(path) for path in paths] + [api(office.david).get(paths[0])]

    assert {answer.status_code for answer in answers} == {404}
    assert len({str({**answer.data, "request_id": ""}) for answer in answers}) == 1


def test_r004_participants_are_people_who_can_see_the_event(office: Office, api: Caller) -> None:
    stranger = make_user()
    for nobody in (stranger, office.david):  # the guest does not see the workspace's own things
        body = {"title": "Point", "start": "2026-11-24T09:00", "attendees": [str(nobody.id)]}
        answer = api(office.alice).post(f"/workspaces/{office.workspace.id}/events", body)
        assert (answer.status_code, answer.data["errors"]) == (400, {"attendees": "person_not_found"})
    assert office.shown("2026-11-23", "2026-11-30") == []


def test_r006_a_title_is_found_by_those_only_who_see_the_event(office: Office) -> None:
    from plano.calendar import queries

    event = office.plan(title="Réunion xylophone")
    outsider = make_workspace().created_by

    assert [str(found.id) for found in queries.search_names(office.rene, "reunion XYLO", 5)] == [event["id"]]
    for person in (outsider, office.david):
        assert queries.search_names(person, "xylophone", 5) == []
        assert queries.resolve(person, [event["id"]]) == {}
        assert queries.next_for(person, 5) == []


def test_r104_50_kb_of_text_are_refused_quickly(office: Office, api: Caller) -> None:
    for text in ("a" * 50_000, "@" * 50_000, "*_" * 25_000):
        body = {"title": text, "start": "2026-11-24T09:00", "location": text}
        answer = api(office.alice).post(f"/workspaces/{office.workspace.id}/events", body)
        assert answer.status_code == 400


def test_people_invited_are_told_and_answer_for_themselves(office: Office, api: Caller) -> None:
    event = office.plan(attendees=[str(office.alice.id), str(office.bruno.id), str(office.rene.id)])

    answered = api(office.rene).put(f"/events/{event['id']}/answer", {"answer": "tentative"})
    refused = api(office.chloe).put(f"/events/{event['id']}/answer", {"answer": "accepted"})
    told = api(office.bruno).get("/notifications").data["items"]

    assert {line["person"]["name"]: line["answer"] for line in answered.data["attendees"]} == {
        "Alice": "accepted",
        "Bruno": "needs-action",
        "René": "tentative",
    }
    assert (refused.status_code, refused.data["code"]) == (403, "not_invited")
    assert [(line["kind"], line["link_id"], line["title"]) for line in told] == [
        ("event_invitation", event["id"], "Point")
    ]
    assert api(office.alice).get("/notifications").data["items"] == []


def test_another_time_asks_again_and_another_title_does_not(office: Office, api: Caller) -> None:
    event = office.plan(attendees=[str(office.bruno.id)])
    path = f"/events/{event['id']}"
    api(office.bruno).put(f"{path}/answer", {"answer": "accepted"})

    renamed = api(office.alice).patch(path, {"title": "Revue"}).data
    later = api(office.alice).patch(path, {"start": "2026-11-24T10:00", "end": "2026-11-24T11:00"}).data

    assert (renamed["attendees"][0]["answer"], renamed["sequence"]) == ("accepted", 0)
    assert (later["attendees"][0]["answer"], later["sequence"]) == ("needs-action", 1)


def test_a_room_that_is_switched_off_answers_like_absent(office: Office, api: Caller) -> None:
    event = office.plan()
    api(office.alice).patch(f"/workspaces/{office.workspace.id}", {"rooms": ["chat"]})

    assert api(office.alice).get(f"/workspaces/{office.workspace.id}/events").status_code == 404
    assert api(office.alice).get(f"/events/{event['id']}").status_code == 404


def test_an_archived_workspace_is_read_only(office: Office, api: Caller) -> None:
    event = office.plan(attendees=[str(office.bruno.id)])
    api(office.alice).post(f"/workspaces/{office.workspace.id}/archive")

    answer = api(office.bruno).patch(f"/events/{event['id']}", {"title": "Autre"})

    assert (answer.status_code, answer.data["code"]) == (403, "workspace_archived")
    assert api(office.bruno).put(f"/events/{event['id']}/answer", {"answer": "accepted"}).status_code == 403
    assert api(office.bruno).get(f"/events/{event['id']}").status_code == 200
    page = api(office.bruno).get(f"/workspaces/{office.workspace.id}/events").data
    assert page["abilities"][str(office.workspace.id)]["own"] == {"edit": False, "delete": False, "answer": False}
