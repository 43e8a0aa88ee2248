"""The demonstration's conversations are real: made by the actions, seeded once."""

from typing import Any

from plano.chat import demo
from plano.chat.models import Channel, Message
from plano.workspaces.models import Workspace
from tests.chat.conftest import Office
from tests.fixtures import Api


def seeded(office: Office, slug: str) -> dict[str, Any]:
    Workspace.objects.filter(id=office.workspace.id).update(slug=slug)
    office.workspace.refresh_from_db()
    people = {"alice": office.alice, "bruno": office.bruno, "chloe": office.chloe, "david": office.guest}
    demo.seed(workspace=office.workspace, people=people)
    return people


def test_the_demonstration_has_channels_threads_and_a_guest_in_one(office: Office) -> None:
    people = seeded(office, "plan-de-continuite")
    api = Api(people["david"])
    items = api.get(f"/workspaces/{office.workspace.id}/channels").data["items"]

    assert [item["name"] for item in items] == ["Cellule de crise"]
    page = api.get(f"/channels/{items[0]['id']}/messages").data["items"]
    assert [message["reply_count"] for message in page if message["reply_count"]] == [3]
    assert Channel.objects.filter(workspace=office.workspace).count() == 4
    unread = Api(people["alice"]).get("/unread").data["items"]
    assert [mark["unread"] for mark in unread if mark["channel_id"] == items[0]["id"]] == [1]


def test_seeding_again_adds_nothing(office: Office) -> None:
    seeded(office, "plan-de-continuite")
    before = Message.objects.count()
    seeded(office, "plan-de-continuite")

    assert Message.objects.count() == before


def test_the_second_workspace_has_its_own(office: Office) -> None:
    seeded(office, "budget-2027")

    assert Message.objects.filter(channel__name="Général").count() == 4
