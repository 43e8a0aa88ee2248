"""A word inside a document is found by those who may open it, with what stands around it."""

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice
from e2e.test_versions import SLUG


@pytest.mark.timeout(240)
def test_a_word_inside_a_document_is_found_by_those_who_may_open_it(office: OpenOffice) -> None:
    chloe, alice, bruno = office("chloe"), office("alice"), office("bruno")
    workspace = alice.workspace_id(SLUG)
    folder = alice.api("POST", f"/workspaces/{workspace}/nodes", {"kind": "folder", "name": "Cellule", "restricted": True})
    body = {"kind": "document", "name": "Consigne secrète.md", "parent_id": folder["id"]}
    node = alice.api("POST", f"/workspaces/{workspace}/nodes", body)["id"]
    alice.write(node, "Le mot de la journée est : ornithorynques, rien d'autre.\n")
    alice.api("PUT", f"/nodes/{folder['id']}/access/{chloe.api('GET', '/me')['id']}", {"role": "reader"})

    def found() -> bool:  # a job reads the words
        return alice.api("GET", "/search?q=ornithorynque")["groups"] != []

    alice.until(found, "search never read the document", seconds=120)  # after what the demonstration left to read
    for one, sees in ((alice, True), (chloe, True), (bruno, False)):
        one.go("/recherche?q=ornithorynque&genre=documents")
        hit = one.page.get_by_role("main").get_by_role("link").filter(has_text="Consigne secrète.md")
        if sees:
            expect(hit).to_contain_text("journée est : ornithorynques")
            expect(hit.locator("mark")).to_have_text("ornithorynques")
        else:
            expect(one.page.get_by_text("Rien ne correspond")).to_be_visible()
            expect(hit).to_have_count(0)
    alice.page.get_by_label("Type").select_option("pdf")
    expect(alice.page.get_by_text("Rien ne correspond")).to_be_visible()
    alice.is_accessible()
