"""What a person does in a browser, in words; and what is watched meanwhile."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, WebSocket, expect
from tests.server import Server

ROOT = Path(__file__).resolve().parents[1]
WEB = Path(os.environ.get("E2E_WEB", ROOT / "frontend" / "dist"))

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]
expect.set_options(timeout=30_000)  # a busy machine is no fault; where seconds are promised, the journey says so
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
ASK = """
async ([method, path, body, csrf]) => {
  const headers = {"X-CSRF-Token": csrf, ...(body !== null && {"Content-Type": "application/json"})};
  const answer = await fetch(`/api/v1${path}`, {method, headers, body: body === null ? null : JSON.stringify(body)});
  return [answer.status, await answer.text()];
}
"""
WRITE = """
async ([id, text, csrf]) =>
  (await fetch(`/api/v1/nodes/${id}/content`, {method: "PUT", headers: {"X-CSRF-Token": csrf}, body: text})).status
"""
SUM = """
async path => {
  const answer = await fetch(path);
  const digest = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, "0")).join("");
}
"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Watch:
    """Collects what no journey may do."""

    server: Server
    problems: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(f"uncaught error on {page.url}: {error}"))
        page.on("console", self._console)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.problems.append(f"content policy: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != f"localhost:{self.server.port}":
            self.problems.append(f"request to another host: {request.url}")


@dataclass
class Office:
    """A page of a browser profile."""

    server: Server
    context: BrowserContext
    watch: Watch

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.sockets: list[WebSocket] = []
        self.page.on("websocket", lambda socket: self.sockets.append(socket))

    def tab(self) -> Self:
        """One more page of the same profile."""
        return replace(self)

    def go(self, path: str) -> Page:
        self.page.goto(self.server.url + path, wait_until="domcontentloaded")
        return self.page

    def sign_in(self, identifier: str, password: str) -> None:
        page = self.go("/connexion")
        page.locator("input[autocomplete='username']").fill(identifier)
        page.locator("input[type='password']").fill(password)
        self.send(page.locator("button[type='submit']"), "/session")
        page.wait_for_url(lambda address: "/connexion" not in address, wait_until="domcontentloaded")
        expect(page.get_by_role("main")).to_be_visible()

    def send(self, button: Locator, path: str) -> None:
        """Press; and again, as the page says, when a busy machine could not hash a password in time."""
        for _ in range(4):
            with self.page.expect_response(
                lambda answer: path in answer.url and answer.request.method == "POST", timeout=30_000
            ) as answered:
                button.click()
            if answered.value.status != 503:
                return

    def drop(self, path: Path, place: Locator) -> None:
        """A file or a whole folder of this computer, let go over a place on the page."""
        box = place.bounding_box()
        assert box is not None
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        session = self.context.new_cdp_session(self.page)
        for step in ("dragEnter", "dragOver", "drop"):
            session.send("Input.dispatchDragEvent", {"type": step, **point, "data": data})
        session.detach()

    def until(self, true: Callable[[], bool], sentence: str, *, seconds: float = 10) -> None:
        """Waits for what no page shows."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, sentence
            self.page.wait_for_timeout(50)

    def violations(self) -> list[dict[str, Any]]:
        """What axe finds on the page as it stands: rule, impact and the elements concerned."""
        still = (
            "() => !document.getAnimations().some("
            "a => a.playState === 'running' && a.effect?.getComputedTiming().iterations !== Infinity)"
        )
        self.page.wait_for_function(still)  # colours in the middle of a fade are nobody's colours
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        result = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
        )
        return [
            {
                "rule": found["id"],
                "impact": found["impact"],
                "nodes": [node["html"][:200] for node in found["nodes"]][:5],
            }
            for found in result["violations"]
        ]

    def is_accessible(self) -> None:
        found = self.violations()
        assert found == [], json.dumps(found, indent=1, ensure_ascii=False)

    def scrolls_sideways(self) -> bool:
        wider: bool = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        return wider

    def api(self, method: str, path: str, body: Any = None) -> Any:
        """Asked by the page itself, with its session, for what has no screen of its own in a journey."""
        status, text = self.try_api(method, path, body)
        assert status < 400, text
        return json.loads(text) if text else None

    def try_api(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        status, text = self.page.evaluate(ASK, [method, path, body, self._csrf()])
        return status, text

    def write(self, node: str, text: str) -> None:
        """One more version of a document."""
        assert self.page.evaluate(WRITE, [node, text, self._csrf()]) == 200

    def _csrf(self) -> str:
        return next(cookie["value"] for cookie in self.context.cookies() if cookie["name"] == "plano_csrf")

    def workspace_id(self, slug: str) -> str:
        found: str = next(one["id"] for one in self.api("GET", "/workspaces")["items"] if one["slug"] == slug)
        return found

    def documents(self, slug: str, parent: str | None = None) -> list[dict[str, Any]]:
        """The documents of a library, those of its folders too."""
        query = f"?limit=200&parent_id={parent}" if parent else "?limit=200"
        found: list[dict[str, Any]] = []
        for node in self.api("GET", f"/workspaces/{self.workspace_id(slug)}/nodes{query}")["items"]:
            found += [node] if node["kind"] == "document" else self.documents(slug, node["id"])
        return found

    def sha256(self, node: dict[str, Any]) -> str:
        """Of the bytes that this page gets."""
        found: str = self.page.evaluate(SUM, f"/api/v1/nodes/{node['id']}/content")
        return found

    def mail_to(self, address: str) -> str:
        """The text of the latest mail to an address, from the outbox; it may be on its way."""
        found: list[str] = []

        def look() -> bool:
            files = (self.server.data / "outbox").glob("[!.]*.eml")
            for file in sorted(files, key=lambda file: file.stat().st_mtime_ns):
                mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                if address in str(mail["To"]):
                    found.append(mail.get_content())
            return found != []

        self.until(look, f"no mail to {address}")
        return found[-1]


def look(page: Page, name: str) -> None:
    """A picture for whoever wants to see it: `E2E_LOOK=folder`."""
    if folder := os.environ.get("E2E_LOOK"):
        page.screenshot(path=Path(folder) / f"{name}.png")


Kind = TypeVar("Kind", bound=Office)


def open_office(
    server: Server,
    browser: Browser,
    login: str | None = None,
    *,
    width: int = 1440,
    height: int = 900,
    language: str = "fr",
    dark: bool = False,
    kind: type[Kind] = Office,  # type: ignore[assignment]
    script: str = "",
    **options: Any,
) -> Kind:
    """A browser profile, signed in or not. Under 500 px it is a phone."""
    # What Playwright watches and answers itself never reaches a service worker: journeys about it ask for one.
    options.setdefault("service_workers", "block")
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="fr-FR" if language == "fr" else "en-GB",
        timezone_id="Europe/Paris",
        color_scheme="dark" if dark else "light",
        has_touch=width < 500,
        accept_downloads=True,
        **options,
    )
    if script:
        context.add_init_script(script)
    watch = Watch(server)
    watch.follow(context)
    found = kind(server=server, context=context, watch=watch)
    if login is not None:
        found.sign_in(login, server.accounts[login]["password"])
    return found
