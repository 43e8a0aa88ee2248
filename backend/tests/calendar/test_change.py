"""Several people at one calendar: lost races, deletion and its undo, frames, what concerns me."""

from collections.abc import Callable
from typing import Any

from plano.accounts.models import User
from plano.calendar import queries
from plano.kernel.clock import now
from tests.calendar.conftest import Office
from tests.fixtures import Api

Caller = Callable[[User | None], Api]
Frames = Callable[..., list[dict[str, Any]]]


def test_the_second_of_two_who_move_an_event_sees_the_first(office: Office, api: Caller) -> None:
    event = office.plan()
    path, tag = f"/events/{event['id']}", f'"{event["version"]}"'
    read = api(office.alice).get(path)

    first = api(office.alice).patch(path, {"start": "2026-11-24T10:00", "end": "2026-11-24T11:00"}, If_Match=tag)
    second = api(office.bruno).patch(path, {"start": "2026-11-24T15:00", "end": "2026-11-24T16:00"}, If_Match=tag)

    assert read["ETag"] == tag
    assert (first.status_code, first["ETag"]) == (200, '"2"')
    assert (second.status_code, second.data["code"]) == (412, "changed_meanwhile")
    assert second.data["errors"]["current"] == first.data


def test_two_people_who_change_two_fields_both_win(office: Office, api: Caller) -> None:
    path = f"/events/{office.plan()['id']}"
    api(office.alice).patch(path, {"title": "Revue"})
    both = api(office.bruno).patch(path, {"location": "Salle Jaurès"}).data
    assert (both["title"], both["location"]) == ("Revue", "Salle Jaurès")


def test_a_deleted_event_comes_back_as_it_was(office: Office, api: Caller) -> None:
    event = office.plan(attendees=[str(office.bruno.id)])
    path = f"/events/{event['id']}"

    stale = api(office.alice).delete(path, If_Match='"7"')
    gone = api(office.bruno).delete(path)
    absent = api(office.alice).get(path)
    left = office.shown("2026-11-23", "2026-11-30")
    back = api(office.alice).post(f"{path}/restore")

    assert (stale.status_code, gone.status_code, absent.status_code, left) == (412, 204, 404, [])
    assert {**back.data, "version": 1, "updated_at": ""} == {**event, "updated_at": ""}
    assert len(office.shown("2026-11-23", "2026-11-30")) == 1


def test_an_old_snapshot_and_the_frames_make_the_fresh_snapshot(office: Office, api: Caller, frames_of: Frames) -> None:
    def snapshot(ids: list[str]) -> dict[str, Any]:
        answers = {id: api(office.rene).get(f"/events/{id}") for id in ids}
        return {id: answer.data for id, answer in answers.items() if answer.status_code == 200}

    kept, series, gone = office.plan(), office.plan(rrule="FREQ=WEEKLY"), office.plan()
    ids = [kept["id"], series["id"], gone["id"]]
    old, past = snapshot(ids), len(frames_of(office.workspace.id))

    api(office.alice).patch(f"/events/{kept['id']}", {"title": "Revue", "attendees": [str(office.rene.id)]})
    api(office.rene).put(f"/events/{kept['id']}/answer", {"answer": "accepted"})
    api(office.bruno).patch(f"/events/{series['id']}/occurrences/20261201T090000", {"title": "Bilan"})
    api(office.bruno).delete(f"/events/{series['id']}/occurrences/20261208T090000")
    api(office.bruno).delete(f"/events/{gone['id']}")
    new = office.plan(office.chloe)

    frames = frames_of(office.workspace.id)[past:]
    assert {frame["kind"] for frame in frames} == {"calendar.event"}
    for frame in frames:
        if frame["op"] == "removed":
            del old[frame["data"]["id"]]
        else:
            old[frame["data"]["id"]] = frame["data"]
    assert old == snapshot([*ids, new["id"]])


def test_a_refused_change_leaves_no_frame(office: Office, api: Caller, frames_of: Frames) -> None:
    event = office.plan()
    before = frames_of(office.workspace.id)
    api(office.rene).patch(f"/events/{event['id']}", {"title": "Autre"})
    api(office.alice).patch(f"/events/{event['id']}", {"end": "2026-11-20T10:00"})
    assert frames_of(office.workspace.id) == before


def test_my_events_are_those_of_the_team_and_mine(office: Office, api: Caller) -> None:
    office.plan(title="Équipe")
    office.plan(title="À deux", attendees=[str(office.bruno.id)])
    declined = office.plan(title="Sans moi", attendees=[str(office.chloe.id)])
    api(office.chloe).put(f"/events/{declined['id']}/answer", {"answer": "declined"})
    path = "/my/events?from=2026-11-24&to=2026-11-25"

    def titles(person: User) -> list[str]:
        return sorted(line["title"] for line in api(person).get(path).data["items"])

    assert titles(office.bruno) == sorted(["Équipe", "À deux"])
    assert titles(office.chloe) == ["Équipe"]
    assert titles(office.david) == []


def test_next_events_begin_with_what_goes_on_now(office: Office) -> None:
    at = now()
    for title, hours in (("Fini", -3), ("En cours", -1), ("Bientôt", 2)):
        start = at.timestamp() + hours * 3600
        office.plan(
            title=title,
            start=at.fromtimestamp(start, tz=at.tzinfo).isoformat(),
            end=at.fromtimestamp(start + 5400, tz=at.tzinfo).isoformat(),
        )
    assert [line.title for line in queries.next_for(office.bruno, 5)] == ["En cours", "Bientôt"]


def test_today_is_the_day_of_the_person_who_looks(office: Office) -> None:
    from datetime import date

    office.plan(start="2026-11-24T01:00", end="2026-11-24T02:00")
    seen = [
        len(queries.today_for(office.bruno, office.workspace.id, day=date(2026, 11, day), tz=zone))
        for day, zone in ((24, "Europe/Paris"), (23, "Europe/Paris"), (24, "America/Cayenne"), (23, "America/Cayenne"))
    ]
    assert seen == [1, 0, 0, 1]


def test_participants_change_although_one_of_them_has_left_the_workspace(office: Office, api: Caller) -> None:
    event = office.plan(attendees=[str(office.bruno.id)])
    api(office.alice).delete(f"/workspaces/{office.workspace.id}/members/{office.bruno.id}")

    both = api(office.alice).patch(
        f"/events/{event['id']}", {"attendees": [str(office.bruno.id), str(office.chloe.id)]}
    )
    without = api(office.alice).patch(f"/events/{event['id']}", {"attendees": [str(office.chloe.id)]})
    again = api(office.alice).patch(f"/events/{event['id']}", {"attendees": [str(office.bruno.id)]})

    assert [line["person"]["name"] for line in both.data["attendees"]] == ["Bruno", "Chloé"]
    assert [line["person"]["name"] for line in without.data["attendees"]] == ["Chloé"]
    assert (again.status_code, again.data["errors"]) == (400, {"attendees": "person_not_found"})
    assert api(office.bruno).get(f"/events/{event['id']}").status_code == 404
