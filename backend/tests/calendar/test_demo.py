"""The demonstration's calendar is a believable month, made once."""

from datetime import timedelta

from plano.calendar.demo import seed
from plano.kernel.clock import now
from tests.calendar.conftest import Office


def test_the_month_around_today_is_full_and_seeding_twice_changes_nothing(office: Office) -> None:
    people = {"alice": office.alice, "bruno": office.bruno, "chloe": office.chloe, "david": office.david}
    today = now().date()
    since, until = str(today - timedelta(days=21)), str(today + timedelta(days=21))

    seed(workspace=office.workspace, people=people)
    first = office.shown(since, until)
    seed(workspace=office.workspace, people=people)

    assert office.shown(since, until) == first
    assert len(first) >= 18
    assert any(line["rrule"] for line in first)
    assert any(line["changed"] for line in first)
    assert any(line["all_day"] for line in first)
    assert any(line["attendees"] for line in first)
