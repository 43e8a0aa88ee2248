"""What only a running server shows: bytes that stop with the right, memory that stays flat, two faces on one file."""

import json
import os
import threading
import time
from typing import Any

import httpx
import psutil
import pytest

from tests.server import Person, Server

pytestmark = pytest.mark.timeout(180)


def drive(server: Server, login: str) -> httpx.Client:
    auth = (login, server.accounts[login]["app_password"])
    return httpx.Client(base_url=f"{server.url}/dav/files", auth=auth, timeout=60)


def workspace_with(alice: Person, bruno: Person) -> Any:
    made = alice.http.post("/workspaces", json={"name": f"Lecteur {time.time_ns()}"}).json()
    added = alice.http.post(f"/workspaces/{made['id']}/members", json={"user_id": bruno.id, "role": "member"})
    assert added.status_code == 201, added.text
    return made


def test_r007_a_running_download_and_upload_end_with_the_right(server: Server) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    workspace = workspace_with(alice, bruno)
    path = f"/{workspace['slug']}/gros.bin"
    with drive(server, "alice") as there:
        assert there.put(path, content=os.urandom(90_000_000)).status_code == 201
    ended: dict[str, Any] = {}
    stop = threading.Event()

    def read() -> None:
        try:
            with drive(server, "bruno") as there, there.stream("GET", path) as answer:
                for _ in answer.iter_raw(1 << 16):
                    ended["read"] = time.monotonic()
                    time.sleep(0.02)
        except httpx.HTTPError as error:
            ended["cut"] = error

    def slowly() -> Any:
        while not stop.is_set():
            yield b"x" * 100_000
            time.sleep(0.2)

    def write() -> None:
        try:
            with drive(server, "bruno") as there:
                ended["status"] = there.put(f"/{workspace['slug']}/lent.bin", content=slowly()).status_code
        except httpx.HTTPError as error:
            ended["status"] = type(error).__name__
        ended["written"] = time.monotonic()

    threads = [threading.Thread(target=read), threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    assert alice.http.delete(f"/workspaces/{workspace['id']}/members/{bruno.id}").status_code == 204
    removed = time.monotonic()
    threads[1].join(20)
    stop.set()
    assert list((server.data / "files" / "parts").iterdir()) == []
    for thread in threads:
        thread.join(60)
    assert "cut" in ended
    assert ended["read"] - removed < 5 + 2  # and what the two sockets still held
    assert ended["written"] - removed < 5 + 3
    assert ended["status"] in (404, "WriteError", "RemoteProtocolError", "ReadError")
    with drive(server, "bruno") as there:
        assert there.get(path).status_code == 404
    with drive(server, "alice") as there:
        assert there.get(f"/{workspace['slug']}/lent.bin").status_code == 404


def test_p10_memory_stays_flat_while_large_files_come_and_go(server: Server) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    workspace = workspace_with(alice, bruno)
    family = psutil.Process(server.process.pid).children(recursive=True)
    web = next(p for p in family if "plano.cli.web" in " ".join(p.cmdline()))
    before = web.memory_info().rss
    block, count = os.urandom(1 << 20), 150

    def body() -> Any:
        for _ in range(count):
            yield block

    with drive(server, "alice") as there:
        path = f"/{workspace['slug']}/gros.bin"
        assert there.put(path, content=body()).status_code == 201
        with there.stream("GET", path) as answer:
            assert sum(len(chunk) for chunk in answer.iter_raw(1 << 20)) == count << 20
    assert web.memory_info().rss - before < 24_000_000


def test_the_browser_and_a_drive_edit_one_file_and_neither_is_lost(server: Server) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    workspace = workspace_with(alice, bruno)
    socket, _, _ = alice.listen({workspace["id"]: 0})
    with drive(server, "bruno") as there:
        path = f"/{workspace['slug']}/note.md"
        first = there.put(path, content=b"un")
        [node] = alice.get(f"/workspaces/{workspace['id']}/nodes")["items"]
        content = f"/nodes/{node['id']}/content"
        saved = alice.http.put(content, content=b"deux", headers={"If-Match": f'"{node["sha256"]}"'})
        assert saved.status_code == 200, saved.text
        lost = there.put(path, content=b"trois", headers={"If-Match": first.headers["etag"]})
        assert lost.status_code == 412
        stale = alice.http.put(content, content=b"quatre", headers={"If-Match": f'"{node["sha256"]}"'})
        assert stale.status_code == 412
        assert alice.http.post(f"/nodes/{node['id']}/lock", json={"reason": "Je relis"}).status_code == 200
        assert there.put(path, content=b"cinq").status_code == 423
        assert there.get(path).content == b"deux"
        seen = []
        while not seen or seen[-1]["data"].get("lock") is None:  # all of it came live
            message = json.loads(socket.recv(timeout=10))
            # the demonstration's documents get their thumbnails meanwhile
            if message.get("kind") == "documents.node" and message["data"]["id"] == node["id"]:
                seen.append(message)
        assert [frame["data"]["content_version"] for frame in seen] == [1, 2, 2]
    socket.close()
