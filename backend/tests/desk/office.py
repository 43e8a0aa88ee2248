"""A workspace with a person of each role, and things in it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from plano.kernel.clock import now
from plano.workspaces.models import Workspace
from tests.architecture.matrix import World
from tests.fixtures import Api


@dataclass
class Office:
    """Everything is made through the HTTP API, by the manager unless said otherwise."""

    world: World

    @property
    def workspace(self) -> Workspace:
        return self.world.workspace

    @property
    def path(self) -> str:
        return f"/workspaces/{self.workspace.id}"

    def api(self, role: str) -> Api:
        return Api(self.world.people[role])

    def id(self, role: str) -> UUID:
        return self.world.person(role).id

    def make(self, path: str, body: dict[str, Any], by: str = "manager") -> UUID:
        answer = self.api(by).post(path, body)
        assert answer.status_code in (200, 201), answer.data
        return UUID(answer.data["id"])

    def task(self, title: str, **fields: Any) -> UUID:
        return self.make(f"{self.path}/tasks", {"title": title, **fields})

    def event(self, title: str, **fields: Any) -> UUID:
        begin = now() + timedelta(minutes=1)
        times = {"start": begin.isoformat(), "end": (begin + timedelta(minutes=30)).isoformat()}
        return self.make(f"{self.path}/events", {"title": title, **times, **fields})

    def folder(self, name: str, **fields: Any) -> UUID:
        return self.make(f"{self.path}/nodes", {"kind": "folder", "name": name, **fields})

    def document(self, name: str, by: str = "manager", **fields: Any) -> UUID:
        return self.make(f"{self.path}/nodes", {"kind": "document", "name": name, **fields}, by)

    def channel(self, name: str, **fields: Any) -> UUID:
        return self.make(f"{self.path}/channels", {"name": name, **fields})

    def say(self, channel_id: UUID, text: str, by: str = "manager", **fields: Any) -> UUID:
        return self.make(f"/channels/{channel_id}/messages", {"text": text, **fields}, by)

    def meeting(self, title: str, **fields: Any) -> UUID:
        return self.make(f"{self.path}/meetings", {"title": title, **fields})

    def home(self, role: str) -> Any:
        answer = self.api(role).get(f"{self.path}/home")
        assert answer.status_code == 200, answer.data
        return answer.data

    def desk(self, role: str) -> Any:
        answer = self.api(role).get("/desk")
        assert answer.status_code == 200, answer.data
        return answer.data

    def rooms(self, *names: str) -> None:
        """Switch off all rooms but these."""
        assert self.api("manager").patch(self.path, {"rooms": names}).status_code == 200
