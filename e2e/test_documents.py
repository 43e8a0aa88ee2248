"""The library in real browsers: a cut in mid-upload, names taken, a race lost, hostile files. The folder of twelve: the
journey."""

import hashlib
import os
import re
import time
import unicodedata
from pathlib import Path

import httpx
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


def of(office: Office, nodes: list[dict[str, object]], name: str) -> bytes:
    node = next(node for node in nodes if node["name"] == name)
    return office.context.request.get(f"{office.server.url}/api/v1/nodes/{node['id']}/content").body()


@pytest.mark.timeout(120)
def test_documents3_twenty_names_taken_are_answered_at_once_and_folders_apart(
    office: OpenOffice, tmp_path: Path
) -> None:
    """Case, accent form and a trailing dot make no other name; the report tells what became of each."""
    alice = office("alice")
    page = alice.go(LIBRARY)
    grid = page.get_by_role("treegrid")
    grid.wait_for()
    tray = page.get_by_role("region", name="Dépôts")
    first, second = tmp_path / "1" / "Clôture", tmp_path / "2" / "Clôture"
    for root, word in ((first, "un"), (second, "deux")):
        (root / "Vide" / "Plus bas").mkdir(parents=True)
        (root / "Comptes").mkdir()
        for number in range(17):
            (root / ("Comptes" if number % 2 else ".") / f"pièce {number:02d}.txt").write_text(f"{word} {number}")
    changed = {
        "Réunion.md": unicodedata.normalize("NFD", "RÉUNION.MD"),
        "Note.txt": "note.txt.",
        "Plan.odt": "PLAN.ODT",
    }
    for name, other in changed.items():
        (first / name).write_text("un")
        (second / other).write_text("deux")
    (first / "Avis").write_text("un document")  # there a folder, with a file in it
    (second / "Avis").mkdir()
    (second / "Avis" / "avis.txt").write_text("deux")
    (first / "Lettres").mkdir()
    (second / "Lettres").write_text("un document là où est un dossier")

    alice.drop(first, grid)
    expect(tray.get_by_role("heading")).to_have_text(re.compile("^23 terminés"))  # Vide/Plus bas and Lettres with them
    page.get_by_role("button", name="Vider la liste").click()
    alice.drop(second, grid)
    dialog = page.get_by_role("dialog")
    for _ in range(3):  # the files together; then what stands in the way of a folder, or is one
        expect(dialog).to_contain_text(re.compile("Ce nom est déjà pris"))
        answers = dialog.get_by_role("button", name="Nouvelle version")
        if answers.count():
            dialog.get_by_label("Faire de même pour tous").check()
            alice.is_accessible()
            answers.click()
        else:
            dialog.get_by_role("button", name="Garder les deux").click()
        page.wait_for_timeout(1_500)
        if not dialog.is_visible():
            break
    expect(tray.get_by_role("heading")).to_have_text(re.compile("^23 terminés"))
    page.get_by_role("button", name="Compte rendu").click()
    expect(dialog).to_contain_text("20 nouvelles versions")
    alice.is_accessible()
    with page.expect_download() as saved:
        dialog.get_by_role("button", name="Télécharger le texte").click()
    assert "Clôture/Comptes/pièce 01.txt" in saved.value.path().read_text()
    page.keyboard.press("Escape")

    top = alice.api("GET", f"/workspaces/{alice.workspace_id(SLUG)}/nodes")["items"]
    folder = next(node["id"] for node in top if node["name"] == "Clôture")
    inside = alice.api("GET", f"/workspaces/{alice.workspace_id(SLUG)}/nodes?parent_id={folder}")["items"]
    folders = sorted(node["name"] for node in inside if node["kind"] == "folder")
    assert folders == ["Avis (2)", "Comptes", "Lettres", "Vide"]
    nodes = alice.documents(SLUG, folder)
    assert len(nodes) == 23
    assert {
        node["content_version"] for node in nodes if node["name"].startswith("pièce") or node["name"] in changed
    } == {2}
    assert of(alice, nodes, "Réunion.md") == b"deux"
    assert of(alice, nodes, "Avis") == b"un document"
    assert of(alice, nodes, "Lettres (2)").startswith(b"un document l")


@pytest.mark.timeout(120)
def test_documents4_two_people_save_one_file_by_web_and_by_network_drive(office: OpenOffice, tmp_path: Path) -> None:
    """Whoever is second is told, or finds a copy beside; both contents are there at the end."""
    alice = office("alice")
    name = f"Arrêté {time.time_ns()}.odt"
    body = {"kind": "document", "name": name}
    node = alice.api("POST", f"/workspaces/{alice.workspace_id(SLUG)}/nodes", body)
    auth = ("bruno", alice.server.accounts["bruno"]["app_password"])
    with httpx.Client(base_url=f"{alice.server.url}/dav/files/{SLUG}/", auth=auth, timeout=30) as drive:
        assert drive.put(name, content=b"un").status_code == 204
        # by the web: Bruno saves while hers is on its way
        page = alice.go(f"{LIBRARY}?doc={node['id']}")
        page.get_by_role("tab", name="Détails").click()
        session = alice.context.new_cdp_session(page)
        session.send("Network.enable")
        speed = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 3_000_000}
        session.send("Network.emulateNetworkConditions", speed)
        mine = tmp_path / "le mien.odt"
        mine.write_bytes(b"d'Alice " * 1_000_000)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Nouvelle version", exact=True).click()
        chooser.value.set_files(mine)
        expect(page.get_by_role("region", name="Dépôts")).to_contain_text(re.compile(r"[1-9].* sur 8\sMo"))
        etag = drive.get(name).headers["etag"]
        assert drive.put(name, content=b"de Bruno").status_code == 204
        session.send("Network.emulateNetworkConditions", speed | {"uploadThroughput": -1})
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Quelqu’un a été plus rapide")
        expect(dialog).to_contain_text("Bruno")
        alice.is_accessible()
        dialog.get_by_role("button", name="Garder les deux").click()
        expect(page.get_by_role("region", name="Dépôts")).to_contain_text("Déposé")
        nodes = alice.documents(SLUG)
        assert of(alice, nodes, name) == b"de Bruno"
        beside = name.removesuffix(".odt") + " (2).odt"
        assert of(alice, nodes, beside) == mine.read_bytes()

        # by the drive: Alice saves after Bruno's program has read
        assert drive.get(name).content == b"de Bruno"
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Nouvelle version", exact=True).click()
        (tmp_path / "encore.odt").write_bytes(b"d'Alice, encore")
        chooser.value.set_files(tmp_path / "encore.odt")
        alice.until(lambda: of(alice, nodes, name) == b"d'Alice, encore", "her version is not there")
        assert drive.put(name, content=b"x", headers={"If-Match": etag}).status_code == 412
        assert drive.put(name, content=b"de Bruno, encore").status_code == 201
        copy = page.get_by_role("row").filter(has_text="conflit de Bruno")
        expect(copy).to_be_visible(timeout=5_000)  # she sees it appear
        conflict = next(one["name"] for one in alice.documents(SLUG) if "conflit de Bruno" in one["name"])
        nodes = alice.documents(SLUG)
        assert of(alice, nodes, conflict) == b"de Bruno, encore"
        assert of(alice, nodes, name) == b"d'Alice, encore"


@pytest.mark.timeout(60)
def test_documents17_a_manager_sees_what_takes_the_space_and_nobody_else_does(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno", width=390, height=800)
    page = alice.go(LIBRARY)
    page.get_by_role("link", name="Place prise").click()
    expect(page.get_by_role("progressbar", name="Place prise dans la bibliothèque")).to_be_attached()
    alice.is_accessible()
    largest = page.get_by_role("region", name="Les dix documents les plus lourds").get_by_role("link").first
    name = largest.inner_text()
    largest.click()
    expect(page.get_by_role("complementary").or_(page.get_by_role("dialog")).get_by_text(name).first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Ouvrir la corbeille").click()
    expect(page).to_have_url(re.compile("/documents/corbeille"))
    bruno.go(f"{LIBRARY}/place")
    expect(bruno.page.get_by_text("Seuls les gestionnaires")).to_be_visible()
    assert not bruno.scrolls_sideways()
