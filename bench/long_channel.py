"""P20: a channel of 100,000 messages, scrolled upwards in Chromium: how far what one reads moves by itself.

    PLANO_DATA=… [PLANO_DATABASE_URL=…] .venv/bin/python bench/long_channel.py http://localhost:8090 DATA/demo-accounts.json

Fills « Astreintes » of the demonstration by INSERT … SELECT (once), then turns the wheel and compares where a message
went with where it should have gone. One JSON line.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plano.config.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

import django

django.setup()

from django.db import connection
from playwright.sync_api import sync_playwright

from plano.chat.models import Channel, Message

COUNT = 100_000
FILL = """
WITH people AS (SELECT array_agg(id) AS ids FROM accounts_user WHERE name IN ('Alice Martin', 'Bruno Lefèvre', 'Chloé Nguyen')),
top AS (SELECT seq FROM live_stream WHERE id = %(channel)s)
INSERT INTO chat_message (id, channel_id, seq, author_id, text, mentions, created_at, reply_count, repliers, version)
SELECT gen_random_uuid(), %(channel)s, top.seq + n, ids[1 + (n / (1 + n %% 4)) %% 3],
    CASE n %% 11 WHEN 0 THEN repeat('Un point plus long sur la bascule du site de repli. ', 3 + n %% 9)
        WHEN 3 THEN E'- un\n- deux\n- trois' WHEN 7 THEN E'```\\nligne\\nligne\\n```' ELSE 'Message n° ' || n END,
    '[]', now() - interval '1 minute' * (%(count)s - n), 0, '{}', 1
FROM generate_series(1, %(count)s) n, people, top
"""
ANCHOR = """() => {
  const log = document.querySelector('main [role=log]'), middle = log.getBoundingClientRect().top + log.clientHeight / 2;
  const rows = [...log.querySelectorAll('[data-message]')];
  const row = rows.find(r => r.getBoundingClientRect().bottom > middle);
  return [row.dataset.message, row.getBoundingClientRect().top, log.scrollTop, log.scrollHeight];
}"""
TOP = "id => document.querySelector(`[data-message='${id}']`)?.getBoundingClientRect().top ?? null"
ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split()

base, accounts = sys.argv[1], json.load(open(sys.argv[2]))
channel = Channel.objects.get(workspace__slug="plan-de-continuite", name="Astreintes")
if Message.objects.filter(channel=channel).count() < COUNT:
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"channel": channel.id, "count": COUNT})
        cursor.execute("UPDATE live_stream SET seq = seq + %s, trimmed_to = seq + %s WHERE id = %s", [COUNT, COUNT, channel.id])
        cursor.execute("ANALYZE chat_message")
connection.close()

with sync_playwright() as driver:
    browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
    context = browser.new_context(locale="fr-FR", viewport={"width": 1440, "height": 900})
    context.request.post(f"{base}/api/v1/session", data={"identifier": "alice", "password": accounts["alice"]["password"]}, headers={"Origin": base})
    page = context.new_page()
    page.goto(f"{base}/w/plan-de-continuite/discussions/{channel.id}", wait_until="networkidle")
    page.locator("[data-message]").first.wait_for()
    page.wait_for_timeout(1500)
    present = page.get_by_role("button", name="Derniers messages")
    if present.is_visible():
        present.click()
        page.wait_for_timeout(2500)
    old = Message.objects.filter(channel=channel).order_by("seq").values_list("id", flat=True)[COUNT // 2]
    for start, way in (("the present", -1), ("an old message", -1), ("an old message", 1)):
        if start != "the present":
            page.goto(f"{base}/w/plan-de-continuite/discussions/{channel.id}?message={old}")
            page.locator(f"[data-message='{old}']").wait_for()
            page.wait_for_timeout(2500)
        page.locator("main [role=log]").hover()
        jumps: list[float | None] = []
        for step in range(60):
            distance = way * (300 if step % 2 else 120)
            id, before, _, _ = page.evaluate(ANCHOR)
            page.mouse.wheel(0, distance)
            page.wait_for_timeout(250)
            after = page.evaluate(TOP, id)
            jumps.append(None if after is None else round(after - before + distance, 1))
        moved = [abs(jump) for jump in jumps if jump is not None]
        line = {
            "bench": "long_channel", "at": time.strftime("%F %T"), "figure": "P20 movement of what is read", "start": start,
            "way": "up" if way < 0 else "down", "steps": len(jumps), "lost": len(jumps) - len(moved),
            "over_2px": sum(one > 2 for one in moved), "max_px": max(moved), "median_px": statistics.median(moved),
        }
        print(json.dumps(line), flush=True)
        if "-v" in sys.argv:
            print(jumps)
    browser.close()
