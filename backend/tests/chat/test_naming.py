"""« @tous » and « @gestionnaires »: on purpose above twenty people, for managers above a hundred."""

from typing import Any

import pytest

from plano.chat import actions
from plano.chat.actions import naming
from plano.chat.models import Mention
from plano.notifications.models import Notification
from plano.workspaces.models import Membership, Role
from tests.factories.people import make_user


def url(office: Any) -> str:
    return f"/channels/{office.general.id}/messages"


def crowd(office: Any, count: int) -> None:
    for _ in range(count):
        Membership.objects.create(workspace=office.workspace, user=make_user(), role=Role.MEMBER)


def test_all_names_everybody_who_reads_the_channel_but_the_author(office: Any, say: Any) -> None:
    made = say("bruno", "@tous, réunion à 14 h", groups=["all"])

    assert [one["name"] for one in made["mentions"]] == ["tous"]
    assert set(Mention.objects.values_list("user__name", flat=True)) == {"Alice Martin", "Chloé Nguyen", "Lise Lecture"}
    [place] = office.api("chloe").get("/unread").data["items"]
    assert place["mentions"] == 1
    assert [n["kind"] for n in office.api("chloe").get("/notifications").data["items"]] == ["mention"]
    assert office.api("guest").get("/notifications").data["items"] == []
    edited = office.api("bruno").patch(f"/messages/{made['id']}", {"text": "@tous, réunion à 15 h"}).data
    assert [one["name"] for one in edited["mentions"]] == ["tous"]
    assert Notification.objects.count() == 3


def test_managers_are_named_by_their_role(office: Any, say: Any) -> None:
    say("bruno", "@gestionnaires, un accès manque", groups=["managers"])

    assert [one.user.name for one in Mention.objects.all()] == ["Alice Martin"]


@pytest.mark.parametrize("text", ["Bonjour", "@toussaint", "tous"])
def test_a_group_whose_word_is_not_in_the_text_names_nobody(office: Any, say: Any, text: str) -> None:
    assert say("bruno", text, groups=["all"])["mentions"] == []
    assert not Mention.objects.exists()


def test_above_twenty_people_it_is_confirmed_and_told_to_each_once(office: Any) -> None:
    crowd(office, 45)
    api, body = office.api("bruno"), {"text": "@tous bonjour", "groups": ["all"]}
    asked = api.post(url(office), body)
    assert (asked.status_code, asked.data["code"], asked.data["errors"]) == (
        409,
        "mention_needs_confirmation",
        {"count": 48},
    )
    assert api.get(url(office)).data["items"] == []
    made = api.post(url(office), {**body, "confirmed": True})
    assert (made.status_code, Mention.objects.count()) == (201, 48)
    assert Notification.objects.count() == naming.AT_ONCE
    later = [row.user_id for row in Mention.objects.order_by("id")][naming.AT_ONCE :]
    for _ in range(2):
        actions.tell_named(made.data["id"], later)
    assert Notification.objects.count() == 48


def test_above_a_hundred_people_only_managers_name_all(office: Any) -> None:
    crowd(office, 100)
    body = {"text": "@tous bonjour", "groups": ["all"], "confirmed": True}
    refused = office.api("bruno").post(url(office), body)

    assert (refused.status_code, refused.data["code"]) == (403, "mention_of_all_reserved")
    assert not Mention.objects.exists()
    assert office.api("alice").post(url(office), body).status_code == 201
