"""What is tried with hostile files: the files of `bench/probes/hostile_files.py`, every way in and every way out."""

import importlib.util
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from plano.documents import limits
from plano.documents.actions import unpack as unpacking
from plano.documents.models import Node
from tests.dav.conftest import Drive
from tests.documents.conftest import Office, Seat
from tests.documents.test_shares import Visitor, deposit, share, visitor

PROBES = Path(__file__).resolve().parents[3] / "bench" / "probes"
# What a browser could run if it took it for a page or a script.
ACTIVE = ("html", "xml", "svg", "javascript", "ecmascript", "rfc822", "xsl", "multipart", "flash", "java")
# What `?inline=1` may show, as what; everything else is saved.
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain; charset=utf-8")


@cache
def probe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile_files", PROBES / "hostile_files.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(False)
    return module


def hostile() -> list[tuple[str, bytes]]:
    """Names and contents; those that no browser could mistake are tried by their own tests."""
    return [(name, content) for name, content, _, _ in probe().F]


def names() -> list[str]:
    found = list(probe().NAMES)
    assert len(found) >= 20
    return found


def drive(seat: Seat) -> Drive:
    return Drive(seat.user, seat.workspace)


def allow_links(office: Office) -> None:
    assert office.manager.api.put(f"/workspaces/{office.workspace.id}/sharing", {"links": True}).status_code == 200


def by_name(office: Office, parent: Any) -> dict[str, Any]:
    return {node["name"]: node for node in office.reader.nodes(parent)}


def whole(office: Office, folder: Any) -> Any:
    return office.reader.bytes.get(f"/nodes/{folder['id']}/archive")


# --- Ways in -----------------------------------------------------------------------------------------------

Files = list[tuple[str, bytes]]


def by_put(office: Office, folder: Any, files: Files) -> None:
    for name, content in files:
        office.member.document(name, content, parent=folder["id"])


def by_tus(office: Office, folder: Any, files: Files) -> None:
    for name, content in files:
        meta = {"workspace_id": office.workspace.id, "parent_id": folder["id"], "filename": name}
        begun = office.member.bytes.start(len(content), **meta)
        half = len(content) // 2
        for start, end in ((0, half), (half, len(content))):
            if end > start:
                answer = office.member.bytes.patch(begun.headers["location"], start, content[start:end])
                assert answer.status_code == 204, answer.content


def in_one_request(office: Office, folder: Any, files: Files) -> None:
    for name, content in files:
        meta = {"workspace_id": office.workspace.id, "parent_id": folder["id"], "filename": name}
        assert office.member.bytes.start(len(content), content, **meta).status_code == 201


def by_drive(office: Office, folder: Any, files: Files) -> None:
    there = drive(office.member)
    for name, content in files:
        there.put(f"{folder['name']}/{name}", content, Content_Type="text/html")


def by_drop_box(office: Office, folder: Any, files: Files) -> None:
    allow_links(office)
    outsider = visitor(share(office.member, folder, mode="drop"))
    for name, content in files:
        limits.forget()
        assert deposit(outsider, name, content).status_code in (201, 204)


def as_new_version(office: Office, folder: Any, files: Files) -> None:
    for name, content in files:
        node = office.member.document(name, b"d'abord un texte", parent=folder["id"])
        assert office.member.bytes.put(f"/nodes/{node['id']}/content", content).status_code == 200


def by_restoring(office: Office, folder: Any, files: Files) -> None:
    for name, content in files:
        node = office.member.document(name, content or b"x", parent=folder["id"])
        office.member.bytes.put(f"/nodes/{node['id']}/content", b"plus tard un texte")
        assert office.member.api.post(f"/nodes/{node['id']}/versions/1/restore").status_code == 200


def unpacked(office: Office, folder: Any, files: Files) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    node = office.member.document(f"{folder['name']}.zip", held.getvalue())
    office.member.api.patch(f"/nodes/{folder['id']}", {"name": "Ancien"})
    begun = office.member.api.post(f"/nodes/{node['id']}/unpack", {})
    assert begun.status_code == 202, begun.data
    unpacking.unpack(begun.data["id"])
    folder["id"] = str(Node.objects.get(name=folder["name"]).id)


# --- Ways out ----------------------------------------------------------------------------------------------


def harmless(answer: Any, name: str) -> None:
    """Whatever the browser does with this answer, nothing of it acts as us."""
    media = answer.headers["content-type"]
    assert not any(word in media for word in ACTIVE), (name, media)
    assert answer.headers["x-content-type-options"] == "nosniff", name
    assert answer.headers["cross-origin-resource-policy"] == "same-origin", name
    assert answer.headers["cache-control"] == "no-store", name
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'"), name
    assert "allow-scripts" not in policy, name
    assert "set-cookie" not in answer.headers, name
    disposition = answer.headers.get("content-disposition", "attachment")
    assert disposition.startswith("attachment") or media in SHOWN, (name, media, disposition)


@dataclass
class Addresses:
    """Every address that gives bytes of one document."""

    office: Office
    guest: Visitor
    drive: Drive

    def of(self, folder: Any, node: Any) -> Iterator[Any]:
        get, id = self.office.reader.bytes.request, node["id"]
        for path in (f"/nodes/{id}/content", f"/nodes/{id}/versions/1/content"):
            for query in ("", "?inline=1", "?inline=1&type=text/html", "?download=0"):
                yield get("GET", path + query)
        yield get("GET", f"/nodes/{id}/content?inline=1", Accept="text/html")
        yield get("GET", f"/nodes/{id}/content?inline=1", Range="bytes=0-40")
        yield get("GET", f"/nodes/{id}/content", Range="bytes=-7")
        yield get("HEAD", f"/nodes/{id}/content?inline=1")
        yield get("GET", f"/nodes/{id}/content", Range=f"bytes={node['size'] + 9}-")
        yield get("GET", f"/nodes/{id}/content", **{"If-None-Match": f'"{node["sha256"]}"'})
        for kind in ("thumbnail", "image", "pdf"):
            yield get("GET", f"/nodes/{id}/previews/{kind}/content?inline=1")
        for query in ("", "?inline=1"):
            yield self.guest.bytes.get(f"/s/{self.guest.token}/content/{id}{query}")
        yield self.guest.bytes.request("HEAD", f"/s/{self.guest.token}/content/{id}?inline=1")
        for method in ("GET", "HEAD"):
            yield self.drive(method, f"{folder['name']}/{node['name']}")
