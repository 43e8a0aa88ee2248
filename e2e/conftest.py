"""Real browsers against a real server: fixtures, and the rules that every journey obeys without asking.

A request to another host, a violated content policy or an uncaught error in a page fails the journey (R-60, R-82).
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
WEB = Path(os.environ.get("E2E_WEB", ROOT / "frontend" / "dist"))
sys.path.insert(0, str(ROOT / "backend"))
sys.path.insert(0, str(ROOT))

from e2e.office import ARGUMENTS, CHROMIUM, Office, Watch  # noqa: E402
from tests.server import Server, start  # noqa: E402

OpenOffice = Callable[..., Office]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One Plano with its demonstration for all journeys of this run."""
    running = start(tmp_path_factory.mktemp("server") / "data", PLANO_WEB_DIR=str(WEB))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield opened
    opened.close()


@pytest.fixture
def office(server: Server, browser: Browser) -> Iterator[OpenOffice]:
    """`office(login=None, width=1440, height=900, language="fr", dark=False)`: a browser, signed in or not."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_office(
        login: str | None = None,
        *,
        width: int = 1440,
        height: int = 900,
        language: str = "fr",
        dark: bool = False,
    ) -> Office:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="fr-FR" if language == "fr" else "en-GB",
            timezone_id="Europe/Paris",
            color_scheme="dark" if dark else "light",
            has_touch=width < 500,
            accept_downloads=True,
        )
        watch = Watch(server)
        watch.follow(context)
        opened.append((context, watch))
        found = Office(server=server, context=context, watch=watch)
        if login is not None:
            found.sign_in(login, server.accounts[login]["password"])
        return found

    yield open_office
    for context, _ in opened:
        context.close()
    problems = [problem for _, watch in opened for problem in watch.problems]
    assert problems == []
