"""What is seen of documents in a real browser, with LibreOffice, ffmpeg and a real clamd behind it."""

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Browser, Locator, expect
from tests.antivirus import EICAR, Clamd
from tests.server import Server, start

from e2e.office import WEB, Office, open_office

LIBRARY = "/w/plan-de-continuite/documents"
SLUG = "plan-de-continuite"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Plano whose antivirus knows one signature, ours."""
    daemon = Clamd(tmp_path_factory.mktemp("clamd"))
    daemon.start()
    server = start(tmp_path_factory.mktemp("guarded") / "data", PLANO_WEB_DIR=str(WEB), PLANO_CLAMD_URL=daemon.url)
    yield server
    server.stop()
    daemon.stop()


@pytest.fixture
def alice(guarded: Server, browser: Browser) -> Iterator[Office]:
    opened = open_office(guarded, browser, "alice")
    yield opened
    opened.context.close()
    assert opened.watch.problems == []


def files(folder: Path) -> list[Path]:
    """One of each way to be shown."""
    letter = Document()
    for number in range(40):
        letter.add_paragraph(f"Article {number + 1}. Le plan de continuité est mis à jour chaque année.")
    letter.save(folder / "Note.docx")
    book = Workbook()
    book.active.append(["Service", "Agents"])
    book.save(folder / "Moyens.xlsx")
    Image.linear_gradient("L").resize((1200, 800)).convert("RGB").save(folder / "Site.jpg")
    rows = "".join(f"{number};Agent {number};Étrangers\r\n" for number in range(10_000))
    (folder / "Agents.csv").write_bytes(f"Matricule;Nom;Service\r\n{rows}".encode("cp1252"))
    (folder / "Dessin.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    (folder / "Cassé.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 500)
    film = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=duration=2:size=320x180:rate=10", "-c:v", "libvpx"]
    subprocess.run([*film, folder / "Visite.webm"], check=True, timeout=60)
    return sorted(folder.iterdir())


def opened(office: Office, name: str) -> Locator:
    """The panel of a document."""
    office.page.get_by_role("row", name=name).first.click()
    panel = office.page.get_by_role("region", name=name, exact=True)
    expect(panel).to_be_visible()
    return panel


@pytest.mark.timeout(240)
def test_each_way_to_be_shown(alice: Office, tmp_path: Path) -> None:
    alice.page.on("dialog", lambda dialog: alice.watch.problems.append(f"a file opened a dialog: {dialog.message}"))
    alice.go(LIBRARY)
    alice.page.locator("input[data-testid='files']").set_input_files(files(tmp_path))
    alice.until(
        lambda: {node["state"] for node in alice.documents(SLUG) if (tmp_path / node["name"]).exists()} == {"clean"},
        "the antivirus does not answer",
        seconds=60,
    )

    table = opened(alice, "Agents.csv").get_by_role("region", name="Aperçu de Agents.csv")
    expect(table).to_contain_text("Étrangers")
    expect(table.get_by_role("table")).to_have_attribute("aria-rowcount", "10001")
    assert table.get_by_role("row").count() < 120
    table.focus()
    alice.page.keyboard.press("End")
    expect(table).to_contain_text("Agent 9999")

    expect(opened(alice, "Dessin.svg").locator("pre")).to_contain_text('onload="alert(1)"')
    expect(opened(alice, "Cassé.pdf").get_by_role("alert")).to_contain_text("endommagé")

    for name in ("Note.docx", "Moyens.xlsx"):
        figure = opened(alice, name).get_by_role("figure").first
        expect(figure).to_contain_text("Article 1." if name == "Note.docx" else "Service", timeout=90_000)

    picture = opened(alice, "Site.jpg").get_by_role("img", name="Aperçu de Site.jpg")
    expect(picture).to_be_visible(timeout=60_000)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200

    film = opened(alice, "Visite.webm").locator("video")
    expect(film).to_be_visible()
    film.evaluate("video => { video.muted = true; video.currentTime = 1; return video.play(); }")
    alice.until(lambda: bool(film.evaluate("video => video.currentTime > 1.1")), "the film does not play")

    row = alice.page.get_by_role("row", name="Site.jpg").first
    expect(row.locator("img[src*='/previews/thumbnail/']")).to_be_visible(timeout=60_000)
    alice.is_accessible()

    opened(alice, "Note.docx").get_by_role("button", name="Agrandir").press("Enter")
    window = alice.page.get_by_role("dialog", name="Note.docx")
    expect(window.get_by_role("figure").first).to_contain_text("Article 1.")
    alice.is_accessible()
    alice.page.keyboard.press("Escape")
    expect(window).to_have_count(0)


@pytest.mark.timeout(120)
def test_malware_is_set_aside_before_everybody_s_eyes(alice: Office, guarded: Server, browser: Browser) -> None:
    """Bruno looks at the folder while Alice uploads: he sees the word, cannot have the file, and she is told."""
    bruno = open_office(guarded, browser, "bruno")
    bruno.go(LIBRARY)
    expect(bruno.page.get_by_role("treegrid")).to_be_visible()
    alice.go(LIBRARY)
    upload = {"name": "Facture.txt", "mimeType": "text/plain", "buffer": io.BytesIO(EICAR).getvalue()}
    alice.page.locator("input[data-testid='files']").set_input_files(upload)
    for one in (alice, bruno):
        expect(one.page.get_by_role("row", name="Facture.txt").first).to_contain_text("Infecté", timeout=30_000)
    panel = opened(bruno, "Facture.txt")
    expect(panel.get_by_role("alert")).to_contain_text("Plano.Eicar")
    expect(panel.get_by_role("button", name="Télécharger")).to_be_disabled()
    bruno.is_accessible()
    node = next(node for node in bruno.documents(SLUG) if node["name"] == "Facture.txt")
    assert bruno.try_api("GET", f"/nodes/{node['id']}/content")[0] == 403
    alice.go("/notifications")
    expect(alice.page.get_by_role("main")).to_contain_text("L’antivirus a écarté un fichier")
    bruno.context.close()
    assert bruno.watch.problems == []
