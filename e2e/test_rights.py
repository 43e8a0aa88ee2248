"""Rights of a folder: who loses is told before, and loses at once; a folder that goes to another workspace."""

import pytest
from playwright.sync_api import Locator, expect

from e2e.conftest import OpenOffice
from e2e.office import Office

SLUG, OTHER = "plan-de-continuite", "budget-2027"
LIBRARY = f"/w/{SLUG}/documents"


def make_folder(office: Office, name: str) -> str:
    body = {"kind": "folder", "name": name}
    folder: str = office.api("POST", f"/workspaces/{office.workspace_id(SLUG)}/nodes", body)["id"]
    office.api(
        "POST", f"/workspaces/{office.workspace_id(SLUG)}/nodes", {**body, "name": "Offres", "parent_id": folder}
    )
    return folder


def menu_of(office: Office, name: str, action: str) -> None:
    row = office.page.get_by_role("row").filter(has_text=name).first
    row.click(button="right")
    office.page.get_by_role("menu", name=f"Actions sur {name}").get_by_role("menuitem", name=action).click()


def dialog(office: Office) -> Locator:
    return office.page.get_by_role("dialog")


@pytest.mark.timeout(120)
def test_rights_narrowed_while_the_other_is_looking(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    folder = make_folder(alice, "Marché 2027")
    bruno.go(f"{LIBRARY}/dossier/{folder}")
    expect(bruno.page.get_by_role("row").filter(has_text="Offres")).to_be_visible()

    alice.go(LIBRARY)
    menu_of(alice, "Marché 2027", "Détails")
    alice.page.get_by_role("button", name="Modifier", exact=True).click()
    dialog(alice).get_by_label("Seulement des personnes nommées").click()
    told = dialog(alice).get_by_role("status", name="Effet sur les accès")
    expect(told).to_contain_text("Perdent l’accès")
    expect(told).to_contain_text("Bruno")
    alice.is_accessible()
    expect(bruno.page.get_by_role("row").filter(has_text="Offres")).to_be_visible()  # nothing has happened yet

    dialog(alice).get_by_role("button", name="Appliquer").click()
    expect(bruno.page.get_by_text("Ce dossier n’est plus là")).to_be_visible(timeout=5_000)
    bruno.go(LIBRARY)
    expect(bruno.page.get_by_role("treegrid")).to_be_visible()
    expect(bruno.page.get_by_role("row").filter(has_text="Marché 2027")).to_have_count(0)


@pytest.mark.timeout(120)
def test_a_folder_goes_to_another_workspace_and_its_old_address_leads_there(office: OpenOffice) -> None:
    chloe, alice = office("chloe"), office("alice")
    folder = make_folder(chloe, "À transmettre")
    alice.go(LIBRARY)
    seen = alice.page.get_by_role("row").filter(has_text="À transmettre")
    expect(seen).to_be_visible()

    chloe.go(LIBRARY)
    menu_of(chloe, "À transmettre", "Déplacer vers…")
    dialog(chloe).get_by_label("Espace").select_option(label="Budget 2027")
    told = dialog(chloe).get_by_role("status", name="Effet sur les accès")
    expect(told).to_contain_text("Perd")
    expect(told).to_contain_text("Alice")
    dialog(chloe).get_by_role("button", name="Déplacer ici").click()
    expect(dialog(chloe)).to_have_count(0)
    expect(seen).to_have_count(0)  # without reloading

    chloe.go(f"{LIBRARY}/dossier/{folder}")
    chloe.page.wait_for_url(f"**/w/{OTHER}/documents/dossier/{folder}")
    expect(chloe.page.get_by_role("row").filter(has_text="Offres")).to_be_visible()
    status, text = alice.try_api("GET", f"/nodes/{folder}")
    assert (status, "moved_away" in text) == (404, True)
