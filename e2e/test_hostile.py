"""Files made to act as us, opened in every way that a browser has (R-70, R-71, documents-19): none of them ever runs.

Each would set `XSSMARK` on its page and ask the server for `/XSSMARK`. Names, descriptions and tags would too.
"""

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Request, expect
from tests.server import Person

from e2e.conftest import OpenOffice
from e2e.office import ROOT, Office

MARK = "XSSMARK"
SAID = f'<svg onload="window.{MARK}=1;fetch(\'/{MARK}\')"><img src=x onerror="window.{MARK}=1">'
ACTIVE = ("script.svg", "page.html", "page.xhtml", "style.xml", "photo.png", "poly.gif", "note.md", "mail.eml")
ALSO = ("trunc.png", "laughs.xml", "formula.csv", "attach.ics", "redos.txt", "slip.zip", "bomb.json.gz")


def probe() -> dict[str, bytes]:
    path: Path = ROOT / "bench" / "probes" / "hostile_files.py"
    spec = importlib.util.spec_from_file_location("hostile_files", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(False)
    return {name: content for name, content, _, _ in module.F if name in (*ACTIVE, *ALSO)}


class Canary:
    """What a script of theirs would do, in any page of this profile."""

    def __init__(self, office: Office) -> None:
        self.sung: list[str] = []
        office.context.on("request", self._asked)
        office.context.on("page", self._page)
        self._page(office.page)
        self._office = office

    def _page(self, page: Page) -> None:
        page.on("dialog", lambda dialog: (self.sung.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def _asked(self, request: Request) -> None:
        if request.url.endswith(MARK) or ":18070" in request.url:
            self.sung.append(request.url)

    def is_silent(self, what: str) -> None:
        for page in self._office.context.pages:
            for frame in page.frames:
                assert frame.evaluate(f"typeof window.{MARK}") == "undefined", f"{what}: a script ran in {frame.url}"
        assert self.sung == [], (what, self.sung)


def library(alice: Person) -> tuple[Any, dict[str, Any]]:
    """A workspace of its own with one folder, whose name, words and files are all hostile."""
    workspace = alice.http.post("/workspaces", json={"name": f"Essai {SAID[:60]}"}).json()
    place = f"/workspaces/{workspace['id']}"
    nodes: dict[str, Any] = {}
    for name, content in probe().items():
        made = alice.http.post(f"{place}/nodes", json={"kind": "document", "name": name, "parent_id": None}).json()
        nodes[name] = alice.http.put(f"/nodes/{made['id']}/content", content=content).json()
    named = f"mot {SAID.replace('/', '∕')[:200]}.html"
    body = {"kind": "document", "name": named, "parent_id": None}
    nodes["named"] = alice.http.post(f"{place}/nodes", json=body).json()
    words = {"description": f"[ici](javascript:window.{MARK}=1) {SAID}", "tags": [SAID[:40], "</style><svg"]}
    for name in ("named", "page.html"):
        assert alice.http.patch(f"/nodes/{nodes[name]['id']}/details", json=words).status_code == 200
    assert alice.http.put(f"{place}/sharing", json={"links": True}).status_code == 200
    return workspace, nodes


def visit(page: Page, address: str) -> None:
    """Typed into the address bar: shown, or taken for a download."""
    try:
        page.goto(address, wait_until="load", timeout=10_000)
    except Error as error:
        if "Download is starting" not in error.message and "ERR_ABORTED" not in error.message:
            raise


@pytest.mark.timeout(180)
def test_r070_r071_no_hostile_file_nor_name_ever_runs(office: OpenOffice) -> None:
    owner = office("alice")
    alice = owner.server.sign_in("alice")
    workspace, nodes = library(alice)
    canary = Canary(owner)
    page = owner.go(f"/w/{workspace['slug']}/documents")
    rows = page.get_by_role("treegrid")
    expect(rows).to_be_visible()
    canary.is_silent("the list")
    for name in (*ACTIVE, *ALSO):
        rows.get_by_role("row", name=re.compile(re.escape(name))).first.get_by_text(name, exact=True).click()
        panel = page.get_by_role("region", name=name, exact=True)
        expect(panel).to_be_visible()
        shown = panel.locator("pre, table, img[alt], [role=alert], p").first
        expect(shown).to_be_visible()
        canary.is_silent(f"the preview of {name}")
    rows.get_by_text(re.compile("^mot <svg")).first.click()
    page.get_by_role("tab", name="Détails").click()
    expect(page.get_by_text(re.compile("javascript:window")).first).to_be_visible()
    canary.is_silent("the words of a document")
    owner.go("/recherche?q=mot+svg")
    expect(page.get_by_text(re.compile("^mot <svg")).first).to_be_visible()
    canary.is_silent("search")

    link = alice.http.post(f"/nodes/{nodes['page.html']['id']}/shares", json={}).json()
    token = link["url"].rsplit("/", 1)[1]
    guest = office()
    outside = Canary(guest)
    guest.go(f"/s/{token}")
    expect(guest.page.get_by_role("link", name="Télécharger")).to_be_visible()
    visit(guest.page, f"{owner.server.url}/api/v1/s/{token}/content/{nodes['page.html']['id']}?inline=1")
    outside.is_silent("the page of a link")

    tab = owner.tab().page
    for name in ACTIVE:
        id = nodes[name]["id"]
        for path in (f"{id}/content?inline=1", f"{id}/content", f"{id}/versions/1/content?inline=1"):
            visit(tab, f"{owner.server.url}/api/v1/nodes/{path}")
            canary.is_silent(path)
    drive = office(http_credentials={"username": "alice", "password": owner.server.accounts["alice"]["app_password"]})
    mounted = Canary(drive)
    for name in ACTIVE:
        visit(drive.page, f"{owner.server.url}/dav/files/{workspace['slug']}/{name}")
        mounted.is_silent("the drive")

    page.evaluate(f"fetch('/{MARK}')")
    owner.until(lambda: canary.sung != [], "this canary hears nothing")
    for one in (owner, guest, drive):  # what the browser draws a bare picture or text with is refused by their policy
        kept = [said for said in one.watch.problems if not ("inline style" in said and "default-src 'none'" in said)]
        one.watch.problems[:] = kept
