"""What is said later, what one comes back to, and what may still be changed: on two devices of one person."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import OpenOffice
from e2e.office import Office
from e2e.test_chat import ROOM, enter
from e2e.test_hostile import SAID, Canary

SLUG = "plan-de-continuite"
FIELD = "Écrire dans Cellule de crise…"


def soon(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def place(office: Office) -> str:
    channels = office.api("GET", f"/workspaces/{office.workspace_id(SLUG)}/channels")["items"]
    found: str = next(one["id"] for one in channels if one["name"] == "Cellule de crise")
    return found


def menu_of(page: Page, text: str) -> None:
    message = page.get_by_role("article").filter(has_text=text).last
    message.hover()
    message.get_by_role("button", name=re.compile("^Actions sur")).click()


@pytest.mark.timeout(180)
def test_a_message_waits_on_both_devices_and_is_said_once(office: OpenOffice) -> None:
    alice, phone, bruno = office("alice"), office("alice", width=390, height=844), office("bruno")
    page, small, other = alice.go(ROOM), phone.go(f"/w/{SLUG}/plus-tard"), bruno.go(ROOM)
    sung = Canary(phone)
    enter(page)
    enter(other)

    page.get_by_label(FIELD).fill(f"Point de 9 h {SAID}")
    page.get_by_role("button", name="Envoyer plus tard").click()
    page.get_by_role("menuitem", name="Dans 1 heure").click()
    page.get_by_role("status").get_by_role("button", name="Annuler").click()
    expect(page.get_by_label(FIELD)).to_have_value(f"Point de 9 h {SAID}")
    page.get_by_role("button", name="Envoyer plus tard").click()
    page.get_by_role("menuitem", name="Demain matin").click()
    expect(page.get_by_label(FIELD)).to_have_value("")
    expect(page.get_by_text(re.compile("1 message programmé, demain à 09:00"))).to_be_visible()
    waits = small.get_by_role("listitem").filter(has_text="Point de 9 h")
    expect(waits).to_contain_text("demain à 09:00")
    assert not phone.scrolls_sideways()
    phone.is_accessible()
    sung.is_silent("a scheduled message")

    waits.get_by_role("button", name=re.compile("^Modifier")).click()
    small.get_by_role("textbox", name="Message").fill("Point de 8 h 30")
    small.locator("input[type=time]").fill("08:30")
    phone.is_accessible()
    small.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text(re.compile("demain à 08:30"))).to_be_visible()
    small.get_by_role("button", name=re.compile("^Envoyer maintenant")).click()
    expect(other.get_by_role("article").filter(has_text="Point de 8 h 30")).to_have_count(1)
    expect(page.get_by_text(re.compile("message programmé"))).to_have_count(0)

    body = {"text": "Parti à son heure", "at": soon(2)}
    alice.api("POST", f"/channels/{place(alice)}/scheduled", body)
    expect(other.get_by_role("article").filter(has_text="Parti à son heure")).to_have_count(1)
    expect(small.get_by_text("Aucun message n’attend")).to_be_visible()


@pytest.mark.timeout(180)
def test_one_is_reminded_writes_with_ctrl_enter_and_may_not_edit_for_ever(office: OpenOffice) -> None:
    alice, second = office("alice"), office("alice")
    page, other = alice.go(ROOM), second.go("/parametres/discussions")
    enter(page)
    other.get_by_role("radio", name="Avec Ctrl Entrée").check()
    second.is_accessible()
    field = page.get_by_label(FIELD)
    expect(page.get_by_text("Ctrl Entrée pour envoyer")).to_be_visible()
    field.fill("Première ligne")
    field.press("Enter")
    field.press_sequentially("seconde ligne")
    expect(field).to_have_value("Première ligne\nseconde ligne")
    field.press("Control+Enter")
    expect(page.get_by_role("article").filter(has_text="seconde ligne")).to_be_visible()
    other.get_by_role("radio", name="Avec Entrée").check()
    expect(page.get_by_text("Entrée pour envoyer, Maj Entrée")).to_be_visible()

    menu_of(page, "seconde ligne")
    page.get_by_role("menuitem", name="Me le rappeler").click()
    alice.is_accessible()
    page.get_by_role("dialog").get_by_role("button", name="Me le rappeler").click()
    other.goto(alice.server.url + f"/w/{SLUG}/plus-tard")
    expect(other.get_by_role("listitem").filter(has_text="seconde ligne")).to_be_visible()
    reminder = alice.api("GET", "/reminders")["items"][0]
    alice.api("PUT", f"/messages/{reminder['message_id']}/reminder", {"at": soon(2)})
    expect(other.get_by_text("Aucun rappel prévu")).to_be_visible()
    other.get_by_role("button", name=re.compile("^Notifications")).click()
    other.get_by_role("link", name=re.compile("seconde ligne")).first.click()
    expect(other.get_by_role("article").filter(has_text="seconde ligne")).to_be_visible()

    other.goto(alice.server.url + f"/w/{SLUG}/parametres/discussions")
    other.get_by_role("radio", name="Jamais").check()
    second.is_accessible()
    other.get_by_role("button", name="Enregistrer").click()
    expect(other.get_by_text("Règles enregistrées.")).to_be_visible()
    menu_of(page, "seconde ligne")
    expect(page.get_by_role("menuitem", name="Copier le lien")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Modifier")).to_have_count(0)
    page.keyboard.press("Escape")
    alice.api("PATCH", f"/workspaces/{alice.workspace_id(SLUG)}/chat-policy", {"edits": "always"})
    menu_of(page, "seconde ligne")
    expect(page.get_by_role("menuitem", name="Modifier")).to_be_visible()
