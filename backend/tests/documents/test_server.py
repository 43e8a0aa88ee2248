"""What only a running server shows: a download that ends with its right, an upload that survives its connection."""

import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.documents.bytes import BODY
from tests.server import Person, Server

TUS = {"Tus-Resumable": "1.0.0"}


def workspace_with(alice: Person, bruno: Person) -> str:
    id: str = alice.http.post("/workspaces", json={"name": f"Essai {time.time_ns()}"}).json()["id"]
    added = alice.http.post(f"/workspaces/{id}/members", json={"user_id": bruno.id, "role": "member"})
    assert added.status_code == 201, added.text
    return id


def upload(person: Person, workspace_id: str, name: str, length: int) -> str:
    import base64

    words = {"filename": name, "workspace_id": workspace_id}
    packed = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())
    made = person.http.post("/uploads/", headers={**TUS, "Upload-Length": str(length), "Upload-Metadata": packed})
    assert made.status_code == 201, made.text
    return person.server.url + made.headers["location"]


def patch(person: Person, location: str, offset: int, content: Any, **headers: str) -> httpx.Response:
    sent = {**TUS, "Upload-Offset": str(offset), "Content-Type": BODY, **headers}
    return person.http.patch(location, content=content, headers=sent)


@pytest.mark.timeout(120)
def test_r007_a_running_download_ends_within_five_seconds(server: Server) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    workspace_id = workspace_with(alice, bruno)
    size = 120_000_000
    node = patch(alice, upload(alice, workspace_id, "gros.bin", size), 0, os.urandom(size)).headers["plano-node"]
    ended: dict[str, Any] = {}

    def read() -> None:
        try:
            with bruno.http.stream("GET", f"/nodes/{node}/content") as answer:
                for _ in answer.iter_raw(1 << 16):
                    ended["last"] = time.monotonic()
                    time.sleep(0.02)
        except httpx.HTTPError as error:
            ended["error"] = error

    reader = threading.Thread(target=read)
    reader.start()
    time.sleep(1)
    assert alice.http.delete(f"/workspaces/{workspace_id}/members/{bruno.id}").status_code == 204
    removed = time.monotonic()
    reader.join(60)
    assert "error" in ended
    assert ended["last"] - removed < 5 + 2  # and what the two sockets still held
    assert bruno.http.get(f"/nodes/{node}/content").status_code == 404


@pytest.mark.timeout(120)
def test_an_upload_is_taken_over_from_a_connection_that_hangs(server: Server) -> None:
    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    workspace_id = workspace_with(alice, bruno)
    location = upload(alice, workspace_id, "coupe.bin", 2_000_000)
    free = threading.Event()

    def hanging() -> Iterator[bytes]:
        yield b"a" * 700_000
        free.wait(30)
        yield b"z"

    def send() -> None:
        try:
            with httpx.Client(cookies=alice.http.cookies, headers=alice.http.headers, timeout=40) as other:
                sent = {**TUS, "Upload-Offset": "0", "Content-Type": BODY, "Content-Length": "2000000"}
                other.patch(location, content=hanging(), headers=sent)
        except Exception:  # however the client notices that its connection was ended
            return

    sender = threading.Thread(target=send)
    sender.start()
    time.sleep(1.5)
    try:
        offset = int(alice.http.head(location, headers=TUS).headers["upload-offset"])
        assert offset == 700_000
        done = patch(alice, location, offset, b"b" * (2_000_000 - offset))
        assert done.status_code == 204
    finally:
        free.set()
        sender.join(40)
    content = bruno.http.get(f"/nodes/{done.headers['plano-node']}/content").content
    assert content == b"a" * 700_000 + b"b" * 1_300_000


@pytest.mark.timeout(120)
def test_p10_memory_stays_flat_while_large_files_come_and_go(server: Server) -> None:
    import psutil

    alice, bruno = server.sign_in("alice"), server.sign_in("bruno")
    workspace_id = workspace_with(alice, bruno)
    family = psutil.Process(server.process.pid).children(recursive=True)
    web = next(p for p in family if "plano.cli.web" in " ".join(p.cmdline()))
    before = web.memory_info().rss
    size = 200_000_000
    block = os.urandom(1 << 20)

    def body() -> Iterator[bytes]:
        left = size
        while left:
            yield block[: min(left, len(block))]
            left -= min(left, len(block))

    sent = {"Content-Length": str(size)}
    node = patch(alice, upload(alice, workspace_id, "gros.bin", size), 0, body(), **sent).headers["plano-node"]
    with bruno.http.stream("GET", f"/nodes/{node}/content") as answer:
        assert sum(len(chunk) for chunk in answer.iter_raw(1 << 20)) == size
    assert web.memory_info().rss - before < 16_000_000
