"""The library in real browsers: a cut in mid-upload, a name taken, hostile files. The folder of twelve: the journey."""

import hashlib
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice
from e2e.office import Office

LIBRARY = "/w/plan-de-continuite/documents"
SLUG = "plan-de-continuite"


def drop(office: Office, files: list[Path]) -> None:
    office.page.locator("input[data-testid='files']").set_input_files(files)


@pytest.mark.timeout(120)
def test_an_upload_goes_on_after_a_cut(office: OpenOffice, tmp_path: Path) -> None:
    alice = office("alice")
    file = tmp_path / "Relevé.bin"
    file.write_bytes(os.urandom(30_000_000))
    alice.go(LIBRARY)
    session = alice.context.new_cdp_session(alice.page)
    session.send("Network.enable")
    slow = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 6_000_000}
    session.send("Network.emulateNetworkConditions", slow)
    drop(alice, [file])
    tray = alice.page.get_by_role("region", name="Dépôts")
    expect(tray).to_contain_text("Relevé.bin")
    alice.page.wait_for_timeout(1_500)
    session.send("Network.emulateNetworkConditions", {**slow, "offline": True})
    alice.page.wait_for_timeout(2_000)
    session.send("Network.emulateNetworkConditions", {**slow, "offline": False, "uploadThroughput": -1})
    expect(tray).to_contain_text(re.compile("1 terminé"), timeout=60_000)

    node = next(node for node in alice.documents(SLUG) if node["name"] == "Relevé.bin")
    assert alice.sha256(node) == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.timeout(90)
def test_a_taken_name_asks_and_a_new_version_keeps_the_old_one(office: OpenOffice, tmp_path: Path) -> None:
    alice = office("alice")
    file = tmp_path / "Consigne.txt"
    alice.go(LIBRARY)
    for text in ("première", "seconde"):
        file.write_text(text)
        drop(alice, [file])
        if text == "seconde":
            dialog = alice.page.get_by_role("dialog")
            expect(dialog).to_contain_text("Un document s’appelle déjà")
            alice.is_accessible()
            dialog.get_by_role("button", name="Nouvelle version").click()
        alice.page.wait_for_timeout(1_500)
    node = next(node for node in alice.documents(SLUG) if node["name"] == "Consigne.txt")
    versions = alice.api("GET", f"/nodes/{node['id']}/versions")["items"]
    assert len(versions) == 2


@pytest.mark.timeout(90)
def test_r070_hostile_files_run_nothing(office: OpenOffice, tmp_path: Path) -> None:
    """Script in HTML and SVG, by their own address and in the preview: no dialog opens, nothing is changed."""
    alice = office("alice")
    alice.page.on("dialog", lambda dialog: alice.watch.problems.append(f"a file opened a dialog: {dialog.message}"))
    script = "<script>alert(document.domain)</script>"
    files = {
        "piège.html": f"<html><body onload='alert(1)'>{script}</body></html>",
        "piège.svg": f"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>{script}</svg>",
        "piège.md": f"# Titre\n\n{script}\n\n<img src=x onerror=alert(1)>\n\n[lien](javascript:alert(1))",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    alice.go(LIBRARY)
    drop(alice, [tmp_path / name for name in files])
    expect(alice.page.get_by_role("region", name="Dépôts")).to_contain_text(re.compile("3 terminés"), timeout=30_000)
    for node in alice.documents(SLUG):
        if str(node["name"]).startswith("piège"):
            alice.go(f"{LIBRARY}?doc={node['id']}")
            alice.page.wait_for_timeout(700)
            answer = alice.context.request.get(f"{alice.server.url}/api/v1/nodes/{node['id']}/content?inline=1")
            disposition = answer.headers["content-disposition"]
            assert disposition.startswith("attachment") or "sandbox" in answer.headers["content-security-policy"]
