"""Archives that become folders, and those that are refused before anything is written (R-73)."""

import io
import stat
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from plano.documents import queries, unzipping
from plano.documents.actions import unpack as actions
from plano.documents.models import Node, Unpacking, Usage
from plano.platform import blobs
from tests.documents.conftest import Office, Seat


def zipped(files: dict[str, bytes], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compress) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def put(seat: Seat, content: bytes, *, name: str = "Lot.zip", parent: Any = None) -> Any:
    node = seat.document(name, content, parent=parent)
    assert node["media_type"] == "application/zip"
    return node


def unpack(seat: Seat, node: Any, status: int = 202) -> Any:
    answer = seat.api.post(f"/nodes/{node['id']}/unpack", {})
    assert answer.status_code == status, answer.data
    if status == 202:
        actions.unpack(answer.data["id"])
        found = seat.api.get("/unpackings").data["items"]
        return next(one for one in found if one["id"] == answer.data["id"])
    return answer.data


def tree(seat: Seat, folder: Any) -> dict[str, Any]:
    """Names with what is in them: bytes, or more names."""
    found: dict[str, Any] = {}
    for node in seat.nodes(folder):
        inner = tree(seat, node["id"]) if node["kind"] == "folder" else None
        found[node["name"]] = seat.bytes.get(f"/nodes/{node['id']}/content").content if inner is None else inner
    return found


def test_an_archive_becomes_a_folder_beside_it(office: Office, frames_of: Any) -> None:
    files = {
        "Plan/Été/relevé.csv": b"a;b\n" * 1000,
        "Plan/Vide/": b"",
        "lisez-moi.txt": b"Bonjour",
        "LISEZ-MOI.txt": b"autre",
        "windows\\chemin.txt": b"w",
        "interne.zip": zipped({"a.txt": b"a"}),
    }
    node = put(office.member, zipped(files))
    before = len(frames_of(office.workspace.id))
    done = unpack(office.member, node)
    assert (done["state"], done["done"], done["total"]) == ("done", 9, 9)
    folder = Node.objects.get(id=done["folder_id"])
    assert (folder.name, folder.created_by_id) == ("Lot", office.member.user.id)
    assert tree(office.reader, folder.id) == {
        "Plan": {"Été": {"relevé.csv": files["Plan/Été/relevé.csv"]}, "Vide": {}},
        "lisez-moi.txt": b"Bonjour",
        "LISEZ-MOI (2).txt": b"autre",
        "windows": {"chemin.txt": b"w"},
        "interne.zip": files["interne.zip"],
    }
    version = office.reader.api.get(f"/nodes/{Node.objects.get(name='relevé.csv').id}/versions").data["items"][0]
    assert version["origin"] == "import"
    live = {f["data"]["name"] for f in frames_of(office.workspace.id)[before:] if f["kind"] == "documents.node"}
    assert {"Lot", "Plan", "relevé.csv"} <= live, "seen live by all"
    steps = [f["data"]["state"] for f in frames_of(office.member.user.id, "documents.unpacking")]
    assert (steps[0], steps[-1]) == ("waiting", "done")
    again = unpack(office.member, node)
    assert Node.objects.get(id=again["folder_id"]).name == "Lot (2)"


def test_names_without_the_utf8_mark_are_read_as_utf8(office: Office) -> None:
    content = zipped({"releve.txt": b"x"}).replace(b"releve.txt", "relév.txt".encode())
    done = unpack(office.member, put(office.member, content))
    assert list(tree(office.member, done["folder_id"])) == ["relév.txt"]


def _entry(name: str, *, mode: int = 0, flag: int = 0) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, mode << 16
        archive.writestr(info, b"/etc/passwd")
    content = bytearray(held.getvalue())
    if flag:
        content[6] |= flag
        content[content.rindex(b"PK\x01\x02") + 8] |= flag
    return bytes(content)


def _bomb() -> bytes:
    return zipped({f"{n}.bin": bytes(64 << 20) for n in range(2)})


def _overlapping() -> bytes:
    """Many names over the same bytes (after D. Fifield)."""
    content = zipped({"a.bin": bytes(4 << 20)})
    start = content.index(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    header = content[start:end]
    count = 500
    directory = b"".join(header.replace(b"a.bin", f"{n:05d}"[:5].encode()) for n in range(count))
    tail = (
        b"PK\x05\x06\0\0\0\0"
        + count.to_bytes(2, "little") * 2
        + len(directory).to_bytes(4, "little")
        + start.to_bytes(4, "little")
        + b"\0\0"
    )
    return content[:start] + directory + tail


def _many() -> bytes:
    return zipped({f"{n}": b"" for n in range(unzipping.MAX_ENTRIES + 1)}, compress=zipfile.ZIP_STORED)


def _huge_directory() -> bytes:
    """A directory of many megabytes, which nobody reads."""
    content = zipped({"a.txt": b"a"})
    start = content.index(b"PK\x01\x02")
    directory = content[start : content.rindex(b"PK\x05\x06")] * 110_000
    tail = (
        b"PK\x05\x06\0\0\0\0"
        + (65_535).to_bytes(2, "little") * 2
        + len(directory).to_bytes(4, "little")
        + start.to_bytes(4, "little")
        + b"\0\0"
    )
    return content[:start] + directory + tail


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("slip", lambda: _entry("../../etc/cron.d/x"), "archive_unsafe"),
    ("slip in the middle", lambda: _entry("a/../../x"), "archive_unsafe"),
    ("slip by backslash", lambda: _entry("..\\..\\x"), "archive_unsafe"),
    ("absolute", lambda: _entry("/etc/passwd"), "archive_unsafe"),
    ("drive", lambda: _entry("C:/x"), "archive_unsafe"),
    ("symlink", lambda: _entry("lien", mode=stat.S_IFLNK | 0o777), "archive_unsafe"),
    ("device", lambda: _entry("sda", mode=stat.S_IFBLK | 0o600), "archive_unsafe"),
    ("pipe", lambda: _entry("fifo", mode=stat.S_IFIFO | 0o600), "archive_unsafe"),
    ("encrypted", lambda: _entry("secret.txt", flag=1), "archive_encrypted"),
    ("deep", lambda: _entry("a/" * 30 + "x"), "archive_too_deep"),
    ("bomb", _bomb, "archive_bomb"),
    ("overlapping", _overlapping, "archive_bomb"),
    ("many entries", _many, "archive_too_many"),
    ("huge directory", _huge_directory, "archive_too_many"),
    ("broken", lambda: zipped({"a.txt": b"a"})[:40], "not_an_archive"),
]


@pytest.mark.parametrize(("make", "code"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_r073_hostile_archives_are_refused_at_once_and_leave_nothing(
    office: Office, make: Callable[[], bytes], code: str
) -> None:
    node = put(office.member, make())
    count, used = Node.objects.count(), Usage.objects.get().bytes
    tracemalloc.start()
    began = time.monotonic()
    refused = office.member.api.post(f"/nodes/{node['id']}/unpack", {})
    seconds = time.monotonic() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (refused.status_code in (400, 409), refused.data["code"]) == (True, code)
    assert seconds < 5
    assert peak < 200 << 20
    assert (Node.objects.count(), Usage.objects.get().bytes) == (count, used)
    assert not Unpacking.objects.exists()


def test_r073_a_nested_archive_stays_one_file_and_is_refused_when_its_turn_comes(office: Office) -> None:
    """42.zip and its like: one level at a time, each looked into first."""
    inner = _bomb()
    done = unpack(office.member, put(office.member, zipped({"42.zip": inner}, compress=zipfile.ZIP_STORED)))
    assert tree(office.member, done["folder_id"]) == {"42.zip": inner}
    assert unpack(office.member, office.member.nodes(done["folder_id"])[0], status=409)["code"] == "archive_bomb"


def test_r073_sizes_that_lie_are_met_while_it_is_unpacked(office: Office, own_store: blobs.Store) -> None:
    """The directory says ten bytes, the content gives a thousand."""
    content = bytearray(zipped({"a.txt": b"a" * 1000}))
    for place in (22, content.index(b"PK\x01\x02") + 24):
        content[place : place + 4] = (10).to_bytes(4, "little")
    done = unpack(office.member, put(office.member, bytes(content)))
    assert (done["state"], done["code"]) == ("failed", "archive_damaged")
    assert tree(office.member, done["folder_id"]) == {}
    assert queries.orphans(timedelta(seconds=-60)) == [], "no bytes are left over"


def test_r072_the_quota_holds_before_and_during(office: Office, settings: Any) -> None:
    node = put(office.member, zipped({"a.bin": b"ab" * 5000, "b.bin": b"cd" * 5000}))
    settings.PLANO = replace(settings.PLANO, workspace_quota=Usage.objects.get().bytes + 15_000)
    assert unpack(office.member, node, status=413)["code"] == "quota_exceeded"


def test_r007_rights_are_those_of_the_moment_and_it_can_be_stopped(office: Office, monkeypatch: Any) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    folder = office.manager.create("Dossier")
    node = put(office.member, zipped({f"{n}.txt": b"x" for n in range(9)}), parent=folder["id"])
    started = office.member.api.post(f"/nodes/{node['id']}/unpack", {}).data
    assert office.member.api.post(f"/nodes/{node['id']}/unpack", {}).data["code"] == "unpacking_running"
    assert office.manager.api.delete(f"/unpackings/{started['id']}").status_code == 404
    land = actions._land

    def stop_after_two(*args: Any) -> None:
        land(*args)
        assert office.member.api.delete(f"/unpackings/{started['id']}").status_code == 204

    monkeypatch.setattr(actions, "_land", stop_after_two)
    actions.unpack(started["id"])
    row = Unpacking.objects.get(id=started["id"])
    assert (row.state, row.done) == ("cancelled", 2)
    monkeypatch.setattr(actions, "_land", land)
    second = office.member.api.post(f"/nodes/{node['id']}/unpack", {}).data
    office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": False})
    actions.unpack(second["id"])
    row.refresh_from_db()
    assert Unpacking.objects.get(id=second["id"]).state == "failed"
    assert unpack_refused(office, node) == 404


def unpack_refused(office: Office, node: Any) -> int:
    status: int = office.member.api.post(f"/nodes/{node['id']}/unpack", {}).status_code
    return status


def test_r075_what_the_antivirus_holds_back_is_not_unpacked(office: Office) -> None:
    node = put(office.member, zipped({"a.txt": b"a"}))
    Node.objects.get(id=node["id"]).versions.update(state="infected")
    answer = office.manager.api.post(f"/nodes/{node['id']}/unpack", {})
    assert (answer.status_code, answer.data["code"]) == (403, "content_infected")
