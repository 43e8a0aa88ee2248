"""Polls: one vote a person, counted live, with or without names, kept when they are over."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from plano.chat.models import Message, Vote
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from tests.chat.conftest import make_office
from tests.chat.test_live import fold, together


def ask(office: Any, who: str = "bruno", *, channel: Any = None, **fields: Any) -> Any:
    body = {"question": "Quand ?", "options": ["14 h", "15 h", "16 h"], **fields}
    return office.api(who).post(f"/channels/{channel or office.general.id}/polls", body)


def vote(office: Any, who: str, made: dict[str, Any], *options: int) -> Any:
    return office.api(who).put(f"/messages/{made['id']}/vote", {"options": list(options)})


def counts(message: dict[str, Any]) -> list[int]:
    return [option["count"] for option in message["poll"]["options"]]


def test_a_vote_is_counted_once_changed_and_taken_back_live(office: Any, frames_of: Any) -> None:
    made = ask(office).data
    vote(office, "chloe", made, 1)
    again = vote(office, "chloe", made, 1).data
    assert (counts(again), again["poll"]["voters"], again["version"]) == ([0, 1, 0], 1, 2)
    assert again["poll"]["options"][1]["people"] == [str(office.chloe.id)]
    assert counts(vote(office, "chloe", made, 2).data) == [0, 0, 1]
    assert office.api("chloe").get(f"/messages/{made['id']}/vote").data == {"options": [2]}
    last = vote(office, "alice", made, 2).data
    assert counts(last) == [0, 0, 2]
    assert frames_of(office.general.id, "chat.message")[-1]["data"] == last
    page = office.api("reader").get(f"/channels/{office.general.id}/messages").data["items"]
    assert page == [last]
    assert fold({}, frames_of(office.general.id), "chat.message") == {made["id"]: last}
    assert counts(vote(office, "alice", made).data) == [0, 0, 1]


@pytest.mark.parametrize("option", ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "\u202eoui"])
def test_r064_a_hostile_text_stays_a_text(office: Any, option: str) -> None:
    answer = ask(office, question=option, options=[option, "non"])
    if answer.status_code == 201:
        shown = answer.data["poll"]["options"][0]["text"]
        assert shown == option.replace("\u202e", "") or shown == option
    else:
        assert answer.status_code == 400


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"options": ["un"]}, "invalid"),
        ({"options": [f"n° {n}" for n in range(11)]}, "invalid"),
        ({"options": ["Oui", "oui"]}, "same_options"),
        ({"options": ["", "oui"]}, "invalid"),
        ({"closes_at": "2020-01-01T00:00:00Z"}, "closes_when"),
        ({"question": "  "}, "message_empty"),
    ],
)
def test_what_is_no_poll_is_refused(office: Any, fields: dict[str, Any], code: str) -> None:
    answer = ask(office, **fields)

    assert (answer.status_code, answer.data["code"]) == (400, code)
    assert not Message.objects.exists()


def test_one_answer_unless_several_may_be_taken(office: Any) -> None:
    one, several = ask(office).data, ask(office, multiple=True).data
    refused = [vote(office, "chloe", one, 0, 1), vote(office, "chloe", one, 3)]

    assert [(a.status_code, a.data["code"]) for a in refused] == [(400, "one_option_only"), (400, "no_such_option")]
    assert counts(vote(office, "chloe", several, 0, 2).data) == [1, 0, 1]
    assert vote(office, "chloe", several, 0, 2).data["poll"]["voters"] == 1


def test_without_names_nobody_learns_who_voted(office: Any, frames_of: Any) -> None:
    made = ask(office, anonymous=True).data
    vote(office, "chloe", made, 0)
    told = str(frames_of(office.general.id, "chat.message")) + str(
        office.api("bruno").get(f"/channels/{office.general.id}/messages").data
    )

    assert str(office.chloe.id) not in told
    assert office.api("bruno").get(f"/messages/{made['id']}/vote").data == {"options": []}
    assert office.api("chloe").get(f"/messages/{made['id']}/vote").data == {"options": [0]}


def test_a_poll_is_over_by_hand_or_by_date_and_its_result_stays(office: Any) -> None:
    made = ask(office, closes_at=(now() + timedelta(hours=1)).isoformat()).data
    vote(office, "chloe", made, 0)
    refused = office.api("chloe").post(f"/messages/{made['id']}/close")
    assert (refused.status_code, refused.data["code"]) == (403, "not_the_author")
    row = Message.objects.get()
    row.poll = {**row.poll, "closes_at": (now() - timedelta(minutes=1)).isoformat()}
    row.save()
    late = vote(office, "alice", made, 0)
    assert (late.status_code, late.data["code"]) == (409, "poll_closed")
    by_hand = ask(office).data
    assert office.api("alice").post(f"/messages/{by_hand['id']}/close").data["poll"]["closed_at"] is not None
    assert vote(office, "chloe", by_hand, 0).status_code == 409
    assert counts(office.api("reader").get(f"/messages/{made['id']}").data) == [1, 0, 0]


def test_a_poll_is_not_reworded_and_leaves_with_its_votes(office: Any) -> None:
    made = ask(office).data
    vote(office, "chloe", made, 0)
    refused = office.api("bruno").patch(f"/messages/{made['id']}", {"text": "Autre chose ?"})

    assert (refused.status_code, refused.data["code"]) == (403, "poll_is_kept")
    assert office.api("bruno").delete(f"/messages/{made['id']}").data["poll"] is None
    assert not Vote.objects.exists()
    assert vote(office, "chloe", made, 0).status_code == 409


def test_r131_the_same_key_asks_once(office: Any) -> None:
    id = str(uuid7())

    assert [ask(office, id=id).status_code for _ in range(2)] == [201, 200]
    assert Message.objects.count() == 1


def test_r006_a_poll_of_a_private_channel_is_for_those_inside(office: Any) -> None:
    path = f"/workspaces/{office.workspace.id}/channels"
    channel = office.api("bruno").post(path, {"name": "Arbitrages", "open": False}).data["id"]
    made = ask(office, channel=UUID(channel)).data
    for who in ("alice", "chloe", "outsider"):
        api = office.api(who)
        assert vote(office, who, made, 0).status_code == 404
        assert api.get(f"/messages/{made['id']}/vote").status_code == 404
        assert api.post(f"/messages/{made['id']}/close").status_code == 404
        assert ask(office, who, channel=channel).status_code == 404
    assert vote(office, "bruno", {"id": str(uuid7())}, 0).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_votes_at_once_are_all_counted() -> None:
    office = make_office()
    made = ask(office).data
    people = ("alice", "bruno", "chloe")
    jobs = [lambda who=who, n=n: vote(office, who, made, n % 3).status_code for who in people for n in (0, 1, 0)]
    assert set(together(jobs, 9)) == {200}
    poll = Message.objects.get().poll
    assert (poll["voters"], sum(option["count"] for option in poll["options"])) == (3, Vote.objects.count())
