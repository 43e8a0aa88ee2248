"""Single operations, P6 to P12: floor, peers and Plano back to back. Servers and PostgreSQL on core 0, this client on core 1.

    python bench/content.py --rounds 3 --out bench/results/content.jsonl [--only P9 P11] [--sides floor plano nginx]
Beside this interpreter: psutil, uvloop, copyparty, wsgidav, cheroot. Peers that are not found are left out and named:
nginx with its dav-ext module and apache2 of Debian (`--apache DIR` for an unpacked package), copyparty, WsgiDAV.
Every operation is done by one side after the other and that `--rounds` times; then one line with the medians.
"""

import argparse
import asyncio
import base64
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from adapters_plano import sign_in, uuid7
from common import Conn, Watch, run
from rig import CLEAN, HERE, PYTHON, Rig, rig

options = argparse.ArgumentParser()
options.add_argument("--rounds", type=int, default=3)
options.add_argument("--seconds", type=float, default=3, help="of each timed loop")
options.add_argument("--entries", type=int, default=5000)
options.add_argument("--big", type=int, default=1000, help="MB of the large download")
options.add_argument("--first-port", type=int, default=8140)
options.add_argument("--label", default="content")
options.add_argument("--out", type=Path)
options.add_argument("--apache", type=Path, default=Path("/"), help="where apache2 was unpacked")
options.add_argument("--only", nargs="*", default=[], help="P6 P7 P8 P9 P10 P11 P12")
options.add_argument("--sides", nargs="*", default=[])
options.add_argument("--set", nargs="*", default=[], metavar="PLANO_X=…", help="settings of the Plano that is measured")
args = options.parse_args()
PROPFIND = b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/></prop></propfind>'
TEN = os.urandom(10_000_000)


@dataclass
class Side:
    """One server and how it is asked. `put` and `lists` give paths; None where the side has no such thing."""

    name: str
    base: str
    pids: set[int]
    database: set[int] = field(default_factory=set)
    headers: list[tuple[str, str]] = field(default_factory=list)
    small: str | None = "/kb.txt"
    big: str | None = "/giga.bin"
    entries: str | None = "/list/"
    put: list[str] = field(default_factory=list)
    views: dict[str, str] = field(default_factory=dict)
    write: dict[str, tuple[list[str], bytes]] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    paged: bool = False
    turn: int = 0

    def next_put(self) -> str:
        self.turn += 1
        return self.put[self.turn - 1] if self.put else f"/up/{self.turn}.bin"


def tell(figure: str, side: str, **values: object) -> dict:
    line = {"bench": "content", "label": args.label, "figure": figure, "side": side, "at": time.strftime("%F %T"), **values}
    print(json.dumps(line), flush=True)
    if args.out:
        with args.out.open("a") as file:
            file.write(json.dumps(line) + "\n")
    return line


def served(folder: Path) -> Path:
    """The same files for the floor and all peers."""
    place = folder / "served"
    for name in ("", "up", "list"):
        (place / name).mkdir()
        (place / name).chmod(0o777)
    (place / "kb.txt").write_bytes(b"x" * 1024)
    with (place / "giga.bin").open("wb") as file:
        for _ in range(args.big):
            file.write(b"\0" * 1_000_000)
    for number in range(args.entries if wanted("P12") else 0):
        (place / "list" / f"file number {number:05d}.txt").write_bytes(b"x" * 1024)
    return place


def wanted(figure: str) -> bool:
    return not args.only or figure in args.only


def asked(side: str) -> bool:
    return not args.sides or side in args.sides


def floors(servers: Rig, port: int, pg: int, pg_port: int) -> list[Side]:
    """Bare ASGI for bytes (also with the hash and the flushes that Plano owes), a plain Django view for lists."""
    found = []
    uvicorn = [PYTHON, "-m", "uvicorn", "--app-dir", HERE / "floor", "--no-access-log", "--log-level", "warning", "--http", "httptools"]
    place = servers.folder / "floor"
    (place / "up").mkdir(parents=True)
    for name in ("kb.txt", "giga.bin"):
        os.link(servers.folder / "served" / name, place / name)
    safe = servers.folder / "floor-safe"
    (safe / "up").mkdir(parents=True)
    pid = servers.start(*uvicorn, "dav_asgi:app", "--port", port, port=port, name="floor", ROOT=str(place))
    found.append(Side("floor", f"http://127.0.0.1:{port}", {pid}))
    pid = servers.start(*uvicorn, "dav_asgi:app", "--port", port + 1, port=port + 1, name="floor-safe", ROOT=str(safe), SAFE="1")
    found.append(Side("floor with SHA-256 and fsync", f"http://127.0.0.1:{port + 1}", {pid}, small=None, big=None, entries=None))
    made = {"DB": "pg", "BENCH_PG": f"host=127.0.0.1 port={pg_port} user=postgres dbname=floor", "ROWS": "15000"}
    subprocess.run([PYTHON, HERE / "floor" / "http_apps.py"], env=CLEAN | made | {"INIT": "1"}, check=True)
    pid = servers.start(*uvicorn, "http_apps:hop_asgi", "--port", port + 2, port=port + 2, name="floor-http", **made)
    found += office(servers, port, pg, pg_port, uvicorn)
    views = {"list 20 workspaces": "/qraw?room=1&n=20", "a folder of 200": "/qraw?room=1&n=200"}
    found.append(Side("floor view", f"http://127.0.0.1:{port + 2}", {pid}, {pg}, small=None, big=None, entries=None, views=views))
    return found


def office(servers: Rig, port: int, pg: int, pg_port: int, uvicorn: list[object]) -> list[Side]:
    """The floor of one durable message and of a page of 50 (office_floor.py): /a by the ORM, /b by statements, /b1 by one."""
    variables = {"FLOOR_PG": f"host=127.0.0.1 port={pg_port} user=postgres dbname=office", "FLOOR_HOT": "b1"}
    subprocess.run([PYTHON, "office_floor_django.py"], cwd=HERE / "floor", env=CLEAN | variables | {"INIT": "1"}, check=True)
    pid = servers.start(*uvicorn, "office_floor:app", "--ws", "office_floor:Proto", "--ws-per-message-deflate", "false", "--port", port + 8, port=port + 8, cwd=HERE / "floor", name="office-floor", **variables)
    body = json.dumps({"text": "un message de travail"}).encode()
    sides = {}
    for prefix in ("a", "b", "b1"):
        cookie = [("Cookie", "plano_session=user0; plano_csrf=x"), ("Content-Type", "application/json")]
        sides[prefix] = side = Side(f"floor {prefix}", f"http://127.0.0.1:{port + 8}", {pid}, {pg}, cookie, small=None, big=None, entries=None)
        side.pages = [f"/{prefix}/channels/00000000-0000-7000-8000-{number:012x}/messages" for number in range(16)]
    sides["b1"].write["message"] = sides["b1"].pages, body
    sides["a"].write["task"] = sides["a"].pages, body
    sides["a"].pages = sides["b1"].pages = []
    return list(sides.values())


def peers(servers: Rig, port: int) -> list[Side]:
    found, place, folder = [], servers.folder / "served", servers.folder
    for name, start in (("nginx", _nginx), ("apache", _apache), ("copyparty", _copyparty), ("wsgidav", _wsgidav)):
        if asked(name):
            side = start(servers, port, place, folder)
            if side is None:
                tell("left out", name, why="not found on this machine")
            else:
                found.append(side)
        port += 1
    return found


def _configured(name: str, **changes: str) -> str:
    text = (HERE / "peers" / name).read_text()
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _nginx(servers: Rig, port: int, place: Path, folder: Path) -> Side | None:
    module = Path("/usr/lib/nginx/modules/ngx_http_dav_ext_module.so")
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if not program or not module.exists():
        return None
    (folder / "ngx").mkdir()
    text = _configured("nginx-dav.conf").replace("@BENCH_DIR@/ngx/data", str(place)).replace("@BENCH_DIR@", str(folder)).replace("58080", str(port))
    (folder / "nginx.conf").write_text(text)
    return Side("nginx", f"http://127.0.0.1:{port}", {servers.start(program, "-c", folder / "nginx.conf", "-p", folder / "ngx", port=port, name="nginx")})


def _apache(servers: Rig, port: int, place: Path, folder: Path) -> Side | None:
    program = args.apache / "usr/sbin/apache2"
    if not program.exists():
        return None
    (folder / "apd").mkdir()
    shutil.chown(folder / "apd", "www-data", "www-data")
    text = _configured("apache-dav.conf").replace("@BENCH_DIR@/apd/data", str(place)).replace("@BENCH_DIR@", str(folder)).replace("58081", str(port))
    text = text.replace("/usr/lib/apache2", str(args.apache / "usr/lib/apache2"))
    (folder / "apache.conf").write_text(text)
    libraries = ":".join(str(found) for found in args.apache.glob("usr/lib/*-linux-gnu"))
    pid = servers.start(program, "-f", folder / "apache.conf", "-DFOREGROUND", port=port, name="apache", LD_LIBRARY_PATH=libraries if args.apache != Path("/") else "")
    return Side("apache", f"http://127.0.0.1:{port}", {pid})


def _copyparty(servers: Rig, port: int, place: Path, folder: Path) -> Side | None:
    program = Path(sys.executable).with_name("copyparty")
    if not program.exists():
        return None
    pid = servers.start(program, "-q", "-i", "127.0.0.1", "-p", port, "-a", "bench:bench", "-v", f"{place}::rwmd,bench", "--daw", port=port, name="copyparty", HOME=str(folder), XDG_CONFIG_HOME=str(folder / "cfg"))
    return Side("copyparty", f"http://127.0.0.1:{port}", {pid}, headers=[("PW", "bench")])


def _wsgidav(servers: Rig, port: int, place: Path, folder: Path) -> Side | None:
    program = Path(sys.executable).with_name("wsgidav")
    if not program.exists():
        return None
    pid = servers.start(program, "-q", "--host", "127.0.0.1", "--port", port, "--root", place, "--auth", "anonymous", "--server", "cheroot", port=port, name="wsgidav")
    return Side("wsgidav", f"http://127.0.0.1:{port}", {pid})


async def plano(servers: Rig, port: int, pg: int, pg_port: int) -> list[Side]:
    data = servers.plano(port, pg_port, **dict(setting.split("=", 1) for setting in args.set))
    base = f"http://127.0.0.1:{port}"
    alice = await sign_in(base, "alice", json.loads((data / "demo-accounts.json").read_text())["alice"]["password"])
    connection = Conn(base)

    async def call(method: str, path: str, body: object = None) -> dict:
        content = body if isinstance(body, bytes | tuple) else b"" if body is None else json.dumps(body).encode()
        answer = await connection.request(method, f"/api/v1{path}", content, [*alice.headers, ("Idempotency-Key", uuid7())])
        assert answer.status in (200, 201, 204), (method, path, answer.status, answer.body[:300])
        return json.loads(answer.body) if answer.body else {}

    place = await call("POST", "/workspaces", {"name": "Mesure"})
    home = f"/workspaces/{place['id']}/nodes"

    async def node(kind: str, name: str, parent: str | None = None) -> str:
        return (await call("POST", home, {"kind": kind, "name": name, "parent_id": parent}))["id"]

    async def document(name: str, content: object, parent: str | None = None) -> str:
        made = await node("document", name, parent)
        await call("PUT", f"/nodes/{made}/content", content)
        return made

    folders = {}
    for entries in (200, args.entries):
        folders[entries] = await node("folder", f"Dossier de {entries}")
        first = await document("file number 00000.txt", b"x" * 1024, folders[entries])
        subprocess.run([PYTHON, HERE / "full_folder.py", first, str(entries)], check=True,
                       env=CLEAN | {"PLANO_DATA": str(data), "PLANO_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{pg_port}/plano"})
    here = len((await call("GET", "/workspaces"))["items"])
    for number in range(20 - here):
        await call("POST", "/workspaces", {"name": f"Espace {number}"})
    small = await document("petit.txt", b"x" * 1024)
    big = await document("giga.bin", (args.big * 1_000_000, b"\0" * 1_000_000)) if wanted("P10") else ""
    puts = [await node("document", f"dix-{number}.bin") for number in range(10 * args.rounds if wanted("P9") else 0)]
    side = Side("plano", base, {servers.last}, {pg}, headers=alice.headers)
    side.small, side.big = f"/api/v1/nodes/{small}/content", f"/api/v1/nodes/{big}/content"
    side.put = [f"/api/v1/nodes/{put}/content" for put in puts]
    side.views = {"list 20 workspaces": "/api/v1/workspaces", "a folder of 200": f"/api/v1{home}?parent_id={folders[200]}&limit=200"}
    workspace = home.removesuffix("/nodes")
    channels = [(await call("POST", f"{workspace}/channels", {"name": f"canal {number}"}))["id"] for number in range(16)]
    side.pages = [f"/api/v1/channels/{channel}/messages" for channel in channels]
    side.write = {"message": (side.pages, json.dumps({"text": "un message de travail"}).encode()), "task": ([f"/api/v1{workspace}/tasks"], json.dumps({"title": "une tâche"}).encode())}
    side.entries, side.paged = f"/api/v1{home}?parent_id={folders[args.entries]}&limit=1000", True
    password = (await call("POST", "/me/application-passwords", {"name": "Mesure"}))["password"]
    basic = base64.b64encode(f"alice:{password}".encode()).decode()
    root = f"/dav/files/{place['slug']}"
    drive = Side("plano by WebDAV", base, side.pids, side.database, [("Authorization", f"Basic {basic}")], small=f"{root}/petit.txt", big=f"{root}/giga.bin", entries=f"{root}/Dossier%20de%20{args.entries}/")
    drive.put = [f"{root}/dav-{number}.bin" for number in range(10 * args.rounds)]
    return [side, drive]


class Both:
    """CPU of a server and of its database, and what else ran."""

    def __init__(self, side: Side) -> None:
        self.server, self.database = Watch(pids=side.pids), Watch(pids=side.database)

    def __enter__(self) -> "Both":
        self.database.__enter__()
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__()
        self.database.__exit__()

    def told(self, operations: float, unit: str = "cpu_ms") -> dict:
        scale = (1000 if unit == "cpu_ms" else 1) / operations
        database = {f"database_{unit}": round(self.database.cpu * scale, 3)} if self.database.roots else {}
        foreign = max(0.0, self.server.foreign - self.database.cpu) / self.server.wall
        return {unit: round(self.server.cpu * scale, 3), **database, "foreign_cores": round(foreign, 2)}


async def loop(side: Side, paths: list[str], connections: int, *, body: bytes = b"") -> dict:
    """Each connection asks without a pause, on a path of its own where there are several."""
    times: list[float] = []

    async def one(index: int, end: float, count: int) -> None:
        connection, path = Conn(side.base, side.headers), paths[index % len(paths)]
        while count > 0 or time.perf_counter() < end:
            began, count = time.perf_counter(), count - 1
            more = (("Idempotency-Key", uuid7()),) if body else ()
            answer = await connection.request("POST" if body else "GET", path, body, more)
            times.append(time.perf_counter() - began)
            assert answer.status in (200, 201), (side.name, path, answer.status, answer.body[:200])
        connection.close_now()

    async def all_of_them(seconds: float, count: int) -> None:
        await asyncio.gather(*(one(index, time.perf_counter() + seconds, count) for index in range(connections)))

    await all_of_them(0, 8)
    times.clear()
    with Both(side) as found:
        await all_of_them(args.seconds, 0)
    times.sort()
    return {"per_s": round(len(times) / found.server.wall, 1), "p50_ms": round(times[len(times) // 2] * 1000, 2), "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 2), **found.told(len(times))}


async def writes(side: Side, what: str) -> dict:
    paths, body = side.write[what]
    return await loop(side, paths, 16, body=body)


async def pages(side: Side) -> dict:
    return await loop(side, side.pages, 16)


async def views(side: Side, name: str) -> dict:
    return await loop(side, [side.views[name]], 1)


async def small(side: Side) -> dict:
    return await loop(side, [side.small], 16)


async def upload(side: Side) -> dict:
    connection, times = Conn(side.base, side.headers), []
    with Both(side) as found:
        for _ in range(10):
            path, began = side.next_put(), time.perf_counter()
            answer = await connection.request("PUT", path, TEN, (("Content-Type", "application/octet-stream"),))
            times.append(time.perf_counter() - began)
            assert answer.status in (200, 201, 204), (side.name, answer.status, answer.body[:200])
    connection.close_now()
    return {"mb_s": round(10 / statistics.median(times), 1), **found.told(0.1, "cpu_s_per_gb")}


async def download(side: Side) -> dict:
    connection = Conn(side.base, side.headers)
    grew = Peak(side.pids)
    with Both(side) as found:
        began = time.perf_counter()
        answer = await connection.request("GET", side.big, discard=True)
        rate = args.big / (time.perf_counter() - began)
    connection.close_now()
    assert answer.status == 200 and answer.size == args.big * 1_000_000, (side.name, answer.status, answer.size)
    return {"mb_s": round(rate), "memory_grew_mb": grew.mb(), **found.told(args.big / 1000, "cpu_s_per_gb")}


async def listing(side: Side) -> dict:
    """All entries of the folder: one PROPFIND, or every page of the list."""
    connection, times, first = Conn(side.base, side.headers), [], []

    async def whole() -> int:
        began, count, after = time.perf_counter(), 0, ""
        while True:
            if side.paged:
                answer = await connection.request("GET", side.entries + after)
                count += answer.body.count(b"file number")
            else:
                answer = await connection.request("PROPFIND", side.entries, PROPFIND, (("Depth", "1"), ("Content-Type", "application/xml")))
                count = len(re.findall(rb"<(?:\w+:)?response[ >]", answer.body)) - (side.name != "floor")  # the folder itself is one of them
            assert answer.status in (200, 207), (side.name, answer.status, answer.body[:200])
            if not after:
                first.append(time.perf_counter() - began)
            following = json.loads(answer.body)["next"] if side.paged else None
            if following is None:
                times.append(time.perf_counter() - began)
                return count
            after = f"&cursor={following}"

    await whole()
    with Both(side) as found:
        end, rounds = time.perf_counter() + args.seconds, 0
        while not rounds or time.perf_counter() < end:
            count, rounds = await whole(), rounds + 1
    connection.close_now()
    return {"entries": count, "p50_ms": round(statistics.median(times[1:]) * 1000, 1), "first_answer_ms": round(statistics.median(first[1:]) * 1000, 1), **found.told(rounds)}


class Peak:
    """How far the memory of some processes and their children rises above where it stood."""

    def __init__(self, pids: set[int]) -> None:
        self.before = {}
        for process in Watch(pids=pids)._tree():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                Path(f"/proc/{process.pid}/clear_refs").write_text("5")
                self.before[process.pid] = self._of(process.pid, "VmRSS")

    def _of(self, pid: int, name: str) -> int:
        found = re.search(rf"{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) if found else 0

    def mb(self) -> float:
        grew = 0
        for pid, before in self.before.items():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a child that did a job meanwhile
                grew += max(0, self._of(pid, "VmHWM") - before)
        return round(grew / 1000, 1)


async def settled(side: Side) -> None:
    """Until the jobs that uploads left (previews, checks) are done: half a minute at most."""
    for _ in range(30):
        with Both(side) as found:
            await asyncio.sleep(1)
        if found.server.cpu + found.database.cpu < 0.05:
            return


async def prepared(side: Side) -> None:
    """The floor knows the files that it was given by PUT."""
    if side.name == "floor" and wanted("P12"):
        connection = Conn(side.base)
        await connection.request("MKCOL", "/list/")
        for number in range(args.entries):
            await connection.request("PUT", f"/list/file%20number%20{number:05d}.txt", b"x" * 1024)
        connection.close_now()


OPERATIONS = [
    ("P7 message", lambda s: "message" in s.write, lambda s: writes(s, "message")),
    ("P6 last 50 messages", lambda s: s.pages, pages),
    ("P7 task", lambda s: "task" in s.write, lambda s: writes(s, "task")),
    ("P8 list 20 workspaces", lambda s: s.views, lambda s: views(s, "list 20 workspaces")),
    ("P8 a folder of 200", lambda s: s.views, lambda s: views(s, "a folder of 200")),
    ("P9 upload of 10 MB", lambda s: s.put or s.small or "fsync" in s.name, upload),
    ("P10 GET 1 GB", lambda s: s.big, download),
    ("P11 GET 1 kB", lambda s: s.small, small),
    (f"P12 list of {args.entries}", lambda s: s.entries, listing),
]


async def main() -> None:
    with rig() as servers:
        os.sched_setaffinity(0, {1} if (os.cpu_count() or 1) > 1 else {0})
        served(servers.folder)
        port = args.first_port
        pg = servers.postgres(port + 9, "floor", "office", "plano")
        sides = floors(servers, port, pg, port + 9) if asked("floor") else []
        sides += peers(servers, port + 3)
        if asked("plano"):
            sides += await plano(servers, port + 7, pg, port + 9)
        for side in sides:
            await prepared(side)
            await settled(side)
        if os.geteuid() == 0:
            os.setpriority(os.PRIO_PROCESS, 0, -10)
        found: dict[tuple[str, str], list[dict]] = {}
        for figure, has, operation in OPERATIONS:
            if not wanted(figure.split()[0]):
                continue
            for side in sides:
                if side.name == "plano":
                    await settled(side)
            for _ in range(args.rounds):
                for side in sides:
                    if has(side):
                        found.setdefault((figure, side.name), []).append(await operation(side))
        for (figure, side), lines in found.items():
            middle = {name: round(statistics.median(line[name] for line in lines), 3) for name in lines[0]}
            tell(figure, side, rounds=len(lines), **middle, each=[next(value for name, value in line.items() if name != "entries") for line in lines])


run(main())
