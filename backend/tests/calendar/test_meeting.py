"""The call belongs to the event: moving keeps it, asking twice finds it again."""

from collections.abc import Callable
from datetime import timedelta

from plano.accounts.models import User
from plano.kernel.clock import now
from tests.calendar.conftest import Office
from tests.fixtures import Api

Caller = Callable[[User | None], Api]


def test_an_event_has_one_meeting_and_keeps_it_when_it_moves(office: Office, api: Caller) -> None:
    start = now() + timedelta(days=3)
    event = office.plan(title="Bilan", start=start.isoformat(), end=(start + timedelta(hours=1)).isoformat())
    path = f"/events/{event['id']}"

    first = api(office.alice).post(f"{path}/meeting")
    api(office.alice).patch(path, {"end": (start + timedelta(hours=2)).isoformat()})
    second = api(office.bruno).post(f"{path}/meeting")

    assert (first.status_code, first.data["title"], first.data["state"]) == (200, "Bilan", "scheduled")
    assert first.data["link"] == {"kind": "event", "id": event["id"]}
    assert second.data["id"] == first.data["id"]
    assert api(office.rene).get(path).data["meeting_id"] == first.data["id"]


def test_a_call_a_few_minutes_early_begins_at_once(office: Office, api: Caller) -> None:
    start = now() + timedelta(minutes=5)
    event = office.plan(start=start.isoformat(), end=(start + timedelta(hours=1)).isoformat())
    assert api(office.bruno).post(f"/events/{event['id']}/meeting").data["state"] == "open"


def test_whoever_may_not_start_meetings_gets_none_by_an_event(office: Office, api: Caller) -> None:
    event = office.plan()
    assert api(office.rene).post(f"/events/{event['id']}/meeting").status_code == 403
    assert api(office.david).post(f"/events/{event['id']}/meeting").status_code == 404
    assert api(office.alice).get(f"/events/{event['id']}").data["meeting_id"] is None


def test_a_reader_finds_the_meeting_that_a_member_has_opened(office: Office, api: Caller) -> None:
    path = f"/events/{office.plan()['id']}/meeting"
    opened = api(office.bruno).post(path)
    found = api(office.rene).post(path)
    assert (found.status_code, found.data["id"]) == (200, opened.data["id"])
