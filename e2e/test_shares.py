"""A folder is shared by link with a person without an account; files come in from outside; each link can be stopped."""

import hashlib
import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from e2e.conftest import OpenOffice

WORKSPACE = "plan-de-continuite"
PASSWORD = "la crue de mars"


def allow_links(alice: Any) -> Page:
    """The manager's switch, if it is off."""
    page: Page = alice.go(f"/w/{WORKSPACE}/documents/partages")
    switch = page.get_by_role("switch", name="Autoriser les liens de partage")
    expect(switch).to_be_enabled()
    if not switch.is_checked():
        switch.press("Space")
        expect(switch).to_be_checked()
    return page


def folder_with(alice: Any, name: str, files: dict[str, bytes]) -> Any:
    """A folder of Alice's with these documents, put there by her own page."""
    workspace = alice.workspace_id(WORKSPACE)
    folder = alice.api(
        "POST", f"/workspaces/{workspace}/nodes", {"kind": "folder", "name": name}
    )
    page = alice.go(f"/w/{WORKSPACE}/documents/dossier/{folder['id']}")
    if files:
        page.get_by_test_id("files").set_input_files(
            [
                {"name": name, "mimeType": "application/octet-stream", "buffer": body}
                for name, body in files.items()
            ]
        )
        for file in files:
            expect(
                page.get_by_role("row", name=re.compile(re.escape(file)))
            ).to_be_visible()
    return folder


def share(
    page: Page, folder: Any, *, drop: bool = False, password: str | None = None
) -> str:
    """By the menu of the folder, at the top of the library. Returns the address."""
    page.get_by_role("link", name="Tous les documents").first.click()
    row = page.get_by_role("row", name=re.compile(folder["name"]))
    row.click(button="right")
    page.get_by_role("menuitem", name="Partager par lien…").click()
    dialog = page.get_by_role("dialog", name=re.compile("Partager"))
    if drop:
        dialog.get_by_role("radio", name="Recevoir des fichiers").check()
    dialog.get_by_role("textbox", name="Pour qui ?").fill("Mairie de Tours")
    if password is not None:
        dialog.get_by_role("checkbox", name="Protéger par un mot de passe").check()
        dialog.get_by_role("textbox", name="Mot de passe").fill(password)
    dialog.get_by_role("button", name="Créer le lien").click()
    address = page.get_by_role("textbox", name="Adresse du lien").input_value()
    page.get_by_role("button", name="Fermer", exact=True).last.click()
    return address.split("/s/")[1]


def test_a_folder_shared_by_link_opens_without_an_account_until_it_is_stopped(
    office: OpenOffice,
) -> None:
    alice = office("alice")
    allow_links(alice)
    plan, annex = bytes(range(256)) * 400, "Relevé du jour".encode()
    folder = folder_with(
        alice, "Dossier de crise", {"Plan.bin": plan, "Relevé.txt": annex}
    )
    token = share(alice.page, folder, password=PASSWORD)

    outsider = office()
    page = outsider.go(f"/s/{token}")
    expect(page.get_by_role("heading", name="Partage protégé")).to_be_visible()
    assert "Dossier de crise" not in page.content()
    outsider.is_accessible()
    field = page.get_by_role("textbox", name="Mot de passe du partage")
    field.fill("ce n'est pas cela")
    field.press("Enter")
    expect(page.get_by_text("Ce n’est pas le bon mot de passe.")).to_be_visible()
    field.fill(PASSWORD)
    field.press("Enter")
    expect(page.get_by_role("heading", name="Dossier de crise")).to_be_visible()
    expect(page.get_by_text("Alice Martin partage cela avec vous.")).to_be_visible()
    outsider.is_accessible()
    assert not outsider.scrolls_sideways()

    with page.expect_download() as one:
        page.get_by_role("link", name="Plan.bin").click()
    got = Path(one.value.path()).read_bytes()
    assert hashlib.sha256(got).digest() == hashlib.sha256(plan).digest()
    with page.expect_download() as whole:
        page.get_by_role("link", name="Tout télécharger").click()
    assert whole.value.suggested_filename == "Dossier de crise.zip"
    with zipfile.ZipFile(io.BytesIO(Path(whole.value.path()).read_bytes())) as archive:
        assert archive.testzip() is None
        assert archive.read("Dossier de crise/Relevé.txt") == annex

    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Download all")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"

    panel = alice.page.get_by_role("complementary", name="Détails")
    alice.page.get_by_role("row", name=re.compile("Dossier de crise")).click(
        button="right"
    )
    alice.page.get_by_role("menuitem", name="Détails").click()
    links = panel.get_by_role("list", name="Liens de partage")
    expect(links).to_contain_text("Mairie de Tours")
    expect(links).to_contain_text("1 utilisation")
    alice.is_accessible()
    links.get_by_role("button", name=re.compile("Actions sur")).click()
    alice.page.get_by_role("menuitem", name="Voir les utilisations").click()
    uses = alice.page.get_by_role("dialog").get_by_role("listitem")
    expect(uses.filter(has_text="Téléchargement de Plan.bin")).to_have_count(1)
    expect(uses.filter(has_text="127.0.0.0/24").first).to_be_visible()
    alice.is_accessible()
    alice.page.keyboard.press("Escape")
    links.get_by_role("button", name=re.compile("Actions sur")).click()
    alice.page.get_by_role("menuitem", name="Arrêter le lien").click()
    alice.page.get_by_role("dialog").get_by_role(
        "button", name="Arrêter le lien"
    ).click()
    expect(panel.get_by_text("Aucun lien")).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", name="This sharing has ended")).to_be_visible()
    outsider.is_accessible()
    status, _ = outsider.try_api("GET", f"/s/{token}/items")
    assert status == 410


def test_files_left_by_an_outsider_arrive_live_with_their_name(
    office: OpenOffice, tmp_path: Path
) -> None:
    alice = office("alice")
    allow_links(alice)
    folder = folder_with(alice, "Réponses des communes", {})
    token = share(alice.page, folder, drop=True)
    alice.go(f"/w/{WORKSPACE}/documents/dossier/{folder['id']}")
    expect(alice.page.get_by_text("Ce dossier est vide")).to_be_visible()

    outsider = office(width=390, height=844)
    page = outsider.go(f"/s/{token}")
    expect(page.get_by_role("heading", name="Mairie de Tours")).to_be_visible()
    outsider.is_accessible()
    assert not outsider.scrolls_sideways()
    page.get_by_role("button", name="Choisir des fichiers").click()
    expect(page.get_by_text("Indiquez votre nom.")).to_be_visible()
    page.get_by_role("textbox", name="Votre nom").fill("Jean Dupont")
    large = random.Random(7).randbytes(36 << 20)  # more than two pieces
    files = {"Réponse.csv": b"oui;12\n", "Photos.bin": large}
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    page.get_by_test_id("deposit").set_input_files([tmp_path / name for name in files])
    for name in files:
        line = page.get_by_role("listitem").filter(has_text=name)
        expect(line).to_contain_text("Déposé", timeout=60_000)
        row = alice.page.get_by_role("row", name=re.compile(re.escape(name)))
        expect(row).to_contain_text("Dépôt externe de Jean Dupont")
    outsider.is_accessible()
    found = {node["name"]: node for node in alice.documents(WORKSPACE, folder["id"])}
    assert alice.sha256(found["Photos.bin"]) == hashlib.sha256(large).hexdigest()
    status, _ = outsider.try_api("GET", f"/s/{token}/items")
    assert status == 404, "who deposits sees nothing"
    assert "Réponse" not in page.get_by_role("main").inner_text().replace(
        "Réponse.csv", ""
    )


def test_a_zip_is_unpacked_where_it_lies_and_a_hostile_one_is_refused(
    office: OpenOffice,
) -> None:
    def zipped(files: dict[str, bytes]) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in files.items():
                archive.writestr(name, body)
        return held.getvalue()

    alice, bruno = office("alice"), office("bruno")
    good = zipped({f"Relevés/{n:02}.csv": b"a;b\n" for n in range(40)})
    folder = folder_with(
        alice,
        "Archives reçues",
        {"Lot.zip": good, "Piège.zip": zipped({"../../x": b"x"})},
    )
    bruno.go(f"/w/{WORKSPACE}/documents/dossier/{folder['id']}")

    def menu(name: str) -> None:
        alice.page.get_by_role("row", name=re.compile(re.escape(name))).click(
            button="right"
        )
        opened = alice.page.get_by_role("menu", name=f"Actions sur {name}")  # the last one may still be fading
        opened.get_by_role("menuitem", name="Décompresser ici").click()

    menu("Piège.zip")
    expect(
        alice.page.get_by_text(
            "Cette archive contient des chemins ou des liens dangereux"
        )
    ).to_be_visible()
    menu("Lot.zip")
    expect(alice.page.get_by_text("L’archive est décompressée")).to_be_visible(
        timeout=30_000
    )
    for person in (alice, bruno):
        expect(
            person.page.get_by_role("row", name=re.compile("Déplier Lot"))
        ).to_be_visible()
    made = next(
        node
        for node in alice.api(
            "GET",
            f"/workspaces/{alice.workspace_id(WORKSPACE)}/nodes?parent_id={folder['id']}",
        )["items"]
        if node["name"] == "Lot"
    )
    assert len(alice.documents(WORKSPACE, made["id"])) == 40
    alice.is_accessible()
