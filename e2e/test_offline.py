"""Without a network: the office starts, what was written waits in it, and leaves once, in order, at the return."""

import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from tests.server import Server

from e2e.conftest import OpenOffice
from e2e.office import ARGUMENTS, CHROMIUM, Office, look, open_office
from e2e.test_chat import ROOM, enter, write
from e2e.test_restart import Proxy, between

WAITING = ("Le pont est fermé", "Je passe par Gien", "J’arrive à midi")
KEPT = """
async () => ({
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  caches: (await caches.keys()).length,
  words: Object.keys(localStorage).filter(key => key === "plano-frame").length,
  rows: (await indexedDB.databases()).filter(one => one.name === "plano-chat").length,
})
"""
READY = """
async () => {
  await navigator.serviceWorker.ready;
  const names = await caches.keys();
  const files = (await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).map(one => one.url)))).flat();
  return navigator.serviceWorker.controller !== null && files.some(url => url.includes("ChatPage")) ? files : null;
}
"""


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    with between(server) as one:
        yield one


@pytest.fixture
def train(playwright: Playwright, server: Server, proxy: Proxy) -> Iterator[Browser]:
    """A browser whose every request passes the proxy."""
    rule = f"--host-resolver-rules=MAP localhost:{server.port} 127.0.0.1:{proxy.port}"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, rule])
    yield browser
    browser.close()


def network(proxy: Proxy, mode: str) -> None:
    for command in (f"set?mode={mode}", "cut"):
        urllib.request.urlopen(f"http://127.0.0.1:{proxy.control}/{command}", timeout=5).read()


def installed(one: Office) -> list[str]:
    """The files that the worker keeps, once it has those of this page."""
    return list(one.page.wait_for_function(READY, timeout=30_000).json_value())


def said(page: Page) -> list[str]:
    texts = page.get_by_role("article").all_inner_texts()
    return [found for text in texts for found in (*WAITING, "Pendant la coupure") if found in text]


@pytest.mark.timeout(120)
def test_r134_three_messages_written_in_a_tunnel_leave_once_after_a_reload_there(
    server: Server, train: Browser, proxy: Proxy, office: OpenOffice
) -> None:
    alice = open_office(server, train, "alice", service_workers="allow")
    desk, bruno = office("alice"), office("bruno")
    page = alice.go(ROOM)
    enter(page)
    for other in (desk, bruno):
        other.go(ROOM)
        enter(other.page)
    files = installed(alice)
    assert not [file for file in files if "/api/" in file], "no answer of the API is kept"

    network(proxy, "refuse")
    for text in WAITING:
        write(page, text)
    expect(page.locator("[data-waiting=sending]")).to_have_count(3)
    expect(page.get_by_text("Connexion perdue. 3 messages attendent")).to_be_visible(timeout=20_000)
    write(bruno.page, "Pendant la coupure")
    expect(desk.page.get_by_text("Pendant la coupure")).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", level=1, name="Hors connexion")).to_be_visible()
    expect(page.get_by_text("Connexion perdue. 3 messages attendent")).to_be_visible()
    rows = page.locator("li[data-waiting=sending]").all_inner_texts()
    assert [text for row in rows for text in WAITING if text in row] == list(WAITING)
    assert all("Cellule de crise" in row for row in rows)
    look(page, "offline")
    alice.is_accessible()
    assert said(desk.page) == ["Pendant la coupure"]

    network(proxy, "pass")
    for one in (page, desk.page, bruno.page):
        expect(one.get_by_role("article").filter(has_text=WAITING[-1])).to_be_visible(timeout=40_000)
        assert said(one) == ["Pendant la coupure", *WAITING]
    expect(page.get_by_text("Connexion perdue.")).to_have_count(0)
    expect(page.locator("[data-waiting]")).to_have_count(0)

    page.get_by_role("button", name=re.compile("mon menu")).click()
    page.get_by_role("menuitem", name="Se déconnecter").click()
    expect(page.get_by_role("heading", level=1, name=re.compile("Bonjour|Connexion"))).to_be_visible()
    alice.until(lambda: not any(page.evaluate(KEPT).values()), "signing out leaves something behind (R-45)")
    problems = [one for one in alice.watch.problems if "/api/v1/" not in one]
    assert problems == []
    alice.context.close()
