"""Discussions without a mouse, with an input method, and with ears only (point 9)."""

import re
import time

import pytest
from playwright.sync_api import Locator, expect

from e2e.conftest import OpenOffice
from e2e.test_chat import ROOM, enter, write

LISTEN = """
() => {
  window.heard = [];
  const region = document.querySelector("[aria-live=polite][aria-atomic=true]");
  const hear = () => region.textContent && window.heard.push(region.textContent);
  new MutationObserver(hear).observe(region, {childList: true, characterData: true, subtree: true});
}
"""
MANY = re.compile(r"(\d+) nouveaux messages? de Bruno")


@pytest.mark.timeout(180)
def test_compose_move_react_answer_and_make_a_task_by_keys_alone(office: OpenOffice) -> None:
    bruno = office("bruno")
    page = bruno.go(ROOM)
    enter(page)
    keys, mark = page.keyboard, f"au clavier {time.time_ns()}"
    field = page.get_by_label("Écrire dans Cellule de crise…")
    field.focus()
    for words in (f"Premier {mark}", f"Deuxième {mark}", f"Troisième {mark}"):
        keys.type(words)
        keys.press("Enter")
        expect(page.get_by_role("article").filter(has_text=words)).to_be_visible()
    last = page.get_by_role("article").filter(has_text=f"Troisième {mark}")
    second = page.get_by_role("article").filter(has_text=f"Deuxième {mark}")

    # into the list, from message to message: one stop, arrows inside
    for _ in range(12):
        keys.press("Shift+Tab")
        if last.evaluate("row => row.contains(document.activeElement)"):
            break
    keys.press("ArrowUp")
    expect(second).to_be_focused()
    keys.press("ArrowDown")
    expect(last).to_be_focused()
    assert page.get_by_role("log").locator("[data-message][tabindex='0']").count() == 1
    keys.press("Home")
    expect(page.get_by_role("log").locator("[data-message]").first).to_be_focused()
    keys.press("End")
    expect(last).to_be_focused()
    keys.press("ArrowUp")

    # help, with the switch that silences the letters
    keys.press("?")
    expect(page.get_by_role("dialog", name="Clavier")).to_be_visible()
    bruno.is_accessible()
    page.get_by_label("Raccourcis d’une seule touche").focus()
    keys.press("Space")
    keys.press("Escape")
    expect(second).to_be_focused()
    keys.press("e")
    keys.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate("localStorage.removeItem('plano.chat.letters')")
    page.reload()
    field.focus()
    second.focus()

    # react
    keys.press("e")
    expect(page.get_by_label("Chercher un emoji")).to_be_focused()
    bruno.is_accessible()
    keys.type("pouce")
    expect(page.get_by_role("dialog").get_by_role("button", name=re.compile("^pouce")).first).to_be_visible()
    keys.press("Enter")
    expect(second.get_by_role("group").get_by_role("button", pressed=True)).to_be_visible()
    expect(second).to_be_focused()

    # its actions: a task
    keys.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    bruno.is_accessible()
    item = page.get_by_role("menuitem", name="En faire une tâche")
    for _ in range(12):
        if item.evaluate("one => one === document.activeElement"):
            break
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.get_by_label("Titre")).to_be_focused()
    keys.press("Enter")
    expect(second.get_by_role("link", name=f"Tâche : Deuxième {mark}")).to_be_visible()
    expect(second).to_be_focused()

    # answer in a thread, move there too, and come back
    keys.press("r")
    thread = page.get_by_role("log", name="Fil")
    expect(thread).to_be_visible()
    answer = page.get_by_label("Répondre…")
    answer.focus()
    keys.type(f"Réponse {mark}")
    keys.press("Enter")
    reply = thread.get_by_role("article").filter(has_text=f"Réponse {mark}")
    expect(reply).to_be_visible()
    bruno.is_accessible()
    reply.focus()
    keys.press("ArrowUp")
    expect(thread.get_by_role("article").first).to_be_focused()
    keys.press("Escape")
    expect(answer).to_be_focused()
    keys.press("Escape")
    expect(thread).to_have_count(0)
    second.focus()
    keys.press("Escape")
    expect(field).to_be_focused()


@pytest.mark.timeout(120)
def test_an_input_method_and_dead_keys_never_send(office: OpenOffice) -> None:
    alice = office("alice")
    page = alice.go(ROOM)
    enter(page)
    method = alice.context.new_cdp_session(page)
    sent: list[str] = []
    page.on("request", lambda request: request.method in ("POST", "PATCH") and sent.append(request.url))

    def at_work(kind: str, key: str, code: str) -> None:
        method.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": code, "windowsVirtualKeyCode": 229})

    def begin(text: str) -> None:
        place = {"selectionStart": len(text), "selectionEnd": len(text)}
        method.send("Input.imeSetComposition", {"text": text, **place})

    def compose(field: Locator, begun: str, chosen: str) -> None:
        """Words in the making, Enter to take the candidate, and what the method writes then."""
        field.focus()
        field.fill("")
        begin(begun)
        at_work("rawKeyDown", "Process", "Enter")
        at_work("keyUp", "Process", "Enter")
        method.send("Input.insertText", {"text": chosen})
        expect(field).to_have_value(chosen)
        # a dead key, then Enter pressed by mistake while the accent waits
        at_work("rawKeyDown", "Dead", "BracketLeft")
        begin("^")
        at_work("rawKeyDown", "Enter", "Enter")
        method.send("Input.insertText", {"text": "ê"})
        expect(field).to_have_value(f"{chosen}ê")

    field = page.get_by_label("Écrire dans Cellule de crise…")
    compose(field, "にほん", "日本")
    assert not [url for url in sent if url.endswith("/messages")]
    field.press("Enter")
    message = page.get_by_role("article").filter(has_text="日本ê")
    expect(message).to_be_visible()
    sent.clear()

    message.focus()
    message.press("r")
    compose(page.get_by_label("Répondre…"), "に", "二")
    page.get_by_label("Répondre…").fill("")
    page.get_by_role("button", name="Fermer les détails").click()
    message.hover()
    message.get_by_role("button", name=re.compile("^Modifier")).click()
    edit = page.get_by_label("Modifier le message")
    compose(edit, "き", "木")
    expect(edit).to_be_visible()
    edit.press("Escape")
    message.hover()
    message.get_by_role("button", name=re.compile("^Actions sur")).click()
    page.get_by_role("menuitem", name="Noter comme décision").click()
    compose(page.get_by_label("Ce qui est décidé"), "けつ", "決")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert not [url for url in sent if re.search("/messages|/decisions", url)], sent


@pytest.mark.timeout(120)
def test_a_burst_is_one_sentence_and_neither_mine_nor_a_muted_one_is_heard(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, other = alice.go(ROOM), bruno.go(ROOM)
    enter(page)
    enter(other)
    page.evaluate(LISTEN)
    for number in range(10):
        write(other, f"Rafale {number}")
    expect(page.get_by_text("Rafale 9")).to_be_visible()
    write(page, "Mes propres mots")
    alice.until(lambda: bool(page.evaluate("window.heard.length")), "nothing was heard")
    page.wait_for_timeout(2500)
    heard = page.evaluate("window.heard")
    assert 1 <= len(heard) <= 3, heard
    told = [int(found.group(1)) if (found := MANY.match(one)) else 1 for one in heard]
    assert sum(told) == 10, heard
    assert not any("Mes propres mots" in one for one in heard), heard

    # where one asked for silence the ears have it too
    alice.api("PUT", f"/channels/{page.url.split('/')[-1]}/level", {"level": "nothing"})
    write(other, "En silence")
    expect(page.get_by_text("En silence")).to_be_visible()
    page.wait_for_timeout(2500)
    assert page.evaluate("window.heard") == heard
    alice.api("PUT", f"/channels/{page.url.split('/')[-1]}/level", {"level": "all"})
