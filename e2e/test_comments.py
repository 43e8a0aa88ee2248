"""What is said of a document: a comment with a name in it, its answer, its address; fields, and a list narrowed by one."""

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice

SLUG = "plan-de-continuite"


@pytest.mark.timeout(120)
def test_two_people_comment_a_document_and_find_it_by_a_field(
    office: OpenOffice,
) -> None:
    alice, bruno = office("alice"), office("bruno")
    workspace = alice.workspace_id(SLUG)
    node = alice.api(
        "POST",
        f"/workspaces/{workspace}/nodes",
        {"kind": "document", "name": "Marché.md"},
    )["id"]
    for one in (alice, bruno):
        one.go(f"/w/{SLUG}/documents?doc={node}")
        one.page.get_by_role("tab", name="Commentaires").click()

    said = alice.page.get_by_label("Écrire un commentaire…")
    said.press_sequentially("Qui **signe** ? @bru")
    alice.page.get_by_role("option", name="Bruno Lefèvre").wait_for()
    said.press("Enter")
    said.press_sequentially("@david")
    alice.page.get_by_role("option", name=re.compile("David.*sans accès")).wait_for()
    said.press("Escape")
    said.press("Control+Enter")
    expect(said).to_have_value("")
    remark = bruno.page.get_by_role("article", name="Commentaire de Alice Martin")
    expect(remark.get_by_text("signe", exact=True)).to_be_visible()
    expect(bruno.page.get_by_role("tab", name="Commentaires (1)")).to_be_visible()

    bruno.page.get_by_role("button", name="Répondre à").click()
    bruno.page.keyboard.type("Le préfet.")
    bruno.page.keyboard.press("Control+Enter")
    expect(alice.page.get_by_text("Le préfet.")).to_be_visible()
    alice.is_accessible()
    alice.page.get_by_role("button", name="Résoudre").click()
    expect(bruno.page.get_by_text("Aucun commentaire à traiter")).to_be_visible()

    bruno.go("/notifications")  # the line leads to the comment, resolved or not
    bruno.page.get_by_role(
        "link", name=re.compile("Alice vous mentionne.*Marché.md")
    ).click()
    expect(bruno.page.locator("[data-comment]:focus")).to_contain_text("Qui signe")

    options = [{"name": "Projet"}, {"name": "Signé"}]
    state = alice.api(
        "POST",
        f"/workspaces/{workspace}/fields",
        {"kind": "choice", "name": "État", "options": options},
    )
    bruno.page.get_by_role("tab", name="Détails").click()
    bruno.page.get_by_role("button", name="Remplir").click()
    bruno.page.get_by_role("combobox", name="État").click()
    bruno.page.get_by_role("option", name="Signé").click()
    alice.page.get_by_role("tab", name="Détails").click()
    expect(
        alice.page.get_by_role("definition").filter(has_text="Signé")
    ).to_be_visible()

    alice.page.get_by_role("button", name="Filtrer").click()
    alice.page.get_by_role("button", name="Champ", exact=True).click()
    alice.page.get_by_role("menuitem", name="État").click()
    alice.page.get_by_role("combobox", name="État").click()
    alice.page.get_by_role("option", name="Signé").click()
    found = alice.page.get_by_role("list", name="Éléments trouvés").get_by_role(
        "listitem"
    )
    expect(found).to_have_count(1)
    expect(found).to_contain_text("Marché.md")
    alice.is_accessible()
    bruno.go(f"/recherche?q=marche&genre=documents&espace={workspace}")
    hit = bruno.page.get_by_role("link", name=re.compile("Marché.md"))
    expect(hit).to_be_visible()
    signed = state["options"][1]["id"]
    bruno.page.get_by_label("Champ").select_option(f"{state['id']}:{signed}")
    expect(bruno.page).to_have_url(re.compile("champ="))
    expect(hit).to_be_visible()
    bruno.is_accessible()
    bruno.api("PATCH", f"/nodes/{node}/fields", {"values": {state["id"]: None}})
    expect(alice.page.get_by_text("Rien ne correspond")).to_be_visible()
    alice.api("DELETE", f"/workspaces/{workspace}/fields/{state['id']}")
