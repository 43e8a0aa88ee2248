"""Folders and selections as one download (C10, documents-14)."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from plano.documents import zipping
from plano.documents.faces import archive as face
from plano.documents.faces import streaming, wire
from plano.documents.models import ArchiveTicket, Node
from plano.kernel import clock
from tests.documents.conftest import Office

AT = datetime(2026, 3, 1, 12, 30, 10, tzinfo=UTC)


def opened(content: bytes) -> dict[str, bytes]:
    """What an archive holds, verified."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def tree(office: Office) -> Any:
    folder = office.member.create("Crue 2026")
    sub = office.member.create("Été – relevés", parent=folder["id"])
    office.member.create("Vide", parent=folder["id"])
    office.member.document("Plan.txt", b"Bonjour", parent=folder["id"])
    office.member.document("relevé n°1.csv", b"a;b\n" * 500, parent=sub["id"])
    office.member.create("sans contenu.odt", kind="document", parent=folder["id"])
    return folder


def test_c10_a_folder_is_one_archive_with_names_dates_and_empty_folders(office: Office) -> None:
    folder = tree(office)
    Node.objects.filter(name="Plan.txt").update(modified_at=AT)
    answer = office.reader.bytes.get(f"/nodes/{folder['id']}/archive")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert "Crue%202026.zip" in answer.headers["content-disposition"]
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert opened(answer.content) == {
        "Crue 2026/": b"",
        "Crue 2026/Plan.txt": b"Bonjour",
        "Crue 2026/Vide/": b"",
        "Crue 2026/sans contenu.odt": b"",
        "Crue 2026/Été – relevés/": b"",
        "Crue 2026/Été – relevés/relevé n°1.csv": b"a;b\n" * 500,
    }
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        info = archive.getinfo("Crue 2026/Plan.txt")
        assert info.date_time == (2026, 3, 1, 13, 30, 10), "in the reader's zone"
        assert archive.getinfo("Crue 2026/Été – relevés/").flag_bits & 0x800, "UTF-8 names"


def test_c10_a_cut_download_goes_on_and_a_changed_tree_begins_again(office: Office) -> None:
    folder = tree(office)
    path = f"/nodes/{folder['id']}/archive"
    whole = office.reader.bytes.get(path)
    head = office.reader.bytes.request("HEAD", path)
    assert (head.headers["etag"], head.headers["content-length"]) == (whole.headers["etag"], str(len(whole.content)))
    cut = len(whole.content) // 2
    rest = office.reader.bytes.get(path, Range=f"bytes={cut}-", If_Range=whole.headers["etag"])
    assert (rest.status_code, whole.content[:cut] + rest.content) == (206, whole.content)
    past = office.reader.bytes.get(path, Range=f"bytes={len(whole.content)}-")
    assert past.status_code == 416
    office.member.document("Nouveau.txt", b"x", parent=folder["id"])
    again = office.reader.bytes.get(path, Range=f"bytes={cut}-", If_Range=whole.headers["etag"])
    assert again.status_code == 200
    assert "Crue 2026/Nouveau.txt" in opened(again.content)


def test_documents_3_names_that_windows_refuses_are_renamed_visibly(office: Office) -> None:
    folder = office.member.create("Dossier")
    for name in ("a:b?.txt", "con.txt", "fin.", "A_B_.txt"):
        office.member.document(name, name.encode(), parent=folder["id"])
    held = opened(office.member.bytes.get(f"/nodes/{folder['id']}/archive").content)
    note = held.pop("À lire - contenu de l’archive.txt").decode("utf-8-sig")
    assert sorted(held) == [
        "Dossier/",
        "Dossier/A_B_ (2).txt",
        "Dossier/a_b_.txt",
        "Dossier/con_.txt",
        "Dossier/fin_",
    ]
    assert "- Dossier/a:b?.txt → Dossier/a_b_.txt" in note
    assert sorted(held.values()) == sorted([b"", b"A_B_.txt", b"a:b?.txt", b"con.txt", b"fin."])


def test_r006_r075_an_archive_holds_what_its_reader_may_have_and_says_what_it_lacks(office: Office) -> None:
    folder = tree(office)
    cell = office.manager.create("Cellule", parent=folder["id"], restricted=True)
    office.manager.document("Secret.txt", b"secret", parent=cell["id"])
    for name, state in (("Plan.txt", "infected"), ("relevé n°1.csv", "checking")):
        Node.objects.get(name=name).versions.update(state=state)
    path = f"/nodes/{folder['id']}/archive"
    held = opened(office.reader.bytes.get(path).content)
    assert not any("Secret" in name or "Cellule" in name for name in held)
    note = held["À lire - contenu de l’archive.txt"].decode("utf-8-sig")
    assert "Crue 2026/Plan.txt : l’antivirus y a trouvé" in note
    assert "relevé n°1.csv : l’antivirus ne l’a pas encore" in note
    assert "Cellule" not in note
    assert "Crue 2026/Plan.txt" not in held
    own = opened(office.member.bytes.get(path).content)
    assert any("relevé" in name for name in own), "who sent it has it while it is checked"
    assert b"secret" in opened(office.manager.bytes.get(path).content).values()
    assert office.outsider.bytes.get(path).status_code == 404


def test_c10_a_selection_is_fetched_by_a_ticket_once_within_a_minute_by_its_owner(office: Office) -> None:
    folder = tree(office)
    other = office.member.document("À côté.txt", b"x")
    path = f"/workspaces/{office.workspace.id}/archives"
    made = office.reader.api.post(path, {"node_ids": [folder["id"], other["id"]]}).data
    fetch = made["url"].removeprefix("/api/v1")
    assert office.member.bytes.get(fetch).status_code == 404, "somebody else's"
    answer = office.reader.bytes.get(fetch)
    assert len(answer.content) == made["size"]
    assert {"Crue 2026/Plan.txt", "À côté.txt"} <= set(opened(answer.content))
    assert office.reader.bytes.get(fetch).status_code == 404, "once"
    rest = office.reader.bytes.get(fetch, Range="bytes=10-")
    assert rest.content == answer.content[10:], "what was cut goes on"
    late = office.reader.api.post(path, {"node_ids": [other["id"]]}).data["url"].removeprefix("/api/v1")
    ArchiveTicket.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert office.reader.bytes.get(late).status_code == 404
    hidden = office.manager.create("Cellule", restricted=True)
    assert office.reader.api.post(path, {"node_ids": [other["id"], hidden["id"]]}).status_code == 404
    assert office.reader.api.post(path, {"node_ids": []}).status_code == 400


def test_r007_an_archive_ends_when_its_reader_loses_access(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "RECHECK_SECONDS", 0.0)
    monkeypatch.setattr(streaming, "CHUNK", 1000)
    folder = tree(office)
    sizes: list[int] = []

    def narrow(count: int) -> None:
        sizes.append(count)
        if count == 2:
            office.manager.api.put(f"/nodes/{folder['id']}/access", {"open": False})

    monkeypatch.setattr(face, "send_pieces", _small(face.send_pieces))
    answer = office.reader.bytes.request("GET", f"/nodes/{folder['id']}/archive", while_sending=narrow)
    assert not answer.complete
    assert len(answer.content) < int(answer.headers["content-length"])


def _small(send: Any) -> Any:
    return lambda *args, **named: send(*args, **named, chunk=200)


def test_r138_one_person_makes_few_archives_at_once(office: Office) -> None:
    folder = tree(office)
    path = f"/nodes/{folder['id']}/archive"
    with face.turn(str(office.reader.user.id)), face.turn(str(office.reader.user.id)):
        with face.turn(str(office.reader.user.id)):
            answer = office.reader.bytes.get(path)
            assert (answer.status_code, answer.data["code"]) == (429, "too_many_archives")
        assert office.reader.bytes.get(path).status_code == 200


class Tail:
    """An archive that is too large to hold: what is read of it is its end."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.size, self.end = 0, b""
        for piece in pieces:
            self.size += len(piece)
            self.end = (self.end + piece)[-4096:]
        self.at = 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset if whence == 0 else (self.at if whence == 1 else self.size) + offset
        return self.at

    def tell(self) -> int:
        return self.at

    def read(self, size: int = -1) -> bytes:
        start = self.at - (self.size - len(self.end))
        assert start >= 0
        found = self.end[start : None if size < 0 else start + size]
        self.at += len(found)
        return found


@pytest.mark.parametrize("limit", [1000, 5000, None])
def test_an_archive_beyond_four_gigabytes_is_right_and_as_long_as_was_said(
    monkeypatch: pytest.MonkeyPatch, limit: int | None
) -> None:
    """The limits of zip64 lowered, so that each of its cases is met; and the real ones, with one real large entry."""
    if limit is not None:
        monkeypatch.setattr(zipfile, "ZIP64_LIMIT", limit)
        monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)
        sizes = [1, 400, limit - 100, limit + 1, 3 * limit, 7]
    else:
        sizes = [10, (4 << 30) + 5, 7]
    block = bytes(1 << 20)

    def read(entry: zipping.Entry) -> Iterable[bytes]:
        whole, rest = divmod(entry.size, len(block))
        yield from (block for _ in range(whole))
        yield block[:rest]

    entries = [zipping.Entry(f"é{n}.bin", AT, size) for n, size in enumerate(sizes)]
    tracemalloc.start()
    tail = Tail(zipping.pieces(entries, read, "Europe/Paris"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 << 20, "memory is flat"
    assert tail.size == zipping.length(entries)
    with zipfile.ZipFile(tail) as archive:  # type: ignore[arg-type]
        assert [(info.filename, info.file_size) for info in archive.infolist()] == [
            (entry.path, entry.size) for entry in entries
        ]
