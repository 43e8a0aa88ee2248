"""Two at the same instant, on real connections: nobody's request fails for it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from plano.chat.actions import messages, scheduled
from plano.chat.actions.times import require_future
from plano.kernel.clock import now
from plano.kernel.ids import uuid7

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each returned, or raised."""
    found: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            found[place] = work()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def test_two_who_are_urgent_with_each_other_do_not_wait_for_each_other(office: Any, say: Any) -> None:
    talk = f"/workspaces/{office.workspace.id}/conversations"
    pair = office.api("alice").post(talk, {"user_ids": [office.bruno.id]}).data["id"]
    channel = UUID(str(pair))
    for turn in range(3):
        say("alice", f"un {turn}", channel=pair)
        say("bruno", f"deux {turn}", channel=pair)

        def urgent(actor: Any) -> Callable[[], bool]:
            return lambda: (
                messages.post_message(actor=actor, channel_id=channel, id=uuid7(), text="vite", urgent=True).created
            )

        assert at_once(urgent(office.alice), urgent(office.bruno)) == [True, True]


def test_r131_one_scheduled_twice_at_once_waits_once(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    id, at, gate = uuid7(), now() + timedelta(days=1), threading.Barrier(2)

    def both_past_the_first_look(moment: Any) -> None:
        require_future(moment)
        gate.wait(10)

    monkeypatch.setattr(scheduled, "require_future", both_past_the_first_look)

    def schedule() -> UUID:
        return scheduled.schedule(actor=office.bruno, channel_id=office.general.id, id=id, text="x", at=at).id

    assert at_once(schedule, schedule) == [id, id]
