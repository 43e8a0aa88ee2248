"""Programs that people use, against the running server: litmus, rclone, cadaver (R-55)."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.dav.trees import digest, grow
from tests.server import Server

WORKSPACE = "plan-de-continuite"
pytestmark = pytest.mark.timeout(240)


def program(name: str) -> str:
    """Where a program is; without it these tests fail, they are never left out."""
    found = shutil.which(name)
    assert found, f"{name} is missing: tools/system-packages {name}"
    return found


def run(*words: str, cwd: Path, given: str = "", **more: str) -> str:
    done = subprocess.run(
        words, cwd=cwd, input=given, env=os.environ | more, capture_output=True, text=True, timeout=200, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout + done.stderr


def password_of(server: Server, login: str) -> str:
    return server.accounts[login]["app_password"]


def names_in(server: Server, login: str, folder: str | None = None) -> dict[str, Any]:
    """What the browser shows of a folder."""
    person = server.sign_in(login)
    workspace = person.workspace(WORKSPACE)["id"]
    top = person.get(f"/workspaces/{workspace}/nodes?limit=1000")["items"]
    if folder is None:
        return {node["name"]: node for node in top}
    id = next(node["id"] for node in top if node["name"] == folder)
    inside = person.get(f"/workspaces/{workspace}/nodes?parent_id={id}&limit=1000")["items"]
    return {node["name"]: node for node in inside}


def test_r055_litmus_passes_whole(server: Server, tmp_path: Path) -> None:
    address = f"{server.url}/dav/files/{WORKSPACE}/"
    told = run(program("litmus"), "-k", address, "alice", password_of(server, "alice"), cwd=tmp_path)
    summaries = re.findall(r"summary for `(\w+)': of (\d+) tests run: (\d+) passed, 0 failed", told)
    assert [name for name, _, _ in summaries] == ["basic", "copymove", "props", "locks", "http"], told
    assert all(ran == passed for _, ran, passed in summaries)
    assert sum(int(ran) for _, ran, _ in summaries) >= 104
    assert "SKIPPED" not in told


def test_rclone_keeps_two_thousand_files_the_same_on_both_sides(server: Server, tmp_path: Path) -> None:
    rclone = program("rclone")
    here, back = tmp_path / "ici", tmp_path / "retour"
    grow(here, files=2000)
    obscured = run(rclone, "obscure", password_of(server, "bruno"), cwd=tmp_path).strip()
    settings = {
        "RCLONE_CONFIG": str(tmp_path / "rclone.conf"),
        "RCLONE_WEBDAV_URL": f"{server.url}/dav/files/{WORKSPACE}",
        "RCLONE_WEBDAV_VENDOR": "other",
        "RCLONE_WEBDAV_USER": "bruno",
        "RCLONE_WEBDAV_PASS": obscured,
    }
    (tmp_path / "rclone.conf").touch()
    words = (rclone, "sync", "--create-empty-src-dirs", "--transfers", "8", "--checkers", "8", "--retries", "1")
    run(*words, str(here), ":webdav:Synchro", cwd=tmp_path, **settings)
    run(*words, ":webdav:Synchro", str(back), cwd=tmp_path, **settings)
    assert digest(back) == digest(here)

    (back / "Dossier 1").joinpath("nouveau – été.txt").write_text("ajouté", encoding="utf-8")
    (back / "quoi?.txt").write_bytes(b"une seconde version")
    (back / "100 % sûr.md").unlink()
    run(*words, str(back), ":webdav:Synchro", cwd=tmp_path, **settings)
    run(*words, ":webdav:Synchro", str(here), cwd=tmp_path, **settings)
    assert digest(here) == digest(back)
    shown = names_in(server, "alice", "Synchro")
    assert shown["quoi?.txt"]["content_version"] == 2
    assert shown["quoi?.txt"]["modified_by"]["id"] == server.sign_in("bruno").id
    assert "100 % sûr.md" not in shown


def test_cadaver_browses_edits_locks_and_leaves_nothing_behind(server: Server, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text(
        f"machine localhost\nlogin chloe\npassword {password_of(server, 'chloe')}\n", encoding="utf-8"
    )
    (tmp_path / ".netrc").chmod(0o600)
    (tmp_path / "note.txt").write_text("première version\n", encoding="utf-8")
    session = [
        "mkcol Essai",
        "cd Essai",
        "put note.txt",
        "ls",
        "lock note.txt",
        "discover note.txt",
        "put note.txt",
        "unlock note.txt",
        "copy note.txt copie.txt",
        "move copie.txt renommée.txt",
        "propset renommée.txt couleur rouge",
        "propget renommée.txt couleur",
        "get renommée.txt relue.txt",
        "delete note.txt",
        "ls",
        "cd ..",
        "quit",
    ]
    told = run(
        program("cadaver"),
        f"{server.url}/dav/files/{WORKSPACE}/",
        cwd=tmp_path,
        given="\n".join(session) + "\n",
        HOME=str(tmp_path),
        LC_ALL="C.UTF-8",
    )
    assert "failed" not in told, told
    assert told.count("succeeded") >= 10, told
    assert "rouge" in told
    assert (tmp_path / "relue.txt").read_text(encoding="utf-8") == "première version\n"
    assert set(names_in(server, "chloe", "Essai")) == {"renommée.txt"}


def test_the_address_of_a_workspace_lists_what_a_guest_sees(server: Server) -> None:
    import httpx

    answer = httpx.request(
        "PROPFIND",
        f"{server.url}/dav/files/{quote(WORKSPACE)}/",
        headers={"Depth": "1"},
        auth=("david", password_of(server, "david")),
    )
    assert answer.status_code == 207
    assert answer.text.count("<D:response>") == 2  # the workspace, and the one folder opened to him
