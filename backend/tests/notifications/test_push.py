"""Telling a closed browser that something is new: sealed, signed, without content, to nobody but who asked (row R3)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plano.accounts import sessions
from plano.accounts.models import Session, User
from plano.kernel import clock
from plano.kernel.ids import uuid7
from plano.notifications import actions
from plano.notifications.models import NotificationKind, PushDevice, Rhythm
from plano.platform import webpush
from plano.platform.live import unit_of_work
from plano.platform.webpush.sealing import decoded, sealed
from tests.factories.people import make_user
from tests.fixtures import Api
from tests.notifications.push_service import Browser, PushService, push_service

push = actions.push
ClientFor = Callable[[User | None], Api]
SECRET = "a secret of forty-eight characters, more or less."


@pytest.fixture(scope="module")
def running() -> Iterator[PushService]:
    with push_service() as service:
        yield service


@pytest.fixture
def service(running: PushService, settings: Any) -> PushService:
    """The configuration names our push service, and no other."""
    running.browsers.clear()
    running.answers.clear()
    settings.PLANO = replace(settings.PLANO, push_hosts=(running.url,), push_key=SECRET)
    return running


@pytest.fixture
def jeanne(db: None) -> User:
    return make_user(name="Jeanne")


def subscribed(api: Api, service: PushService, name: str = "one") -> Browser:
    browser = service.subscribe(name, api.get("/me/push").data["key"])
    answer = api.put("/me/push", browser.subscription)
    assert answer.status_code == 200, answer.content
    return browser


def tell_of(person: User, title: str) -> None:
    with unit_of_work() as emit:
        actions.notify(
            emit=emit,
            recipients=[person],
            kind=NotificationKind.MENTION,
            actor=None,
            title=title,
            link_kind="chat.message",
            link_id=uuid7(),
        )


def test_a_message_is_sealed_as_the_example_of_rfc_8291() -> None:
    private = ec.derive_private_key(
        int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), ec.SECP256R1()
    )
    body = sealed(
        b"When I grow up, I want to be a watermelon",
        p256dh="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth="BTBZMqHH6r4Tts7J_aSIgg",
        padded=0,
        private=private,
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert body == decoded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg"
        "Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxs"
        "j_Qulcy4a-fN"
    )


def test_r003_a_push_counts_and_says_nothing(client_for: ClientFor, jeanne: User, service: PushService) -> None:
    browser = subscribed(client_for(jeanne), service)
    tell_of(jeanne, "Licenciement de Paul")
    tell_of(jeanne, "Budget")
    assert push.send(user=jeanne, kind="mention") == 1
    assert push.send(user=jeanne, kind="message", count=120, urgent=True) == 1
    assert browser.told == [
        {"kind": "mention", "count": 2, "language": "fr"},
        {"kind": "message", "count": 120, "language": "fr"},
    ]
    assert len(set(browser.sizes)) == 1  # not even its length tells
    first, second = browser.headers
    assert (first["topic"], first["ttl"], first["urgency"], second["urgency"]) == ("plano", "43200", "normal", "high")
    assert "cookie" not in first


def test_r080_nothing_is_pushed_unless_the_host_allows_it(
    client_for: ClientFor, jeanne: User, service: PushService, settings: Any
) -> None:
    api = client_for(jeanne)
    foreign = service.subscribe("x", "").subscription | {"endpoint": "https://fcm.googleapis.com/fcm/send/x"}
    refused = api.put("/me/push", foreign)
    assert (refused.status_code, refused.data["code"]) == (400, "push_service_not_allowed")
    browser = subscribed(api, service)
    settings.PLANO = replace(settings.PLANO, push_hosts=None)
    off = api.get("/me/push").data
    assert (off["enabled"], off["key"], len(off["devices"])) == (False, None, 1)
    assert api.put("/me/push", browser.subscription).status_code == 503
    assert push.send(user=jeanne, kind="mention") == 0
    assert browser.told == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": "AAAA"},
        {"p256dh": "B" + "A" * 86},
        {"auth": "short"},
        {"auth": "é"},
        {"endpoint": "javascript:alert(1)"},
        {"endpoint": "http://127.0.0.1:1/"},
        {"endpoint": "http://user@127.0.0.1/"},
        {"endpoint": "x" * 1001},
    ],
)
def test_a_subscription_that_is_none_is_refused(
    wrong: dict[str, str], client_for: ClientFor, jeanne: User, service: PushService
) -> None:
    given = service.subscribe("one", "").subscription
    assert client_for(jeanne).put("/me/push", given | wrong).status_code == 400
    assert not PushDevice.objects.exists()


def test_an_ended_session_is_told_nothing_more(client_for: ClientFor, jeanne: User, service: PushService) -> None:
    home, office = client_for(jeanne), client_for(jeanne)
    at_home, at_office = subscribed(home, service, "home"), subscribed(office, service, "office")
    assert [one["current"] for one in office.get("/me/push").data["devices"]] == [True, False]
    assert home.delete("/session").status_code == 204
    assert push.send(user=jeanne, kind="mention", count=1) == 1
    assert (len(at_home.told), len(at_office.told)) == (0, 1)
    Session.objects.filter(user=jeanne).update(last_seen_at=clock.now() - timedelta(hours=5))
    assert push.send(user=jeanne, kind="mention", count=1) == 1, "nobody was here for a while: that is when it matters"
    Session.objects.filter(user=jeanne).update(created_at=clock.now() - timedelta(hours=25))
    assert push.send(user=jeanne, kind="mention", count=1) == 0
    sessions.forget_expired()
    assert not PushDevice.objects.exists()


def test_what_nobody_takes_is_dropped(client_for: ClientFor, jeanne: User, service: PushService) -> None:
    api = client_for(jeanne)
    for status in (404, 410, 403):
        subscribed(api, service)
        service.answers[:] = [(status, {})]
        assert push.send(user=jeanne, kind="mention", count=1) == 0
        assert api.get("/me/push").data["devices"] == []
    subscribed(api, service)
    service.answers[:] = [(413, {})]
    assert push.send(user=jeanne, kind="mention", count=1) == 0
    assert len(api.get("/me/push").data["devices"]) == 1


def test_a_service_that_asks_to_wait_is_asked_again_then_once(
    client_for: ClientFor, jeanne: User, service: PushService
) -> None:
    hours = Rhythm.objects.create(user=jeanne, disconnects=False)
    browser = subscribed(client_for(jeanne), service)
    service.answers[:] = [(429, {"Retry-After": "120"})]
    assert push.send(user=jeanne, kind="mention", count=1) == 0
    device = PushDevice.objects.get()
    assert device.paused_until is not None
    assert timedelta(seconds=100) < device.paused_until - clock.now() <= timedelta(seconds=120)
    assert push.send(user=jeanne, kind="mention", count=2) == 0, "not before it wishes"
    push.send_later(device_id=device.id)
    assert browser.told == [], "all was read meanwhile"
    tell_of(jeanne, "Budget")
    today = clock.now().date()
    hours.absent_from, hours.absent_to = today - timedelta(days=2), today + timedelta(days=2)
    hours.save()
    with CaptureQueriesContext(connection) as asked:
        push.send_later(device_id=device.id)
    assert browser.told == [], "not out of hours, even when its service kept us waiting until then"
    assert sum("procrastinate_defer" in one["sql"] for one in asked.captured_queries) == 1
    hours.absent_from = hours.absent_to = None
    hours.save()
    push.send_later(device_id=device.id)
    assert browser.told == [{"kind": "summary", "count": 1, "language": "fr"}]
    device.refresh_from_db()
    assert (device.failures, device.paused_until) == (0, None)


def test_a_person_tries_their_own_device_and_no_other(
    client_for: ClientFor, jeanne: User, service: PushService
) -> None:
    api, other = client_for(jeanne), client_for(make_user())
    browser = subscribed(api, service)
    device = api.get("/me/push").data["devices"][0]["id"]
    assert other.post(f"/me/push/{device}/trial").status_code == 404
    assert other.delete(f"/me/push/{device}").status_code == 404
    assert api.post(f"/me/push/{device}/trial").data == {"taken": True}
    assert api.post(f"/me/push/{device}/trial").status_code == 429
    assert [one["kind"] for one in browser.told] == ["trial"]
    assert api.delete(f"/me/push/{device}").status_code == 204
    assert push.send(user=jeanne, kind="mention", count=1) == 0


def test_a_browser_tells_only_whoever_is_signed_in_there(
    client_for: ClientFor, jeanne: User, service: PushService
) -> None:
    bruno = make_user(name="Bruno")
    browser = subscribed(client_for(jeanne), service)
    assert client_for(bruno).put("/me/push", browser.subscription).status_code == 200
    assert push.send(user=jeanne, kind="mention", count=1) == 0
    assert push.send(user=bruno, kind="mention", count=1) == 1


def test_the_key_stays_the_same_and_another_one_is_not_accepted(
    client_for: ClientFor, jeanne: User, service: PushService, settings: Any, tmp_path: Any
) -> None:
    browser = subscribed(client_for(jeanne), service)
    settings.PLANO = replace(settings.PLANO, push_key=None, data=tmp_path / "data")
    made = webpush.public_key()
    assert made != browser.application_key
    assert webpush.public_key() == made
    assert oct((tmp_path / "data" / "push-key").stat().st_mode)[-3:] == "600"
    assert push.send(user=jeanne, kind="mention", count=1) == 0
    assert not PushDevice.objects.exists(), "the browser subscribes anew, to the new key"
