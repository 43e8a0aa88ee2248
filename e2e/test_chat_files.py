"""Files in conversations: a screenshot pasted, a document of the library, a guest who sees the file, never the folder."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import OpenOffice

SPACE = "plan-de-continuite"
ROOM = f"/w/{SPACE}/discussions"
CHANNEL = "Pièces du dossier"
FIELD = f"Écrire dans {CHANNEL}…"
PASTE = """
async (field) => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 640, height: 360});
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#1f4bb8";
  pen.fillRect(40, 40, 320, 200);
  const bytes = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const clipboard = new DataTransfer();
  clipboard.items.add(new File([bytes], "image.png", {type: "image/png"}));
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
}
"""


def chips(page: Page) -> object:
    return page.get_by_role("list", name="Fichiers à envoyer").get_by_role("listitem")


@pytest.mark.timeout(180)
def test_a_file_in_a_conversation_is_a_document_for_its_people_only(office: OpenOffice, tmp_path: Path) -> None:
    alice, david = office("alice"), office("david")
    page, guest = alice.go(ROOM), david.go(ROOM)
    expect(page.get_by_role("main")).to_be_visible()
    space = alice.workspace_id(SPACE)
    me = david.api("GET", "/me")["id"]
    body = {"name": CHANNEL, "open": False, "members": [me]}
    channel = alice.api("POST", f"/workspaces/{space}/channels", body)["id"]
    note = alice.api("POST", f"/workspaces/{space}/nodes", {"kind": "document", "name": "Arbitrages internes.txt"})[
        "id"
    ]
    alice.write(note, "Pour les membres.")
    page = alice.go(f"{ROOM}/{channel}")
    field = page.get_by_label(FIELD)
    expect(field).to_be_editable()

    # a screenshot, and one that is taken off again
    for count in (1, 2):
        field.evaluate(PASTE)
        expect(chips(page)).to_have_count(count)
    there = page.locator("li[data-state=there]")
    expect(there).to_have_count(2)
    there.last.get_by_role("button", name=re.compile("^Retirer")).click()
    expect(chips(page)).to_have_count(1)

    # a document of the library, of which one is told who will not see it
    page.get_by_role("button", name="Joindre un fichier").click()
    page.get_by_role("menuitem", name="Depuis la bibliothèque").click()
    page.get_by_role("dialog").get_by_label(re.compile("Arbitrages internes")).check()
    page.get_by_role("dialog").get_by_role("button", name="Joindre", exact=True).click()
    expect(page.get_by_text("ne le voit pas là où il se trouve")).to_be_visible()
    alice.is_accessible()

    # the draft with what it carries is on the other device
    device = office("alice")
    elsewhere = device.go(f"{ROOM}/{channel}")
    expect(chips(elsewhere)).to_have_count(2)

    address = f"{alice.server.url}/w/{SPACE}/documents?doc={note}"
    field.fill(f"Les pièces, dont {address}")
    field.press("Enter")
    message = page.get_by_role("article").filter(has_text="Les pièces")
    expect(message.get_by_role("button", name=re.compile("Capture"))).to_be_visible()
    expect(message.get_by_role("button", name=re.compile("Arbitrages internes"))).to_be_visible()
    expect(chips(elsewhere)).to_have_count(0)

    expect(message.get_by_role("link", name="Document · Arbitrages internes.txt")).to_be_visible()

    # the guest: the file of the conversation, nothing of the other, and never the folder above
    guest = david.go(f"{ROOM}/{channel}")
    seen = guest.get_by_role("article").filter(has_text="Les pièces")
    picture = seen.get_by_role("button", name=re.compile("Capture"))
    expect(picture).to_be_visible()
    expect(seen.get_by_text("Document que vous ne voyez pas")).to_be_visible()
    expect(guest.get_by_text("Arbitrages internes")).to_have_count(0)
    expect(seen.get_by_role("link", name="Élément que vous ne pouvez pas ouvrir")).to_be_visible()
    expect(guest.get_by_text(note)).to_have_count(0)
    david.is_accessible()

    # below a text, what it links to: for whoever may see it, and no longer than that
    folder = alice.api("POST", f"/workspaces/{space}/nodes", {"kind": "folder", "name": "Pièces ouvertes"})["id"]
    body = {"kind": "document", "name": "Budget confidentiel.txt", "parent_id": folder}
    budget = alice.api("POST", f"/workspaces/{space}/nodes", body)["id"]
    alice.api("PUT", f"/nodes/{folder}/access", {"open": True})
    alice.api("PUT", f"/nodes/{folder}/access/{me}", {"role": "reader"})
    task = alice.api("POST", f"/workspaces/{space}/tasks", {"title": "Chiffrer"})["id"]
    links = [f"{alice.server.url}/w/{SPACE}/{path}" for path in (f"documents?doc={budget}", f"taches?tache={task}")]
    alice.api("POST", f"/channels/{channel}/messages", {"text": "À lire : " + " ".join(links)})
    cards = [one.get_by_role("list", name="2 liens de ce texte") for one in (page, guest)]
    hidden = "Élément que vous ne pouvez pas ouvrir"
    expect(cards[0].get_by_role("link", name=re.compile("Chiffrer.*Tâche"))).to_be_visible()
    expect(cards[1].get_by_role("link", name=re.compile("Budget confidentiel.*Pièces ouvertes"))).to_be_visible()
    expect(cards[1].get_by_text(hidden)).to_have_count(1)
    places = cards[1].bounding_box()
    alice.api("DELETE", f"/nodes/{folder}/access/{me}")
    expect(cards[1].get_by_text(hidden)).to_have_count(2)
    expect(guest.get_by_text(re.compile("Budget|Chiffrer"))).to_have_count(0)
    assert cards[1].bounding_box() == places, "nothing jumps"
    done = next(one for one in alice.api("GET", f"/workspaces/{space}/columns")["items"] if one["done"])["id"]
    alice.api("POST", f"/tasks/{task}/move", {"column_id": done})
    expect(cards[0].get_by_role("link", name=re.compile("Chiffrer.*Terminée"))).to_be_visible()
    cards[0].get_by_role("link", name=re.compile("Chiffrer")).press("Enter")
    expect(page).to_have_url(re.compile(f"/taches.tache={task}"))
    expect(page.get_by_label("Titre")).to_have_value("Chiffrer")
    page = alice.go(f"{ROOM}/{channel}")

    seen.get_by_role("link", name="Ouvrir dans la bibliothèque").click()
    expect(guest.get_by_role("complementary").get_by_text(re.compile("Capture")).first).to_be_visible()
    expect(guest.get_by_text("Fichiers des discussions")).to_have_count(0)

    # gone from the library, gone from the conversation
    guest = david.go(f"{ROOM}/{channel}")
    expect(guest.get_by_role("button", name=re.compile("Capture"))).to_be_visible()
    [file] = [one for one in alice.documents(SPACE, channel) if one["name"].startswith("Capture")]
    assert len(alice.documents(SPACE, channel)) == 1, "the one taken off lies in the bin"
    alice.api("DELETE", f"/nodes/{file['id']}")
    expect(guest.get_by_text("Retiré de la bibliothèque")).to_be_visible()
    expect(guest.get_by_text(re.compile("Capture"))).to_have_count(0)


@pytest.mark.timeout(120)
def test_r134_a_message_waits_for_its_files_and_goes_once_after_a_cut(office: OpenOffice, tmp_path: Path) -> None:
    bruno, alice = office("bruno"), office("alice")
    page = bruno.go(ROOM)
    space = bruno.workspace_id(SPACE)
    name = "Coupures"
    channel = bruno.api("POST", f"/workspaces/{space}/channels", {"name": name})["id"]
    page = bruno.go(f"{ROOM}/{channel}")
    field = page.get_by_label(f"Écrire dans {name}…")
    expect(field).to_be_editable()
    paper = tmp_path / "Procès-verbal.txt"
    paper.write_text("Séance du matin\n")
    field.fill("avant")
    field.press("Enter")
    expect(page.get_by_role("article").filter(has_text="avant")).to_be_visible()
    bruno.drop(paper, page.get_by_role("log", name=f"Messages de {name}"))
    expect(chips(page)).to_have_count(1)
    bruno.context.set_offline(True)
    other = tmp_path / "Annexe.txt"
    other.write_text("Annexe\n")
    bruno.drop(other, page.get_by_role("log", name=f"Messages de {name}"))
    expect(chips(page)).to_have_count(2)
    field.fill("avec pièces")
    field.press("Enter")
    field.fill("et la suite")
    field.press("Enter")
    expect(page.locator("[data-waiting=sending]")).to_have_count(2)
    bruno.context.set_offline(False)
    expect(page.locator("[data-waiting=sending]")).to_have_count(0)
    reader = alice.go(f"{ROOM}/{channel}")
    said = reader.get_by_role("article")
    expect(said.filter(has_text="avec pièces").get_by_role("button", name=re.compile("Annexe"))).to_be_visible()
    texts = [one["text"] for one in bruno.api("GET", f"/channels/{channel}/messages")["items"] if one["text"]]
    assert texts == ["et la suite", "avec pièces", "avant"], "in order, and once"
