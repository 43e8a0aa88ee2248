"""The journey of issue « The office opens »: two people, two browsers, one working day, one walk.

In French at 1440 px, meeting through the media server; in English at 390 px, as on a phone, from browser to browser.
Names of buttons are those that people read.
"""

import hashlib
import os
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.conftest import House, OpenCaller
from e2e.meet_harness import Caller
from e2e.office import Office
from e2e.words import Words, words_of

PASSWORD = "rendez-vous sous les platanes à midi"
BRUNO = "Bruno Martel"
BIG = "Visite du site.bin"
MEGABYTES = 25
# A page on a slow line: 1 MB a second. A little more than three seconds after `hurry()`, when the server has asked for
# the rights again, it takes all that still comes.
SLOW_DOWNLOAD = """
async path => {
  const state = (window.__download = { bytes: 0, ended: "" });
  let fast = Infinity;
  window.__hurry = () => (fast = performance.now() + 3200);
  const reader = (await fetch(path)).body.getReader();
  (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return "whole";
      state.bytes += value.length;
      const rest = performance.now() + value.length / 1000;
      while (performance.now() < Math.min(rest, fast)) await new Promise(next => setTimeout(next, 50));
    }
  })().then(end => (state.ended = end), () => (state.ended = "cut"));
}
"""


# --- Coming in ---------------------------------------------------------------------------------------------


def open_workspace(alice: Office, words: Words) -> str:
    """Under a minute: a name, the colour and rooms as they come."""
    page = alice.go("/espaces/nouveau")
    began = time.monotonic()
    page.get_by_role("textbox", name=words["name"], exact=True).fill(f"Crue {words['language']}")
    page.get_by_role("button", name=words["open"]).click()
    page.wait_for_url(re.compile(r"/w/[a-z0-9-]+"))
    assert time.monotonic() - began < 60
    return page.url.split("/w/")[1].split("/")[0]


def invite(alice: Office, words: Words, slug: str, address: str) -> str:
    """By mail; the link comes from the outbox."""
    page = alice.go(f"/w/{slug}/membres")
    page.get_by_role("button", name=words["invite"], exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=words["addresses"]).fill(address)
    dialog.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_text(address).first).to_be_visible()
    found = re.search(r"(/invitation/\S+)", alice.mail_to(address))
    assert found is not None
    return found[1]


def accept(bruno: Office, words: Words, link: str) -> None:
    page = bruno.go(link)
    page.get_by_role("textbox", name=words["person"]).fill(BRUNO)
    page.locator("input[autocomplete='new-password']").fill(PASSWORD)
    bruno.send(page.get_by_role("button", name=words["join"]), "/invitations/")
    page.wait_for_url(re.compile(r"/w/"))


def sign_out_and_in(bruno: Office, words: Words, address: str) -> None:
    bruno.page.get_by_role("button", name=re.compile(words["me"])).click()
    bruno.page.get_by_role("menuitem", name=words["sign_out"]).click()
    bruno.page.wait_for_url(re.compile("/connexion"))
    bruno.sign_in(address, PASSWORD)


# --- Documents ---------------------------------------------------------------------------------------------


def a_folder_of_twelve_files(folder: Path) -> dict[str, str]:
    """Eleven small ones in two levels, one of 25 MB; names as people give them. Returns name to SHA-256."""
    names = [f"Fiche réflexe n° {n}.txt" for n in range(1, 8)]
    names += [f"Annexes/Annexe {n} – é’ç.md" for n in range(1, 5)]
    sums = {}
    for index, name in enumerate([*names, BIG]):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        content = os.urandom(MEGABYTES * 1_000_000) if name == BIG else f"Contenu {index}\n".encode() * 50
        file.write_bytes(content)
        sums[file.name] = hashlib.sha256(content).hexdigest()
    return sums


def put(alice: Office, words: Words, slug: str, folder: Path) -> None:
    """A folder dropped on the page; a phone has no folders to drop and chooses the files."""
    page = alice.go(f"/w/{slug}/documents")
    page.get_by_role("button", name=words["files"]).wait_for()  # the library is empty
    if words["language"] == "fr":
        alice.drop(folder, page.get_by_role("main"))
    else:
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name=words["files"]).click()
        chooser.value.set_files(sorted(str(file) for file in folder.rglob("*.*")))
    tray = page.get_by_role("region", name=words["tray"])
    expect(tray).to_contain_text(words["done"].format(12), timeout=30_000)


def fetch(bruno: Office, words: Words, slug: str, folder: Path, sums: dict[str, str]) -> None:
    """They appear in Bruno's open page; he gets the same bytes."""
    page = bruno.page
    if words["language"] == "fr":
        row(page, folder.name).click()
    page.get_by_role("button", name=f"{words['actions']} {BIG}").click(timeout=30_000)
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=words["download"], exact=True).click()
    assert download.value.suggested_filename == BIG
    assert hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest() == sums[BIG]
    expect(row(page, "Fiche réflexe n° 7.txt")).to_be_visible()
    documents = bruno.documents(slug)
    assert {node["name"]: bruno.sha256(node) for node in documents} == sums
    assert len(documents) == len(sums)


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name).first


# --- Talking and meeting -----------------------------------------------------------------------------------


def composer(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("textbox").last


def enter_general(office: Office, slug: str) -> None:
    """A phone shows the list first."""
    page = office.go(f"/w/{slug}/discussions")
    page.get_by_role("link", name=re.compile("G[ée]n[ée]ral")).first.click()
    expect(page.get_by_role("log", name=re.compile("^Messages"))).to_be_visible()


def write(office: Office, text: str) -> None:
    composer(office.page).fill(text)
    composer(office.page).press("Enter")


def sees(office: Office, text: str) -> None:
    expect(office.page.get_by_role("log").get_by_text(text).first).to_be_visible(timeout=10_000)


def talk(alice: Office, bruno: Office, slug: str) -> None:
    """Both ways, without reloading."""
    for one in (alice, bruno):
        enter_general(one, slug)
    write(alice, "Bonjour, le plan est dans les documents.")
    for one in (alice, bruno):
        sees(one, "Bonjour, le plan est dans les documents.")
    write(bruno, "Merci, je le relis **ce matin**.")
    sees(alice, "Merci, je le relis")
    expect(alice.page.get_by_role("log").locator("strong", has_text="ce matin")).to_be_visible()


def meet(alice: Caller, bruno: Caller, words: Words, slug: str, mode: str) -> tuple[Caller, Caller]:
    """In tabs of their own. Each decodes the picture and the voice of the other, then the other's screen."""
    first, second = alice.tab(), bruno.tab()
    page = first.go(f"/w/{slug}/reunions")
    page.get_by_role("link", name=words["meeting"]).click()
    page.wait_for_url(re.compile(r"/reunions/[0-9a-f-]{36}$"))
    first.enter_from_here(words["meeting_enter"])
    page = second.go(f"/w/{slug}/reunions")
    page.get_by_role("link", name=words["join_meeting"], exact=True).click()
    second.enter_from_here(words["meeting_enter"])
    for one in (first, second):
        assert one.page.locator("[data-mode]").get_attribute("data-mode") == mode
        one.receives()
    for one, other in ((first, second), (second, first)):
        one.page.bring_to_front()
        one.page.get_by_role("button", name=words["share"]).click()
        stop = one.page.get_by_role("button", name=words["unshare"])
        expect(stop).to_be_visible()
        expect(other.page.get_by_role("figure").locator("video")).to_be_visible(timeout=30_000)
        other.receives_pictures(2)  # face and screen
        stop.click()
        expect(other.page.get_by_role("figure").locator("video")).to_have_count(0)
    for one in (alice, bruno):
        one.page.bring_to_front()  # the call goes on behind
    return first, second


# --- Planning ----------------------------------------------------------------------------------------------


def plan_an_event(alice: Office, bruno: Office, words: Words, slug: str) -> None:
    """Alice writes it down; it appears in Bruno's open agenda."""
    bruno.go(f"/w/{slug}/agenda?vue=liste")
    page = alice.go(f"/w/{slug}/agenda?vue=liste")
    page.get_by_role("button", name=words["event"], exact=True).click()
    form = page.locator("form").filter(has=page.get_by_role("button", name=words["create_event"]))
    form.get_by_role("textbox", name=words["title"], exact=True).fill("Point de situation")
    form.get_by_role("button", name=words["create_event"]).click()
    for one in (alice, bruno):
        expect(one.page.get_by_role("main").get_by_text("Point de situation").first).to_be_visible(timeout=10_000)


def move_a_task(alice: Office, bruno: Office, words: Words, slug: str) -> None:
    """Alice adds a task and moves it by its menu; Bruno sees both without reloading."""
    columns = alice.api("GET", f"/workspaces/{alice.workspace_id(slug)}/columns")["items"]
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


# --- Losing access -----------------------------------------------------------------------------------------


def begin_a_download(bruno: Office, slug: str) -> None:
    node = next(node for node in bruno.documents(slug) if node["name"] == BIG)
    bruno.page.evaluate(SLOW_DOWNLOAD, f"/api/v1/nodes/{node['id']}/content")
    bruno.page.wait_for_function("() => window.__download.bytes > 0")


def remove(alice: Office, bruno: Office, words: Words, slug: str) -> float:
    """While he downloads. Returns the time at which it was answered."""
    page = alice.go(f"/w/{slug}/membres")
    page.get_by_role("button", name=re.compile(f"{words['actions']}.*{BRUNO}")).first.click()
    page.get_by_role("menuitem", name=words["remove"]).click()
    sure = page.get_by_role("dialog").get_by_role("button", name=words["remove"])
    expect(sure).to_be_enabled()
    begin_a_download(bruno, slug)
    with page.expect_response(lambda answer: answer.request.method == "DELETE" and answer.ok):
        sure.click()
    return time.monotonic()


def all_has_ended(alice_calls: Caller, bruno: Office, bruno_calls: Caller, words: Words, since: float) -> None:
    """His open page, his call and his running download, within five seconds."""

    def left() -> float:
        return max(1, (since + 5 - time.monotonic()) * 1000)

    bruno.page.evaluate("window.__hurry()")
    for page in (bruno.page, bruno_calls.page):
        expect(page.get_by_role("heading", name=words["closed"])).to_be_visible(timeout=left())
    expect(alice_calls.page.locator(f"[data-name='{BRUNO}']")).to_have_count(0, timeout=left())
    gate = [socket for socket in bruno_calls.sockets if "/meetings/" in socket.url][-1]
    bruno.until(gate.is_closed, "the call's socket is open still", seconds=left() / 1000)
    bruno.page.wait_for_function("() => window.__download.ended !== ''", timeout=left())
    download = bruno.page.evaluate("window.__download")
    assert download["ended"] == "cut"
    assert download["bytes"] < MEGABYTES * 1_000_000


def nothing_comes_any_more(alice: Office, bruno: Office, slug: str, heard: list[str]) -> None:
    """Bruno's socket lives on for what is still his; of the workspace it says nothing."""
    enter_general(alice, slug)
    write(alice, "Entre nous désormais")
    sees(alice, "Entre nous désormais")
    mine = bruno.api("POST", "/workspaces", {"name": f"Suite {slug}"})  # told to his own socket, after the message
    bruno.until(lambda: any(mine["id"] in frame for frame in heard), "Bruno's socket is silent")
    assert not any("Entre nous désormais" in frame for frame in heard)
    assert [one["slug"] for one in bruno.api("GET", "/workspaces")["items"]] == [mine["slug"]]


def listen(office: Office) -> list[str]:
    """The frames that come from now on through the page's socket, the last that it opened."""
    heard: list[str] = []
    stream = [socket for socket in office.sockets if socket.url.endswith("/stream")][-1]
    stream.on("framereceived", lambda frame: heard.append(str(frame)))
    return heard


# --- The walk ----------------------------------------------------------------------------------------------


@pytest.mark.timeout(420)
@pytest.mark.parametrize(
    ("language", "mode", "width", "height"),
    [("fr", "sfu", 1440, 900), ("en", "p2p", 390, 844)],
    ids=["fr-1440", "en-390"],
)
def test_a_working_day(
    house: House, callers: OpenCaller, tmp_path: Path, language: str, mode: str, width: int, height: int
) -> None:
    words, address, folder = words_of(language), f"bruno.{language}@prefecture.example", tmp_path / "Plan 2026"
    alice = callers(house(mode), "alice", width=width, height=height, language=language)
    bruno = callers(house(mode), width=width, height=height, language=language)
    alice.go("/")
    alice.api("PATCH", "/me", {"language": language})
    try:
        slug = open_workspace(alice, words)
        accept(bruno, words, invite(alice, words, slug, address))
        sign_out_and_in(bruno, words, address)

        sums = a_folder_of_twelve_files(folder)
        bruno.go(f"/w/{slug}/documents")
        put(alice, words, slug, folder)
        fetch(bruno, words, slug, folder, sums)

        talk(alice, bruno, slug)
        alice_calls, bruno_calls = meet(alice, bruno, words, slug, mode)
        plan_an_event(alice, bruno, words, slug)
        move_a_task(alice, bruno, words, slug)

        for one in (alice_calls, bruno_calls):
            one.receives()  # the call went on meanwhile
        heard = listen(bruno)
        since = remove(alice, bruno, words, slug)
        all_has_ended(alice_calls, bruno, bruno_calls, words, since)
        nothing_comes_any_more(alice, bruno, slug, heard)
    finally:
        alice.api("PATCH", "/me", {"language": "fr"})
