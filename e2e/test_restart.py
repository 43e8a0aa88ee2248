"""A browser closed in the middle of its uploads and opened again: they go on from where they were."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Playwright, Request, expect
from tests.server import Server

from e2e.office import ARGUMENTS, CHROMIUM, Office, Watch

SLUG = "budget-2027"
LIBRARY = f"/w/{SLUG}/documents"
KEPT, TOO_LARGE = "Relevé.bin", "Grand relevé.bin"
SOME_MEGABYTES = re.compile(r"[1-9]\d*(,\d)?\sMo sur")


@contextmanager
def browser(playwright: Playwright, server: Server, profile: Path) -> Iterator[Office]:
    """A browser of one's own, with what it remembers from the last time."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=ARGUMENTS,
        locale="fr-FR",
        viewport={"width": 1280, "height": 800},
    )
    watch = Watch(server)
    watch.follow(context)
    yield Office(server=server, context=context, watch=watch)
    context.close()
    assert watch.problems == []


def some_files(folder: Path) -> list[Path]:
    """One that the browser keeps, and one past the size up to which it does (256 MB)."""
    kept, large = folder / KEPT, folder / TOO_LARGE
    kept.write_bytes(os.urandom(24_000_000))
    with large.open("wb") as file:
        file.write(os.urandom(24_000_000))
        file.truncate(257 << 20)
        file.seek(0, os.SEEK_END)
        file.write(b"the end")
    return [kept, large]


def line(office: Office, name: str) -> Locator:
    tray = office.page.get_by_role("region", name="Dépôts")
    return tray.get_by_role("listitem").filter(has=office.page.get_by_text(name, exact=True))


def slow(office: Office) -> None:
    session = office.context.new_cdp_session(office.page)
    session.send("Network.enable")
    speed = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 3_000_000}
    session.send("Network.emulateNetworkConditions", speed)


@pytest.mark.timeout(400)
def test_uploads_go_on_after_the_browser_was_closed_and_opened_again(
    playwright: Playwright, server: Server, tmp_path: Path
) -> None:
    files = some_files(tmp_path)
    with browser(playwright, server, tmp_path / "profile") as chloe:
        chloe.sign_in("chloe", server.accounts["chloe"]["password"])
        page = chloe.go(LIBRARY)
        page.locator("input[data-testid='files']").wait_for(state="attached")
        slow(chloe)
        page.locator("input[data-testid='files']").set_input_files(files)
        for file in files:
            expect(line(chloe, file.name)).to_contain_text(SOME_MEGABYTES, timeout=30_000)

    sent: list[Request] = []
    with browser(playwright, server, tmp_path / "profile") as chloe:
        chloe.sign_in("chloe", server.accounts["chloe"]["password"])  # a session ends with its browser
        page = chloe.go(LIBRARY)
        page.on("request", lambda request: sent.append(request) if "/uploads/" in request.url else None)
        expect(line(chloe, KEPT)).to_contain_text("Suspendu")
        expect(line(chloe, TOO_LARGE)).to_contain_text("Choisissez")
        chloe.is_accessible()
        page.get_by_role("button", name=f"Reprendre {KEPT}").click()
        line(chloe, TOO_LARGE).locator("input[type='file']").set_input_files(files[1])
        for file in files:
            expect(line(chloe, file.name)).to_contain_text("Déposé", timeout=60_000)
        assert [request.url for request in sent if request.method == "POST"] == []  # nothing begins again
        offsets = {}
        for request in sent:
            if request.method == "PATCH":
                offsets.setdefault(request.url, int(request.headers["upload-offset"]))
        assert len(offsets) == 2
        assert all(offset > 0 for offset in offsets.values()), offsets
        nodes = {node["name"]: node for node in chloe.documents(SLUG)}
        for file in files:
            assert chloe.sha256(nodes[file.name]) == hashlib.sha256(file.read_bytes()).hexdigest()
