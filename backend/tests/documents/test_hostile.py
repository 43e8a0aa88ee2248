"""The files of `bench/probes/hostile_files.py` by every way in and every way out: none of them acts in our origin
(R-70), no name of theirs becomes a path or a header (R-71), no malware leaves by a side door (R-75), and the server
neither grows nor waits while it holds them (R-73, R-74)."""

import importlib.util
import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import psutil
import pytest
from django.db import InterfaceError, OperationalError, connection

from plano.dav import caller
from plano.documents import actions, limits, statements
from plano.documents.actions import unpack as unpacking
from plano.documents.models import Node, Preview, State, Version
from plano.documents.queries import integrity
from plano.kernel.ids import uuid7
from plano.platform import blobs, scanner
from plano.platform.scanner.memory import MemoryScanner
from plano.workspaces import actions as workspaces
from tests.antivirus import PLAGUE, SIGNATURES
from tests.dav.conftest import Drive
from tests.documents.bytes import Bytes
from tests.documents.conftest import Office, Seat
from tests.documents.test_shares import Visitor, deposit, share, visitor
from tests.fixtures import Api
from tests.server import Person, Server

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


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    limits.forget()
    caller.forget_all()
    yield
    limits.forget()


@pytest.fixture
def memory() -> Iterator[MemoryScanner]:
    engine = MemoryScanner(SIGNATURES)
    scanner.use(engine)
    yield engine
    scanner.use(None)


def drive(seat: Seat) -> Drive:
    return Drive(seat.user, seat.workspace)


def allow_links(office: Office) -> None:
    assert office.manager.api.put(f"/workspaces/{office.workspace.id}/sharing", {"links": True}).status_code == 200


def by_name(office: Office, parent: Any) -> dict[str, Any]:
    return {node["name"]: node for node in office.reader.nodes(parent)}


def run_jobs() -> None:
    """The antivirus, as the worker would."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'documents.check' RETURNING args->>'blob'")
        found = [row[0] for row in cursor.fetchall()]
    for blob in found:
        actions.check(blob)


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


WAYS_IN = [by_tus, in_one_request, by_drive, by_drop_box, as_new_version, by_restoring, unpacked]


@pytest.mark.parametrize("way_in", WAYS_IN, ids=lambda way: way.__name__)
def test_r070_whatever_the_way_in_the_content_decides_what_it_is(office: Office, way_in: Any) -> None:
    """Not its name, nor a header of its sender."""
    folder = office.member.create("Reçu")
    way_in(office, folder, hostile())
    found = by_name(office, folder["id"])
    assert len(found) == len(hostile())
    known = {"photo.png": "text/html", "script.svg": "image/svg+xml", "poly.gif": "image/gif", "slip.zip": None}
    for name, node in found.items():
        answer = office.reader.bytes.get(f"/nodes/{node['id']}/content?inline=1")
        harmless(answer, name)
        if known.get(name):
            assert node["media_type"] == known[name]


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


def test_r070_whatever_the_way_out_nothing_acts_in_our_origin(office: Office) -> None:
    folder = office.member.create("Reçu")
    by_put(office, folder, hostile())
    allow_links(office)
    guest = visitor(share(office.member, folder))
    addresses = Addresses(office, guest, drive(office.reader))
    count = 0
    for name, node in by_name(office, folder["id"]).items():
        limits.forget()
        for answer in addresses.of(folder, node):
            assert answer.status_code in (200, 206, 304, 404, 416), (name, answer.status_code, answer.content[:200])
            if answer.status_code in (200, 206):
                harmless(answer, name)
            else:
                assert "html" not in answer.headers.get("content-type", "")
                assert answer.headers["x-content-type-options"] == "nosniff"
            count += 1
    assert count > 600
    whole = office.reader.bytes.get(f"/nodes/{folder['id']}/archive")
    outside = guest.bytes.get(f"/s/{guest.token}/archive")
    for answer in (whole, outside):
        harmless(answer, "archive")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            inside = [name for name in archive.namelist() if not name.endswith("/")]
            assert {Path(name).name: archive.read(name) for name in inside} == dict(hostile())


def test_r071_hostile_names_become_no_path_and_no_header(office: Office, own_store: Any) -> None:
    """By the API, tus, a drive, a drop-box, an archive and a rename: refused in words, or kept as a plain name."""
    allow_links(office)
    box = office.member.create("Boîte")
    outsider = visitor(share(office.member, box, mode="drop"))
    there = drive(office.member)
    zips = office.member.create("Archives")
    subject = office.member.document("sujet.txt")
    for number, name in enumerate(names()):
        limits.forget()
        home = office.member.create(f"Place {number}")
        body = {"kind": "document", "name": name, "parent_id": home["id"]}
        assert office.member.api.post(f"/workspaces/{office.workspace.id}/nodes", body).status_code in (201, 400)
        meta = {"workspace_id": office.workspace.id, "parent_id": home["id"], "filename": name, "conflict": "keep_both"}
        assert office.member.bytes.start(1, b"x", **meta).status_code in (201, 400)
        assert there("PUT", f"Place {number}/{name}", b"x").status_code in (201, 204, 400, 403, 404, 409)
        assert there("MKCOL", f"Place {number}/{name}.d").status_code in (201, 400, 403, 404, 405, 409)
        assert deposit(outsider, name, b"x").status_code in (204, 400)
        assert office.member.api.patch(f"/nodes/{subject['id']}", {"name": name}).status_code in (200, 400)
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(name, b"x")
        packed = office.member.document(f"Lot {number}.zip", held.getvalue(), parent=zips["id"])
        begun = office.member.api.post(f"/nodes/{packed['id']}/unpack", {})
        assert begun.status_code in (202, 400, 409), begun.data
        if begun.status_code == 202:
            unpacking.unpack(begun.data["id"])
    kept = list(Node.objects.filter(deleted_at=None))
    assert len(kept) > 5 * len(names()) / 2
    for node in kept:
        assert not set(node.name) & set("/\\\0\r\n\u202e"), node.name
        assert node.name not in (".", "..", "")
        assert node.name == node.name.strip()
        if node.blob:
            answer = office.reader.bytes.get(f"/nodes/{node.id}/content")
            said = answer.headers["content-disposition"]
            assert answer.headers.keys().isdisjoint({"set-cookie", "x-evil"})
            assert said.isascii()
            assert said.count('"') == 2, said
            assert not set(said) & set("\r\n\0")
    roots = {path.name for path in own_store.root.parent.iterdir()}
    assert roots == {own_store.root.name}, "nothing was written beside the store"
    with zipfile.ZipFile(io.BytesIO(whole(office, zips).content)) as archive:
        for member in archive.namelist():
            assert ".." not in member.split("/")
            assert not member.startswith("/")
            assert not set(member) & set('\\:*?"<>|\r\n\0')


def whole(office: Office, folder: Any) -> Any:
    return office.reader.bytes.get(f"/nodes/{folder['id']}/archive")


# --- Malware by side doors ---------------------------------------------------------------------------------


@pytest.fixture
def sick(office: Office, memory: MemoryScanner) -> dict[str, Any]:
    """Three documents in a folder: one infected, one not looked at yet, one clean with an infected first version."""
    folder = office.member.create("Dossier")
    found = {"folder": folder}
    for name, content in (("malade.txt", PLAGUE), ("ancien.txt", PLAGUE), ("sain.txt", b"sain")):
        found[name] = office.member.document(name, content, parent=folder["id"])
    office.member.bytes.put(f"/nodes/{found['ancien.txt']['id']}/content", b"sain aussi")
    run_jobs()
    found["attente.txt"] = office.member.document("attente.txt", b"pas encore vu", parent=folder["id"])
    return found


def states(office: Office) -> dict[str, str]:
    return {node.name: node.state for node in Node.objects.filter(kind="document", deleted_at=None)}


HELD = {"malade.txt": "content_infected", "attente.txt": "content_checking"}


def test_r075_nothing_held_back_leaves_by_a_drive(office: Office, sick: dict[str, Any]) -> None:
    there = drive(office.manager)
    for name, code in HELD.items():
        for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"}):
            answer = there("GET", f"Dossier/{name}", **headers)
            assert (answer.status_code, answer.data["code"]) == (403, code)
        assert there("HEAD", f"Dossier/{name}").status_code == 403
        copied = there("COPY", f"Dossier/{name}", Destination=there.to(f"Dossier/copie-{name}"))
        assert (copied.status_code, copied.data["code"]) == (403, code)
        over = there("COPY", f"Dossier/{name}", Destination=there.to("Dossier/sain.txt"))
        assert (over.status_code, over.data["code"]) == (403, code)
        over = there("MOVE", f"Dossier/{name}", Destination=there.to("Dossier/sain.txt"))
        assert (over.status_code, over.data["code"]) == (403, code)
    tree = there("COPY", "Dossier", Destination=there.to("Copie"))
    assert (tree.status_code, tree.data["code"] in HELD.values()) == (403, True)
    assert office.reader.bytes.get(f"/nodes/{sick['sain.txt']['id']}/content").content == b"sain"


def test_r075_a_verdict_goes_where_its_document_goes(office: Office, sick: dict[str, Any]) -> None:
    """A rename, a move, a drive's way of saving, a bin and back, a copy by whoever sent it: none washes it."""
    there = drive(office.member)
    assert there("MOVE", "Dossier/malade.txt", Destination=there.to("propre.txt")).status_code == 201
    assert states(office)["propre.txt"] == State.INFECTED
    assert there("GET", "propre.txt").data["code"] == "content_infected"
    there.put("sauve.txt", b"sain")
    assert there("MOVE", "sauve.txt", Destination=there.to("propre.txt")).status_code == 204
    assert states(office)["propre.txt"] == State.CHECKING
    run_jobs()
    assert (there("GET", "propre.txt").content, states(office)["propre.txt"]) == (b"sain", State.CLEAN)
    first = Version.objects.get(node__name="propre.txt", number=1)
    assert first.state == State.INFECTED, "the older one keeps its verdict"
    again = office.manager.api.post(f"/nodes/{first.node_id}/versions/1/restore")
    assert (again.status_code, again.data["code"]) == (403, "content_infected")


def test_r075_who_sent_it_may_copy_what_waits_and_the_copy_waits_too(office: Office, sick: dict[str, Any]) -> None:
    waiting = office.member.document("attente 2.txt", PLAGUE, parent=sick["folder"]["id"])
    there = drive(office.member)
    assert there("COPY", "Dossier/attente 2.txt", Destination=there.to("copie.txt")).status_code == 201
    assert states(office)["copie.txt"] == State.CHECKING
    assert office.reader.bytes.get(f"/nodes/{Node.objects.get(name='copie.txt').id}/content").status_code == 403
    assert office.member.api.post(f"/nodes/{waiting['id']}/copy", {}).data["state"] == "checking"
    run_jobs()
    infected = {name for name, state in states(office).items() if state == State.INFECTED}
    assert infected >= {"copie.txt", "attente 2.txt", "attente 2 (2).txt"}


def test_r075_an_archive_leaves_them_out_and_says_so(office: Office, sick: dict[str, Any]) -> None:
    with zipfile.ZipFile(io.BytesIO(whole(office, sick["folder"]).content)) as archive:
        inside = {Path(name).name: archive.read(name) for name in archive.namelist()}
    note = next(content.decode() for name, content in inside.items() if name.startswith("À lire"))
    assert not inside.keys() & HELD.keys()
    assert all(name in note for name in HELD)
    assert not any(PLAGUE in content for content in inside.values())
    assert inside["sain.txt"] == b"sain"


def test_r075_a_deposit_that_waits_is_in_nobody_s_archive(office: Office, memory: MemoryScanner) -> None:
    """The person of the link answers for it and did not send it."""
    allow_links(office)
    box = office.member.create("Boîte")
    outsider = visitor(share(office.member, box, mode="drop"))
    assert deposit(outsider, "offre.txt", PLAGUE).status_code == 204
    assert office.member.nodes(box["id"])[0]["state"] == "checking"
    for seat in (office.member, office.manager):
        node = seat.nodes(box["id"])[0]
        assert seat.bytes.get(f"/nodes/{node['id']}/content").data["code"] == "content_checking"
        answer = seat.bytes.get(f"/nodes/{box['id']}/archive")
        assert PLAGUE not in answer.content
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert not any(name.endswith("offre.txt") for name in archive.namelist())


def test_r075_nor_by_comparing_nor_by_an_outsiders_link_nor_by_unpacking(office: Office, sick: dict[str, Any]) -> None:
    old = office.reader.api.get(f"/nodes/{sick['ancien.txt']['id']}/versions/compare?before=1&after=2")
    assert (old.status_code, old.data["code"]) == (403, "content_infected")
    allow_links(office)
    guest = visitor(share(office.member, sick["folder"]))
    for name, code in HELD.items():
        for query in ("", "?inline=1"):
            answer = guest.bytes.get(f"/s/{guest.token}/content/{sick[name]['id']}{query}")
            assert (answer.status_code, answer.data["code"]) == (403, code)
        assert guest.bytes.request("HEAD", f"/s/{guest.token}/content/{sick[name]['id']}").status_code == 403
    with zipfile.ZipFile(io.BytesIO(guest.bytes.get(f"/s/{guest.token}/archive").content)) as archive:
        assert not {Path(name).name for name in archive.namelist()} & HELD.keys()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("dedans.txt", PLAGUE)
    packed = office.member.document("Lot.zip", held.getvalue())
    begun = office.member.api.post(f"/nodes/{packed['id']}/unpack", {})
    assert begun.status_code == 202, "who sent it need not wait"
    unpacking.unpack(begun.data["id"])
    assert states(office)["dedans.txt"] == State.CHECKING, "what comes out of it is looked at by itself"
    run_jobs()
    assert states(office)["dedans.txt"] == State.INFECTED
    assert office.member.api.post(f"/nodes/{packed['id']}/unpack", {}).data["code"] == "content_infected"


def test_r075_a_scanner_that_dies_in_the_middle_says_nothing(office: Office, memory: MemoryScanner) -> None:
    node = office.member.document("note.txt", PLAGUE)
    scan: Callable[..., Any] = memory.scan

    def dies(pieces: Any) -> Any:
        next(iter(pieces))
        memory.up = False
        return scan(pieces)

    memory.scan = dies  # type: ignore[method-assign]
    run_jobs()
    assert states(office)["note.txt"] == State.CHECKING
    assert office.reader.bytes.get(f"/nodes/{node['id']}/content").data["code"] == "content_checking"


# --- Rights ------------------------------------------------------------------------------------------------


def test_r077_no_address_outlives_the_right_of_who_opens_it(office: Office) -> None:
    """Each kind of address, kept by somebody and opened after their removal, by somebody else, and by nobody."""
    folder = office.member.create("Dossier")
    picture = dict(hostile())["poly.gif"]
    node = office.member.document("image.gif", picture, parent=folder["id"])
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"texte")
    version = Version.objects.get(node_id=node["id"], number=2)
    Preview.objects.create(version=version, kind="thumbnail", blob=version.blob, media_type="image/webp", size=5)
    Version.objects.filter(id=version.id).update(media_type="image/gif")
    selection = {"node_ids": [node["id"]]}
    ticket = office.reader.api.post(f"/workspaces/{office.workspace.id}/archives", selection).data["url"]
    id, there = node["id"], drive(office.reader)
    kept = [
        f"/nodes/{id}/content",
        f"/nodes/{id}/content?inline=1",
        f"/nodes/{id}/versions/1/content",
        f"/nodes/{id}/previews/thumbnail/content",
        f"/nodes/{folder['id']}/archive",
    ]
    for path in kept:
        assert office.reader.bytes.get(path).status_code == 200, path
    assert there("GET", "Dossier/image.gif").status_code == 200
    once = ticket.removeprefix("/api/v1")
    for path in (*kept, once):
        for stranger in (office.guest, office.outsider):
            assert stranger.bytes.get(path).status_code == 404, path
    nobody = Bytes(Api(None))
    workspaces.remove_member(actor=office.manager.user, workspace_id=office.workspace.id, user_id=office.reader.user.id)
    for path in (*kept, once):
        assert office.reader.bytes.get(path).status_code == 404, path
        assert office.reader.bytes.get(path, Range="bytes=1-").status_code == 404, path
        assert office.reader.bytes.request("HEAD", path).status_code == 404, path
        assert nobody.get(path).status_code == 401, path
    assert there("GET", "Dossier/image.gif").status_code == 404


def test_r013_whatever_brings_something_into_a_place_asks_for_the_right_to_make_it_there(office: Office) -> None:
    """A folder that somebody may only read takes nothing of theirs: moved, copied, restored, unpacked, by a drive."""
    vault = office.manager.create("Coffre")
    office.manager.api.put(f"/nodes/{vault['id']}/access", {"open": False})
    office.manager.api.put(f"/nodes/{vault['id']}/access/{office.member.user.id}", {"role": "reader"})
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("dedans.txt", b"x")
    lot = office.manager.document("Lot.zip", held.getvalue(), parent=vault["id"])
    binned = office.manager.document("Parti.txt", parent=vault["id"])
    office.manager.bytes.put(f"/nodes/{lot['id']}/content", held.getvalue() + b"")
    office.manager.api.delete(f"/nodes/{binned['id']}")
    own = office.member.document("À moi.txt")
    mine = office.member.document("Supprimé.txt")
    office.member.api.delete(f"/nodes/{mine['id']}")
    api, there, place = office.member.api, drive(office.member), vault["id"]
    meta = {"workspace_id": office.workspace.id, "parent_id": place, "filename": "x.txt"}
    tries = [
        api.patch(f"/nodes/{own['id']}", {"parent_id": place}),
        api.post(f"/nodes/{own['id']}/copy", {"parent_id": place}),
        api.post(f"/nodes/{mine['id']}/restore", {"parent_id": place}),
        api.post(f"/nodes/{binned['id']}/restore", {}),
        api.post(f"/nodes/{lot['id']}/unpack", {}),
        api.post(f"/nodes/{lot['id']}/versions/1/restore", {}),
        api.put(f"/nodes/{place}/access", {"open": True}),
        api.patch(f"/nodes/{place}", {"parent_id": None, "name": "Ouvert"}),
        office.member.bytes.start(1, b"x", **meta),
        there("PUT", "Coffre/x.txt", b"x"),
        there("MOVE", "À moi.txt", Destination=there.to("Coffre/À moi.txt")),
        there("COPY", "À moi.txt", Destination=there.to("Coffre/À moi.txt")),
        there("COPY", "À moi.txt", Destination=there.to("Coffre/Lot.zip")),
    ]
    assert [answer.status_code for answer in tries] == [403] * len(tries), [answer.content for answer in tries]
    assert [node["name"] for node in office.manager.nodes(place)] == ["Lot.zip"]
    assert Version.objects.filter(node_id=lot["id"]).count() == 1


# --- What is taken unseen ----------------------------------------------------------------------------------


def test_documents_16_nobody_takes_a_document_unnoticed_from_its_second_byte_on(office: Office) -> None:
    allow_links(office)
    folder = office.member.create("Dossier")
    node = office.member.document("plan.txt", b"0123456789", parent=folder["id"])
    link = share(office.member, folder)
    guest = visitor(link)

    def noted() -> list[str]:
        items = office.member.api.get(f"/shares/{link['id']}/uses").data["items"]
        return [use["what"] for use in items if use["what"] != "opened"]

    for _ in range(2):
        answer = guest.bytes.get(f"/s/{guest.token}/content/{node['id']}", Range="bytes=1-")
        assert answer.content == b"123456789"
    assert noted() == ["downloaded"]
    guest.bytes.get(f"/s/{guest.token}/archive", Range="bytes=1-")
    guest.bytes.get(f"/s/{guest.token}/archive", Range="bytes=0-")
    assert noted() == ["archived", "downloaded"]
    guest.bytes.get(f"/s/{guest.token}/content/{node['id']}?inline=1", Range="bytes=3-")
    looked = office.member.api.get(f"/shares/{link['id']}/uses").data["items"][0]
    assert (looked["what"], looked["name"]) == ("opened", "plan.txt"), "looked at in the page"


def test_r072_a_deposit_is_never_longer_than_it_said_whatever_its_headers_say(office: Office, own_store: Any) -> None:
    """A body without a length, a length that lies, and one that ends too soon."""
    allow_links(office)
    box = office.member.create("Boîte")
    outsider = visitor(share(office.member, box, mode="drop"))
    tus = {"Tus-Resumable": "1.0.0"}
    meta = "filename YS50eHQ=,depositor SmVhbg=="

    def begin(length: str) -> Any:
        told = {"Upload-Length": length, "Upload-Metadata": meta, "Idempotency-Key": str(uuid7())}
        return outsider.bytes.request("POST", f"/s/{outsider.token}/deposits/", **tus, **told)

    for lie in ("-1", "1e9", "", "99999999999999999999", "0x10"):
        assert begin(lie).status_code == 400, lie
    path = begin("100").headers["location"].removeprefix("/api/v1")
    patch = tus | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    chunked = outsider.bytes.request("PATCH", path, [b"x" * 60] * 4, **patch)
    assert (chunked.status_code, chunked.data["code"]) == (413, "upload_longer_than_said")
    held = sum(part.stat().st_size for part in (own_store.root / "parts").iterdir())
    assert held <= 100
    offset = outsider.bytes.request("HEAD", path, **tus).headers["upload-offset"]
    cut = outsider.bytes.request("PATCH", path, b"y" * 10, cut=True, **(patch | {"Upload-Offset": offset}))
    assert cut.status_code == 0
    assert int(outsider.bytes.request("HEAD", path, **tus).headers["upload-offset"]) == int(offset) + 10
    assert office.member.nodes(box["id"]) == []


def test_r132_a_purge_while_every_file_is_read_is_no_damage(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.member.document("un.txt", b"un")
    gone, hurt = (office.member.document(name, name.encode()) for name in ("deux.txt", "trois.txt"))
    flaw = integrity._flaw

    def meanwhile(blob: str, *args: Any, **more: Any) -> str:
        for version in Version.objects.filter(node_id__in=[gone["id"], hurt["id"]]):
            blobs.store().discard(version.blob)
        Version.objects.filter(node_id=gone["id"]).delete()
        return flaw(blob, *args, **more)

    monkeypatch.setattr(integrity, "_flaw", meanwhile)
    [damage] = integrity.examine()
    assert (damage.reason, [name.partition(": ")[2] for name in damage.versions]) == (
        "absent",
        ["trois.txt, version 1"],
    )


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_r133_a_database_that_went_away_is_a_503_and_not_a_surprise(
    office: Office, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first request of each thread after it came back meets the old connection."""
    node = office.member.document("plan.txt")

    def gone(*_: Any, **__: Any) -> Any:
        raise error("the connection is closed")

    monkeypatch.setattr(statements, "one", gone)
    answer = office.reader.bytes.get(f"/nodes/{node['id']}/content")
    assert (answer.status_code, answer.data["code"], answer.headers["retry-after"]) == (503, "unavailable", "1")
    monkeypatch.undo()
    assert office.reader.bytes.get(f"/nodes/{node['id']}/content").status_code == 200


# --- A running server --------------------------------------------------------------------------------------


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
