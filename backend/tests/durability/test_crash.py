"""R-130, R-132: acknowledged means committed and flushed. `kill -9` at random moments under load, then the ledgers of
messages and uploads are compared, each document is asked what became of it, and `plano check --files` reads all bytes.

Three rounds here; `bench/crash.py` runs twenty. Bytes that a crash left without a row are no disagreement: the server
removes them at night, a day later.
"""

import hashlib
import os
import random
import signal
import subprocess
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from plano.kernel.ids import uuid7
from tests.durability.ledger import Ledger, Verdict
from tests.durability.library import Findings, Library
from tests.server import PLANO, Person, Server, start
from tests.waiting import becomes

SHORT_ROUNDS = 3
WRITERS = 3
UPLOADERS = 1
LIBRARIANS = 3
PATIENCE = 0.1  # after a refusal or no answer


class Load:
    """Writers that send, and send again with the same key what got no answer."""

    def __init__(self, person: Person, folder: Path, chance: random.Random) -> None:
        self.person = person
        self.library = Library(person, self._client, chance)
        workspace = person.workspace("plan-de-continuite")
        self.workspace_id: str = workspace["id"]
        self.channel_id: str = person.get(f"/workspaces/{workspace['id']}/channels")["items"][0]["id"]
        self.messages = Ledger(folder / "messages.jsonl")
        self.uploads = Ledger(folder / "uploads.jsonl")
        self.before = set(self.message_ids())
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(self) -> None:
        self._stop.clear()
        jobs = [self._write] * WRITERS + [self._upload] * UPLOADERS + [self._tidy] * LIBRARIANS
        self._threads = [threading.Thread(target=job) for job in jobs]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def retry(self) -> None:
        """Everything that was sent and not answered, once more with the same key."""
        self.library.check()
        self.library.finish()
        with self._client() as http:
            for id in self.messages.unanswered():
                self._post(http, id)
            for id in self.uploads.unanswered():
                self._put(http, id)

    def message_ids(self) -> list[str]:
        found: list[str] = []
        cursor = ""
        while True:
            page = self.person.get(f"/channels/{self.channel_id}/messages{cursor}")
            found += [item["id"] for item in page["items"]]
            if not page["next"]:
                return found
            cursor = f"?before={page['next']}"

    def documents(self) -> dict[str, list[dict[str, Any]]]:
        """The uploaded documents by name."""
        found: dict[str, list[dict[str, Any]]] = {}
        cursor = ""
        while True:
            page = self.person.get(f"/workspaces/{self.workspace_id}/nodes{cursor}")
            for item in page["items"]:
                if item["name"].startswith("crash-"):
                    found.setdefault(item["name"][6:-4], []).append(item)
            if not page["next"]:
                return found
            cursor = f"?cursor={page['next']}"

    def _client(self) -> httpx.Client:
        client = httpx.Client(base_url=self.person.http.base_url, cookies=self.person.http.cookies, timeout=10)
        client.headers.update(self.person.http.headers)
        return client

    def _tidy(self) -> None:
        self.library.work(self._stop)

    def _write(self) -> None:
        with self._client() as http:
            while not self._stop.is_set():
                id = str(uuid7())
                self.messages.send(id)
                if not self._post(http, id):
                    self._stop.wait(PATIENCE)

    def _post(self, http: httpx.Client, id: str) -> bool:
        with suppress(httpx.HTTPError):
            path = f"/channels/{self.channel_id}/messages"
            answer = http.post(path, json={"text": f"message {id}"}, headers={"Idempotency-Key": id})
            if answer.status_code in (200, 201):
                assert answer.json()["id"] == id
                self.messages.ack(id)
                return True
        return False

    def _upload(self) -> None:
        with self._client() as http:
            while not self._stop.is_set():
                id = str(uuid7())
                self.uploads.send(id)
                if not self._put(http, id):
                    self._stop.wait(PATIENCE)

    def _put(self, http: httpx.Client, id: str) -> bool:
        """Create the document, then its bytes; both are safe to send again."""
        content = content_of(id)
        with suppress(httpx.HTTPError):
            body = {"kind": "document", "name": f"crash-{id}.bin", "parent_id": None}
            path = f"/workspaces/{self.workspace_id}/nodes"
            made = http.post(path, json=body, headers={"Idempotency-Key": id})
            if made.status_code not in (200, 201):
                return False
            answer = http.put(f"/nodes/{made.json()['id']}/content", content=content)
            if answer.status_code in (200, 201, 204):
                self.uploads.ack(id, made.json()["id"])
                return True
        return False


def content_of(id: str) -> bytes:
    """Bytes that follow from the id: 1 to 200 kB."""
    size = 1_000 + int(id[-4:], 16) * 3
    return (hashlib.sha256(id.encode()).digest() * (size // 32 + 1))[:size]


def crash(server: Server, chance: random.Random) -> Server:
    """Kill something without warning: all of it, PostgreSQL, or the process that serves. Back when ready again."""
    whole = psutil.Process(server.process.pid)
    children = whole.children(recursive=True)
    database = int((server.data / "postgres").glob("**/postmaster.pid").__next__().read_text().split()[0])
    victim = chance.choice(("everything", "database", "server"))
    if victim == "database":
        _kill(psutil.Process(database))
    elif victim == "server":
        for child in children:
            with suppress(psutil.NoSuchProcess):
                if "plano.cli.web" in " ".join(child.cmdline()):
                    _kill(child)
    else:
        for process in [whole, *children]:
            _kill(process)
        with suppress(psutil.NoSuchProcess):
            _kill(psutil.Process(database))
        server.process.wait(10)
        return start(server.data, port=server.port)
    wait_until_ready(server)
    return server


def wait_until_ready(server: Server, seconds: float = 60) -> None:
    time.sleep(0.3)
    assert becomes(server.is_ready, server.process, seconds=seconds, every=0.2), "the server did not come back"


def _kill(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(signal.SIGKILL)


class Check:
    """`plano check --files` beside the running server: what it finds wrong."""

    def __init__(self, data: Path) -> None:
        given = {name: value for name, value in os.environ.items() if not name.startswith(("PLANO_", "DJANGO_"))}
        command = [PLANO, "check", "--files"]
        self._child = subprocess.Popen(command, env=given | {"PLANO_DATA": str(data)}, stdout=subprocess.PIPE)

    def lines(self) -> list[str]:
        """Waits for its end."""
        out, _ = self._child.communicate(timeout=120)
        found = [line for line in out.decode().splitlines() if " file " in line]
        assert found, out.decode()
        return [line for line in found if not line.startswith(("OK", "note"))]


@dataclass(frozen=True)
class Report:
    """After all rounds."""

    messages: Verdict
    documents: Verdict
    library: Findings
    wrong_bytes: list[str]

    @property
    def clean(self) -> bool:
        return self.messages.clean and self.documents.clean and self.library.clean and not self.wrong_bytes


def run(folder: Path, *, rounds: int, seed: int) -> Report:
    """`rounds` crashes under load. After each, what was answered is compared, and every file is read while the load
    of the next round begins."""
    chance = random.Random(seed)
    server = start(folder / "data")
    ending = ExitStack()
    disagreements: list[str] = []
    try:
        load = Load(server.sign_in("alice"), folder, chance)
        ending.callback(load.end)
        check: Check | None = None
        for _ in range(rounds):
            load.begin()
            time.sleep(chance.uniform(0.8, 2.5))
            if check is not None:
                disagreements += check.lines()
            server = crash(server, chance)
            time.sleep(0.5)
            load.end()
            load.retry()
            check = Check(server.data)
        disagreements += check.lines() if check is not None else []
        messages = load.messages.compare(id for id in load.message_ids() if id not in load.before)
        found = load.documents()
        documents = load.uploads.compare(id for id, nodes in found.items() for _ in nodes)
        wrong = [
            id for id, node in load.uploads.acknowledged.items() if not _has_bytes(load.person, node, content_of(id))
        ]
        library = load.library.findings()
        library.disagreements += disagreements
        return Report(messages, documents, library, wrong)
    finally:
        ending.close()
        server.stop()


def _has_bytes(person: Person, node_id: str, content: bytes) -> bool:
    answer = person.http.get(f"/nodes/{node_id}/content")
    return answer.status_code == 200 and answer.content == content


@pytest.mark.timeout(300)
def test_r130_r132_kill_nine_loses_and_doubles_nothing(tmp_path: Path) -> None:
    report = run(tmp_path, rounds=SHORT_ROUNDS, seed=random.randrange(10**6))
    assert report.messages.acknowledged > 20
    assert report.documents.acknowledged > 5
    assert report.library.lives > 5
    assert report.library.steps["move"] > 0
    assert report.messages.clean, report.messages
    assert report.documents.clean, report.documents
    assert report.library.clean, report.library
    assert report.wrong_bytes == []
