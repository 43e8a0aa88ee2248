"""Uploads cut by the network, by what lies between, by closing the browser: they go on from where they were."""

import hashlib
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import CDPSession, Locator, Playwright, Request, expect
from tests.server import Server, free_port

from e2e.conftest import OpenOffice
from e2e.office import ARGUMENTS, CHROMIUM, Office, Watch

ROOT = Path(__file__).resolve().parents[1]
SLUG = "budget-2027"
LIBRARY = f"/w/{SLUG}/documents"
TREE_SLUG = "plan-de-continuite"
TREE = f"/w/{TREE_SLUG}/documents"
KEPT, TOO_LARGE = "Relevé.bin", "Grand relevé.bin"
LARGE = int(os.environ.get("E2E_LARGE_UPLOAD", 257 << 20))
"""Past the size up to which the browser keeps the bytes. By hand also 2000000000."""
SENT = re.compile(r"(\d+(?:,\d+)?)\s([KMG])o sur")
SPEED = 6_000_000


@dataclass
class Proxy:
    """What lies between the browser and the server: it can drop all connections at once."""

    port: int
    control: int

    def cut(self) -> None:
        urllib.request.urlopen(f"http://127.0.0.1:{self.control}/cut", timeout=5).read()


@contextmanager
def between(server: Server) -> Iterator[Proxy]:
    proxy = Proxy(free_port(), free_port())
    probe = ROOT / "bench" / "probes" / "fault_proxy.py"
    ports = map(str, (proxy.port, server.port, proxy.control))
    process = subprocess.Popen([sys.executable, probe, "tcp", *ports])
    yield proxy
    process.terminate()
    process.wait(10)


@contextmanager
def browser(playwright: Playwright, server: Server, profile: Path, proxy: Proxy) -> Iterator[Office]:
    """A browser of one's own, with what it remembers from the last time. All it sends passes the proxy."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=[*ARGUMENTS, f"--host-resolver-rules=MAP localhost:{server.port} 127.0.0.1:{proxy.port}"],
        locale="fr-FR",
        viewport={"width": 1280, "height": 800},
    )
    watch = Watch(server)
    watch.follow(context)
    yield Office(server=server, context=context, watch=watch)
    context.close()
    assert watch.problems == []


def some_files(folder: Path) -> list[Path]:
    """One that the browser keeps, and one past the size up to which it does."""
    kept, large = folder / KEPT, folder / TOO_LARGE
    kept.write_bytes(os.urandom(60_000_000))
    with large.open("wb") as file:
        for start in range(0, LARGE, 64 << 20):  # no two parts alike, and hardly any disk
            file.seek(start)
            file.write(os.urandom(1_000_000))
        file.truncate(LARGE)
    return [kept, large]


def line(office: Office, name: str) -> Locator:
    tray = office.page.get_by_role("region", name="Dépôts")
    return tray.get_by_role("listitem").filter(has=office.page.get_by_text(name, exact=True))


def megabytes(office: Office, name: str) -> float:
    """What the tray says of a file on its way."""
    found = SENT.search(line(office, name).inner_text())
    return 0 if found is None else float(found[1].replace(",", ".")) * {"K": 0.001, "M": 1, "G": 1000}[found[2]]


def goes_on(office: Office, names: list[str], *, by: float = 2) -> None:
    """So many megabytes more than now have arrived of each."""
    goals = {name: megabytes(office, name) + by for name in names}
    reached = lambda: all(megabytes(office, name) >= goal for name, goal in goals.items())  # noqa: E731
    office.until(reached, f"{goals}", seconds=60)


def slow(office: Office) -> tuple[CDPSession, dict[str, object]]:
    session = office.context.new_cdp_session(office.page)
    session.send("Network.enable")
    speed: dict[str, object] = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": SPEED}
    session.send("Network.emulateNetworkConditions", speed)
    return session, speed


def of_server(office: Office, name: str) -> tuple[str, int]:
    """SHA-256 and size of what the server gives, read in pieces."""
    node = next(node for node in office.documents(SLUG) if node["name"] == name)
    cookies = {cookie["name"]: cookie["value"] for cookie in office.context.cookies()}
    digest, size = hashlib.sha256(), 0
    with httpx.stream("GET", f"{office.server.url}/api/v1/nodes/{node['id']}/content", cookies=cookies) as answer:
        for chunk in answer.iter_raw(1 << 20):
            digest.update(chunk)
            size += len(chunk)
    assert node["sha256"] == digest.hexdigest()
    return digest.hexdigest(), size


def of_disk(file: Path) -> tuple[str, int]:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest(), file.stat().st_size


@pytest.mark.timeout(900)
def test_uploads_cut_three_times_and_once_by_closing_the_browser_end_byte_for_byte(
    playwright: Playwright, server: Server, tmp_path: Path
) -> None:
    files = some_files(tmp_path)
    names = [file.name for file in files]
    with between(server) as proxy:
        with browser(playwright, server, tmp_path / "profile", proxy) as chloe:
            chloe.sign_in("chloe", server.accounts["chloe"]["password"])
            page = chloe.go(LIBRARY)
            page.locator("input[data-testid='files']").wait_for(state="attached")
            network, speed = slow(chloe)
            page.locator("input[data-testid='files']").set_input_files(files)
            goes_on(chloe, names)
            network.send("Network.emulateNetworkConditions", speed | {"offline": True})  # no network
            page.wait_for_timeout(1_500)
            network.send("Network.emulateNetworkConditions", speed)
            goes_on(chloe, names)
            proxy.cut()  # all connections are gone at once
            goes_on(chloe, names)

        sent: list[Request] = []
        with browser(playwright, server, tmp_path / "profile", proxy) as chloe:  # the browser was closed
            chloe.sign_in("chloe", server.accounts["chloe"]["password"])  # a session ends with its browser
            page = chloe.go(LIBRARY)
            page.on("request", lambda request: sent.append(request) if "/uploads/" in request.url else None)
            expect(line(chloe, KEPT)).to_contain_text("Suspendu")
            expect(line(chloe, TOO_LARGE)).to_contain_text("Choisissez")
            there = {one["name"]: one["offset"] for one in chloe.api("GET", "/uploads")["items"]}
            for name in names:  # what the server has, not what was remembered
                assert there[name] >= 6_000_000
                assert megabytes(chloe, name) == pytest.approx(there[name] / 1e6, rel=0.02)
            chloe.is_accessible()
            page.get_by_role("button", name=f"Reprendre {KEPT}").click()
            line(chloe, TOO_LARGE).locator("input[type='file']").set_input_files(files[1])
            for name in names:
                expect(line(chloe, name)).to_contain_text("Déposé", timeout=600_000)
            assert [request.url for request in sent if request.method == "POST"] == []  # nothing begins again
            offsets = {}
            for request in sent:
                if request.method == "PATCH":
                    offsets.setdefault(request.url, int(request.headers["upload-offset"]))
            assert sorted(offsets.values()) == sorted(there.values())
            for file in files:
                assert of_server(chloe, file.name) == of_disk(file)


@pytest.mark.timeout(120)
def test_documents1_uploads_wait_for_their_own_person_when_the_session_ends(office: OpenOffice, tmp_path: Path) -> None:
    """Nothing goes on under somebody else's name in the same page; the same person goes on from there."""
    alice = office("alice")
    page = alice.go(TREE)
    page.locator("input[data-testid='files']").wait_for(state="attached")
    network, speed = slow(alice)
    files = [tmp_path / "Long dépôt.bin", tmp_path / "Autre long dépôt.bin"]
    for file, login in zip(files, ("alice", "bruno"), strict=True):
        file.write_bytes(os.urandom(30_000_000))
        network.send("Network.emulateNetworkConditions", speed)
        page.locator("input[data-testid='files']").set_input_files(file)
        goes_on(alice, [file.name], by=6)
        session = next(one["id"] for one in alice.api("GET", "/me/sessions")["items"] if one["current"])
        elsewhere = alice.server.sign_in("alice")
        assert elsewhere.http.delete(f"/me/sessions/{session}").status_code == 204
        page.wait_for_url(re.compile("/connexion"))
        network.send("Network.emulateNetworkConditions", speed | {"uploadThroughput": -1})
        # in the page that is there, with what it has in hand
        page.locator("input[autocomplete='username']").fill(login)
        page.locator("input[type='password']").fill(alice.server.accounts[login]["password"])
        alice.send(page.locator("button[type='submit']"), "/session")
        page.wait_for_url(re.compile(TREE))
        if login == "alice":
            expect(line(alice, file.name)).to_contain_text("Déposé", timeout=30_000)
    node = next(node for node in alice.documents(TREE_SLUG) if node["name"] == files[0].name)
    assert node["sha256"] == of_disk(files[0])[0]
    expect(page.get_by_role("treegrid")).to_be_visible()
    page.wait_for_timeout(2_000)
    expect(page.get_by_role("region", name="Dépôts")).to_have_count(0)
    assert alice.api("GET", "/uploads")["items"] == []  # these are Bruno's
    [waiting] = elsewhere.get("/uploads")["items"]
    assert waiting["name"] == files[1].name
    assert 0 < waiting["offset"] < waiting["length"]


@pytest.mark.timeout(180)
def test_documents2_a_tree_goes_on_after_its_tab_was_closed_and_only_failures_are_tried_again(
    office: OpenOffice, tmp_path: Path
) -> None:
    root = tmp_path / "Versement"
    for number in range(12):
        (root / f"Carton {number:02d}" / "Vide").mkdir(parents=True)
        for piece in range(10):
            (root / f"Carton {number:02d}" / f"pièce {piece}.txt").write_text(f"{number} {piece}" * 50)
    (root / "Carton 11" / "une\\barre.txt").write_text("ce nom est refusé")
    alice = office("alice")
    page = alice.go(TREE)
    grid = page.get_by_role("treegrid")
    grid.wait_for()
    tray = page.get_by_role("region", name="Dépôts")
    alice.drop(root, grid)
    expect(tray).to_contain_text(re.compile(r"sur 133 fichiers"))
    expect(tray.get_by_role("heading")).to_contain_text(re.compile(r"\d\d terminés"))
    tray.get_by_role("button", name="Suspendre tous les dépôts").click()
    expect(tray.get_by_role("heading")).to_contain_text("suspendus")
    page.wait_for_timeout(1_000)  # what was remembered is written down
    second = alice.tab()
    second.go(TREE)
    expect(second.page.get_by_role("treegrid")).to_be_visible()
    expect(second.page.get_by_role("region", name="Dépôts")).to_have_count(0)  # the first page has them in hand
    page.close()
    tray = second.page.get_by_role("region", name="Dépôts")
    expect(tray.get_by_role("heading")).to_contain_text("suspendus")
    second.is_accessible()
    tray.get_by_role("button", name="Tout reprendre").click()
    expect(tray.get_by_role("heading")).to_contain_text("1 à regarder", timeout=60_000)
    expect(tray.get_by_role("heading")).not_to_contain_text("en cours", timeout=60_000)
    sent: list[Request] = []
    second.page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    tray.get_by_role("button", name="Réessayer les échecs").click()
    second.until(lambda: len(sent) > 0, "the failure is not tried again")
    expect(tray).to_contain_text("Un nom ne contient ni")
    assert len([request for request in sent if "/uploads/" in request.url]) == 1
    second.page.get_by_role("button", name="Compte rendu").click()
    expect(second.page.get_by_role("dialog")).to_contain_text("1 en échec")
    top = second.api("GET", f"/workspaces/{second.workspace_id(TREE_SLUG)}/nodes")["items"]
    folder = next(node["id"] for node in top if node["name"] == "Versement")
    assert len(second.documents(TREE_SLUG, folder)) == 120
    cartons = second.api("GET", f"/workspaces/{second.workspace_id(TREE_SLUG)}/nodes?parent_id={folder}")
    assert set(cartons["counts"].values()) == {11}
