"""Three server processes on one PostgreSQL behind nginx, with each bus: one stream for everybody, nothing lost."""

import asyncio
import json
import os
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from plano.kernel.ids import uuid7
from plano.platform import embedded
from tests.conftest import SERVER, run_name
from tests.nodes.checker import check
from tests.nodes.house import House
from tests.redis_server import RedisServer
from tests.server import Person

PEOPLE = 10
LEAVER = f"noeud{PEOPLE}"  # one more, who is removed
SECONDS = float(os.environ.get("TEST_CHECKER_SECONDS", "20"))


@pytest.fixture(scope="module", params=["postgres", "redis"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp(f"nodes-{request.param}")
    redis = RedisServer(folder) if request.param == "redis" else None
    if redis is not None:
        redis.start()
    cluster = embedded.prepare(SERVER, durable=False)
    made = House(folder, cluster, f"{run_name}_nodes_{request.param}", redis)
    try:
        made.begin(PEOPLE + 1)
        yield made
    finally:
        made.end()
        if redis is not None:
            redis.kill()


def heard(ws: ClientConnection, wanted: Callable[[dict[str, Any]], bool], seconds: float = 5) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while True:
        said: dict[str, Any] = json.loads(ws.recv(timeout=max(end - time.monotonic(), 0.01)))
        if wanted(said):
            return said


def listening(house: House, node: int, login: str) -> tuple[Person, ClientConnection]:
    person = Person(house.node(node), login)
    ws = person.socket(origin=house.front.url)
    ws.send(json.dumps({"type": "hello", "cursors": {}}))
    heard(ws, lambda said: said["type"] == "ready")
    return person, ws


def test_a_change_on_one_node_is_seen_on_the_others_at_once(house: House) -> None:
    writer = Person(house.node(0), "noeud0")
    channel = next(id for id, name in house.known["channels"].items() if name == "tous")
    others = [listening(house, node, login) for node, login in ((1, "noeud1"), (2, "noeud2"))]
    took = []
    for _ in range(5):
        id = str(uuid7())
        began = time.monotonic()
        assert writer.http.post(f"/channels/{channel}/messages", json={"id": id, "text": "vu"}).status_code == 201
        for _, ws in others:
            heard(ws, lambda said: said.get("kind") == "chat.message" and said["data"]["id"] == id)  # noqa: B023
        took.append(time.monotonic() - began)
    for _, ws in others:
        ws.close()
    assert min(took) < 1, "only the sweep found it: the bus is silent"


def test_people_of_other_nodes_are_present(house: House) -> None:
    _, first = listening(house, 0, "noeud3")
    other, second = listening(house, 1, "noeud4")
    with first, second:
        heard(first, lambda said: said.get("kind") == "presence" and other.id in said["data"]["people"])


def test_r007_who_is_removed_on_one_node_is_out_on_all(house: House) -> None:
    manager = Person(house.node(0), "noeud0")
    removed, ws = listening(house, 2, LEAVER)
    with ws:
        answer = manager.http.delete(f"/workspaces/{house.known['workspace']}/members/{removed.id}")
        assert answer.status_code == 204, answer.text
        heard(ws, lambda said: said.get("kind") == "live.scopes" and house.known["workspace"] in said["data"]["lost"])
    assert removed.http.get(f"/workspaces/{house.known['workspace']}").status_code == 404


def test_signing_out_on_one_node_closes_the_sockets_of_that_session_on_others(house: House) -> None:
    person, ws = listening(house, 1, "noeud5")
    elsewhere = httpx.Client(base_url=f"{house.node(2).url}/api/v1", cookies=person.http.cookies)
    elsewhere.headers.update(person.http.headers)
    assert elsewhere.delete("/session").status_code == 204
    with ws, pytest.raises(ConnectionClosed):
        heard(ws, lambda said: False)


def test_an_upload_goes_on_whatever_node_takes_the_next_part(house: House) -> None:
    person = Person(house.front, "noeud6")
    content = os.urandom(700_000)
    words = {"filename": "suite.bin", "workspace_id": house.known["workspace"], "conflict": "keep_both"}
    metadata = ",".join(f"{name} {b64encode(text.encode()).decode()}" for name, text in words.items())
    head = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Upload-Metadata": metadata}
    made = person.http.post("/uploads/", headers=head)
    assert made.status_code == 201, made.text
    path = made.headers["location"].removeprefix("/api/v1")
    for at in range(0, len(content), 100_000):
        part = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
        answer = person.http.patch(path, headers=part, content=content[at : at + 100_000])
        assert answer.status_code == 204, answer.text
    nodes = person.get(f"/workspaces/{house.known['workspace']}/nodes")["items"]
    found = next(node for node in nodes if node["name"].startswith("suite"))
    for node in range(3):
        reader = Person(house.node(node), "noeud7")
        assert reader.http.get(f"/nodes/{found['id']}/content").content == content


@pytest.mark.timeout(600)
def test_nodes_bus_and_database_die_and_every_device_shows_the_same(house: House) -> None:
    ledger = asyncio.run(check(house, logins=[f"noeud{n}" for n in range(PEOPLE)], seconds=SECONDS, seed=20261123))
    print(f"{dict(ledger.acts)}, {ledger.resent} sent again, blows {dict(ledger.blows)}")
    assert len(ledger.posted) > SECONDS * 5
    assert ledger.blows.total() >= 1
