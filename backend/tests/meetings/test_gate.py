"""The gate of the running server: who gets in, what may be said, who is put out (R-07, R-90, R-93, R-94)."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.server import Person, Server, start

WITHOUT_JANUS = "/usr/sbin:/sbin"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Plano that finds no media server: signalling is all that the gate does."""
    running = start(tmp_path_factory.mktemp("gate") / "data", PATH=WITHOUT_JANUS)
    yield running
    running.stop()


def socket(
    person: Person, meeting_id: str, *, origin: str | None = None, cookie: str | None = None
) -> ClientConnection:
    return connect(
        f"ws://localhost:{person.server.port}/api/v1/meetings/{meeting_id}/signal",
        origin=person.server.url if origin is None else origin,  # type: ignore[arg-type]
        additional_headers={"Cookie": person.cookie() if cookie is None else cookie},
        open_timeout=10,
        legacy=True,
    )


def begin(person: Person, slug: str = "plan-de-continuite") -> str:
    workspace = person.workspace(slug)
    answer = person.http.post(f"/workspaces/{workspace['id']}/meetings", json={"title": "Essai"})
    assert answer.status_code == 201, answer.text
    id: str = answer.json()["id"]
    return id


def grant(person: Person, meeting_id: str, resume: str | None = None) -> dict[str, Any]:
    answer = person.http.post(f"/meetings/{meeting_id}/join", json={"resume": resume})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def inside(person: Person, meeting_id: str, resume: str | None = None) -> tuple[ClientConnection, dict[str, Any]]:
    ws = socket(person, meeting_id)
    ws.send(json.dumps({"type": "hello", "token": grant(person, meeting_id, resume)["token"]}))
    return ws, hear(ws, "welcome")


def hear(ws: ClientConnection, kind: str, timeout: float = 6) -> dict[str, Any]:
    end = time.monotonic() + timeout
    while True:
        message: dict[str, Any] = json.loads(ws.recv(timeout=max(0.01, end - time.monotonic())))
        if message["type"] == kind:
            return message


def closing(ws: ClientConnection, timeout: float = 6) -> int | None:
    try:
        end = time.monotonic() + timeout
        while True:
            ws.recv(timeout=max(0.01, end - time.monotonic()))
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


STATE = {"type": "state", "microphone": True, "camera": False, "screen": False}


def test_two_people_hear_of_each_other_and_talk_only_within_the_meeting(office: Server) -> None:
    alice, bruno = office.sign_in("alice"), office.sign_in("bruno")
    meeting = begin(alice)
    a, welcome_a = inside(alice, meeting)
    b, welcome_b = inside(bruno, meeting)
    with a, b:
        assert welcome_a["mode"] == "p2p"
        assert [p["person"]["name"] for p in welcome_b["participants"]] == ["Alice Martin"]
        assert hear(a, "participant")["participant"]["person"]["name"] == "Bruno Lefèvre"
        b.send(json.dumps(STATE))
        assert hear(a, "participant")["participant"]["microphone"] is True
        offer = {"type": "offer", "sdp": "v=0"}
        b.send(json.dumps({"type": "signal", "to": welcome_a["participant_id"], "description": offer}))
        heard = hear(a, "signal")
        assert heard["from"] == welcome_b["participant_id"]
        assert heard["description"] == offer
        b.send(json.dumps({"type": "leave"}))
        assert hear(a, "left")["participant_id"] == welcome_b["participant_id"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:1", "http://localhost.evil.example"]
)
def test_r090_a_foreign_origin_is_refused(office: Server, origin: str) -> None:
    alice = office.sign_in("alice")
    with pytest.raises(InvalidStatus) as refused:
        socket(alice, begin(alice), origin=origin)
    assert refused.value.response.status_code == 403


def test_r090_no_session_is_refused(office: Server) -> None:
    alice = office.sign_in("alice")
    with pytest.raises(InvalidStatus):
        socket(alice, begin(alice), cookie="")


def test_r093_used_foreign_and_invented_grants_are_refused(office: Server) -> None:
    alice, bruno, chloe = office.sign_in("alice"), office.sign_in("bruno"), office.sign_in("chloe")
    meeting, other = begin(alice), begin(chloe, "budget-2027")
    assert alice.http.post(f"/meetings/{other}/join").status_code == 404
    token = grant(alice, meeting)["token"]
    ws = socket(alice, meeting)
    ws.send(json.dumps({"type": "hello", "token": token}))
    hear(ws, "welcome")
    ws.close()
    for person, place, said in (
        (alice, meeting, token),
        (bruno, meeting, grant(alice, meeting)["token"]),
        (alice, other, grant(alice, meeting)["token"]),
        (alice, meeting, "x" * 43),
    ):
        with socket(person, place) as ws:
            ws.send(json.dumps({"type": "hello", "token": said}))
            assert hear(ws, "refused")["code"] in ("grant_refused", "not_found")
            assert closing(ws) == 4401


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"type":"kick"}',
        '{"type":"publish","source":"main","jsep":{"type":"offer","sdp":"v=0"},"record":true}',
        '{"type":"state","microphone":1,"camera":false,"screen":false}',
        '{"type":"layer","mid":"0","substream":9}',
        json.dumps({"type": "publish", "source": "main", "jsep": {"type": "offer", "sdp": "x" * 61_000}}),
    ],
)
def test_r090_a_malformed_message_ends_that_connection_only(office: Server, text: str) -> None:
    alice, bruno = office.sign_in("alice"), office.sign_in("bruno")
    meeting = begin(alice)
    a, _ = inside(alice, meeting)
    b, _ = inside(bruno, meeting)
    with a, b:
        b.send(text)
        assert closing(b) == 4400
        a.send('{"type":"ping"}')
        assert hear(a, "pong")


def test_r090_too_many_messages_end_the_connection(office: Server) -> None:
    alice = office.sign_in("alice")
    ws, _ = inside(alice, begin(alice))
    with ws:
        with suppress(ConnectionClosed):
            for _ in range(500):
                ws.send('{"type":"ping"}')
        assert closing(ws) == 4429


def test_a_cut_connection_keeps_its_place_for_a_while(office: Server) -> None:
    alice, bruno = office.sign_in("alice"), office.sign_in("bruno")
    meeting = begin(alice)
    a, _ = inside(alice, meeting)
    b, welcome = inside(bruno, meeting)
    with a:
        hear(a, "participant")
        b.close()
        assert hear(a, "participant")["participant"]["cut"] is True
        b, again = inside(bruno, meeting, welcome["participant_id"])
        assert (again["participant_id"], again["resumed"]) == (welcome["participant_id"], True)
        assert hear(a, "participant")["participant"]["cut"] is False
        b.close()


def test_r007_signing_out_ends_the_call_within_five_seconds(office: Server) -> None:
    alice, bruno = office.sign_in("alice"), office.sign_in("bruno")
    meeting = begin(alice)
    ws, _ = inside(bruno, meeting)
    with ws:
        began = time.monotonic()
        bruno.http.delete("/session")
        assert closing(ws) == 4401
        assert time.monotonic() - began < 5


def test_r094_what_moderators_do_takes_effect_at_once(office: Server) -> None:
    alice, bruno = office.sign_in("alice"), office.sign_in("bruno")
    meeting = begin(alice)
    a, _ = inside(alice, meeting)
    b, welcome = inside(bruno, meeting)
    with a, b:
        someone = f"/meetings/{meeting}/participants/{welcome['participant_id']}"
        b.send(json.dumps(STATE))
        assert alice.http.post(f"{someone}/mute").status_code == 204
        assert hear(b, "muted", timeout=2)
        assert alice.http.post(f"{someone}/remove").status_code == 204
        assert hear(b, "out", timeout=2)["reason"] == "removed"
        assert closing(b) == 4403
        assert alice.http.post(f"/meetings/{meeting}/end").status_code == 200
        assert closing(a, timeout=2) == 4410
