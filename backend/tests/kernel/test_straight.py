"""The straight way of the hottest routes answers and refuses as Ninja's way does."""

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.chat.conftest import make_office
from tests.fixtures import Api

pytestmark = pytest.mark.django_db
BODIES: list[Any] = [{"text": ""}, {"text": 3}, {"texte": "x"}, {"text": "x", "mentions": ["y"]}, [], "x", None, 7]


def told(answer: Any) -> Any:
    """Status and body without what differs each time."""
    data = dict(answer.data)
    data.pop("request_id", None)
    return answer.status_code, data


@pytest.mark.parametrize("body", BODIES)
def test_what_is_refused_is_refused_in_the_same_words(body: Any) -> None:
    office = make_office()
    path = f"/channels/{office.general.id}/messages"
    straight, general = (
        Api(office.bruno).client.generic(
            "POST",
            f"/api/v1{path}{query}",
            json.dumps(body),
            content_type="application/json",
            headers={"X-CSRF-Token": "absent"},
        )
        for query in ("", "?x=1")
    )
    assert straight.status_code == general.status_code == 403
    bruno = Api(office.bruno)
    answers = [bruno.request("POST", path + query, body) for query in ("", "?x=1")]
    assert told(answers[0]) == told(answers[1])
    assert answers[0].status_code == 400


def test_r003_strangers_and_nobody_are_told_the_same_both_ways() -> None:
    office = make_office()
    path = f"/channels/{office.general.id}/messages"
    for who in (None, office.outsider):
        api = Api(who)
        assert told(api.get(path)) == told(api.get(path + "?limit=50"))
        assert told(api.post(path, {"text": "x"})) == told(api.post(path + "?x=1", {"text": "x"}))
    assert told(Api(office.outsider).get(path)) == told(Api(office.outsider).get(f"/channels/{uuid4()}/messages"))


def test_the_first_page_is_the_same_both_ways() -> None:
    office = make_office()
    bruno = Api(office.bruno)
    for number in range(3):
        bruno.post(f"/channels/{office.general.id}/messages", {"text": f"Message {number}"})
    straight, general = (bruno.get(f"/channels/{office.general.id}/messages{query}") for query in ("", "?limit=50"))
    assert straight.content == general.content
    assert len(straight.data["items"]) == 3
