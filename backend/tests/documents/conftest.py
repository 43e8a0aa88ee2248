"""A workspace with a library, and one person of each role."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from plano.accounts.models import User
from plano.dav import caller
from plano.documents import limits
from plano.platform import blobs, scanner
from plano.platform.blobs.files import FileStore
from plano.platform.scanner.memory import MemoryScanner
from plano.workspaces.models import Workspace
from tests.antivirus import SIGNATURES
from tests.documents.bytes import Bytes
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace
from tests.fixtures import Api


@dataclass
class Seat:
    """One person: the JSON API, the bytes, and shorthands."""

    user: User
    api: Api
    bytes: Bytes
    workspace: Workspace

    def nodes(self, parent_id: Any = None) -> list[dict[str, Any]]:
        query = f"?parent_id={parent_id}" if parent_id else ""
        answer = self.api.get(f"/workspaces/{self.workspace.id}/nodes{query}")
        assert answer.status_code == 200, answer.data
        found: list[dict[str, Any]] = answer.data["items"]
        return found

    def create(self, name: str, *, kind: str = "folder", parent: Any = None, status: int = 201, **more: Any) -> Any:
        body = {"kind": kind, "name": name, "parent_id": parent, **more}
        answer = self.api.post(f"/workspaces/{self.workspace.id}/nodes", body)
        assert answer.status_code == status, answer.data
        return answer.data

    def document(self, name: str, content: bytes = b"Bonjour\n", *, parent: Any = None) -> Any:
        node = self.create(name, kind="document", parent=parent)
        answer = self.bytes.put(f"/nodes/{node['id']}/content", content)
        assert answer.status_code == 200, answer.content
        return answer.data


@dataclass
class Office:
    workspace: Workspace
    manager: Seat
    member: Seat
    reader: Seat
    guest: Seat
    outsider: Seat


def seat(user: User, workspace: Workspace) -> Seat:
    api = Api(user)
    return Seat(user, api, Bytes(api), workspace)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path) -> Iterator[blobs.Store]:
    """A folder of its own for each test, so that what is left over is this test's."""
    store = FileStore(tmp_path / "files")
    blobs.use(store)
    yield store
    blobs.use(None)


@pytest.fixture
def memory() -> Iterator[MemoryScanner]:
    """An antivirus without a daemon."""
    engine = MemoryScanner(SIGNATURES)
    scanner.use(engine)
    yield engine
    scanner.use(None)


@pytest.fixture
def fresh_limits() -> Iterator[None]:
    """No request of another test counts."""
    limits.forget()
    caller.forget_all()
    yield
    limits.forget()


@pytest.fixture
def office(db: None) -> Office:
    users = {role: make_user(name=role.capitalize()) for role in ("manager", "member", "reader", "guest", "outsider")}
    workspace = make_workspace(
        manager=users["manager"], members=[users["member"]], readers=[users["reader"]], guests=[users["guest"]]
    )
    return Office(workspace, **{role: seat(user, workspace) for role, user in users.items()})
