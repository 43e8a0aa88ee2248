"""Several rows at once, by mouse and by keyboard: mark, bin, undo, move, copy; from and to the computer; how it looks."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from e2e.conftest import OpenOffice
from e2e.office import Office
from e2e.test_rights import OTHER, SLUG, dialog, menu_of

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
COPY_PICTURE = """async data => {
  const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
  await navigator.clipboard.write([new ClipboardItem({"image/png": new Blob([bytes], {type: "image/png"})})]);
}"""
DRAG = """(row) => {
  const data = new DataTransfer();
  row.dispatchEvent(new DragEvent("dragstart", {bubbles: true, dataTransfer: data}));
  return data.getData("DownloadURL");
}"""


def rows_of(office: Office, name: str) -> Locator:
    return office.page.get_by_role("treegrid").get_by_role("row").filter(has_text=name)


def fill(office: Office, folder: str, *names: str) -> dict[str, Any]:
    """A folder of the workspace with documents in it."""
    nodes = f"/workspaces/{office.workspace_id(SLUG)}/nodes"
    made: dict[str, Any] = office.api("POST", nodes, {"kind": "folder", "name": folder})
    for name in names:
        office.api(
            "POST", nodes, {"kind": "document", "name": name, "parent_id": made["id"]}
        )
    return made


@pytest.mark.timeout(120)
def test_several_rows_are_binned_brought_back_and_moved(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    nodes = f"/workspaces/{alice.workspace_id(SLUG)}/nodes"
    folder = alice.api("POST", nodes, {"kind": "folder", "name": "Tri"})["id"]
    for name in ("Archives", "a.txt", "b.txt", "c.txt", "d.txt"):
        kind = "folder" if name == "Archives" else "document"
        alice.api("POST", nodes, {"kind": kind, "name": name, "parent_id": folder})
    for one in (alice, bruno):
        one.go(f"/w/{SLUG}/documents/dossier/{folder}")
    page = alice.page

    def row(name: str, of: object = page) -> Locator:
        return of.get_by_role("treegrid").get_by_role("row").filter(has_text=name)  # type: ignore[attr-defined]

    bar = page.get_by_role("toolbar", name="Éléments sélectionnés")
    row("a.txt").click(modifiers=["Control"])
    row("c.txt").click(modifiers=["Shift"])
    expect(bar).to_contain_text("3 éléments sélectionnés")
    expect(row("b.txt")).to_have_attribute("aria-selected", "true")
    alice.is_accessible()
    bar.get_by_role("button", name="Mettre à la corbeille").click()
    for of in (page, bruno.page):
        expect(row("b.txt", of)).to_have_count(0)
    expect(row("d.txt")).to_be_visible()
    page.get_by_role("button", name="Annuler", exact=True).click()
    for of in (page, bruno.page):
        expect(row("b.txt", of)).to_be_visible()

    row("a.txt").focus()
    page.keyboard.press("Control+ ")
    page.keyboard.press("Shift+ArrowDown")
    expect(bar).to_contain_text("2 éléments sélectionnés")
    bar.get_by_role("button", name="Déplacer vers…").click()
    dialog(alice).get_by_role("button", name="Archives").click()
    dialog(alice).get_by_role("button", name="Déplacer ici").click()
    expect(dialog(alice)).to_have_count(0)
    expect(row("a.txt", bruno.page)).to_have_count(0)
    row("c.txt").focus()
    page.keyboard.press("Control+a")
    expect(bar).to_contain_text("3 éléments sélectionnés")
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    page.keyboard.press("Control+z")  # the move, by keyboard
    for of in (page, bruno.page):
        expect(row("a.txt", of)).to_be_visible()
        expect(row("b.txt", of)).to_be_visible()
    row("a.txt").focus()
    page.keyboard.press("Shift+End")
    expect(bar).to_contain_text("4 éléments sélectionnés")
    page.keyboard.press("Delete")
    expect(row("c.txt", bruno.page)).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(row("c.txt", bruno.page)).to_be_visible()
    expect(row("d.txt")).to_be_visible()


@pytest.mark.timeout(120)
def test_a_copy_to_another_workspace_is_whole_in_every_browser(
    office: OpenOffice,
) -> None:
    chloe, bruno = office("chloe"), office("bruno")
    fill(chloe, "Modèles", "lettre.odt", "note.odt", "annexe.odt")
    bruno.go(f"/w/{OTHER}/documents")
    expect(bruno.page.get_by_role("treegrid")).to_be_visible()
    chloe.go(f"/w/{SLUG}/documents")
    menu_of(chloe, "Modèles", "Copier vers…")
    dialog(chloe).get_by_label("Espace").select_option(label="Budget 2027")
    told = dialog(chloe).get_by_role("status", name="Effet sur les accès")
    expect(told).to_contain_text("la copie")
    expect(told).to_contain_text("Alice")  # sees the original and will not see the copy
    chloe.is_accessible()
    dialog(chloe).get_by_role("button", name="Copier ici").click()
    expect(dialog(chloe)).to_have_count(0)
    expect(rows_of(bruno, "Modèles")).to_contain_text("3 éléments")  # without reloading
    expect(rows_of(chloe, "Modèles")).to_have_count(1)
    rows_of(bruno, "Modèles").click()
    expect(rows_of(bruno, "lettre.odt")).to_be_visible()


@pytest.mark.timeout(120)
def test_a_deletion_that_concerns_others_says_so_first(office: OpenOffice) -> None:
    alice = office("alice")
    folder = fill(alice, "Marché public", "offre 1.txt", "offre 2.txt")
    alice.api("PUT", f"/workspaces/{alice.workspace_id(SLUG)}/sharing", {"links": True})
    alice.api("POST", f"/nodes/{folder['id']}/shares", {"mode": "read"})
    alice.go(f"/w/{SLUG}/documents")
    menu_of(alice, "Marché public", "Mettre à la corbeille")
    expect(dialog(alice)).to_contain_text(
        "2 documents et 1 dossier, que voient 2 autres personnes."
    )
    expect(dialog(alice)).to_contain_text("1 lien de partage cessera de fonctionner.")
    alice.is_accessible()
    dialog(alice).get_by_role("button", name="Annuler").click()
    expect(dialog(alice)).to_have_count(0)
    expect(rows_of(alice, "Marché public")).to_be_visible()
    menu_of(alice, "Marché public", "Mettre à la corbeille")
    dialog(alice).get_by_role("button", name="Mettre à la corbeille").click()
    expect(dialog(alice)).to_have_count(0)
    expect(rows_of(alice, "Marché public")).to_have_count(0)
    alice.page.get_by_role("button", name="Annuler", exact=True).click()
    expect(rows_of(alice, "Marché public")).to_contain_text("2 éléments")


@pytest.mark.timeout(120)
def test_a_picture_of_the_screen_comes_in_and_a_document_goes_out(
    office: OpenOffice,
) -> None:
    alice = office("alice")
    alice.context.grant_permissions(["clipboard-read", "clipboard-write"])
    folder = fill(alice, "Captures", "plan.txt")
    page = alice.go(f"/w/{SLUG}/documents/dossier/{folder['id']}")
    expect(rows_of(alice, "plan.txt")).to_be_visible()
    page.evaluate(COPY_PICTURE, PIXEL)
    rows_of(alice, "plan.txt").focus()
    page.keyboard.press("F2")
    expect(dialog(alice).get_by_label("Nouveau nom")).to_be_focused()
    page.keyboard.press("Control+v")  # somebody writes: nothing comes
    page.keyboard.press("Escape")
    expect(dialog(alice)).to_have_count(0)
    expect(rows_of(alice, "Capture du")).to_have_count(0)
    rows_of(alice, "plan.txt").focus()
    page.keyboard.press("Control+v")
    shot = rows_of(alice, "Capture du")
    expect(shot).to_have_count(1)
    page.keyboard.press("Control+v")
    expect(shot).to_have_count(2)
    (first, _) = sorted(
        (
            n
            for n in alice.documents(SLUG, folder["id"])
            if n["name"].startswith("Capture")
        ),
        key=lambda n: len(n["name"]),
    )
    assert first["name"].endswith(".png")
    assert first["media_type"] == "image/png"

    kind, name, address = rows_of(alice, first["name"]).evaluate(DRAG).split(":", 2)
    assert (kind, name) == ("image/png", first["name"])
    got = page.evaluate("async path => (await fetch(path)).status", address)
    assert got == 200
    alice.go(f"/w/{SLUG}/documents")
    assert (
        rows_of(alice, "Captures")
        .evaluate(DRAG)
        .startswith("application/zip:Captures.zip:http")
    )


@pytest.mark.timeout(120)
def test_how_somebody_looks_at_a_folder_is_remembered(office: OpenOffice) -> None:
    alice = office("alice")
    folder = fill(alice, "À ranger", "b.txt", "a.txt")
    page = alice.go(f"/w/{SLUG}/documents/dossier/{folder['id']}")
    expect(rows_of(alice, "a.txt")).to_be_visible()
    page.get_by_role("button", name="Affichage").click()
    page.get_by_role("menuitemcheckbox", name="Type", exact=True).click()
    page.get_by_role("menuitemcheckbox", name="Taille").click()
    page.get_by_role("menuitemradio", name="Créé").click()
    alice.is_accessible()
    later = (
        alice.tab()
    )  # another page of the same browser: nothing of the session is shared
    later.go(f"/w/{SLUG}/documents/dossier/{folder['id']}")
    heads = later.page.get_by_role("columnheader")
    expect(later.page.get_by_role("columnheader", name="Type")).to_be_visible()
    expect(heads.filter(has_text="Taille")).to_have_count(0)
    expect(rows_of(later, ".txt").nth(0)).to_contain_text(
        "a.txt"
    )  # the last one made comes first
    later.go(f"/w/{SLUG}/documents")
    expect(
        later.page.get_by_role("columnheader", name="Taille")
    ).to_be_visible()  # this one was not changed
