"""`plano check --files` and `plano keys` over a small library; the command runs here, on the test's database."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from plano.cli import context, storage
from plano.cli.main import main
from plano.documents.actions.verifying import verify_share
from plano.documents.models import Version
from plano.platform import blobs
from plano.platform.audit.models import Entry
from plano.platform.blobs import chosen
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.sealed import SealedStore
from tests.documents.conftest import Seat, seat
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace
from tests.seaweed import BUCKET, SECRET, Seaweed

CONTENTS = {"vide.txt": b"", "note.txt": b"Bonjour", "plan.bin": bytes(range(256)) * 800}


class Said(NamedTuple):
    code: int
    out: str
    error: str


Run = Callable[..., Said]


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Any:
    """The data folder of this test, as `plano` would choose its store."""
    settings.PLANO = replace(settings.PLANO, data=tmp_path, storage_url=None)
    blobs.use(None)
    yield tmp_path
    blobs.use(None)


@pytest.fixture
def boss(data: Path, db: None) -> Seat:
    """A manager whose library has three documents."""
    manager = make_user()
    found = seat(manager, make_workspace(manager=manager))
    for name, content in CONTENTS.items():
        found.document(name, content)
    return found


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("keys", "rotate")`: the whole command but for the start of a database."""
    monkeypatch.setattr(context, "database", lambda **_: nullcontext())
    monkeypatch.setattr(context, "migrate", lambda **_: None)
    monkeypatch.setenv("PLANO_DATA", str(data))

    def command(*arguments: str) -> Said:
        capsys.readouterr()
        code = main(arguments)
        return Said(code, *capsys.readouterr())

    return command


def files_of(data: Path) -> dict[str, Path]:
    return {path.name: path for path in (data / "files" / "kept").rglob("*") if path.is_file()}


def largest(data: Path) -> Path:
    return max(files_of(data).values(), key=lambda path: path.stat().st_size)


def about_files(said: Said) -> list[str]:
    return [line[22:] for line in said.out.splitlines() if line[7:12] == "file "]


def test_everything_is_read_and_found_sound(data: Path, boss: Seat, run: Run) -> None:
    said = run("check", "--files")
    assert about_files(said) == ["3 contents read, each with the SHA-256 of its upload"]
    assert f"OK     files          {data / 'files'}" in said.out
    assert "OK     encryption     AES-256-GCM, key " in said.out
    assert (data / "storage-keys").read_text().strip() not in said.out
    assert stat.S_IMODE((data / "storage-keys").stat().st_mode) == 0o600


def damage(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    if how == "absent":
        path.unlink()
    else:
        path.write_bytes({"flip": content, "cut": content[:-1], "empty": b""}[how])


@pytest.mark.parametrize("how", ["flip", "cut", "empty", "absent"])
def test_r076_a_damaged_file_is_reported_with_its_document_and_what_to_do(
    how: str, data: Path, boss: Seat, run: Run
) -> None:
    path = largest(data)
    damage(path, how)
    said = run("check", "--files")
    reason = "absent" if how == "absent" else "not the bytes that were sealed"
    assert said.code == 1
    assert about_files(said) == [
        f"{boss.workspace.slug}: plan.bin, version 1: {reason}. Take kept/{path.name[:2]}/{path.name[2:4]}/{path.name} "
        f"and notes/{path.name[:2]}/{path.name} in {data / 'files'} from a backup, or delete that version"
    ]


@pytest.mark.parametrize("how", ["flip", "cut", "empty"])
def test_r076_a_download_of_a_damaged_file_ends_with_an_error(how: str, data: Path, boss: Seat) -> None:
    node = next(node for node in boss.nodes() if node["name"] == "plan.bin")
    path = f"/nodes/{node['id']}/content"
    assert boss.bytes.get(path).content == CONTENTS["plan.bin"]
    damage(largest(data), how)
    for headers in ({}, {"Range": "bytes=60000-140000"}):
        answer = boss.bytes.get(path, **headers)
        assert (answer.status_code, answer.data["code"]) == (503, "content_damaged")


def test_bytes_under_a_right_seal_are_compared_with_the_upload(boss: Seat, run: Run) -> None:
    Version.objects.filter(size=7).update(sha256=hashlib.sha256(b"autre chose").hexdigest())
    [line] = about_files(run("check", "--files"))
    assert "note.txt, version 1: not the bytes that were uploaded." in line


def test_r132_bytes_that_nothing_names_are_counted(boss: Seat, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    name = blobs.new_name()
    blobs.store().begin(name)
    ground: Any = blobs.store()
    monkeypatch.setattr(SealedStore, "kept_before", lambda *_: iter([name]))
    assert "1 belong to nothing any more; the server removes them at night" in about_files(run("check", "--files"))
    assert ground.part_size(name) == 0


def test_a_share_is_read_each_night_and_damage_is_told(data: Path, boss: Seat) -> None:
    assert sum(verify_share(night) for night in range(30)) == 0
    damage(largest(data), "flip")
    assert sum(verify_share(night) for night in range(30)) == 1
    assert Entry.objects.filter(action="documents.damage_found").count() == 1


def test_a_key_is_exchanged_and_the_former_forgotten(data: Path, boss: Seat, run: Run) -> None:
    before = {name: path.read_bytes() for name, path in files_of(data).items()}
    first = (data / "storage-keys").read_text()
    early, done = run("keys", "forget"), run("keys", "rotate")
    both = (data / "storage-keys").read_text()
    forgotten, status = run("keys", "forget"), run("keys", "status")

    assert early.out.startswith("0 former keys")
    assert (done.code, done.error) == (0, "")
    assert "Backups made before need the former key" in done.out
    assert both.endswith(first)
    assert both.count("\n") == 2
    assert forgotten.out.startswith("1 former keys were deleted")
    assert first.strip() not in (data / "storage-keys").read_text()
    assert "3  present key" in status.out
    assert {name: path.read_bytes() for name, path in files_of(data).items()} == before
    assert about_files(run("check", "--files")) == ["3 contents read, each with the SHA-256 of its upload"]
    assert boss.document("après.txt", b"x")["size"] == 1
    assert list(Entry.objects.filter(action__startswith="storage.").values_list("action", flat=True)) == [
        "storage.key_made",
        "storage.key_exchanged",
        "storage.keys_forgotten",
    ]


def test_a_lost_key_is_one_sentence_everywhere(data: Path, boss: Seat, run: Run) -> None:
    (data / "storage-keys").unlink()
    checked, status, rotated = run("check", "--files"), run("keys", "status"), run("keys", "rotate")
    assert checked.code == status.code == rotated.code == 1
    assert "TO DO  encryption     The files are sealed with the key " in checked.out
    assert f"put {data / 'storage-keys'} back" in checked.out
    assert status.error.count("\n") == rotated.error.count("\n") == 1
    assert "Without it nobody can read them." in rotated.error
    node = boss.nodes()[0]
    answer = boss.bytes.get(f"/nodes/{node['id']}/content")
    assert (answer.status_code, answer.data["code"]) == (503, "storage_key_missing")
    assert not (data / "storage-keys").exists()


def test_an_installation_in_clear_is_sealed_by_one_command(data: Path, boss: Seat, run: Run, tmp_path: Path) -> None:
    """As an installation of before: no key, no notes, contents as they are."""
    sealed = SealedStore(FileStore(data / "files"), Keyring(data / "storage-keys"))
    before: dict[str, bytes] = {}
    for name, path in files_of(data).items():
        content = sealed.open(name)
        before[name] = content.read(0, content.size)
        content.close()
        path.write_bytes(before[name])
    for note in (data / "files" / "notes").rglob("*"):
        if note.is_file():
            note.unlink()
    (data / "storage-keys").unlink()
    blobs.use(None)

    noted, refused, done = run("check", "--files"), run("keys", "rotate"), run("keys", "encrypt")
    after = {name: path.read_bytes() for name, path in files_of(data).items()}
    assert "note   encryption     files are in clear: `plano keys encrypt` seals them" in noted.out
    assert about_files(noted) == ["3 contents read, each with the SHA-256 of its upload"]
    assert "`plano keys encrypt` seals them first" in refused.error
    assert done.out.startswith("3 files were sealed")
    assert set(after) == set(before)
    assert all(after[name] != before[name] for name in before if before[name])
    assert about_files(run("check", "--files")) == ["3 contents read, each with the SHA-256 of its upload"]


def test_check_says_whether_the_bucket_answers(settings: Any, tmp_path: Path, seaweed: Seaweed) -> None:
    def said(url: str) -> list[tuple[str, str, str]]:
        settings.PLANO = replace(settings.PLANO, data=tmp_path, storage_url=url)
        return list(storage.place())

    good, absent = said(seaweed.place()), said(seaweed.url("no-such-bucket"))
    wrong = said(seaweed.url(BUCKET, secret="x" * 20))
    assert good[0][0] == "OK"
    assert good[0][2].startswith(f"bucket 127.0.0.1:{seaweed.port}/{BUCKET}, prefix ")
    assert good[1] == ("OK", "encryption", "files will be sealed from the first one")
    assert absent[0][::2] == (
        "TO DO",
        f"127.0.0.1:{seaweed.port}/no-such-bucket: NoSuchBucket: make the bucket, or correct PLANO_STORAGE_URL",
    )
    assert "the secret in PLANO_STORAGE_URL is wrong" in wrong[0][2]
    assert all(secret not in str([good, absent, wrong]) for secret in (SECRET, quote(SECRET, safe=""), "x" * 20))


def switch(settings: Any, url: str | None) -> None:
    """Plano begins again with this place."""
    settings.PLANO = replace(settings.PLANO, storage_url=url)
    blobs.use(None)


def contents(seat: Seat) -> dict[str, bytes]:
    return {node["name"]: seat.bytes.get(f"/nodes/{node['id']}/content").content for node in seat.nodes()}


def test_all_files_go_to_a_bucket_sealed_and_come_back(
    data: Path, boss: Seat, run: Run, seaweed: Seaweed, settings: Any, tmp_path: Path
) -> None:
    url, held = seaweed.place(), tmp_path / "where"
    held.write_text(f"{url}\n")
    before = {name: path.read_bytes() for name, path in files_of(data).items()}
    said = run("files", "move", "--to-file", str(held))
    assert (said.code, said.error) == (0, "")
    assert said.out.startswith("3 files (")
    assert "All files are there. Give that place as PLANO_STORAGE_URL" in said.out
    assert SECRET not in said.out + said.error
    assert {name: path.read_bytes() for name, path in files_of(data).items()} == before, "the old place is as it was"

    switch(settings, url)
    ground = chosen.ground()
    for name, content in before.items():
        kept = ground.open(name)
        assert kept.read(0, kept.size) == content, "the very bytes: sealed stays sealed"
        kept.close()
    assert contents(boss) == CONTENTS
    assert "3 contents read, each with the SHA-256 of its upload" in run("check", "--files").out
    assert boss.document("après.txt", b"dans le seau")["size"] == 12

    back = run("files", "move", "--to", f"file://{tmp_path / 'retour'}")
    assert back.out.startswith("4 files (")
    switch(settings, f"file://{tmp_path / 'retour'}")
    assert contents(boss) == CONTENTS | {"après.txt": b"dans le seau"}
    assert Entry.objects.filter(action="storage.moved").count() == 2
    assert SECRET not in str(list(Entry.objects.values_list("details", flat=True)))
