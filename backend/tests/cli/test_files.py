"""`plano files move`: stopped and run again, beside a server and without. To a real bucket: in `test_storage`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plano.cli import files
from plano.platform import blobs
from plano.platform.blobs import copying, relocation
from plano.platform.blobs.base import Damaged
from plano.platform.blobs.files import FileStore
from tests.cli.test_storage import Run, boss, data, files_of, run
from tests.documents.conftest import Seat

__all__ = ["boss", "data", "run"]


def test_a_second_run_copies_the_rest_and_takes_away_what_was_purged(
    data: Path, boss: Seat, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = f"file://{tmp_path / 'autre'}"
    dry = run("files", "move", "--to", there, "--dry-run")
    assert dry.out.startswith("3 files (")
    assert "would be copied" in dry.out
    assert FileStore(tmp_path / "autre").is_empty()

    original, count = relocation._copy, iter(range(100))

    def cut(*arguments: Any) -> None:
        if next(count) == 1:
            raise KeyboardInterrupt
        original(*arguments)

    monkeypatch.setattr(relocation, "_copy", cut)
    assert run("files", "move", "--to", there).code == 1
    boss.document("nouveau.txt", b"venu entre-temps")
    [gone] = [node for node in boss.nodes() if node["name"] == "plan.bin"]
    boss.api.delete(f"/nodes/{gone['id']}")
    purge(boss, gone)
    assert run("keys", "rotate").code == 0, "notes change, bytes do not"
    done = run("files", "move", "--to", there)
    assert done.code == 0, done.error
    assert set(names(tmp_path / "autre")) == set(files_of(data))
    assert all(
        path.read_bytes() == files_of(data)[name].read_bytes() for name, path in names(tmp_path / "autre").items()
    )
    again = run("files", "move", "--to", there)
    assert again.out.startswith("0 files (0 bytes) were copied")
    assert "3 were there before" in again.out


def purge(boss: Seat, node: Any) -> None:
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        assert boss.api.delete(f"/nodes/{node['id']}/bin").status_code == 200


def names(root: Path) -> dict[str, Path]:
    return {path.name: path for path in (root / "kept").rglob("*") if path.is_file()}


def test_bytes_that_arrive_changed_are_not_accepted(
    data: Path, boss: Seat, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_digest", lambda *_: b"other")
    said = run("files", "move", "--to", f"file://{tmp_path / 'autre'}")
    assert said.code == 1
    assert "0 files are in" in said.error
    assert "3 are not" in said.error
    assert names(tmp_path / "autre") == {}
    assert Damaged.__name__ in said.error


@pytest.mark.parametrize("how", ["same", "foreign", "key", "words", "unread"])
def test_a_place_that_is_not_for_these_files_is_refused(
    how: str, data: Path, boss: Seat, run: Run, tmp_path: Path
) -> None:
    there = tmp_path / "autre"
    if how == "foreign":
        other = FileStore(there)
        name = blobs.new_name()
        other.begin(name)
        other.keep(name)
    if how == "key":
        FileStore(there).set_note("0" * 32, b"of another key" * 9)
    sentences = {
        "same": ("--to", f"file://{data}/files", "The files are there already"),
        "foreign": ("--to", f"file://{there}", "files of another installation"),
        "key": ("--to", f"file://{there}", "files of another installation"),
        "words": ("--to", "/srv/files", "is written file:///folder or s3://"),
        "unread": ("--to-file", str(there / "absent"), "cannot be read"),
    }
    option, value, sentence = sentences[how]
    said = run("files", "move", option, value)
    assert (said.code, sentence in said.error, said.error.count("\n")) == (1, True, 1), said.error
    assert names(there) == {} or how == "foreign"


def test_beside_a_running_server_it_says_that_there_is_a_rest(
    data: Path, boss: Seat, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plano.cli.lock import DataLock

    with DataLock(data) as lock:
        assert lock.take("serve")
        said = run("files", "move", "--to", f"file://{tmp_path / 'autre'}")
    assert "Stop it, on every node, and run this again for the rest" in said.out
    monkeypatch.setattr(files, "AWAKE", "SELECT 1")
    assert "Stop it, on every node" in run("files", "move", "--to", f"file://{tmp_path / 'autre'}").out


def test_an_upload_on_its_way_stays_behind(data: Path, boss: Seat, run: Run, tmp_path: Path) -> None:
    begun = boss.bytes.start(10, workspace_id=boss.workspace.id, filename="en route.bin")
    boss.bytes.patch(begun.headers["location"], 0, b"12345")
    said = run("files", "move", "--to", f"file://{tmp_path / 'autre'}")
    assert "1 unfinished uploads stay behind and begin again" in said.out
