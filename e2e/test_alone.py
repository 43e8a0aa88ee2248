"""A server on a machine without any way out does all its work, and never tries the door (R-80, R-151)."""

import base64
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.server import Person, Server

from e2e.meet_harness import Network, start_inside

SLUG = "plan-de-continuite"
CONTENT = "La crue monte ; le poste de commandement s’installe à Orléans.".encode()
# Once per family of addresses Janus asks the kernel which address it has towards others; it sends nothing.
JANUS_LOOKS_AT_ITSELF = 2


@pytest.fixture(scope="module")
def nowhere() -> Iterator[Network]:
    made = Network(alone=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def server(nowhere: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_inside(nowhere, tmp_path_factory.mktemp("alone") / "data")
    yield running
    nowhere.run(running.stop)


def attempts() -> int:
    """How many packets of this network found no way to where they wanted, or would have found none."""
    lines = Path("/proc/thread-self/net/snmp").read_text().splitlines()
    names, values = (line.split() for line in lines if line.startswith("Ip:"))
    four = int(values[names.index("OutNoRoutes")])
    six = dict(line.split() for line in Path("/proc/thread-self/net/snmp6").read_text().splitlines())
    return four + int(six["Ip6OutNoRoutes"])


def a_day(server: Server) -> None:
    """One pass through every room."""
    alice, bruno = Person(server, "alice"), Person(server, "bruno")
    here = f"/workspaces/{alice.workspace(SLUG)['id']}"
    for room in (
        "nodes",
        "channels",
        "meetings",
        "columns",
        "tasks",
        "events?from=2026-01-01&to=2027-12-31",
        "members",
    ):
        assert "items" in alice.get(f"{here}/{room}"), room
    for place in ("/desk", "/my/tasks", "/notifications", "/healthz", "/readyz"):
        answer = alice.http.get(place if not place.endswith("z") else f"{server.url}{place}")
        assert answer.status_code == 200, place

    node = upload(alice, here.rsplit("/", 1)[1], "Crue à Orléans.txt")
    assert bruno.http.get(f"/nodes/{node}/content").content == CONTENT
    found = bruno.http.get("/search", params={"q": "crue a orleans"}).text
    assert node in found

    channel = next(one for one in alice.get(f"{here}/channels")["items"] if one["name"] == "Général")
    listening, _, _ = bruno.listen()
    text = "Voir https://example.org/consignes et https://192.0.2.1/plan"  # a link is not fetched either
    said = alice.http.post(f"/channels/{channel['id']}/messages", json={"text": text})
    assert said.status_code == 201, said.text
    while said.json()["id"] not in listening.recv(timeout=10):
        pass
    listening.close()

    meeting = alice.http.post(f"{here}/meetings", json={"title": "Point de crue"}).json()
    assert alice.http.post(f"/meetings/{meeting['id']}/join", json={}).status_code == 200
    invited = alice.http.post(f"{here}/invitations", json={"email": "loin@example.org", "role": "reader"})
    assert invited.status_code == 201, invited.text


def upload(person: Person, workspace_id: str, name: str) -> str:
    words = {"filename": name, "workspace_id": workspace_id}
    packed = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(CONTENT)), "Upload-Metadata": packed}
    body = {"Content-Type": "application/offset+octet-stream"}
    made = person.http.post("/uploads/", headers={**headers, **body}, content=CONTENT)
    assert made.status_code == 201, made.text
    return made.headers["plano-node"]


@pytest.mark.timeout(300)
def test_r080_without_any_route_all_works_and_nothing_tries_to_go_out(nowhere: Network, server: Server) -> None:
    begun = nowhere.run(attempts)
    assert begun <= JANUS_LOOKS_AT_ITSELF
    nowhere.run(a_day, server)
    assert nowhere.run(attempts) == begun
    nowhere.run(knock)
    assert nowhere.run(attempts) > begun  # so an attempt would have been counted


def knock() -> None:
    with pytest.raises(OSError), socket.create_connection(("192.0.2.1", 80), timeout=2):
        pass
