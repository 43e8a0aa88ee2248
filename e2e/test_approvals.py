"""Approvals and readings of a version, and rules for what nobody changes: two people, without reloading."""

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice
from e2e.office import Office, look

SLUG = "plan-de-continuite"


def ask(office: Office, *, reads: bool = False) -> None:
    page = office.page
    dialog = page.get_by_role("dialog")
    if reads:
        dialog.get_by_role("radio", name="Confirmer la lecture").check()
    dialog.get_by_role("combobox", name="Personnes").fill("Bruno")
    page.get_by_role("option", name="Bruno").click()
    dialog.get_by_label("Message").fill("Avant le comité de direction.")
    look(office.page, "demande")
    office.is_accessible()
    dialog.get_by_role("button", name="Envoyer la demande").click()
    expect(dialog).to_be_hidden()


@pytest.mark.timeout(120)
def test_a_version_is_refused_then_approved_then_read(office: OpenOffice) -> None:
    alice, bruno = office("alice", height=2400), office("bruno")  # every row of the library is there
    body = {"kind": "document", "name": "Note au préfet.md"}
    node = alice.api("POST", f"/workspaces/{alice.workspace_id(SLUG)}/nodes", body)["id"]
    alice.write(node, "# Note\n\nLe chiffre est 12.\n")
    bruno.go("/")
    alice.go(f"/w/{SLUG}/documents?doc={node}")
    alice.page.get_by_role("tab", name="Détails").click()
    alice.page.get_by_role("button", name="Demander", exact=True).click()
    ask(alice)
    row = alice.page.get_by_role("row").filter(has_text="Note au préfet.md")
    expect(row.get_by_text("En validation 0/1")).to_be_visible()
    look(alice.page, "section")

    waiting = bruno.page.get_by_role("heading", name="À valider, à lire")
    bruno.page.get_by_role("link", name="Note au préfet.md").first.click()
    banner = bruno.page.get_by_role("region", name="Votre réponse est attendue")
    expect(banner).to_contain_text("vous demande d’approuver la version 1")
    look(bruno.page, "bandeau")
    bruno.is_accessible()
    banner.get_by_role("button", name="Refuser").click()
    dialog = bruno.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Refuser la version")).to_be_disabled()
    dialog.get_by_label("Motif du refus").fill("Le chiffre est 14.")
    dialog.get_by_role("button", name="Refuser la version").click()
    expect(banner).to_be_hidden()
    expect(row.get_by_text("Refusé v1")).to_be_visible()
    expect(alice.page.get_by_text("Le chiffre est 14.")).to_be_visible()

    alice.write(node, "# Note\n\nLe chiffre est 14.\n")
    expect(alice.page.get_by_text("Porte sur la version 1")).to_be_visible()
    look(alice.page, "ancienne")
    alice.page.get_by_role("button", name="Redemander pour la version 2").click()
    again = alice.page.get_by_role("dialog")
    expect(again.get_by_text("La demande porte sur la version 2")).to_be_visible()
    again.get_by_role("button", name="Envoyer la demande").click()
    banner.get_by_role("button", name="Approuver").click()
    dialog.get_by_role("button", name="Approuver la version").click()
    expect(row.get_by_text("Approuvé v2")).to_be_visible()

    alice.page.get_by_role("button", name="Demander", exact=True).click()
    ask(alice, reads=True)
    expect(banner).to_contain_text("vous demande de lire la version 2")
    banner.get_by_role("button", name="Confirmer la lecture").click()
    dialog.get_by_role("button", name="Confirmer la lecture").click()
    expect(row.get_by_text("Lu v2")).to_be_visible()

    alice.page.get_by_role("button", name="Plus", exact=True).click()  # beside the open panel there is no room for all
    alice.page.get_by_role("menuitem", name="Validations").click()
    alice.page.get_by_text("Closes", exact=True).click()
    expect(alice.page.get_by_role("listitem").filter(has_text="Lecture de la version 2").first).to_be_visible()
    look(alice.page, "page")
    alice.is_accessible()
    alice.page.get_by_role("button", name="Actions sur Validation de la version 2").click()
    with alice.page.expect_popup() as opened:
        alice.page.get_by_role("menuitem", name="Ouvrir l’attestation").click()
    expect(opened.value.get_by_role("heading", name="Attestation de validation")).to_be_visible()
    look(opened.value, "attestation")
    bruno.go("/")
    expect(waiting).to_be_hidden()


@pytest.mark.timeout(120)
def test_a_rule_for_what_nobody_changes_is_tried_set_and_dropped(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    body = {"kind": "folder", "name": "Anciennes notes"}
    folder = alice.api("POST", f"/workspaces/{alice.workspace_id(SLUG)}/nodes", body)["id"]
    for one in (alice, bruno):
        one.go(f"/w/{SLUG}/documents?doc={folder}")
        expect(one.page.get_by_role("heading", name="Qui y a accès ?")).to_be_visible()
    alice.page.get_by_role("button", name="Fixer une durée").click()
    dialog = alice.page.get_by_role("dialog")
    expect(dialog.get_by_text("Aujourd’hui, aucun document ne serait concerné.")).to_be_visible()
    dialog.get_by_role("radio", name="Dans un dossier d’archives").check()
    expect(dialog.get_by_text("Ouvrez le dossier d’archives.")).to_be_visible()
    dialog.get_by_role("button", name="Cellule de crise").click()
    expect(dialog.get_by_text("Choisissez un dossier de cet espace")).to_be_visible()
    alice.is_accessible()
    dialog.get_by_role("radio", name="À la corbeille").check()
    dialog.get_by_role("button", name="Appliquer la règle").click()
    for one in (alice, bruno):
        expect(one.page.get_by_text("Après 730 jours sans changement")).to_be_visible()
    alice.page.get_by_role("button", name="Modifier la règle").click()
    dialog.get_by_role("button", name="Ne plus rien classer").click()
    expect(bruno.page.get_by_text("Après 730 jours sans changement")).to_be_hidden()
