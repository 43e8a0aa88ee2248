"""A network of its own for calls: the media server refuses loopback, so the server and the browsers live in a namespace
with one more interface. One thread stands inside it; what it starts and asks is inside too. Needs root.
"""

import ctypes
import math
import os
import shutil
import stat
import subprocess
import wave
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import get_native_id
from typing import Any, TypeVar

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from e2e.office import ARGUMENTS, CHROMIUM, Office, Watch
from tests.server import Server, start

CLONE_NEWNET = 0x40000000
ADDRESS = "10.77.0.1"
CALL_ARGUMENTS = [
    *ARGUMENTS,
    "--auto-select-desktop-capture-source=Entire screen",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
]
# keeps the connections of a page, so that a test can read their statistics
KEEP_CONNECTIONS = """
(() => {
  const kept = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native { constructor(...args) { super(...args); kept.push(this); } };
  window.__received = async () => {
    const sum = { frames: 0, energy: 0, packets: 0 };
    for (const pc of kept) {
      if (pc.connectionState === "closed") continue;
      for (const [, entry] of await pc.getStats()) {
        if (entry.type !== "inbound-rtp") continue;
        sum.packets += entry.packetsReceived ?? 0;
        if (entry.kind === "video") sum.frames += entry.framesDecoded ?? 0;
        if (entry.kind === "audio") sum.energy += entry.totalAudioEnergy ?? 0;
      }
    }
    return sum;
  };
})();
"""
T = TypeVar("T")


class Network:
    """The namespace, held by its thread."""

    def __init__(self) -> None:
        missing = [name for name in ("ip", "nsenter", "janus") if shutil.which(name) is None]
        assert os.geteuid() == 0, "calls are tested in a network namespace, which only root may make: run as root"
        assert not missing, f"calls are tested with programs that are missing here: {', '.join(missing)}"
        self._inside = ThreadPoolExecutor(1, thread_name_prefix="network")
        self.path = self.run(self._make)

    def run(self, job: Callable[..., T], *args: Any, **options: Any) -> T:
        """Do something inside."""
        return self._inside.submit(job, *args, **options).result(120)

    def command(self, *words: str) -> None:
        self.run(subprocess.run, words, check=True, capture_output=True)

    def browser_program(self, folder: Path) -> Path:
        """Chromium, started inside whoever starts it."""
        program = folder / "chromium-inside"
        program.write_text(f'#!/bin/sh\nexec nsenter --net={self.path} {CHROMIUM} "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return program

    def close(self) -> None:
        self._inside.shutdown()

    def _make(self) -> str:
        libc = ctypes.CDLL(None, use_errno=True)
        assert libc.unshare(CLONE_NEWNET) == 0, f"no network namespace: {os.strerror(ctypes.get_errno())}"
        for words in (
            "link set lo up",
            "link add meet0 type veth peer name meet1",
            f"addr add {ADDRESS}/24 dev meet0",
            "link set meet0 up",
            "link set meet1 up",
            "route add default via 10.77.0.2",
        ):
            subprocess.run(["ip", *words.split()], check=True, capture_output=True)
        return f"/proc/{os.getpid()}/task/{get_native_id()}/ns/net"


def start_inside(network: Network, data: Path, **variables: str) -> Server:
    """A Plano inside the network."""
    web = os.environ.get("E2E_WEB_DIR") or str(Path(__file__).resolve().parents[1] / "frontend" / "dist")
    return network.run(start, data, PLANO_WEB_DIR=web, **variables)


@dataclass
class Caller(Office):
    """A person with a camera in front of a call."""

    def received(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate("window.__received()")
        return found

    def receives(self, *, seconds: float = 20) -> None:
        """Pictures grow and sound has energy."""
        before = self.received()
        self.page.wait_for_function(
            "async before => { const now = await window.__received();"
            " return now.frames > before.frames + 10 && now.energy > before.energy + 1e-5; }",
            arg=before,
            timeout=seconds * 1000,
            polling=250,
        )

    def enter(self, path: str) -> Page:
        page = self.go(path)
        page.get_by_role("button", name="Entrer dans la réunion").click()
        page.locator("[data-phase='connected']").wait_for(timeout=20_000)
        return page


def open_caller(server: Server, browser: Browser, login: str, *, width: int = 1280, height: int = 800) -> Caller:
    """A browser profile, signed in; the second time with the session of the first."""
    kept: dict[str, Any] = server.__dict__.setdefault("sessions", {})
    context: BrowserContext = browser.new_context(
        storage_state=kept.get(login),
        viewport={"width": width, "height": height},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        permissions=["camera", "microphone"],
    )
    context.add_init_script(KEEP_CONNECTIONS)
    watch = Watch(server)
    watch.follow(context)
    caller = Caller(server=server, context=context, watch=watch)
    if login not in kept:
        caller.sign_in(login, server.accounts[login]["password"])
        kept[login] = context.storage_state()
    return caller


def _voice(folder: Path) -> Path:
    """Something like speech: a tone in syllables. A steady one is taken for noise and filtered out."""
    rate, path = 48_000, folder / "voice.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        for at in range(0, rate * 6, rate // 10):
            loud = (at // (rate // 10)) % 9 < 6
            pitch = 180 + 40 * ((at // rate) % 4)
            samples = (
                int(16_000 * math.sin(2 * math.pi * pitch * n / rate) * (0.6 + 0.4 * math.sin(n / 900))) if loud else 0
                for n in range(at, at + rate // 10)
            )
            file.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples))
    return path


def launch(playwright: Playwright, network: Network, folder: Path) -> Browser:
    return playwright.chromium.launch(
        executable_path=network.browser_program(folder),
        args=[*CALL_ARGUMENTS, f"--use-file-for-fake-audio-capture={_voice(folder)}"],
    )
