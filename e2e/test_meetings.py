"""Two people meet, through the media server and from browser to browser: real media, real interface, real gate."""

import os
import re
import signal
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.server import Person, Server

from e2e.conftest import House, OpenCaller
from e2e.meet_harness import Caller, Network

SLUG = "plan-de-continuite"


@pytest.fixture(scope="module", params=["sfu", "p2p"])
def office(request: pytest.FixtureRequest, house: House) -> Server:
    """A Plano with Janus, then one that finds none."""
    return house(request.param)


@pytest.fixture
def caller(office: Server, callers: OpenCaller) -> OpenCaller:
    return partial(callers, office)


def mode_of(office: Server) -> str:
    found: str = office.mode  # type: ignore[attr-defined]
    return found


def meet(caller: OpenCaller, slug: str = SLUG) -> tuple[Caller, Caller, str]:
    """Alice starts a meeting from the workspace, Bruno joins; returns its address."""
    alice, bruno = caller("alice"), caller("bruno")
    page = alice.go(f"/w/{slug}/reunions")
    page.get_by_role("link", name="Démarrer une réunion").click()
    page.wait_for_url(re.compile(r"/reunions/[0-9a-f-]{36}$"))
    path = page.url.removeprefix(alice.server.url)
    alice.enter(path)
    bruno.enter(path)
    expect(alice.page.locator("[data-name='Bruno Lefèvre']")).to_be_visible()
    return alice, bruno, path


def child_of(server: Server, word: str) -> int:
    """The process id of a child of this Plano, by a word of its command."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes().split(b"\0")
            if any(part.endswith(word.encode()) for part in command) and _descends(
                int(folder.name), server.process.pid
            ):
                return int(folder.name)
    raise AssertionError(f"no {word} runs under this server")


def _descends(pid: int, ancestor: int) -> bool:
    while pid > 1:
        if pid == ancestor:
            return True
        with suppress(OSError):
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
            continue
        return False
    return False


def test_two_people_see_and_hear_each_other(office: Server, caller: OpenCaller) -> None:
    alice, bruno, _ = meet(caller)
    assert alice.page.locator("[data-mode]").get_attribute("data-mode") == mode_of(office)
    alice.receives()
    bruno.receives()
    expect(bruno.page.locator("[data-name='Alice Martin'] video")).to_be_visible()
    bruno.page.locator("[data-name='Alice Martin'][data-speaking='true']").wait_for(timeout=10_000)


def test_mute_camera_keys_and_participants(office: Server, caller: OpenCaller) -> None:
    alice, bruno, _ = meet(caller)
    alice.receives()
    bruno.page.keyboard.press("m")
    expect(alice.page.locator("[data-name='Bruno Lefèvre']")).to_contain_text("micro coupé")
    quiet = alice.page.evaluate(
        "async () => { const pause = ms => new Promise(done => setTimeout(done, ms));"
        " await pause(700); const before = (await window.__received()).energy;"
        " await pause(1500); return (await window.__received()).energy - before; }"
    )
    assert quiet < 1e-5
    bruno.page.keyboard.press("c")
    expect(alice.page.locator("[data-name='Bruno Lefèvre'] video")).to_have_count(0)
    bruno.page.keyboard.press("c")
    bruno.page.keyboard.press("m")
    expect(alice.page.locator("[data-name='Bruno Lefèvre'] video")).to_be_visible()
    alice.receives()
    alice.page.get_by_role("button", name="Participants").click()
    panel = alice.page.get_by_role("complementary", name="Participants")
    expect(panel.get_by_text("Bruno Lefèvre")).to_be_visible()
    panel.get_by_role("button", name="Couper le micro de Bruno Lefèvre").click()
    expect(bruno.page.get_by_text("a coupé votre micro")).to_be_visible()
    expect(alice.page.locator("[data-name='Bruno Lefèvre']")).to_contain_text("micro coupé")
    alice.is_accessible()


def test_a_shared_screen_is_seen(office: Server, caller: OpenCaller) -> None:
    alice, bruno, _ = meet(caller)
    alice.receives()
    for _ in range(2):  # stop and start again
        bruno.page.get_by_role("button", name="Partager l’écran").click()
        shared = alice.page.get_by_role("figure").locator("video")
        expect(shared).to_be_visible()
        alice.page.wait_for_function(
            "() => { const seen = document.querySelector('figure video');"
            " return seen && seen.videoWidth > 0 && seen.currentTime > 0; }",
            timeout=15_000,
        )
        bruno.page.get_by_role("button", name="Arrêter le partage").click()
        expect(shared).to_have_count(0)
    alice.receives()


def test_leaving_and_ending_for_all(office: Server, caller: OpenCaller) -> None:
    alice, bruno, path = meet(caller)
    bruno.page.get_by_role("button", name="Quitter").click()
    expect(bruno.page.get_by_text("Vous avez quitté la réunion.")).to_be_visible()
    expect(alice.page.locator("[data-name='Bruno Lefèvre']")).to_have_count(0)
    bruno.page.get_by_role("button", name="Revenir dans la réunion").click()
    bruno.page.get_by_role("button", name="Entrer dans la réunion").click()
    expect(alice.page.locator("[data-name='Bruno Lefèvre']")).to_be_visible()
    alice.receives()
    alice.page.get_by_role("button", name="Plus").click()
    alice.page.get_by_role("menuitem", name="Terminer pour tous").click()
    alice.page.get_by_role("dialog").get_by_role("button", name="Terminer pour tous").click()
    expect(bruno.page.get_by_text("La réunion est terminée.")).to_be_visible(timeout=5000)
    expect(alice.page.get_by_text("La réunion est terminée.")).to_be_visible()
    bruno.go(path)
    expect(bruno.page.get_by_text("La réunion est terminée.")).to_be_visible()


def test_the_same_person_in_a_second_tab_is_told(office: Server, caller: OpenCaller) -> None:
    alice, _, path = meet(caller)
    second = alice.context.new_page()
    second.goto(alice.server.url + path)
    expect(second.get_by_text("Vous êtes déjà dans cette réunion")).to_be_visible()
    second.get_by_role("button", name="Entrer dans la réunion").click()
    expect(alice.page.get_by_text("La réunion continue ailleurs.")).to_be_visible()
    second.locator("[data-phase='connected']").wait_for()


def test_a_cut_of_the_line_keeps_the_place(office: Server, caller: OpenCaller, network: Network) -> None:
    alice, bruno, _ = meet(caller)
    alice.receives()
    bruno.context.set_offline(True)
    bruno.page.wait_for_timeout(1500)
    bruno.context.set_offline(False)
    bruno.page.locator("[data-phase='connected']").wait_for(timeout=15_000)
    alice.receives()
    assert alice.page.locator("[data-name='Bruno Lefèvre']").count() == 1


def test_r007_a_removed_member_is_out_within_five_seconds(office: Server, caller: OpenCaller, network: Network) -> None:
    person = network.run(Person, office, "alice")
    who = network.run(office.sign_in, "bruno").id
    workspace = network.run(person.http.post, "/workspaces", json={"name": "Cellule éphémère"}).json()
    members = f"/workspaces/{workspace['id']}/members"
    added = network.run(person.http.post, members, json={"user_id": who, "role": "member"})
    assert added.status_code == 201, added.text
    alice, bruno, path = meet(caller, workspace["slug"])
    alice.receives()
    began = time.monotonic()
    answer = network.run(person.http.delete, f"{members}/{who}")
    assert answer.status_code == 204, answer.text
    expect(alice.page.locator("[data-name='Bruno Lefèvre']")).to_have_count(0, timeout=5000)
    bruno.page.locator("[data-phase]").wait_for(state="detached", timeout=5000)
    assert time.monotonic() - began < 5
    before = bruno.received()["packets"]
    bruno.page.wait_for_timeout(1000)
    assert bruno.received()["packets"] == before
    bruno.go(path)
    expect(bruno.page.get_by_role("button", name="Entrer dans la réunion")).to_have_count(0)


@pytest.mark.parametrize("office", ["sfu"], indirect=True)
def test_a_killed_media_server_is_back_within_eight_seconds(
    office: Server, caller: OpenCaller, network: Network
) -> None:
    alice, bruno, _ = meet(caller)
    alice.receives()
    os.kill(child_of(office, "/janus"), signal.SIGKILL)
    began = time.monotonic()
    alice.page.locator("[data-phase='reconnecting']").wait_for(timeout=8000)
    for one in (alice, bruno):
        one.page.locator("[data-phase='connected']").wait_for(timeout=8000)
    assert time.monotonic() - began < 8
    for one in (alice, bruno):
        one.receives()


def test_a_killed_web_server_gives_the_call_back(office: Server, caller: OpenCaller, network: Network) -> None:
    alice, bruno, _ = meet(caller)
    alice.receives()
    os.kill(child_of(office, "plano.cli.web"), signal.SIGKILL)
    alice.page.locator("[data-phase='reconnecting']").wait_for(timeout=10_000)
    for one in (alice, bruno):
        one.page.locator("[data-phase='connected']").wait_for(timeout=40_000)
    expect(alice.page.locator("[data-name='Bruno Lefèvre']")).to_have_count(1, timeout=20_000)
    for one in (alice, bruno):
        one.receives(seconds=30)


def test_a_channel_has_its_meeting(office: Server, caller: OpenCaller) -> None:
    alice, bruno = caller("alice"), caller("bruno")
    places = []
    for one in (alice, bruno):
        page = one.go(f"/w/{SLUG}/discussions")
        page.get_by_role("link", name=re.compile("Général")).first.click()
        page.get_by_role("link", name="Démarrer une réunion").click()
        page.get_by_role("button", name="Entrer dans la réunion").wait_for()
        expect(page.get_by_role("heading", level=1)).to_have_text("Général")
        places.append(page.url)
    assert places[0] == places[1]


def test_what_is_seen_before_entering(office: Server, caller: OpenCaller) -> None:
    alice = caller("alice")
    page = alice.go(f"/w/{SLUG}/reunions?demarrer=1")
    expect(page.get_by_role("button", name="Entrer dans la réunion")).to_be_visible()
    expect(page.locator("video")).to_be_visible()
    expect(page.get_by_label("Micro", exact=True)).to_be_enabled()
    warned = page.get_by_text("peuvent voir l’adresse réseau les uns des autres")
    expect(warned).to_have_count(1 if mode_of(office) == "p2p" else 0)
    alice.is_accessible()
    alice.go(f"/w/{SLUG}/reunions")
    expect(page.get_by_role("link", name="Rejoindre").first).to_be_visible()
    alice.is_accessible()


@pytest.mark.parametrize("office", ["sfu"], indirect=True)
@pytest.mark.parametrize(
    ("name", "message", "sentence"),
    [
        ("NotAllowedError", "Permission denied", "Le navigateur refuse le micro et la caméra"),
        ("NotAllowedError", "Permission denied by system", "L’ordinateur refuse le micro et la caméra"),
        ("NotReadableError", "Could not start source", "pris par un autre programme"),
        ("NotFoundError", "Requested device not found", "Aucun micro ni caméra"),
    ],
)
def test_each_refusal_of_a_device_has_its_sentence(
    office: Server, caller: OpenCaller, name: str, message: str, sentence: str
) -> None:
    alice = caller("alice")
    alice.context.add_init_script(
        f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('{message}', '{name}'));"
    )
    page = alice.go(f"/w/{SLUG}/reunions?demarrer=1")
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_text("Sans micro ni caméra, vous entendrez et verrez les autres.")).to_be_visible()
