"""The bot of `docs/develop`, as it is written there, beside the running server."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.live.test_stream import until_closed
from tests.server import Person, Server
from tests.waiting import becomes

BOT = Path(__file__).resolve().parents[3] / "docs" / "develop" / "examples" / "bot.py"


def token_of(person: Person, *scopes: str) -> dict[str, Any]:
    answer = person.http.post("/me/access-tokens", json={"name": "Essai", "scopes": scopes})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def general(person: Person) -> tuple[Any, Any]:
    workspace = person.workspace("plan-de-continuite")
    channels = person.get(f"/workspaces/{workspace['id']}/channels")["items"]
    return workspace, next(one for one in channels if one["kind"] == "channel" and one["mine"]["abilities"]["edit"])


def messages(person: Person, channel: Any) -> list[dict[str, Any]]:
    return list(person.get(f"/channels/{channel['id']}/messages")["items"])


@pytest.mark.timeout(120)
def test_the_bot_of_the_documentation_answers_once_as_a_robot(server: Server, tmp_path: Path) -> None:
    alice = server.sign_in("alice")
    _, channel = general(alice)
    token = token_of(alice, "chat:read", "profile:read")
    hook = alice.http.post(f"/channels/{channel['id']}/incoming-hooks", json={"name": "Greffe"}).json()
    decided = {"text": "La salle B ferme à 19 h.", "decided_on": "2026-11-20"}
    assert alice.http.post(f"/channels/{channel['id']}/decisions", json=decided).status_code == 201
    log = tmp_path / "bot.log"
    environment = {"PATH": os.environ["PATH"], "PLANO_URL": server.url, "PLANO_TOKEN": token["token"]}
    environment |= {"PLANO_HOOK": hook["url"]}
    with log.open("wb") as out:
        bot = subprocess.Popen([sys.executable, str(BOT)], env=environment, stdout=out, stderr=out)
    try:
        assert becomes(lambda: "Ready." in log.read_text(), bot, seconds=30, every=0.1), log.read_text()
        asked = alice.http.post(f"/channels/{channel['id']}/messages", json={"text": "!decisions"})
        assert asked.status_code == 201

        def answers() -> list[dict[str, Any]]:
            return [one for one in messages(alice, channel) if one["author"]["robot"]]

        assert becomes(lambda: len(answers()) == 1, bot, seconds=20, every=0.1), log.read_text()
        [answer] = answers()
        assert answer["author"]["name"] == "Robot · Greffe"
        assert "La salle B ferme à 19 h." in answer["text"]
        alice.http.put(f"/messages/{asked.json()['id']}/reactions/👍")
        assert len(answers()) == 1
    finally:
        bot.kill()
        bot.wait()
        alice.http.delete(f"/me/access-tokens/{token['access_token']['id']}")
        alice.http.delete(f"/incoming-hooks/{hook['hook']['id']}")


def test_the_stream_lets_a_token_hear_what_it_may_and_ends_with_it(server: Server) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    workspace, channel = general(alice)
    token = token_of(alice, "tasks:read")
    address = f"ws://localhost:{server.port}/api/v1/stream"
    bearer = {"Authorization": f"Bearer {token['token']}"}
    with connect(address, additional_headers=bearer, open_timeout=10) as ws:
        ws.send('{"type": "hello", "cursors": {}}')
        first = ws.recv(timeout=10)
        assert '"ready"' in str(first), "no presence is told to a program"
        assert bruno.http.post(f"/channels/{channel['id']}/messages", json={"text": "Bonjour"}).status_code == 201
        columns = alice.get(f"/workspaces/{workspace['id']}/columns")["items"]
        task = {"title": "Écouter", "column_id": columns[0]["id"]}
        assert bruno.http.post(f"/workspaces/{workspace['id']}/tasks", json=task).status_code == 201
        heard: list[dict[str, Any]] = []
        while not heard or heard[-1].get("kind") != "tasks.task":
            heard.append(json.loads(ws.recv(timeout=10)))
        assert heard[-1]["data"]["title"] == "Écouter"
        assert {one["kind"].partition(".")[0] for one in heard if one["type"] == "frame"} == {"tasks"}
        assert "presence" not in str(heard)
        assert alice.http.delete(f"/me/access-tokens/{token['access_token']['id']}").status_code == 204
        assert until_closed(ws) == 4401
    for headers in (bearer, {"Authorization": "Bearer plano_pat_x"}, {"Authorization": "x", "Cookie": alice.cookie()}):
        with pytest.raises((InvalidStatus, ConnectionClosed)), connect(address, additional_headers=headers) as ws:
            ws.recv(timeout=5)
