"""Versions of a document: named, compared, seen by the other without reloading."""

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice
from e2e.office import Office

SLUG = "plan-de-continuite"


def open_versions(office: Office, node: str) -> None:
    office.go(f"/w/{SLUG}/documents?doc={node}")
    office.page.get_by_role("tab", name="Détails").click()


@pytest.mark.timeout(120)
def test_a_version_is_named_and_compared_and_the_other_sees_its_name(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    body = {"kind": "document", "name": "Consignes.md"}
    node = alice.api("POST", f"/workspaces/{alice.workspace_id(SLUG)}/nodes", body)["id"]
    alice.write(node, "# Consignes\n\nAppeler le 18.\n")
    alice.write(node, "# Consignes\n\nAppeler le 112.\nFermer les portes.\n")
    open_versions(bruno, node)
    open_versions(alice, node)

    alice.page.get_by_role("button", name="Actions sur Version 1").click()
    alice.page.get_by_role("menuitem", name="Nommer, commenter").click()
    dialog = alice.page.get_by_role("dialog")
    dialog.get_by_label("Nom de la version").fill("Envoyée au préfet")
    dialog.get_by_label("Commentaire").fill("Relue par le service.")
    alice.is_accessible()
    dialog.get_by_role("button", name="Enregistrer").click()
    for one in (alice, bruno):
        expect(one.page.get_by_text("Envoyée au préfet (Version 1)")).to_be_visible()
        expect(one.page.get_by_text("Relue par le service.")).to_be_visible()

    alice.page.get_by_role("button", name="Actions sur Version 1").click()
    alice.page.get_by_role("menuitem", name="Comparer avec la version actuelle").click()
    expect(dialog.get_by_text("2 lignes ajoutées, 1 ligne retirée")).to_be_visible()
    expect(dialog.locator("del")).to_have_text("Appeler le 18.")
    expect(dialog.locator("ins").first).to_have_text("Appeler le 112.")
    alice.is_accessible()
