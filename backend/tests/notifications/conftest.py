"""What the tests of telling by mail and push share: a mail server, and a clock that the test moves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plano.kernel import clock
from tests.chat.conftest import Office, make_office
from tests.mail_sink import Sink, open_sink
from tests.server import free_port

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


class Clock:
    """The time of the modules that ask `clock.now()`."""

    def __init__(self) -> None:
        self.at = TUESDAY

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)

    def go_to(self, text: str) -> None:
        self.at = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Tuesday at ten, until the test says otherwise."""
    found = Clock()
    monkeypatch.setattr(clock, "now", found)
    return found


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """Mails of this test go to a real SMTP server."""
    with open_sink(free_port()) as found:
        settings.PLANO = replace(
            settings.PLANO, smtp_url=found.url, mail_from="Plano <plano@plano.test>", mail_reply_domain="plano.test"
        )
        yield found


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def say(office: Office) -> Callable[..., Any]:
    """`say("alice", "Bonjour", mentions=[…])`: the message made, in « Général » or in `channel`."""

    def post(who: str, text: str, channel: Any = None, status: int = 201, **more: Any) -> Any:
        place = office.general.id if channel is None else channel
        answer = office.api(who).post(f"/channels/{place}/messages", {"text": text, **more})
        assert answer.status_code == status, answer.data
        return answer.data

    return post


@pytest.fixture
def wish(office: Office) -> Callable[..., None]:
    """`wish("bruno", mail="now", mail_text=True)`: the same for all groups."""

    def put(who: str, *, mail: str, page: bool = True, push: bool = True, **more: Any) -> None:
        groups = [one["group"] for one in office.api(who).get("/notifications/preferences").data["proposed"]]
        body = {"everywhere": [{"group": group, "page": page, "push": push, "mail": mail} for group in groups], **more}
        answer = office.api(who).put("/notifications/preferences", body)
        assert answer.status_code == 200, answer.data

    return put
