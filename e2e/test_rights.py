"""Rights of a folder: who loses is told before, and loses at once; a folder that goes to another workspace."""

import pytest
from playwright.sync_api import Locator, expect

from e2e.conftest import OpenOffice
from e2e.office import Office

SLUG, OTHER = "plan-de-continuite", "budget-2027"
LIBRARY = f"/w/{SLUG}/documents"


def make_folder(office: Office, name: str) -> str:
    body = {"kind": "folder", "name": name}
    folder: str = office.api(
        "POST", f"/workspaces/{office.workspace_id(SLUG)}/nodes", body
    )["id"]
    office.api(
        "POST",
        f"/workspaces/{office.workspace_id(SLUG)}/nodes",
        {**body, "name": "Offres", "parent_id": folder},
    )
    return folder


# What the browser would still give of a document without asking the server, and what the page wrote down of it.
KEPT = """async id => {
  const found = [];
  for (const path of ["", "/content?inline=1&v=1", "/content", "/access", "/versions"]) {
    const answer = await fetch(`/api/v1/nodes/${id}${path}`, {cache: "only-if-cached", mode: "same-origin"}).catch(() => null);
    if (answer?.ok) found.push(path);
  }
  for (const store of [localStorage, sessionStorage]) {
    for (let place = 0; place < store.length; place += 1) {
      if (String(store.getItem(store.key(place))).includes("Prix secret")) found.push(store.key(place));
    }
  }
  return found;
}"""


def write_document(office: Office, name: str, parent: str | None, text: str) -> str:
    """A document with a text in it."""
    body = {"kind": "document", "name": name, "parent_id": parent}
    id: str = office.api(
        "POST", f"/workspaces/{office.workspace_id(SLUG)}/nodes", body
    )["id"]
    office.write(id, text)
    return id


def menu_of(office: Office, name: str, action: str) -> None:
    row = office.page.get_by_role("row").filter(has_text=name).first
    row.click(button="right")
    office.page.get_by_role("menu", name=f"Actions sur {name}").get_by_role(
        "menuitem", name=action
    ).click()


def dialog(office: Office) -> Locator:
    return office.page.get_by_role("dialog")


@pytest.mark.timeout(120)
def test_rights_narrowed_while_the_other_is_looking(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    folder = make_folder(alice, "Marché 2027")
    document = write_document(
        alice, "Prix secret.txt", folder, "Le prix est de 4 812 euros."
    )
    bruno.go(f"{LIBRARY}/dossier/{folder}?doc={document}")
    expect(bruno.page.get_by_role("row").filter(has_text="Offres")).to_be_visible()
    expect(bruno.page.get_by_text("4 812 euros")).to_be_visible()

    alice.go(LIBRARY)
    menu_of(alice, "Marché 2027", "Détails")
    alice.page.get_by_role("button", name="Modifier", exact=True).click()
    dialog(alice).get_by_label("Seulement des personnes nommées").click()
    told = dialog(alice).get_by_role("status", name="Effet sur les accès")
    expect(told).to_contain_text("Perdent l’accès")
    expect(told).to_contain_text("Bruno")
    alice.is_accessible()
    expect(
        bruno.page.get_by_role("row").filter(has_text="Offres")
    ).to_be_visible()  # nothing has happened yet

    dialog(alice).get_by_role("button", name="Appliquer").click()
    expect(bruno.page.get_by_text("Ce dossier n’est plus là")).to_be_visible(
        timeout=5_000
    )
    for left in (
        "Prix secret",
        "4 812 euros",
        "Marché 2027",
    ):  # nothing of it is left, on the screen or behind it
        expect(bruno.page.get_by_text(left)).to_have_count(0, timeout=5_000)
    assert bruno.page.evaluate(KEPT, document) == []
    bruno.go(LIBRARY)
    expect(bruno.page.get_by_role("treegrid")).to_be_visible()
    expect(bruno.page.get_by_role("row").filter(has_text="Marché 2027")).to_have_count(
        0
    )


@pytest.mark.timeout(120)
def test_a_folder_goes_to_another_workspace_and_its_old_address_leads_there(
    office: OpenOffice,
) -> None:
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


@pytest.mark.timeout(120)
def test_a_lock_is_seen_respected_and_lifted_with_a_word(office: OpenOffice) -> None:
    bruno, chloe, alice = office("bruno"), office("chloe"), office("alice")
    document = write_document(bruno, "Convention.txt", None, "Article 1")
    for one in (bruno, chloe, alice):
        one.go(f"{LIBRARY}?doc={document}")
        expect(one.page.get_by_role("button", name="Verrouiller…")).to_be_visible()
    bruno.page.get_by_role("button", name="Verrouiller…").click()
    dialog(bruno).get_by_label("Pourquoi (facultatif)").fill("Je relis avant l’envoi")
    dialog(bruno).get_by_role("button", name="Verrouiller", exact=True).click()
    expect(bruno.page.get_by_text("Vous avez verrouillé cet élément")).to_be_visible()

    told = chloe.page.get_by_role("status").filter(has_text="a verrouillé cet élément")
    expect(told).to_contain_text("Bruno")
    expect(told).to_contain_text("Je relis avant l’envoi")
    expect(told).to_contain_text("jusqu’à")
    expect(chloe.page.get_by_role("button", name="Lever le verrou…")).to_have_count(0)
    chloe.is_accessible()
    menu_of(chloe, "Convention.txt", "Renommer")
    dialog(chloe).get_by_label("Nouveau nom").fill("Autre.txt")
    dialog(chloe).get_by_role("button", name="Renommer").click()
    expect(dialog(chloe)).to_contain_text("a verrouillé")
    dialog(chloe).get_by_role("button", name="Annuler").click()

    alice.page.get_by_role("button", name="Lever le verrou…").click()
    expect(dialog(alice)).to_contain_text("Bruno")
    dialog(alice).get_by_role("button", name="Lever le verrou…").click()
    expect(alice.page.get_by_role("button", name="Verrouiller…")).to_be_visible()
    expect(
        bruno.page.get_by_role("button", name="Verrouiller…")
    ).to_be_visible()  # without reloading
    bruno.page.get_by_role("button", name="Notifications").first.click()
    expect(bruno.page.get_by_text("a levé votre verrou").first).to_be_visible()
    chloe.api("PATCH", f"/nodes/{document}", {"name": "Convention signée.txt"})
    expect(
        bruno.page.get_by_role("row").filter(has_text="Convention signée.txt")
    ).to_be_visible()
