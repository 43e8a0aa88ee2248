"""A workspace on a network drive, and one person of each role with an application password."""

import asyncio
import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from plano.accounts.models import ApplicationPassword, User
from plano.accounts.tokens import application_password_hash, new_application_password
from plano.dav import caller, face
from plano.platform import blobs
from plano.platform.blobs.files import FileStore
from plano.workspaces.models import Workspace
from tests.documents.bytes import Answer, as_in_a_thread
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace
from tests.fixtures import Api

D = "{DAV:}"
ROLES = ("manager", "member", "reader", "guest", "outsider")


async def _inline(function: Any, *args: Any, **kwargs: Any) -> Any:
    return as_in_a_thread(function, *args, **kwargs)


def password_of(user: User, **more: Any) -> str:
    """A new application password."""
    secret = new_application_password()
    ApplicationPassword.objects.create(user=user, name="essai", secret_hash=application_password_hash(secret), **more)
    return secret


class Drive:
    """One person's network drive, called as the server calls it, on the test's own thread and connection."""

    def __init__(self, user: User, workspace: Workspace, password: str | None = None) -> None:
        self.user, self.workspace = user, workspace
        self.api = Api(user)
        self.password = password or password_of(user)
        self.root = f"/dav/files/{workspace.slug}"

    def __call__(self, method: str, path: str = "", body: bytes | list[bytes] = b"", **headers: str) -> Answer:
        """`path` is below the workspace, unless it begins with `/dav`; names are encoded here."""
        whole = path if path.startswith("/dav") else f"{self.root}/{path}"
        return self.raw(method, quote(whole).encode(), body, **headers)

    def raw(self, method: str, path: bytes, body: bytes | list[bytes] = b"", **headers: str) -> Answer:
        chunks = body if isinstance(body, list) else [body]
        basic = base64.b64encode(f"{self.user.identifier}:{self.password}".encode()).decode()
        sent = {"host": "localhost", "authorization": f"Basic {basic}"}
        if not isinstance(body, list):
            sent["content-length"] = str(len(body))
        sent |= {name.replace("_", "-").lower(): value for name, value in headers.items()}
        scope = {
            "type": "http",
            "method": method,
            "path": "",
            "raw_path": path,
            "query_string": b"",
            "headers": [(name.encode(), value.encode("latin1")) for name, value in sent.items() if value],
            "client": ("127.0.0.1", 50000),
        }
        out: list[dict[str, Any]] = []
        waiting = list(chunks)

        async def receive() -> dict[str, Any]:
            if not waiting:
                return {"type": "http.disconnect"}
            piece = waiting.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

        async def send(message: Any) -> None:
            out.append(dict(message))

        with (
            mock.patch("asyncio.to_thread", _inline),
            mock.patch("plano.dav.caller.close_old_connections"),
            mock.patch("plano.documents.faces.download.close_old_connections"),
        ):
            asyncio.run(face.app(scope, receive, send))
        return Answer(out or [{"status": 0, "headers": []}])

    def find(self, path: str = "", depth: str = "1", body: bytes = b"") -> dict[str, dict[str, str]]:
        """Addresses with their properties, as text."""
        answer = self("PROPFIND", path, body, Depth=depth)
        assert answer.status_code == 207, answer.content
        found = {}
        for response in ElementTree.fromstring(answer.content):
            props = response.find(f"{D}propstat/{D}prop")
            assert props is not None
            found[response.findtext(f"{D}href") or ""] = {
                prop.tag: ElementTree.tostring(prop, encoding="unicode", method="text") for prop in props
            }
        return found

    def names(self, path: str = "") -> list[str]:
        """What a folder shows."""
        whole = quote(path if path.startswith("/dav") else f"{self.root}/{path}").rstrip("/")
        listed = [props[f"{D}displayname"] for href, props in self.find(path).items() if href.rstrip("/") != whole]
        return sorted(listed)

    def put(self, path: str, body: bytes = b"Bonjour\n", status: int = 201, **headers: str) -> Answer:
        answer = self("PUT", path, body, **headers)
        assert answer.status_code == status, (answer.status_code, answer.content)
        return answer

    def lock(self, path: str, *, status: int = 200, scope: str = "exclusive", **headers: str) -> str:
        body = (
            f'<lockinfo xmlns="DAV:"><lockscope><{scope}/></lockscope><locktype><write/></locktype>'
            "<owner><href>poste de travail</href></owner></lockinfo>"
        ).encode()
        answer = self("LOCK", path, body, **headers)
        assert answer.status_code == status, (answer.status_code, answer.content)
        return answer.headers.get("lock-token", "")

    def nodes(self, parent_id: Any = None) -> Any:
        query = f"?parent_id={parent_id}" if parent_id else ""
        return self.api.get(f"/workspaces/{self.workspace.id}/nodes{query}").data["items"]

    def to(self, path: str) -> str:
        """A `Destination`."""
        return "http://localhost" + quote(f"{self.root}/{path}")


@dataclass
class Office:
    """The people around one workspace."""

    workspace: Workspace
    manager: Drive
    member: Drive
    reader: Drive
    guest: Drive
    outsider: Drive


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path) -> Iterator[blobs.Store]:
    """A folder of its own for each test."""
    store = FileStore(tmp_path / "files")
    blobs.use(store)
    caller.forget_all()
    yield store
    blobs.use(None)


@pytest.fixture
def office(db: None) -> Office:
    users = {role: make_user(name=role.capitalize()) for role in ROLES}
    workspace = make_workspace(
        manager=users["manager"], members=[users["member"]], readers=[users["reader"]], guests=[users["guest"]]
    )
    return Office(workspace, **{role: Drive(user, workspace) for role, user in users.items()})
