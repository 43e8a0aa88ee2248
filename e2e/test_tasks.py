"""Two people at one board: moved by keys and by mouse, seen live, two fields that both win, one that asks, a bin."""

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.conftest import OpenOffice

BOARD = "/w/plan-de-continuite/taches"


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def titles(page: Page, name: str) -> Locator:
    return column(page, name).get_by_role("listitem").get_by_role("link")


def add(page: Page, to: str, *lines: str) -> None:
    page.get_by_role("button", name=f"Ajouter une tâche dans «\u00a0{to}\u00a0»").click()
    field = page.get_by_role("textbox", name=f"Ajouter une tâche dans «\u00a0{to}\u00a0»")
    for line in lines:
        field.fill(line)
        field.press("Enter")
        expect(titles(page, to).filter(has_text=line)).to_be_visible()
    field.press("Escape")


@pytest.mark.timeout(180)
def test_a_board_lives_in_two_browsers(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, other = alice.go(BOARD), bruno.go(BOARD)
    expect(titles(other, "À faire").first).to_be_visible()
    add(page, "À faire", "Sonner l’alerte", "Lever l’alerte")
    expect(titles(other, "À faire").filter(has_text="Lever l’alerte")).to_be_visible()

    # by the keyboard, announced, and back with Échap
    card = titles(page, "À faire").filter(has_text="Sonner l’alerte")
    card.focus()
    page.keyboard.press("Space")
    said = page.locator("[role=log][aria-atomic=true]")
    expect(said).to_contain_text("tâche prise")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("En cours")
    page.keyboard.press("Escape")
    expect(titles(page, "À faire").filter(has_text="Sonner l’alerte")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(titles(other, "En cours").filter(has_text="Sonner l’alerte")).to_be_visible()
    expect(titles(page, "En cours").filter(has_text="Sonner l’alerte")).to_be_focused()

    # by the mouse
    expect(titles(other, "À faire").filter(has_text="Sonner l’alerte")).to_have_count(0)
    held = titles(other, "À faire").filter(has_text="Lever l’alerte")
    held.hover(position={"x": 20, "y": 8})  # waits until the column has closed its gap
    source = held.bounding_box()
    target = column(other, "À valider").bounding_box()
    assert source is not None
    assert target is not None
    other.mouse.move(source["x"] + 20, source["y"] + 8)
    other.mouse.down()
    other.mouse.move(source["x"] + 60, source["y"] + 20, steps=4)
    other.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] - 60, steps=10)
    for nudge in range(1, 20):  # a hand never rests; it is seen there, and then let go
        other.mouse.move(target["x"] + target["width"] / 2 + nudge, target["y"] + target["height"] - 60)
        if titles(other, "À valider").last.inner_text() == "Lever l’alerte":
            break
        other.wait_for_timeout(250)
    expect(titles(other, "À valider").last).to_have_text("Lever l’alerte")
    other.mouse.up()
    expect(titles(page, "À valider").last).to_have_text("Lever l’alerte")
    alice.is_accessible()

    # the menu does what dragging does, and deleting has its undo
    for view in (page, other):
        expect(titles(view, "À valider").filter(has_text="Lever l’alerte")).to_be_visible()
    page.get_by_role("button", name="Actions sur Lever l’alerte").click()
    page.get_by_role("menuitem", name="Déplacer vers «\u00a0Terminé\u00a0»").click()
    expect(titles(other, "Terminé").filter(has_text="Lever l’alerte")).to_be_visible()
    page.get_by_role("button", name="Actions sur Lever l’alerte").click()
    page.get_by_role("menuitem", name="Supprimer la tâche").click()
    expect(titles(other, "Terminé").filter(has_text="Lever l’alerte")).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Annuler").click()
    expect(titles(other, "Terminé").filter(has_text="Lever l’alerte")).to_be_visible()


@pytest.mark.timeout(180)
def test_two_fields_both_win_and_one_field_asks(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, other = alice.go(BOARD), bruno.go(BOARD)
    expect(titles(other, "À faire").first).to_be_visible()
    add(page, "À faire", "Écrire la consigne")
    titles(page, "À faire").filter(has_text="Écrire la consigne").click()
    titles(other, "À faire").filter(has_text="Écrire la consigne").click()
    expect(other.get_by_role("textbox", name="Titre")).to_have_value("Écrire la consigne")
    expect(page.get_by_role("textbox", name="Titre")).to_have_value("Écrire la consigne")
    alice.is_accessible()

    # two fields at once
    page.get_by_label("Échéance").fill("2027-03-01")
    other.get_by_label("Priorité").select_option(label="Urgente")
    for view in (page, other):
        expect(view.get_by_label("Échéance")).to_have_value("2027-03-01")
        expect(view.get_by_label("Priorité")).to_have_value("urgent")

    # the same text at once: nothing is lost in silence
    page.get_by_label("Description").fill("Version d’Alice")
    other.get_by_label("Description").fill("Version de Bruno")
    for view in (page, other):
        view.get_by_role("textbox", name="Titre").focus()
    asked = page.get_by_role("button", name="Garder la mienne").or_(page.get_by_text("Enregistré"))
    expect(asked).to_be_visible()
    loser = page if page.get_by_role("button", name="Garder la mienne").count() else other
    winner = other if loser is page else page
    expect(loser.get_by_role("alert").get_by_text("Version d")).to_be_visible()
    mine = loser.get_by_label("Description").input_value()
    loser.get_by_role("button", name="Garder la mienne").click()
    expect(winner.get_by_label("Description")).to_have_value(mine)


@pytest.mark.timeout(120)
def test_the_list_and_the_phone_show_the_same_tasks(office: OpenOffice) -> None:
    alice = office("alice", width=390, height=844, dark=True)
    page = alice.go(BOARD)
    expect(titles(page, "À faire").first).to_be_visible()
    alice.is_accessible()
    assert not alice.scrolls_sideways()

    page.get_by_text("Liste", exact=True).click()
    page.wait_for_url("**vue=liste*")
    row = page.get_by_role("link", name="Commander les cartes d’accès du site de repli")
    expect(row).to_be_visible()
    alice.is_accessible()
    assert not alice.scrolls_sideways()
    row.click()
    expect(page.get_by_role("textbox", name="Titre")).to_be_visible()
    page.get_by_role("button", name="Revenir").click()
    expect(row).to_be_visible()
