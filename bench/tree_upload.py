"""A folder of thousands of small files, dropped into a real browser: how long it takes, and how long the page stands still.

    E2E_WEB=frontend/dist .venv/bin/python bench/tree_upload.py [FILES] [FOLDERS] [BYTES]     # 3000 300 2000

One server of its own with the demonstration, one page. Prints one line of JSON: seconds until all are there, files a
second, the longest time between two frames of the page, and the seconds of a reload that lists them.
"""

import hashlib
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "backend"), str(ROOT)]

from playwright.sync_api import expect, sync_playwright
from tests.server import start

from e2e.office import ARGUMENTS, CHROMIUM, WEB, open_office

FRAMES = """() => {
  window.frames_ = {longest: 0, over: 0};
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    window.frames_.longest = Math.max(window.frames_.longest, now - last);
    if (now - last > 200) window.frames_.over += 1;
    last = now;
    requestAnimationFrame(tick);
  };
  tick();
}"""


def tree(root: Path, files: int, folders: int, size: int) -> None:
    """Folders three deep, one empty one in ten, the files spread over the others."""
    places = [root / f"Service {n % 10}" / f"Année {n % 30}" / f"Dossier {n:03d}" for n in range(folders)]
    for place in places:
        place.mkdir(parents=True)
    full = [place for number, place in enumerate(places) if number % 10]
    for number in range(files):
        text = hashlib.sha256(str(number).encode()).hexdigest() * (size // 64 + 1)
        (full[number % len(full)] / f"pièce {number:04d}.txt").write_text(text[:size])


def main(files: int = 3000, folders: int = 300, size: int = 2000) -> None:
    folder = Path(tempfile.mkdtemp(prefix="plano-tree-"))
    tree(folder / "Fonds", files, folders, size)
    server = start(folder / "data", PLANO_WEB_DIR=str(WEB), **({"port": int(os.environ["BENCH_PORT"])} if "BENCH_PORT" in os.environ else {}))
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            alice = open_office(server, browser, "alice")
            page = alice.go("/w/plan-de-continuite/documents")
            grid = page.get_by_role("treegrid")
            grid.wait_for()
            page.evaluate(FRAMES)
            begun = time.monotonic()
            alice.drop(folder / "Fonds", grid)
            tray = page.get_by_role("region", name="Dépôts")
            expect(tray).to_contain_text(re.compile(r"encore|terminé"), timeout=60_000)
            if "BENCH_PICTURE" in os.environ:
                page.wait_for_timeout(4_000)
                page.screenshot(path=os.environ["BENCH_PICTURE"])
            said = f"{files + folders // 10:d} terminés"
            expect(tray.get_by_role("heading")).to_have_text(re.compile(said), timeout=900_000)
            seconds = time.monotonic() - begun
            frames = page.evaluate("window.frames_")
            nodes = alice.documents("plan-de-continuite")
            there = sum(str(node["name"]).startswith("pièce") for node in nodes)
            print(json.dumps({
                "files": files, "folders": folders, "bytes": size, "seconds": round(seconds, 1), "per_second": round(files / seconds, 1),
                "longest_frame_ms": round(frames["longest"]), "frames_over_200_ms": frames["over"], "there": there,
            }))
            assert there == files
            assert alice.watch.problems == [], alice.watch.problems
    finally:
        server.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
