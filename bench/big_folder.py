"""Folders of 100, 10,000 and 50,000 documents in a real browser: first row, all rows, scroll, marks, sort, live frames.

    .venv/bin/python bench/big_folder.py http://localhost:8090 DATA [results.jsonl] [--sizes 100 10000 50000]

DATA is the data folder of the server (with its demonstration and its own PostgreSQL): the documents are written
straight into the database. Each figure is told beside that of the smallest folder of the same run.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "backend"))
ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --enable-precise-memory-info".split()
SLUG = "plan-de-continuite"
WATCH = """
window.long = [];
new PerformanceObserver(list => list.getEntries().forEach(e => window.long.push(e.duration))).observe({type: 'longtask', buffered: true});
const look = () => {
  const grid = document.querySelector('[role=treegrid]');
  if (grid && window.first === undefined && grid.querySelector('[data-index]')) window.first = performance.now();
  if (grid && Number(grid.getAttribute('aria-rowcount')) === window.expected + 1 && window.whole === undefined) window.whole = performance.now();
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
SCROLL = """async () => {
  const box = document.querySelector('[role=treegrid]').parentElement, frames = [];
  const next = () => new Promise(done => requestAnimationFrame(done));
  let last = await next();
  for (let step = 0; step < 150; step += 1) {
    box.scrollTop = step < 100 ? step * 400 : (step - 100) / 50 * box.scrollHeight; // by hand, then with the bar
    const now = await next();
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""
UNTIL = """([selector, text]) => new Promise((done, failed) => {
  const began = performance.now();
  const look = () => {
    const took = performance.now() - began;
    if ([...document.querySelectorAll(selector)].some(one => one.textContent.includes(text))) done(took);
    else if (took > 20000) failed(new Error(`no ${text}`));
    else requestAnimationFrame(look);
  };
  look();
})"""
RENAME = """async ([ids, csrf]) => {
  for (const [place, id] of ids.entries()) {
    await fetch(`/api/v1/nodes/${id}`, {method: 'PATCH', headers: {'X-CSRF-Token': csrf, 'Content-Type': 'application/json'}, body: JSON.stringify({name: `renamed ${place} ${Date.now()}.txt`})});
  }
}"""


def seed(api, base: str, data: Path, size: int) -> str:
    """A folder of so many documents; one that is there from an earlier run is used again."""
    workspace = next(w["id"] for w in api.get(f"{base}/api/v1/workspaces").json()["items"] if w["slug"] == SLUG)
    csrf = {"X-CSRF-Token": next(c["value"] for c in api.storage_state()["cookies"] if c["name"] == "plano_csrf"), "Origin": base}
    nodes = f"{base}/api/v1/workspaces/{workspace}/nodes"
    listed = api.get(nodes).json()
    for node in listed["items"]:
        if node["name"] == f"Banc {size}" and listed["counts"].get(node["id"]) == size:
            return node["id"]
    folder = api.post(nodes, data={"kind": "folder", "name": f"Banc {size}"}, headers=csrf).json()["id"]
    first = api.post(nodes, data={"kind": "document", "name": "file number 0.txt", "parent_id": folder}, headers=csrf).json()["id"]
    from plano.platform.embedded import prepare

    url = prepare(data / "postgres").dsn()
    subprocess.run([sys.executable, HERE / "full_folder.py", first, str(size)], check=True, env=os.environ | {"PLANO_DATA": str(data), "PLANO_DATABASE_URL": url})
    return folder


def long_tasks(page: Page) -> dict[str, float]:
    page.wait_for_timeout(150)
    found = page.evaluate("window.long.splice(0)")
    return {"long_tasks": len(found), "longest_ms": round(max(found, default=0))}


def measure(context, base: str, folder: str, size: int) -> dict[str, object]:
    page = context.new_page()
    page.add_init_script(f"window.expected = {size};" + WATCH)
    page.goto(f"{base}/w/{SLUG}/documents", wait_until="domcontentloaded")  # the code of the room is there from now on
    page.locator("[role=treegrid]").wait_for()
    page.goto(f"{base}/w/{SLUG}/documents/dossier/{folder}", wait_until="commit")
    page.wait_for_function("() => window.whole !== undefined", timeout=60_000)
    page.wait_for_timeout(500)
    told: dict[str, object] = {"entries": size, "first_row_ms": round(page.evaluate("window.first")), "all_rows_ms": round(page.evaluate("window.whole"))}
    told["load"] = long_tasks(page)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    busy = lambda: next(m["value"] for m in session.send("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration")  # noqa: E731
    began = busy()
    frames = page.evaluate(SCROLL)
    told["scroll"] = {"cpu_ms_per_frame": round((busy() - began) * 1000 / len(frames), 1), "frame_median_ms": round(statistics.median(frames), 1), "frame_p95_ms": round(sorted(frames)[int(len(frames) * 0.95)], 1), **long_tasks(page)}
    page.evaluate("document.querySelector('[role=treegrid]').parentElement.scrollTop = 0")
    page.locator("[data-index='0']").focus()
    page.keyboard.press("Control+a")
    told["mark_all"] = {"ms": round(page.evaluate(UNTIL, ["[role=toolbar]", "lectionn"])), **long_tasks(page)}
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    page.evaluate("window.long.splice(0)")
    page.get_by_role("columnheader", name="Nom").get_by_role("button").click()
    told["sort"] = {"ms": round(page.evaluate(UNTIL, ["[aria-sort=descending]", "Nom"])), **long_tasks(page)}
    ids = [node["id"] for node in page.evaluate("url => fetch(url).then(a => a.json())", f"/api/v1/workspaces/{page.evaluate(WORKSPACE)}/nodes?parent_id={folder}&limit=50")["items"]]
    csrf = next(c["value"] for c in context.cookies() if c["name"] == "plano_csrf")
    other = context.new_page()
    other.goto(base + "/aide", wait_until="domcontentloaded")
    page.bring_to_front()
    page.evaluate("window.long.splice(0)")
    began = busy()
    other.evaluate(RENAME, [ids, csrf])
    told["live_50"] = {"cpu_ms_per_frame": round((busy() - began) * 1000 / len(ids), 1), **long_tasks(page)}
    other.close()
    session.send("HeapProfiler.collectGarbage")
    told["heap_mb"] = round(page.evaluate("performance.memory.usedJSHeapSize") / 1e6, 1)
    page.close()
    return told


WORKSPACE = f"() => fetch('/api/v1/workspaces').then(a => a.json()).then(all => all.items.find(w => w.slug === '{SLUG}').id)"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("data", type=Path)
    parser.add_argument("results", nargs="?")
    parser.add_argument("--sizes", nargs="*", type=int, default=[100, 10_000, 50_000])
    args = parser.parse_args()
    accounts = json.loads((args.data / "demo-accounts.json").read_text())
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        context = browser.new_context(locale="fr-FR", viewport={"width": 1440, "height": 900})
        context.request.post(f"{args.base}/api/v1/session", data={"identifier": "alice", "password": accounts["alice"]["password"]}, headers={"Origin": args.base})
        folders = {size: seed(context.request, args.base, args.data, size) for size in args.sizes}
        smallest = None
        for size in args.sizes:
            told = measure(context, args.base, folders[size], size)
            smallest = smallest or told
            ratio = {key: round(told[key] / smallest[key], 2) for key in ("first_row_ms", "all_rows_ms", "heap_mb")}  # type: ignore[operator]
            for part in ("scroll", "live_50"):  # processor time: another load on the machine does not change it
                ratio[f"{part}_cpu"] = round(told[part]["cpu_ms_per_frame"] / smallest[part]["cpu_ms_per_frame"], 2)  # type: ignore[index]
            line = json.dumps({"bench": "big_folder", "at": time.strftime("%F %T"), **told, f"ratio_to_{args.sizes[0]}": ratio})
            print(line, flush=True)
            if args.results:
                with open(args.results, "a") as file:
                    file.write(line + "\n")
        browser.close()


main()
