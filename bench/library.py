"""The library with large things: memory during uploads of 3 GB and lists of 50,000, the preview of a document of 20 pages.

    python bench/library.py --only uploads lists
    python bench/library.py --only preview
A Plano of its own with a PostgreSQL of its own, as `rig.py` starts them. Memory: the greatest sum of what the server's
processes have for themselves (PSS), looked at four times a second, above where it stood. The preview runs beside the
same conversion by LibreOffice alone, and one short request a time is asked all the while.
"""

import argparse
import asyncio
import base64
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from adapters_plano import sign_in, uuid7
from common import Conn, Watch, run, teller
from rig import CLEAN, HERE, PYTHON, rig

options = argparse.ArgumentParser()
options.add_argument("--only", nargs="+", default=["uploads", "lists"], choices=["uploads", "lists", "preview"])
options.add_argument("--gigabytes", type=int, default=3)
options.add_argument("--entries", type=int, default=50_000)
options.add_argument("--first-port", type=int, default=8150)
options.add_argument("--label", default="library")
options.add_argument("--out", type=Path)
args = options.parse_args()
PROPFIND = b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/></prop></propfind>'
MEGABYTE = b"\0" * 1_000_000
TWENTY_PAGES = """
import sys
from plano.documents import demo_files
text = "Le service instructeur examine la demande dans le délai prévu par l’arrêté préfectoral et en rend compte. " * 30
sys.stdout.buffer.write(demo_files.docx("Vingt pages", [(f"Chapitre {n}", [text]) for n in range(1, 21)]))
"""
tell = teller("library", args)


class Memory:
    """How far the memory of a process tree rises while something is done."""

    def __init__(self, pid: int) -> None:
        self.watch = Watch(pids={pid})

    async def __aenter__(self) -> "Memory":
        self.before = self.most = self.watch.rss_mb()
        self.began = time.perf_counter()
        self.task = asyncio.create_task(self._look())
        return self

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(0.25)
            self.most = max(self.most, self.watch.rss_mb())

    async def __aexit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self.began
        self.task.cancel()
        self.grew = round(self.most - self.before, 1)


async def main() -> None:
    with rig() as servers:
        os.sched_setaffinity(0, {1} if (os.cpu_count() or 1) > 1 else {0})
        if shutil.disk_usage(servers.folder).free < (2 * args.gigabytes + 5) * 10**9:
            sys.exit("not enough space for the uploads")
        pg_port, port = args.first_port + 1, args.first_port
        servers.postgres(pg_port, "plano")
        # Without jobs where memory is looked at: the previews of the demonstration would be taken for an upload.
        data = servers.plano(port, pg_port, PLANO_WORKER="1" if "preview" in args.only else "0")
        server, base = servers.last, f"http://127.0.0.1:{port}"
        accounts = json.loads((data / "demo-accounts.json").read_text())
        alice = await signed_in(base, accounts)
        basic = [("Authorization", "Basic " + base64.b64encode(f"alice:{accounts['alice']['app_password']}".encode()).decode())]
        connection = Conn(base)

        async def call(method: str, path: str, body: object = None, *more: tuple[str, str]):
            content = body if isinstance(body, bytes | tuple) else b"" if body is None else json.dumps(body).encode()
            named = {name.lower() for name, _ in more}
            own = [(name, value) for name, value in alice.headers if name.lower() not in named]
            answer = await connection.request(method, path, content, [*own, ("Idempotency-Key", uuid7()), *more])
            assert answer.status in (200, 201, 204), (method, path, answer.status, answer.body[:300])
            return answer

        place = json.loads((await call("POST", "/api/v1/workspaces", {"name": "Mesure"})).body)
        if "uploads" in args.only:
            await uploads(call, connection, basic, place, server)
        if "lists" in args.only:
            await lists(call, connection, basic, place, server, data, pg_port)
        if "preview" in args.only:
            await preview(call, alice, place, servers, base)


async def signed_in(base: str, accounts: dict):
    """A busy machine may ask for patience."""
    for attempt in range(6):
        try:
            return await sign_in(base, "alice", accounts["alice"]["password"])
        except SystemExit:
            if attempt == 5:
                raise
            await asyncio.sleep(5)


async def uploads(call, connection: Conn, basic: list, place: dict, server: int) -> None:
    size = args.gigabytes * 10**9
    await connection.request("PUT", f"/dav/files/{place['slug']}/petit.bin", MEGABYTE, basic)
    async with Memory(server) as memory:
        answer = await connection.request("PUT", f"/dav/files/{place['slug']}/grand.bin", (size, MEGABYTE), basic)
    assert answer.status == 201, (answer.status, answer.body)
    tell(f"memory during an upload of {args.gigabytes} GB by WebDAV", grew_mb=memory.grew, stood_mb=memory.before, seconds=round(memory.seconds, 1))
    words = {"filename": "grand-web.bin", "workspace_id": place["id"]}
    tus = ("Tus-Resumable", "1.0.0")
    packed = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in words.items())
    made = await call("POST", "/api/v1/uploads/", b"", tus, ("Upload-Length", str(size)), ("Upload-Metadata", packed))
    location = made.head.decode().lower().split("location: ")[1].split("\r\n")[0]
    location = location[location.index("/api/") :]
    step, sent = 64_000_000, 0
    async with Memory(server) as memory:
        while sent < size:
            part = min(step, size - sent)
            await call("PATCH", location, (part, MEGABYTE), tus, ("Upload-Offset", str(sent)), ("Content-Type", "application/offset+octet-stream"))
            sent += part
    tell(f"memory during an upload of {args.gigabytes} GB by tus", grew_mb=memory.grew, stood_mb=memory.before, seconds=round(memory.seconds, 1))


async def lists(call, connection: Conn, basic: list, place: dict, server: int, data: Path, pg_port: int) -> None:
    home = f"/api/v1/workspaces/{place['id']}/nodes"
    folder = json.loads((await call("POST", home, {"kind": "folder", "name": "Grand"})).body)["id"]
    first = json.loads((await call("POST", home, {"kind": "document", "name": "file number 00000.txt", "parent_id": folder})).body)["id"]
    subprocess.run([PYTHON, HERE / "full_folder.py", first, str(args.entries)], check=True, env=CLEAN | {"PLANO_DATA": str(data), "PLANO_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{pg_port}/plano"})
    async with Memory(server) as memory:
        count, after, times = 0, "", []
        while True:
            began = time.perf_counter()
            page = json.loads((await call("GET", f"{home}?parent_id={folder}&limit=1000{after}")).body)
            times.append((time.perf_counter() - began) * 1000)
            count += len(page["items"])
            if page["next"] is None:
                break
            after = f"&cursor={page['next']}"
    assert count == args.entries
    tell(f"list of {args.entries} by pages of 1,000", seconds=round(memory.seconds, 2), page_p50_ms=round(statistics.median(times), 1), last_page_ms=round(times[-1], 1), grew_mb=memory.grew)
    for _ in range(2):
        async with Memory(server) as memory:
            answer = await connection.request("PROPFIND", f"/dav/files/{place['slug']}/Grand/", PROPFIND, [*basic, ("Depth", "1")], discard=True)
    assert answer.status == 207
    tell(f"PROPFIND of {args.entries}", seconds=round(memory.seconds, 2), mb=round(answer.size / 1e6, 1), grew_mb=memory.grew)


async def preview(call, alice, place: dict, servers, base: str) -> None:
    content = subprocess.run([PYTHON, "-c", "import os; os.environ['DJANGO_SETTINGS_MODULE']='plano.config.settings'; import django; django.setup()\n" + TWENTY_PAGES],
                             check=True, capture_output=True, cwd=HERE.parent / "backend", env=CLEAN | {"PLANO_DATA": str(servers.folder / "none"), "PLANO_DATABASE_URL": "postgresql:///x"}).stdout
    source = servers.folder / "vingt.docx"
    source.write_bytes(content)
    await settled(servers.last)
    idle = await asked(base, alice, lambda: False, 2)
    ours, alone, busy = [], [], []
    for number in range(3):
        began = time.perf_counter()
        profile = servers.folder / f"profile-{number}"
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf", "--outdir", servers.folder / "alone", source], check=True, capture_output=True, preexec_fn=lambda: os.sched_setaffinity(0, {0}))
        alone.append(time.perf_counter() - began)
        node = json.loads((await call("POST", f"/api/v1/workspaces/{place['id']}/nodes", {"kind": "document", "name": f"vingt-{number}.docx"})).body)["id"]
        began = time.perf_counter()
        await call("PUT", f"/api/v1/nodes/{node}/content", content)
        ready = asyncio.Event()
        beside = asyncio.create_task(asked(base, alice, ready.is_set, 240))
        while time.perf_counter() - began < 240:
            found = json.loads((await call("GET", f"/api/v1/nodes/{node}/previews/pdf")).body)
            if found["state"] != "preparing":
                break
            await asyncio.sleep(0.1)
        assert found["state"] == "ready", found
        ours.append(time.perf_counter() - began)
        ready.set()
        busy += await beside
    first = [round(value, 2) for value in ours]
    tell("preview of 20 pages of docx", upload_to_ready_s=first, soffice_alone_s=[round(value, 2) for value in alone], ratio=round(statistics.median(ours) / statistics.median(alone), 2))
    tell("a short request while a document is converted", idle_p50_ms=round(statistics.median(idle), 1), busy_p50_ms=round(statistics.median(busy), 1), busy_p95_ms=round(sorted(busy)[int(len(busy) * 0.95)], 1), ratio=round(statistics.median(busy) / statistics.median(idle), 2))


async def settled(server: int) -> None:
    """Until the previews of the demonstration are made: three minutes at most."""
    for _ in range(180):
        with Watch(pids={server}) as watch:
            await asyncio.sleep(1)
        if watch.cpu < 0.05:
            return


async def asked(base: str, alice, ends, seconds: float) -> list[float]:
    """How long one request takes, again and again, until `ends` or so many seconds."""
    connection, times, until = Conn(base), [], time.perf_counter() + seconds
    while time.perf_counter() < until and not ends():
        began = time.perf_counter()
        answer = await connection.request("GET", "/api/v1/workspaces", b"", alice.headers)
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200
        await asyncio.sleep(0.02)
    with contextlib.suppress(Exception):
        connection.close_now()
    return times


run(main())
