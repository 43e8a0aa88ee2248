"""The socket of the running server: hello, frames, resume, reset; origin, sessions and rights (R-90…R-92, R-07)."""

import json
import time
from contextlib import suppress
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.server import Person, Server


def next_frame(ws: ClientConnection, kind: str, timeout: float = 5) -> dict[str, Any]:
    """The next frame of this kind; other messages are passed over."""
    end = time.monotonic() + timeout
    while True:
        message: dict[str, Any] = json.loads(ws.recv(timeout=max(end - time.monotonic(), 0.01)))
        if message.get("kind") == kind and message["type"] == "frame":
            return message


def until_closed(ws: ClientConnection) -> int | None:
    """The code with which the server ended the connection."""
    try:
        while True:
            ws.recv(timeout=5)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def rename(person: Person, workspace: dict[str, Any], text: str) -> None:
    answer = person.http.patch(f"/workspaces/{workspace['id']}", json={"description": text})
    assert answer.status_code == 200, answer.text


def test_a_change_reaches_another_person_at_once(server: Server) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    workspace = alice.workspace("plan-de-continuite")
    ws, _, cursors = bruno.listen()
    with ws:
        rename(alice, workspace, "Vu en direct")
        frame = next_frame(ws, "workspaces.workspace")
    assert frame["scope"] == workspace["id"]
    assert frame["seq"] == cursors[workspace["id"]] + 1
    assert frame["op"] == "changed"
    assert frame["data"]["description"] == "Vu en direct"


def test_r092_a_client_resumes_where_it_stopped(server: Server) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    workspace = alice.workspace("plan-de-continuite")
    ws, _, cursors = bruno.listen()
    ws.close()
    for text in ("un", "deux", "trois"):
        rename(alice, workspace, text)
    at = cursors[workspace["id"]]

    ws, missed, ready = bruno.listen(cursors)
    ws.close()

    frames = [m for m in missed if m["type"] == "frame" and m["scope"] == workspace["id"]]
    assert [frame["data"]["description"] for frame in frames] == ["un", "deux", "trois"]
    assert [frame["seq"] for frame in frames] == [at + 1, at + 2, at + 3]
    assert ready[workspace["id"]] == at + 3


def test_a_cursor_from_the_future_or_of_a_foreign_scope_is_reset(server: Server) -> None:
    bruno, chloe = server.sign_in("bruno"), server.sign_in("chloe")
    mine = bruno.workspace("plan-de-continuite")["id"]
    foreign = chloe.id
    ws, before, _ = bruno.listen({mine: 10**9, foreign: 0})
    ws.close()
    assert {m["scope"] for m in before if m["type"] == "reset"} == {mine, foreign}
    assert not [m for m in before if m["type"] == "frame"]


def test_a_cursor_from_before_a_newcomer_s_reading_begins_is_reset(server: Server) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    body = {"name": f"Passé {time.monotonic_ns()}", "open": False, "history": "joined"}
    place = alice.workspace("plan-de-continuite")["id"]
    channel = alice.http.post(f"/workspaces/{place}/channels", json=body).json()["id"]
    for text in ("Avant, un", "Avant, deux"):
        alice.http.post(f"/channels/{channel}/messages", json={"text": text})
    assert alice.http.post(f"/channels/{channel}/members", json={"user_id": bruno.id}).status_code == 201
    after = alice.http.post(f"/channels/{channel}/messages", json={"text": "Après"}).json()["seq"]

    ws, missed, ready = bruno.listen({channel: 1})
    ws.close()
    assert [m["type"] for m in missed if m.get("scope") == channel] == ["reset"]
    assert "Avant" not in json.dumps(missed)
    ws, missed, _ = bruno.listen({channel: after - 1})  # from where reading begins, nothing is lost
    ws.close()
    assert [m["data"]["text"] for m in missed if m["type"] == "frame" and m["scope"] == channel] == ["Après"]
    assert ready[channel] == after


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost.evil.example:{port}",
        "http://evil-localhost:{port}",
        "http://localhost:{port}@evil.example",
        "http://localhost:1",
        "https://localhost:{port}",
    ],
)
def test_r090_a_foreign_origin_is_refused(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        server.sign_in("bruno").socket(origin=origin.format(port=server.port))
    assert refused.value.response.status_code == 403


def test_r090_no_origin_or_no_session_is_refused(server: Server) -> None:
    bruno = server.sign_in("bruno")
    address = f"ws://localhost:{server.port}/api/v1/stream"
    with pytest.raises(InvalidStatus):
        connect(address, additional_headers={"Cookie": bruno.cookie()}, open_timeout=10)
    with pytest.raises(InvalidStatus):
        bruno.socket(cookie="plano_session=forged")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"type":"hello"}',
        '{"type":"hello","cursors":{"x":1}}',
        "[" * 5000,
        '{"type":"hello","cursors":[]}',
    ],
)
def test_r090_a_malformed_hello_closes_that_connection_only(server: Server, text: str) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    good, _, _ = bruno.listen()
    bad = bruno.socket()
    bad.send(text)
    assert until_closed(bad) == 4400
    with good:
        rename(alice, alice.workspace("plan-de-continuite"), f"après {text[:5]!r}")
        assert next_frame(good, "workspaces.workspace")


def test_r090_too_many_messages_end_the_connection(server: Server) -> None:
    ws, _, _ = server.sign_in("bruno").listen()
    with suppress(ConnectionClosed):
        for _ in range(200):
            ws.send('{"type":"ping"}')
    closed = until_closed(ws)
    assert closed == 4429


def test_r007_a_removed_member_hears_nothing_more(server: Server) -> None:
    chloe, bruno = server.sign_in("chloe"), server.sign_in("bruno")
    workspace = chloe.workspace("budget-2027")
    ws, _, cursors = bruno.listen()
    assert workspace["id"] in cursors

    assert chloe.http.delete(f"/workspaces/{workspace['id']}/members/{bruno.id}").status_code == 204
    assert next_frame(ws, "live.scopes")["data"]["lost"].count(workspace["id"]) == 1
    rename(chloe, workspace, "sans Bruno")

    heard: list[dict[str, Any]] = []
    with suppress(TimeoutError):
        while True:
            heard.append(json.loads(ws.recv(timeout=3)))
    ws.close()
    assert [m for m in heard if m.get("scope") == workspace["id"] and m["type"] == "frame"] == []
    assert bruno.http.get(f"/workspaces/{workspace['id']}").status_code == 404

    back = chloe.http.post(f"/workspaces/{workspace['id']}/members", json={"user_id": bruno.id, "role": "member"})
    assert back.status_code == 201, back.text


def test_a_new_member_hears_the_workspace_without_reconnecting(server: Server) -> None:
    alice, david = server.sign_in("alice"), server.sign_in("david")
    ws, _, _ = david.listen()
    opened = alice.http.post("/workspaces", json={"name": "Espace neuf"}).json()
    answer = alice.http.post(f"/workspaces/{opened['id']}/members", json={"user_id": david.id, "role": "member"})
    assert answer.status_code == 201
    assert next_frame(ws, "workspaces.mine")["data"]["role"] == "member"
    rename(alice, opened, "Bienvenue")
    with ws:
        while (frame := next_frame(ws, "workspaces.workspace"))["scope"] != opened["id"]:
            pass
    assert frame["data"]["description"] == "Bienvenue"


def test_r042_signing_out_closes_the_socket(server: Server) -> None:
    bruno = server.sign_in("bruno")
    ws, _, _ = bruno.listen()
    assert bruno.http.delete("/session").status_code in (200, 204)
    closed = until_closed(ws)
    assert closed == 4401
    assert httpx.get(f"{server.url}/api/v1/me", headers={"Cookie": bruno.cookie()}).status_code == 401


def test_presence_is_told_to_the_workspace_and_ends_with_the_last_tab(server: Server) -> None:
    alice, chloe = server.sign_in("alice"), server.sign_in("chloe")
    workspace = alice.workspace("plan-de-continuite")["id"]
    ws, _, _ = alice.listen()

    def said() -> dict[str, str]:
        while True:
            message = json.loads(ws.recv(timeout=5))
            if (
                message["type"] == "ephemeral"
                and message["scope"] == workspace
                and chloe.id in message["data"]["people"]
            ):
                people: dict[str, str] = message["data"]["people"]
                return people

    with ws:
        tab, _, _ = chloe.listen()
        assert said()[chloe.id] == "online"
        tab.send('{"type":"presence","state":"away"}')
        assert said()[chloe.id] == "away"
        tab.close()
        assert said()[chloe.id] == "offline"
