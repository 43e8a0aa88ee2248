"""What leaves a channel: signed, in order, each thing once, to allowed hosts, and everybody who reads here knows."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from plano.chat.actions import deliveries
from plano.chat.models import ChatPolicy, Delivery, OutgoingHook
from plano.kernel import clock
from plano.platform import outbound
from plano.platform.outbound import Answer, Failed, Reason
from plano.platform.outbound.memory import MemoryOutbound, Sent

HOST = "hooks.exemple.gouv.fr"


@pytest.fixture
def network(settings: LazySettings) -> Iterator[MemoryOutbound]:
    settings.PLANO = replace(settings.PLANO, webhook_hosts=(HOST,))
    sink = MemoryOutbound()
    outbound.use(sink)
    yield sink
    outbound.use(None)


def opened(office: Any, url: str = f"https://{HOST}/plano", name: str = "Forge", channel: Any = None) -> Any:
    body = {"name": name, "url": url}
    return office.api("alice").post(f"/channels/{channel or office.general.id}/outgoing-hooks", body)


def told(network: MemoryOutbound) -> list[tuple[str, str]]:
    bodies = [json.loads(sent.body) for sent in network.sent]
    return [(body["type"].removeprefix("message."), body["data"].get("text", "")) for body in bodies]


def is_signed(sent: Sent, secret: str) -> bool:
    """As any library of Standard Webhooks does it."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{sent.headers['webhook-id']}.{sent.headers['webhook-timestamp']}.".encode() + sent.body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return wanted in sent.headers["webhook-signature"].split()


def test_what_people_say_leaves_in_order_once_and_signed(office: Any, say: Any, network: MemoryOutbound) -> None:
    say("bruno", "avant")
    made = opened(office).data
    first = say("bruno", "un")
    say("chloe", "deux", thread_id=first["id"])
    office.api("chloe").put(f"/messages/{first['id']}/reactions/👍")
    office.api("bruno").patch(f"/messages/{first['id']}", {"text": "un !"})
    office.api("alice").put(f"/messages/{first['id']}/pin")
    office.api("bruno").delete(f"/messages/{first['id']}")
    while deliveries.tell_services():
        pass
    names = [name for name, _ in told(network)]
    assert names[:2] in (["posted", "posted"], ["deleted", "posted"])
    assert names[-1] == "deleted"
    assert ("posted", "deux") in told(network)
    assert not any("un" in text.split() for _, text in told(network)), "what was deleted before it left says no words"
    ids = [sent.headers["webhook-id"] for sent in network.sent]
    assert len(set(ids)) == len(ids)
    assert all(is_signed(sent, made["secret"]) for sent in network.sent)
    deliveries.tell_services()
    assert len(network.sent) == len(ids)


def test_each_thing_says_what_who_where_and_no_more(office: Any, say: Any, network: MemoryOutbound) -> None:
    made = opened(office).data
    said = say("bruno", "un")
    deliveries.tell_services()
    office.api("bruno").patch(f"/messages/{said['id']}", {"text": "deux"})
    deliveries.tell_services()
    office.api("chloe").put(f"/messages/{said['id']}/reactions/👍")
    deliveries.tell_services()
    assert told(network) == [("posted", "un"), ("edited", "deux")]
    body = json.loads(network.sent[0].body)
    assert set(body["data"]) == {
        *("id", "channel", "thread_id", "seq", "author", "text", "created_at", "edited_at", "deleted_at", "url")
    }
    assert body["data"]["author"] == {"id": str(office.bruno.id), "name": "Bruno Lefèvre"}
    assert body["data"]["channel"]["name"] == office.general.name
    assert said["id"] in body["data"]["url"]
    assert set(network.sent[0].headers) == {*("content-type", "webhook-id", "webhook-timestamp", "webhook-signature")}
    log = office.api("alice").get(f"/outgoing-hooks/{made['hook']['id']}/deliveries").data["items"]
    assert [(one["event"], one["status"], one["seq"]) for one in log][-1] == ("message.posted", 200, said["seq"])


def test_everybody_in_the_channel_reads_what_leaves_managers_alone_the_address(
    office: Any, network: MemoryOutbound
) -> None:
    made = opened(office).data
    lines = office.api("reader").get(f"/channels/{office.general.id}/messages").data["items"]
    assert [(line["system"]["verb"], line["system"]["people"][0]["name"]) for line in lines if line["system"]] == [
        ("hook_out", HOST)
    ]
    [seen] = office.api("reader").get(f"/channels/{office.general.id}/hooks").data["outgoing"]
    assert (seen["host"], seen["url"], seen["created_by"]["name"]) == (HOST, None, "Alice Martin")
    mine = office.api("alice").get(f"/channels/{office.general.id}/hooks").data
    assert (mine["outgoing"][0]["url"], mine["outgoing_hosts"]) == (f"https://{HOST}/plano", [HOST])
    assert made["secret"] not in str(mine)


def test_no_loop_goes_through_a_robot(office: Any, network: MemoryOutbound) -> None:
    opened(office)
    door = office.api("alice").post(f"/channels/{office.general.id}/incoming-hooks", {"name": "Forge"}).data
    path = "/api/v1/" + door["url"].partition("/api/v1/")[2]
    assert Client().post(path, {"text": "Construit"}, content_type="application/json").status_code == 200
    deliveries.tell_services()
    assert network.sent == []


ADDRESSES = [
    ("http://hooks.exemple.gouv.fr/", 403),
    ("https://hooks.exemple.gouv.fr:8443/", 403),
    ("https://autre.exemple.gouv.fr/", 403),
    ("https://127.0.0.1/", 403),
    ("https://user@hooks.exemple.gouv.fr/", 400),
    ("ftp://hooks.exemple.gouv.fr/", 400),
    ("n’importe quoi", 400),
]


def test_r080_only_allowed_hosts_and_none_by_default(
    office: Any, network: MemoryOutbound, settings: LazySettings
) -> None:
    for url, status in ADDRESSES:
        assert opened(office, url).status_code == status, url
    settings.PLANO = replace(settings.PLANO, webhook_hosts=())
    assert opened(office).status_code == 403
    pair = office.api("alice").post(
        f"/workspaces/{office.workspace.id}/conversations", {"user_id": str(office.bruno.id)}
    )
    settings.PLANO = replace(settings.PLANO, webhook_hosts=(HOST,))
    assert opened(office, channel=pair.data["id"]).status_code == 403


def test_what_fails_waits_longer_each_time_in_order_and_ends_after_a_day(
    office: Any, say: Any, network: MemoryOutbound, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(office).data["hook"]
    answers: list[Any] = [Answer(500), Failed(Reason.TOO_SLOW), Answer(302)]

    def answer(sent: Sent) -> Answer:
        given = answers.pop(0) if answers else Answer(200)
        if isinstance(given, Failed):
            raise given
        return given

    network.answer = answer
    say("bruno", "un")
    say("bruno", "deux")
    began, late = clock.now(), 0.0
    pauses = []
    monkeypatch.setattr(deliveries, "now", lambda: began + timedelta(seconds=late))
    for _ in range(3):
        assert deliveries.tell_services() == 1
        assert deliveries.tell_services() == 0
        hook = OutgoingHook.objects.get()
        pauses.append((hook.retry_at - (began + timedelta(seconds=late))).total_seconds())
        late += pauses[-1]
    assert pauses == [5, 30, 120]
    deliveries.tell_services()
    assert [text for _, text in told(network)] == ["un", "un", "un", "un", "deux"]
    assert len({sent.headers["webhook-id"] for sent in network.sent[:4]}) == 1
    assert OutgoingHook.objects.get().failing_since is None
    answers[:] = [Answer(500), Answer(410)]
    say("bruno", "trois")
    deliveries.tell_services()
    late += 25 * 3600
    deliveries.tell_services()
    assert OutgoingHook.objects.get().gave_up
    assert [one["kind"] for one in office.api("alice").get("/notifications").data["items"]] == ["webhook_stopped"]
    lines = office.api("reader").get(f"/channels/{office.general.id}/messages").data["items"]
    assert lines[0]["system"]["verb"] == "hook_out_gave_up"
    assert office.api("alice").post(f"/outgoing-hooks/{made['id']}/ping").status_code == 404


def test_after_a_crash_the_same_number_has_the_same_name(office: Any, say: Any, network: MemoryOutbound) -> None:
    """The worker died after the service took it and before the cursor moved."""
    opened(office)
    said = say("bruno", "un")
    deliveries.tell_services()
    OutgoingHook.objects.update(seq=said["seq"] - 1, leased_until=clock.now() + timedelta(minutes=1))
    assert deliveries.tell_services() == 0
    OutgoingHook.objects.update(leased_until=clock.now() - timedelta(seconds=1))
    deliveries.tell_services()
    one, two = network.sent
    assert one.headers["webhook-id"] == two.headers["webhook-id"]


def test_what_is_said_while_it_may_not_leave_never_leaves(office: Any, say: Any, network: MemoryOutbound) -> None:
    made = opened(office).data["hook"]
    ChatPolicy.objects.create(workspace=office.workspace, webhooks=False)
    say("bruno", "entre nous")
    deliveries.tell_services()
    ChatPolicy.objects.update(webhooks=True)
    say("bruno", "à tous")
    deliveries.tell_services()
    assert told(network) == [("posted", "à tous")]
    say("bruno", "trop tard")
    assert office.api("alice").delete(f"/outgoing-hooks/{made['id']}").status_code == 204
    deliveries.tell_services()
    assert len(network.sent) == 1


def test_a_new_secret_and_the_one_before_both_sign_for_a_day(office: Any, network: MemoryOutbound) -> None:
    made = opened(office).data
    path = f"/outgoing-hooks/{made['hook']['id']}"
    again = office.api("alice").post(f"{path}/rotate").data
    assert again["secret"] != made["secret"]
    tried = office.api("alice").post(f"{path}/ping").data
    assert (tried["event"], tried["status"]) == ("ping", 200)
    assert is_signed(network.sent[0], made["secret"])
    assert is_signed(network.sent[0], again["secret"])
    OutgoingHook.objects.update(overlap_until=clock.now() - timedelta(seconds=1))
    office.api("alice").post(f"{path}/ping")
    assert not is_signed(network.sent[1], made["secret"])
    assert is_signed(network.sent[1], again["secret"])


def test_the_latest_fifty_tries_are_kept(office: Any, network: MemoryOutbound) -> None:
    hook = OutgoingHook.objects.get(id=opened(office).data["hook"]["id"])
    Delivery.objects.bulk_create(Delivery(hook=hook, event="ping", attempt=n) for n in range(60))
    office.api("alice").post(f"/outgoing-hooks/{hook.id}/ping")
    assert Delivery.objects.count() == 50
