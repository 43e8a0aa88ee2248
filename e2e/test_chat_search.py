"""What was said is found by words and operators, in its place; a conversation is copied in front of everybody."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice
from e2e.test_chat import ROOM, enter
from e2e.test_versions import SLUG

HOSTILE = [
    "<script>window.XSSMARK=1;alert(1)</script>",
    '<img src=x onerror="window.XSSMARK=1">',
    '"><svg/onload=alert(1)>',
    "</div></article><iframe srcdoc='<script>parent.XSSMARK=1</script>'></iframe>",
    "[x](javascript:alert(1)) <a href=javascript:alert(1)>y</a>",
    'https://exemple.fr/?a="onmouseover="alert(1)&b=<script>alert(1)</script>',
    "<style>@import 'http://exemple.fr/x.css';</style><link rel=stylesheet href=//exemple.fr>",
    "<meta http-equiv=refresh content='0;url=http://exemple.fr'><base href=http://exemple.fr>",
    "<!--><script>alert(1)</script>--> <math><mi xlink:href=javascript:alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt; {{constructor.constructor('alert(1)')()}} ${alert(1)}",
]


@pytest.mark.timeout(180)
def test_a_message_is_found_by_keyboard_in_its_place_until_the_right_is_gone(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    place = alice.api("POST", f"/workspaces/{alice.workspace_id(SLUG)}/channels", {"name": "Recherches", "open": False})
    channel, me = place["id"], bruno.api("GET", "/me")["id"]
    alice.api("POST", f"/channels/{channel}/members", {"user_id": me})
    old = alice.api("POST", f"/channels/{channel}/messages", {"text": "Une aiguille, tout au début"})
    for number in range(60):
        (alice if number % 2 else bruno).api(
            "POST", f"/channels/{channel}/messages", {"text": f"Du foin, ligne {number}"}
        )
    answer = {"text": "Les **aiguilles** d’un fil", "thread_id": old["id"]}
    alice.api("POST", f"/channels/{channel}/messages", answer)
    bruno.api("POST", f"/channels/{channel}/messages", {"text": "Mon aiguille à moi"})

    page = bruno.go(ROOM)
    enter(page, "Recherches")
    page.keyboard.press("Control+f")
    field = page.get_by_role("combobox", name="Mots, ou de:")
    expect(field).to_be_focused()
    field.press_sequentially("de:ali")
    expect(page.get_by_role("option", name="Alice Martin")).to_be_visible()
    bruno.is_accessible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value('de:"Alice Martin" ')
    field.press_sequentially("aiguille")
    found = page.get_by_role("list", name="Messages trouvés").get_by_role("button")
    expect(found).to_have_count(2)
    expect(found.first.locator("mark")).to_have_text("aiguilles")
    bruno.is_accessible()
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(found.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    first = page.locator(f'[data-message="{old["id"]}"]')
    expect(first).to_be_in_viewport()
    expect(page.get_by_text("Résultat 2 sur 2")).to_be_visible()
    page.get_by_role("button", name="Résultat plus récent").click()
    thread = page.get_by_role("log", name="Fil")
    expect(thread.get_by_text("Les aiguilles d’un fil")).to_be_in_viewport()
    page.get_by_role("button", name="Résultats", exact=True).click()
    expect(found).to_have_count(2)

    alice.api("DELETE", f"/channels/{channel}/members/{me}")
    page = bruno.go("/recherche?q=aiguille")
    expect(page.get_by_text("Rien ne correspond")).to_be_visible()
    assert bruno.api("GET", "/messages/search?q=aiguille")["items"] == []
    alice.go("/recherche?q=de:bruno+aiguille")
    hit = alice.page.get_by_role("main").get_by_role("link").filter(has_text="Mon aiguille à moi")
    expect(hit).to_contain_text("Recherches")
    hit.click()
    expect(alice.page.get_by_role("log").get_by_text("Mon aiguille à moi")).to_be_in_viewport()


@pytest.mark.timeout(180)
def test_a_conversation_is_copied_in_front_of_everybody(office: OpenOffice, tmp_path: Path) -> None:
    alice, chloe = office("alice"), office("chloe")
    workspace = alice.workspace_id(SLUG)
    channel = alice.api("POST", f"/workspaces/{workspace}/channels", {"name": "Copies"})["id"]
    for text in HOSTILE:
        alice.api("POST", f"/channels/{channel}/messages", {"text": text})
    alice.api("PATCH", f"/workspaces/{workspace}/chat-policy", {"exports": True})
    seen = chloe.go(f"{ROOM}/{channel}")
    page = alice.go(f"{ROOM}/{channel}")
    page.get_by_role("button", name="Détails et personnes").click()
    page.get_by_role("button", name="Exporter la conversation").click()
    page.get_by_role("dialog").get_by_role("button", name="Exporter la conversation").click()
    expect(seen.get_by_text("Alice Martin a exporté cette conversation")).to_be_visible()
    link = page.get_by_role("link", name=re.compile("^Télécharger"))
    expect(link).to_be_visible(timeout=30_000)
    alice.is_accessible()
    with page.expect_download() as waiting:
        link.click()
    archive = zipfile.ZipFile(waiting.value.path())
    archive.extractall(tmp_path)
    assert {"conversation.json", "schema.json", "index.html"} <= set(archive.namelist())
    assert chloe.try_api("GET", link.get_attribute("href").removeprefix("/api/v1"))[0] == 404

    asked: list[str] = []
    offline = page.context.new_page()
    offline.on("request", lambda request: asked.append(request.url))
    offline.on("dialog", lambda dialog: asked.append(dialog.message))
    offline.goto((tmp_path / "index.html").as_uri())
    offline.get_by_role("main").get_by_role("link").first.click()
    expect(offline.get_by_role("article")).to_have_count(len(HOSTILE))
    assert offline.locator("script, img, svg, iframe, object, embed, form, input").count() == 0
    assert [address for address in asked if not address.startswith("file:")] == []
