"""The files of `bench/probes/hostile_files.py` by every way in and every way out: none of them acts in our origin
(R-70), no name of theirs becomes a path or a header (R-71)."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError

from plano.documents import limits, statements
from plano.documents.actions import unpack as unpacking
from plano.documents.models import Node, Preview, Version
from plano.documents.queries import integrity
from plano.kernel.ids import uuid7
from plano.platform import blobs
from plano.workspaces import actions as workspaces
from tests.documents.bytes import Bytes
from tests.documents.conftest import Office
from tests.documents.hostile import (
    Addresses,
    allow_links,
    as_new_version,
    by_drive,
    by_drop_box,
    by_name,
    by_put,
    by_restoring,
    by_tus,
    drive,
    harmless,
    hostile,
    in_one_request,
    names,
    unpacked,
    whole,
)
from tests.documents.test_shares import deposit, share, visitor
from tests.fixtures import Api

pytestmark = pytest.mark.usefixtures("fresh_limits")

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
