"""From talk to work (E10): a message becomes a task, an event, a decision; both sides know, and the register tells."""

import csv
import io
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.conftest import OpenOffice
from e2e.test_chat import ROOM, enter, write

HOSTILE = 'piège <img src=x onerror="window.ran=1"><script>window.ran=1</script> [lien](javascript:window.ran=1)'


def choose(page: Page, message: Locator, act: str) -> Locator:
    """One entry of the message's menu; the dialog that it opens."""
    message.hover()
    message.get_by_role("button", name=re.compile("^Actions sur")).click()
    page.get_by_role("menuitem", name=act).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


@pytest.mark.timeout(180)
def test_a_message_becomes_work_that_both_see_and_a_decision_that_is_found_and_taken_away(
    office: OpenOffice,
) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, other = alice.go(ROOM), bruno.go(ROOM)
    enter(page)
    enter(other)
    write(other, "**Vérifier** la note pour le préfet\navant jeudi")
    said = page.get_by_role("article").filter(has_text="Vérifier la note pour le préfet")
    theirs = other.get_by_role("article").filter(has_text="Vérifier la note pour le préfet")

    dialog = choose(page, said, "En faire une tâche")
    expect(dialog.get_by_label("Titre")).to_have_value("Vérifier la note pour le préfet")
    expect(dialog.get_by_label("Description")).to_have_value(re.compile("> avant jeudi\\s+Message de Bruno"))
    expect(dialog.get_by_text("Tous les membres de")).to_be_visible()
    alice.is_accessible()
    dialog.get_by_role("button", name="Créer la tâche").click()
    chip = theirs.get_by_role("link", name="Tâche : Vérifier la note pour le préfet")
    expect(chip).to_be_visible()

    dialog = choose(page, said, "En faire un événement")
    expect(dialog.get_by_label("Titre")).to_have_value("Vérifier la note pour le préfet")
    alice.is_accessible()
    dialog.get_by_role("button", name="Créer l’événement").click()
    expect(theirs.get_by_role("link", name=re.compile("^Événement : Vérifier la note"))).to_be_visible()

    dialog = choose(page, said, "Noter comme décision")
    dialog.get_by_label("Ce qui est décidé").fill("La note part **jeudi** au préfet.")
    alice.is_accessible()
    dialog.get_by_role("button", name="Noter la décision").click()
    expect(theirs.get_by_role("link", name="Décision : La note part")).to_be_visible()
    bruno.is_accessible()

    # the task leads back to the message; finished by one, the chip of the other says so
    chip.click()
    panel = other.get_by_role("region", name="Vérifier la note pour le préfet").or_(
        other.locator("section", has=other.get_by_role("heading", name="Vérifier la note pour le préfet"))
    )
    expect(panel.get_by_role("link", name=re.compile("^Né du message de Bruno"))).to_be_visible()
    panel.get_by_label("Colonne").select_option(label="Terminé")
    expect(said.get_by_role("link", name="Tâche : Vérifier la note pour le préfet (terminée)")).to_be_visible()
    panel.get_by_role("link", name=re.compile("^Né du message de Bruno")).click()
    expect(theirs).to_be_visible()

    # the register: found by a word's stem, filtered, corrected live, taken away as it is filtered
    page.get_by_role("link", name="Décisions").first.click()
    expect(page.get_by_role("heading", level=1, name="Décisions")).to_be_visible()
    page.get_by_label("Mots").fill("préfets")
    line = page.locator("[data-decision]").filter(has_text="La note part jeudi au préfet.")
    expect(line).to_be_visible()
    expect(page).to_have_url(re.compile("q=pr"))
    alice.is_accessible()
    line.focus()
    line.press("Enter")
    expect(page.get_by_role("heading", level=2, name=re.compile("^Décision n°"))).to_be_focused()
    expect(page.get_by_role("link", name=re.compile("^Né du message de Bruno"))).to_be_visible()
    alice.is_accessible()
    other.goto(page.url)
    expect(other.get_by_role("button", name="Corriger")).to_have_count(0)  # bruno did not note it and manages nothing
    page.get_by_role("button", name="Annuler la décision").click()
    expect(other.locator("[data-decision][data-status=cancelled]")).to_be_visible()
    page.get_by_role("button", name="Exporter").click()
    with page.expect_download() as begun:
        page.get_by_role("menuitem", name="Tableau (CSV)").click()
    rows = list(csv.reader(io.StringIO(begun.value.path().read_text("utf-8-sig")), delimiter=";"))
    assert [row[3] for row in rows[1:]] == ["La note part jeudi au préfet."]
    page.get_by_role("combobox", name="État").click()
    page.get_by_role("option", name="Adoptée").click()
    expect(page.get_by_text("Aucune décision ne répond à ce filtre")).to_be_visible()

    # what a decision says is words, whatever it says
    decision = re.search(r"decision=([0-9a-f-]{36})", page.url)
    assert decision is not None
    channel = alice.api("GET", f"/decisions/{decision.group(1)}")["channel_id"]
    body = {"text": HOSTILE, "decided_on": "2026-03-03"}
    made = alice.api("POST", f"/channels/{channel}/decisions", body)
    page.goto(f"{alice.server.url}/w/plan-de-continuite/decisions?decision={made['id']}")
    expect(page.get_by_role("heading", level=2, name=re.compile("^Décision n°"))).to_be_visible()
    expect(page.get_by_text("piège").first).to_be_visible()
    assert page.evaluate("window.ran") is None

    # the global search knows it, and leads there
    page.goto(alice.server.url + "/recherche?q=note+pr%C3%A9fet&genre=decisions")
    page.get_by_role("link", name=re.compile("La note part")).first.click()
    expect(page.get_by_role("heading", level=2, name=re.compile("^Décision n°"))).to_be_visible()
