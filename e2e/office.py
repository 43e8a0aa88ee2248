"""What a person does in a browser, in words; and what is watched meanwhile."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.server import Server

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
AXE = Path(__file__).resolve().parents[1] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
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
    """A browser profile."""

    server: Server
    context: BrowserContext
    watch: Watch

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def go(self, path: str) -> Page:
        self.page.goto(self.server.url + path, wait_until="domcontentloaded")
        return self.page

    def sign_in(self, identifier: str, password: str) -> None:
        page = self.go("/connexion")
        page.locator("input[autocomplete='username']").fill(identifier)
        page.locator("input[type='password']").fill(password)
        page.locator("button[type='submit']").click()
        page.wait_for_url(lambda address: "/connexion" not in address)
        expect(page.get_by_role("main")).to_be_visible()

    def violations(self) -> list[dict[str, Any]]:
        """What axe finds on the page as it stands: rule, impact and the elements concerned."""
        still = "() => !document.getAnimations().some(a => a instanceof CSSTransition && a.playState === 'running')"
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

    def mail_to(self, address: str) -> str:
        """The text of the latest mail to an address, from the outbox."""
        from email import message_from_bytes, policy

        files = sorted((self.server.data / "outbox").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        for file in reversed(files):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            if address in str(mail["To"]):
                text: str = mail.get_content()
                return text
        raise AssertionError(f"no mail to {address}")
