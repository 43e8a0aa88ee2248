"""Mon bureau, Accueil, the search and the bell, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice

HOME = "/w/plan-de-continuite"


@pytest.mark.timeout(120)
def test_the_home_changes_by_itself_and_the_desk_keeps_the_mention(
    office: OpenOffice,
) -> None:
    alice, bruno = office("alice"), office("bruno")
    home, writer = alice.go(HOME), bruno.go(f"{HOME}/discussions")
    expect(home.get_by_role("heading", name="Derniers messages")).to_be_visible()
    writer.get_by_role("link", name=re.compile("Cellule de crise")).first.click()
    field = writer.get_by_label("Écrire dans Cellule de crise…")
    field.fill("Le groupe électrogène est réceptionné")
    field.press("Enter")
    expect(home.get_by_text("Le groupe électrogène est réceptionné")).to_be_visible()
    home.get_by_role("button", name=re.compile("Qui y a accès")).click()
    expect(home.get_by_role("complementary").get_by_text("Chloé").first).to_be_attached()
    alice.is_accessible()


@pytest.mark.timeout(120)
def test_the_search_is_walked_with_the_keyboard_and_finds_whatever_the_accents(
    office: OpenOffice,
) -> None:
    alice = office("alice")
    page = alice.go("/")
    expect(page.get_by_role("heading", level=1, name="Bonjour Alice")).to_be_visible()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox")
    field.fill("conventions de l'operateur")
    expect(page.get_by_role("option", name=re.compile("Convention avec l’opérateur"))).to_be_visible()
    alice.is_accessible()
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/documents.*doc="))


@pytest.mark.timeout(120)
def test_a_guest_finds_nothing_of_what_is_not_open_to_them(office: OpenOffice) -> None:
    david = office("david")
    page = david.go(HOME)
    expect(page.get_by_role("heading", name="Derniers messages")).to_be_visible()
    expect(page.get_by_role("heading", name="Tâches")).to_have_count(0)
    rooms = page.get_by_role("list", name="Salles de Plan de continuité").get_by_role("link")
    expect(rooms).to_contain_text(["Accueil", "Documents", "Discussions", "Réunions", "Membres"])
    origin = page.url.split("/w/")[0]
    page.goto(f"{origin}/recherche?q=relire")  # a task too, and a message of the one channel where they are
    found = page.get_by_role("main")
    expect(found.get_by_role("heading", level=2)).to_have_text(["Messages"])
    expect(found.get_by_role("link").filter(has_text="relire")).to_have_count(1)
    expect(found.get_by_role("link").filter(has_text="relire")).to_contain_text("Cellule de crise")
    page.goto(f"{origin}/recherche?q=centennale")
    expect(page.get_by_text("Rien ne correspond")).to_be_visible()


@pytest.mark.timeout(120)
def test_an_invitation_is_answered_behind_the_bell(office: OpenOffice) -> None:
    alice = office("alice")
    page = alice.go("/")
    bell = page.get_by_role("button", name=re.compile("^Notifications, "))
    bell.click()
    dialog = page.get_by_role("dialog", name="Notifications")
    invited = dialog.get_by_role("group", name=re.compile("Répondre à l’invitation"))
    expect(invited.first).to_be_visible()
    before = invited.count()
    alice.is_accessible()
    invited.first.get_by_role("button", name="Oui", exact=True).click()
    expect(invited).to_have_count(before - 1)
    dialog.get_by_role("button", name="Tout marquer comme lu").click()
    expect(page.get_by_role("button", name="Notifications", exact=True)).to_be_visible()


@pytest.mark.timeout(180)
def test_a_task_for_myself_is_added_on_the_desk_and_stands_on_the_board(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, board = alice.go("/"), bruno.go(f"{HOME}/taches")
    page.get_by_role("button", name="Nouvelle tâche").click()
    dialog = page.get_by_role("dialog", name="Nouvelle tâche pour moi")
    dialog.get_by_role("button", name="Ajouter").click()
    expect(dialog.get_by_text("Écrivez ce qu’il faut faire.")).to_be_visible()
    dialog.get_by_label("Que faut-il faire").fill("Relire la note de service")
    dialog.get_by_label("Espace").select_option(label="Plan de continuité")
    alice.is_accessible()
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Ajouter").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    page.context.set_offline(False)
    dialog.get_by_role("button", name="Ajouter").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("Relire la note de service"))).to_have_count(1)
    expect(board.get_by_text("Relire la note de service")).to_have_count(1)
