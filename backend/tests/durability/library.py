"""What was done to documents and answered, against what is found: versions, copies, moves, deletions, purges.

Each document lives a short life, step after step; a step that got no answer is sent again, and none is sent after its
answer. So what the last answer said must hold, whatever was killed.
"""

import hashlib
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from plano.kernel.ids import uuid7
from tests.server import Person

STEPS = ("create", "write", "rewrite", "copy", "move", "cross", "come back", "delete", "restore", "delete", "purge")
GONE = ("delete", "purge")
PATIENCE = 0.3  # before the same step again
RECOVERY = 30  # seconds after which a server that has come back must answer


@dataclass
class Life:
    """One document. `steps` are those that it will go through, `done` how many were answered."""

    id: str
    steps: tuple[str, ...]
    done: int = 0
    copy_id: str = field(default_factory=lambda: str(uuid7()))

    @property
    def name(self) -> str:
        return f"life-{self.id}.bin"

    @property
    def is_over(self) -> bool:
        return self.done == len(self.steps)

    def has(self, step: str) -> bool:
        return step in self.steps[: self.done]

    def content(self, number: int) -> bytes:
        seed = hashlib.sha256(f"{self.id} {number}".encode()).digest()
        return seed * (40 + seed[0] * 8 + number)


@dataclass
class Findings:
    """What is wrong; the lists are empty when nothing is."""

    lives: int = 0
    steps: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)
    busy: dict[str, int] = field(default_factory=dict)
    """Refusals of the moment that were met while looking; not wrong."""

    @property
    def clean(self) -> bool:
        return not (self.wrong or self.doubled or self.disagreements)


class Library:
    """People who work on documents in two workspaces, and what they were told."""

    def __init__(self, person: Person, open_client: Callable[[], httpx.Client], chance: random.Random) -> None:
        self.person, self._open, self._chance = person, open_client, chance
        self.here: str = self._workspace("Ici")
        self.there: str = self._workspace("Ailleurs")
        self.folder: str = self._folder(self.here)
        self.lives: list[Life] = []
        self.steps: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.busy: Counter[str] = Counter()
        self._checked: set[str] = set()
        self._lock = threading.Lock()

    def work(self, stop: threading.Event) -> None:
        """One pair of hands."""
        with self._open() as http:
            while not stop.is_set():
                with self._lock:
                    life = Life(str(uuid7()), STEPS[: self._chance.randint(3, len(STEPS))])
                    self.lives.append(life)
                while not life.is_over and not stop.is_set():
                    if not self._next(http, life):
                        stop.wait(PATIENCE)

    def check(self) -> None:
        """Those whose last step was answered: before anything is sent again."""
        for life in self.lives:
            if life.is_over and life.id not in self._checked:
                self._checked.add(life.id)
                self.wrong += [f"{life.steps[-1]} {life.id}: {found}" for found in self._amiss(life)]

    def finish(self) -> None:
        """What got no answer, once more."""
        with self._open() as http:
            for life in self.lives:
                while not life.is_over and self._next(http, life):
                    pass
        self.check()

    def findings(self) -> Findings:
        """What lies in both workspaces and their bins, counted."""
        named = Counter(self._names())
        doubled = [name for name, count in named.items() if count > 1]
        expected = {life.name for life in self.lives if life.is_over and not life.has("purge")}
        begun = {life.name for life in self.lives if not life.has("purge")}
        lost = expected - named.keys()
        phantom = {name for name in named if name.startswith("life-") and "(" not in name} - begun
        stuck = [f"{life.steps[life.done]} {life.id}: never answered" for life in self.lives if not life.is_over]
        wrong = [*self.wrong, *stuck, *(f"lost {name}" for name in lost), *(f"phantom {name}" for name in phantom)]
        return Findings(len(self.lives), dict(self.steps), wrong, doubled, busy=dict(self.busy))

    # --- Steps ---------------------------------------------------------------------------------------------

    def _next(self, http: httpx.Client, life: Life) -> bool:
        step = life.steps[life.done]
        with suppress(httpx.HTTPError):
            if self._take(http, life, step):
                life.done += 1
                with self._lock:
                    self.steps[step] += 1
                return True
        return False

    def _take(self, http: httpx.Client, life: Life, step: str) -> bool:
        node = f"/nodes/{life.id}"
        if step == "create":
            body = {"kind": "document", "name": life.name, "parent_id": None}
            key = {"Idempotency-Key": life.id}
            return http.post(f"/workspaces/{self.here}/nodes", json=body, headers=key).status_code in (200, 201)
        if step in ("write", "rewrite"):
            content = life.content(1 if step == "write" else 2)
            return http.put(f"{node}/content", content=content).status_code == 200
        if step == "copy":
            return http.post(f"{node}/copy", json={"id": life.copy_id}).status_code == 201
        if step in ("move", "cross", "come back"):
            place = {"parent_id": self.folder} if step == "move" else {"parent_id": None, "workspace_id": self.there}
            if step == "come back":
                place = {"parent_id": self.folder, "workspace_id": self.here}
            return http.patch(node, json=place).status_code == 200
        if step == "restore":
            return http.post(f"{node}/restore", json={}).status_code == 200 or http.get(node).status_code == 200
        return http.delete(node if step == "delete" else f"{node}/bin").status_code in (200, 204, 404)

    # --- What is found -------------------------------------------------------------------------------------

    def _amiss(self, life: Life) -> list[str]:
        found: list[str] = []
        last = life.steps[-1]
        if last not in GONE:
            found += self._living(life)
        else:
            if self._get(f"/nodes/{life.id}").status_code != 404:
                found.append("still there")
            back = self._get(f"/nodes/{life.id}/content")
            if back.status_code != 404:
                found.append("its bytes are still given out")
        if life.has("copy"):
            number = 2 if life.has("rewrite") else 1
            found += self._other(f"/nodes/{life.copy_id}/content", life.content(number), "the copy")
        return found

    def _living(self, life: Life) -> list[str]:
        node = self._get(f"/nodes/{life.id}")
        if node.status_code != 200:
            return [f"lost ({node.status_code})"]
        found: list[str] = []
        place = (node.json()["workspace_id"], node.json()["parent_id"])
        if place != self._place(life):
            found.append(f"lies in {place}")
        written = [1, 2] if life.has("rewrite") else [1] if life.has("write") else []
        versions = self._get(f"/nodes/{life.id}/versions").json()["items"] if written else []
        wanted = [hashlib.sha256(life.content(number)).hexdigest() for number in written]
        if sorted(version["sha256"] for version in versions) != sorted(wanted):
            found.append(f"{len(versions)} versions of {len(wanted)}")
        for number in written:
            path = f"/nodes/{life.id}/versions/{number}/content"
            found += self._other(path, life.content(number), f"version {number}")
        return found

    def _other(self, path: str, content: bytes, what: str) -> list[str]:
        answer = self._get(path)
        if (answer.status_code, answer.content) == (200, content):
            return []
        return [f"{what} has other bytes ({answer.status_code}, {len(answer.content)} of {len(content)})"]

    def _place(self, life: Life) -> tuple[str, str | None]:
        if life.has("come back"):
            return self.here, self.folder
        if life.has("cross"):
            return self.there, None
        return self.here, self.folder if life.has("move") else None

    def _names(self) -> list[str]:
        found: list[str] = []
        for workspace, parent in ((self.here, None), (self.here, self.folder), (self.there, None)):
            query = f"&parent_id={parent}" if parent else ""
            found += [item["name"] for item in self._all(f"/workspaces/{workspace}/nodes?limit=200{query}")]
        for workspace in (self.here, self.there):
            binned = self._all(f"/workspaces/{workspace}/bin?limit=200")
            found += [item.get("node", item)["name"] for item in binned]
        return found

    def _all(self, path: str) -> list[Any]:
        items: list[Any] = []
        page = self.person.get(path)
        while True:
            items += page["items"]
            if not page["next"]:
                return items
            page = self.person.get(f"{path}&cursor={page['next']}")

    def _get(self, path: str) -> httpx.Response:
        """What is told by a server that has come back. A refusal of the moment (429, 503) is no loss: asked again."""
        deadline = time.monotonic() + RECOVERY
        while True:
            answer = self.person.http.get(path)
            if answer.status_code not in (429, 503) or time.monotonic() > deadline:
                return answer
            self.busy[f"{answer.status_code} {answer.json()['code']}"] += 1
            time.sleep(PATIENCE)

    def _workspace(self, name: str) -> str:
        return str(self.person.http.post("/workspaces", json={"name": f"{name} {uuid7()}"}).json()["id"])

    def _folder(self, workspace: str) -> str:
        body = {"kind": "folder", "name": "Rangement", "parent_id": None}
        return str(self.person.http.post(f"/workspaces/{workspace}/nodes", json=body).json()["id"])
