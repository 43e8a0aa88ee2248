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

from playwright.sync_api import Browser, Page, Playwright
from tests.server import Server, start

from e2e.office import ARGUMENTS, CHROMIUM, WEB, Office, open_office

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
    const sum = { frames: 0, energy: 0, packets: 0, pictures: 0 };
    for (const pc of kept) {
      if (pc.connectionState === "closed") continue;
      for (const [, entry] of await pc.getStats()) {
        if (entry.type !== "inbound-rtp") continue;
        sum.packets += entry.packetsReceived ?? 0;
        if (entry.kind === "video" && entry.framesDecoded > 0) {
          sum.frames += entry.framesDecoded;
          sum.pictures += 1;
        }
        if (entry.kind === "audio") sum.energy += entry.totalAudioEnergy ?? 0;
      }
    }
    return sum;
  };
})();
"""
T = TypeVar("T")


class Network:
    """The namespace, held by its thread. `alone`: nothing in it but the loopback, and no way out."""

    def __init__(self, *, alone: bool = False) -> None:
        self.alone = alone
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
        ways = (
            ()
            if self.alone
            else (
                "link add meet0 type veth peer name meet1",
                f"addr add {ADDRESS}/24 dev meet0",
                "link set meet0 up",
                "link set meet1 up",
                "route add default via 10.77.0.2",
            )
        )
        for words in ("link set lo up", *ways):
            subprocess.run(["ip", *words.split()], check=True, capture_output=True)
        return f"/proc/{os.getpid()}/task/{get_native_id()}/ns/net"


def start_inside(network: Network, data: Path, **variables: str) -> Server:
    """A Plano inside the network."""
    return network.run(start, data, PLANO_WEB_DIR=str(WEB), **variables)


@dataclass
class Caller(Office):
    """A person with a camera in front of a call."""

    def received(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate("window.__received()")
        return found

    def receives(self, *, seconds: float = 40) -> None:
        """Pictures grow and sound has energy."""
        before = self.received()
        self.page.wait_for_function(
            "async before => { const now = await window.__received();"
            " return now.frames > before.frames + 10 && now.energy > before.energy + 1e-5; }",
            arg=before,
            timeout=seconds * 1000,
            polling=250,
        )

    def receives_pictures(self, count: int) -> None:
        """Frames of so many senders are decoded: faces and screens."""
        self.page.wait_for_function(
            "async count => (await window.__received()).pictures >= count", arg=count, timeout=60_000, polling=250
        )

    def enter(self, path: str) -> Page:
        self.go(path)
        return self.enter_from_here()

    def enter_from_here(self, button: str = "Entrer dans la réunion") -> Page:
        self.page.get_by_role("button", name=button).click()
        self.page.locator("[data-phase='connected']").wait_for(timeout=40_000)
        return self.page


def open_caller(server: Server, browser: Browser, login: str | None = None, **options: Any) -> Caller:
    """A browser profile, signed in or not; the second time with the session of the first."""
    kept: dict[str, Any] = server.__dict__.setdefault("sessions", {})
    known = login in kept
    caller = open_office(
        server,
        browser,
        None if known else login,
        kind=Caller,
        script=KEEP_CONNECTIONS,
        permissions=["camera", "microphone"],
        storage_state=kept[login] if login is not None and known else None,
        **{"width": 1280, "height": 800, **options},
    )
    if login is not None and not known:
        kept[login] = caller.context.storage_state()
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
