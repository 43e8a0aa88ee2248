"""P18: compressed script of the first screens, and the time from a click to its answer, in Chromium.

    .venv/bin/python bench/first_screen.py http://localhost:8090 DATA/demo-accounts.json [results.jsonl]
"""

import json
import statistics
import sys
import time

from playwright.sync_api import sync_playwright

ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()
CLICK = """name => new Promise(done => {
  const link = [...document.querySelectorAll('nav a')].find(a => a.textContent.includes(name));
  const began = performance.now();
  const look = () => document.querySelector('main h1')?.textContent.includes(name) ? done(performance.now() - began) : requestAnimationFrame(look);
  link.click(); look();
})"""
base, accounts = sys.argv[1], json.load(open(sys.argv[2]))
lines = []
with sync_playwright() as driver:
    browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
    for screen in ("/connexion", "/", "/w/plan-de-continuite"):
        context = browser.new_context(locale="fr-FR")
        if screen != "/connexion":
            context.request.post(f"{base}/api/v1/session", data={"identifier": "alice", "password": accounts["alice"]["password"]}, headers={"Origin": base})
        page = context.new_page()
        page.goto(base + screen, wait_until="networkidle")
        sizes = page.evaluate("performance.getEntriesByType('resource').filter(r => r.name.endsWith('.js')).map(r => r.encodedBodySize)")
        lines.append({"figure": "P18 script of the first screen", "screen": screen, "files": len(sizes), "kb_compressed": round(sum(sizes) / 1000, 1)})
        if screen.startswith("/w/"):
            for name in ("Tâches", "Documents"):
                times = []
                for _ in range(7):
                    page.goto(base + screen, wait_until="networkidle")
                    page.locator("nav a", has_text=name).first.wait_for()
                    page.evaluate(CLICK, name)  # the chunk of the room is there from now on
                    page.evaluate(CLICK, "Membres")
                    times.append(page.evaluate(CLICK, name))
                lines.append({"figure": "P18 click to answer", "room": name, "ms_median": round(statistics.median(times), 1), "ms_max": round(max(times), 1)})
        context.close()
    browser.close()
for line in lines:
    text = json.dumps({"bench": "first_screen", "at": time.strftime("%F %T"), **line}, ensure_ascii=False)
    print(text)
    if len(sys.argv) > 3:
        with open(sys.argv[3], "a") as file:
            file.write(text + "\n")
