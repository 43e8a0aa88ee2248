"""Real browsers against a real server: fixtures, and the rules that every journey obeys without asking.

A request to another host, a violated content policy or an uncaught error in a page fails the journey (R-60, R-82).
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "backend"))
sys.path.insert(0, str(ROOT))

from tests.server import Server, start

from e2e.meet_harness import Caller, Network, launch, open_caller, start_inside
from e2e.office import ARGUMENTS, CHROMIUM, WEB, Office, open_office

OpenOffice = Callable[..., Office]
OpenCaller = Callable[..., Caller]
House = Callable[[str], Server]
WITHOUT_JANUS = "/usr/sbin:/sbin"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One Plano with its demonstration for all journeys of this run. The hour of the day decides nothing: all rings."""
    data = tmp_path_factory.mktemp("server") / "data"
    running = start(data, PLANO_WEB_DIR=str(WEB), PLANO_UPLOAD_MAX_SIZE="2G", PLANO_DISCONNECT="0")
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
    opened: list[Office] = []

    def open_one(login: str | None = None, **options: Any) -> Office:
        opened.append(open_office(server, browser, login, **options))
        return opened[-1]

    yield open_one
    close_all(opened)


def close_all(opened: list[Any]) -> None:
    """What went wrong meanwhile in any page fails the journey."""
    for one in opened:
        one.context.close()
    assert [problem for one in opened for problem in one.watch.problems] == []


# --- Where people meet: a network of its own ---------------------------------------------------------------


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    made = Network()
    yield made
    made.close()


@pytest.fixture(scope="session")
def house(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """`house("sfu")`: a Plano with Janus; `house("p2p")`: one that finds none. Each is started once."""
    running: dict[str, Server] = {}

    def open_house(mode: str) -> Server:
        if mode not in running:
            variables = {"PATH": WITHOUT_JANUS} if mode == "p2p" else {}
            running[mode] = start_inside(network, tmp_path_factory.mktemp(mode) / "data", **variables)
            running[mode].mode = mode  # type: ignore[attr-defined]
        return running[mode]

    yield open_house
    for server in running.values():
        network.run(server.stop)


@pytest.fixture(scope="session")
def inside(playwright: Playwright, network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser in that network, with a camera and a voice."""
    browser = launch(playwright, network, tmp_path_factory.mktemp("browser"))
    yield browser
    browser.close()


@pytest.fixture
def callers(inside: Browser) -> Iterator[OpenCaller]:
    """`callers(server, login=None, …)`: a person in front of a call."""
    opened: list[Caller] = []

    def open_one(server: Server, login: str | None = None, **options: Any) -> Caller:
        opened.append(open_caller(server, inside, login, **options))
        return opened[-1]

    yield open_one
    close_all(opened)
