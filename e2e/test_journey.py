"""The journey of issue « The office opens »: two people, two browsers, one working day.

In French at 1440 px, and in English at 390 px. The call has its own journeys in `test_meetings.py`, which need a
network namespace. Names of buttons are those that people read.
"""

import hashlib
import os
import re
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import OpenOffice
from e2e.office import Office

PASSWORD = "rendez-vous sous les platanes à midi"
BIG = 25_000_000
FRENCH = {
    "open": "Ouvrir l’espace",
    "name": "Nom",
    "invite": "Inviter",
    "addresses": "Adresses",
    "send": "Envoyer l’invitation",
    "join": "Entrer dans l’espace",
    "person": "Prénom et nom",
    "password": "Mot de passe",
    "say": "Envoyer",
    "remove": "Retirer de l’espace",
    "actions": "Actions sur",
    "event": "Événement",
    "create_event": "Créer l’événement",
    "title": "Titre",
    "add_task": "Ajouter une tâche",
    "move_to": "Déplacer vers",
    "language": "fr",
}
ENGLISH = {
    "open": "Open the workspace",
    "name": "Name",
    "invite": "Invite",
    "addresses": "Addresses",
    "send": "Send the invitation",
    "join": "Enter the workspace",
    "person": "First name and name",
    "password": "Password",
    "say": "Send",
    "remove": "Remove from the workspace",
    "actions": "Actions on",
    "event": "Event",
    "create_event": "Create the event",
    "title": "Title",
    "add_task": "Add a task",
    "move_to": "Move to",
    "language": "en",
}


def open_workspace(alice: Office, words: dict[str, str], name: str) -> str:
    """Under a minute: a name, the colour and rooms as they come."""
    page = alice.go("/espaces/nouveau")
    began = time.monotonic()
    page.get_by_role("textbox", name=words["name"], exact=True).fill(name)
    page.get_by_role("button", name=words["open"]).click()
    page.wait_for_url(re.compile(r"/w/[a-z0-9-]+"))
    assert time.monotonic() - began < 60
    return page.url.split("/w/")[1].split("/")[0]


def invite(alice: Office, words: dict[str, str], slug: str, address: str) -> str:
    """By mail; the link comes from the outbox."""
    page = alice.go(f"/w/{slug}/membres")
    page.get_by_role("button", name=words["invite"], exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=words["addresses"]).fill(address)
    dialog.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_text(address).first).to_be_visible()
    for _ in range(50):
        try:
            found = re.search(r"(/invitation/\S+)", alice.mail_to(address))
            assert found is not None
            return found[1]
        except AssertionError:
            page.wait_for_timeout(100)
    raise AssertionError("the invitation did not arrive")


def accept(bruno: Office, words: dict[str, str], link: str, name: str) -> None:
    page = bruno.go(link)
    page.get_by_role("textbox", name=words["person"]).fill(name)
    page.locator("input[autocomplete='new-password']").fill(PASSWORD)
    page.get_by_role("button", name=words["join"]).click()
    page.wait_for_url(re.compile(r"/w/"))


def composer(page: Page) -> Any:
    return page.get_by_role("main").get_by_role("textbox").last


def write(office: Office, text: str) -> None:
    composer(office.page).fill(text)
    composer(office.page).press("Enter")


def sees(office: Office, text: str) -> None:
    expect(office.page.get_by_role("log").get_by_text(text).first).to_be_visible(timeout=10_000)


def talk(alice: Office, bruno: Office, slug: str) -> None:
    """Both ways, without reloading."""
    for one in (alice, bruno):
        one.go(f"/w/{slug}/discussions")
        one.page.wait_for_timeout(400)
        if one.page.get_by_role("main").get_by_role("textbox").count() == 0:  # a phone shows the list first
            one.page.get_by_role("link", name=re.compile("G[ée]n[ée]ral")).first.click()
        expect(composer(one.page)).to_be_visible()
    write(alice, "Bonjour, le plan est dans les documents.")
    sees(alice, "Bonjour, le plan est dans les documents.")
    sees(bruno, "Bonjour, le plan est dans les documents.")
    write(bruno, "Merci, je le relis **ce matin**.")
    sees(alice, "Merci, je le relis")
    expect(alice.page.get_by_role("log").locator("strong", has_text="ce matin")).to_be_visible()


def plan_an_event(alice: Office, bruno: Office, words: dict[str, str], slug: str) -> None:
    """Alice writes it down; it appears in Bruno's open agenda."""
    bruno.go(f"/w/{slug}/agenda?vue=liste")
    page = alice.go(f"/w/{slug}/agenda?vue=liste")
    page.get_by_role("button", name=words["event"], exact=True).click()
    form = page.locator("form").filter(has=page.get_by_role("button", name=words["create_event"]))
    form.get_by_role("textbox", name=words["title"], exact=True).fill("Point de situation")
    form.get_by_role("button", name=words["create_event"]).click()
    for one in (alice, bruno):
        expect(one.page.get_by_role("main").get_by_text("Point de situation").first).to_be_visible(timeout=10_000)


def move_a_task(alice: Office, bruno: Office, words: dict[str, str], slug: str) -> None:
    """Alice adds a task and moves it by its menu; Bruno sees both without reloading."""
    columns = api(alice, "GET", f"/workspaces/{workspace_id(alice, slug)}/columns")["items"]
    second = columns[1]["name"]
    bruno.go(f"/w/{slug}/taches")
    page = alice.go(f"/w/{slug}/taches")
    page.get_by_role("button", name=re.compile(f"^{words['add_task']}")).first.click()
    page.get_by_role("textbox", name=re.compile(f"^{words['add_task']}")).first.fill("Prévenir les astreintes")
    page.keyboard.press("Enter")
    expect(bruno.page.get_by_text("Prévenir les astreintes").first).to_be_visible(timeout=10_000)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"{words['actions']} Prévenir les astreintes").first.click()
    page.get_by_role("menuitem", name=re.compile(f"{words['move_to']}.*{second}")).click()
    there = bruno.page.get_by_role("region", name=second, exact=True)
    expect(there.get_by_text("Prévenir les astreintes")).to_have_count(1, timeout=10_000)


def workspace_id(office: Office, slug: str) -> str:
    found: str = next(w["id"] for w in api(office, "GET", "/workspaces")["items"] if w["slug"] == slug)
    return found


def api(office: Office, method: str, path: str, body: Any = None) -> Any:
    """The browser's own session, for what has no screen of its own in this journey."""
    cookies = {cookie["name"]: cookie["value"] for cookie in office.context.cookies()}
    answer = httpx.request(
        method,
        f"{office.server.url}/api/v1{path}",
        cookies=cookies,
        headers={"X-CSRF-Token": cookies["plano_csrf"]},
        json=body,
        timeout=20,
    )
    assert answer.status_code < 400, answer.text
    return answer.json() if answer.content else None


def a_folder_of_twelve_files(folder: Path) -> dict[str, str]:
    """Eleven small ones in two levels, one of 25 MB; names as people give them. Returns path to SHA-256."""
    names = [f"Plan 2026/Fiche réflexe n° {n}.txt" for n in range(1, 8)]
    names += [f"Plan 2026/Annexes/Annexe {n} – é’ç.md" for n in range(1, 5)]
    sums = {}
    for index, name in enumerate([*names, "Plan 2026/Visite du site.bin"]):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        content = os.urandom(BIG) if name.endswith(".bin") else f"Contenu {index}\n".encode() * 50
        file.write_bytes(content)
        sums[file.name] = hashlib.sha256(content).hexdigest()
    return sums


def remove(alice: Office, words: dict[str, str], slug: str, person: str) -> None:
    page = alice.go(f"/w/{slug}/membres")
    page.get_by_role("button", name=re.compile(f"{words['actions']}.*{person}")).first.click()
    page.get_by_role("menuitem", name=words["remove"]).click()
    page.get_by_role("dialog").get_by_role("button", name=words["remove"]).click()


def is_out(bruno: Office, slug: str) -> None:
    """Within five seconds the open page is over, and so is everything behind it."""
    closed = re.compile("n’est pas ouverte pour vous|is not open to you")
    expect(bruno.page.get_by_role("heading", name=closed)).to_be_visible(timeout=5_000)
    mine = api(bruno, "GET", "/workspaces")["items"]
    assert slug not in {workspace["slug"] for workspace in mine}


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("words", "width"), [(FRENCH, 1440), (ENGLISH, 390)], ids=["fr-1440", "en-390"])
def test_a_working_day(office: OpenOffice, words: dict[str, str], width: int) -> None:
    language = words["language"]
    alice = office("alice", width=width, height=844 if width < 500 else 900, language=language)
    bruno = office(width=width, height=844 if width < 500 else 900, language=language)
    if language == "en":
        api(alice, "PATCH", "/me", {"language": "en"})
    address = f"bruno.{language}@prefecture.example"

    slug = open_workspace(alice, words, f"Crue {language}")
    accept(bruno, words, invite(alice, words, slug, address), "Bruno Martel")
    talk(alice, bruno, slug)
    plan_an_event(alice, bruno, words, slug)
    move_a_task(alice, bruno, words, slug)
    bruno.go(f"/w/{slug}/taches")
    remove(alice, words, slug, "Bruno Martel")
    is_out(bruno, slug)
    if language == "en":
        api(alice, "PATCH", "/me", {"language": "fr"})
