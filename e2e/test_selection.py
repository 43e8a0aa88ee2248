"""Several rows at once, by mouse and by keyboard: mark, bin, undo, move."""

import pytest
from playwright.sync_api import Locator, expect

from e2e.conftest import OpenOffice
from e2e.test_rights import SLUG, dialog


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
