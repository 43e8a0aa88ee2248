"""A running server neither grows nor waits while it holds hostile files (R-73, R-74)."""

import threading
import time
from typing import Any

import httpx
import psutil
import pytest

from tests.documents.hostile import hostile
from tests.server import Person, Server


class Vigil:
    """Asks a running server again and again, and watches the memory of its process: it serves, and does the jobs."""

    def __init__(self, server: Server) -> None:
        family = psutil.Process(server.process.pid).children(recursive=True)
        self._web = next(one for one in family if "plano.cli.web" in " ".join(one.cmdline()))
        self._url, self._over = server.url, threading.Event()
        self.slowest, self.grown, self.asked = 0.0, 0, 0

    def __enter__(self) -> "Vigil":
        self._before = self._web.memory_info().rss
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        with httpx.Client(base_url=self._url, timeout=30) as http:
            while not self._over.wait(0.05):
                begun = time.monotonic()
                assert http.get("/readyz").status_code == 200
                self.slowest = max(self.slowest, time.monotonic() - begun)
                self.asked += 1
                self.grown = max(self.grown, self._web.memory_info().rss - self._before)


@pytest.mark.timeout(180)
def test_r074_a_running_server_answers_and_does_not_grow_while_it_holds_them(server: Server) -> None:
    """Bombs are looked at for previews, words and unpacking, as XML of a drive, and as a compressed body."""
    alice = server.sign_in("alice")
    workspace = alice.http.post("/workspaces", json={"name": f"Hostile {time.time_ns()}"}).json()
    nodes: dict[str, Any] = {}
    with Vigil(server) as vigil:
        for name, content in hostile():
            body = {"kind": "document", "name": name, "parent_id": None}
            made = alice.http.post(f"/workspaces/{workspace['id']}/nodes", json=body).json()
            saved = alice.http.put(f"/nodes/{made['id']}/content", content=content)
            assert saved.status_code == 200, saved.text
            nodes[name] = saved.json()
        for name, kind in (("flood.png", "image"), ("trunc.png", "image"), ("bomb.docx", "pdf")):
            assert told(alice, nodes[name], kind)["state"] == "refused", name
        for name in ("slip.zip", "symlink.zip", "bomb.zip", "many.zip"):
            begun = time.monotonic()
            refused = alice.http.post(f"/nodes/{nodes[name]['id']}/unpack", json={})
            assert (refused.status_code, time.monotonic() - begun < 5) == (409, True), (name, refused.text)
        nested = alice.http.post(f"/nodes/{nodes['nested.zip']['id']}/unpack", json={})
        assert nested.status_code == 202, "bombs inside stay whole until it is their turn"
        drive_to(server, workspace["slug"])
        packed = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
        bomb = dict(hostile())["bomb.json.gz"]
        assert alice.http.post("/workspaces", content=bomb, headers=packed).status_code in (400, 415)
    assert vigil.grown < 100_000_000, vigil.grown
    assert vigil.slowest < 3, vigil.slowest
    assert vigil.asked > 20


def told(person: Person, node: Any, kind: str) -> Any:
    """What the server says of a preview, once it has tried."""
    deadline = time.monotonic() + 60
    while True:
        found = person.get(f"/nodes/{node['id']}/previews/{kind}")
        if found["state"] != "preparing":
            return found
        assert time.monotonic() < deadline, f"{node['name']} is being prepared still"
        time.sleep(0.1)


def drive_to(server: Server, slug: str) -> None:
    auth = ("alice", server.accounts["alice"]["app_password"])
    with httpx.Client(base_url=f"{server.url}/dav/files/{slug}", auth=auth, timeout=10) as http:
        for name, content in hostile():
            if name.endswith(".xml") and name != "style.xml":
                for method in ("PROPFIND", "PROPPATCH", "LOCK"):
                    begun = time.monotonic()
                    answer = http.request(method, "/empty.bin", content=content, headers={"Depth": "0"})
                    assert 400 <= answer.status_code < 500, (method, name, answer.status_code)
                    assert b"root:" not in answer.content
                    assert time.monotonic() - begun < 2
