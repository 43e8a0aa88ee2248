"""Single operations of a running Plano and of the floor: P6 to P11, P17, P19, P20.

    taskset -c 0 plano serve …      (PLANO_MESSAGES_PER_MINUTE high, PLANO_DEMO=1)
    python bench/office.py --data DATA --base http://127.0.0.1:8090 --out bench/results/office.jsonl
    python bench/office.py --floor http://127.0.0.1:9300 --out …      (floor/office_floor.py)
    python bench/office.py --starts --out …                           (starts its own servers: P17, P19)
One JSON line a figure. Medians of what is repeated; CPU is that of the process that listens, from /proc.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from adapters_plano import User, sign_in, uuid7
from common import Conn, pids_on_ports, teller

HERE = Path(__file__).resolve().parent
options = argparse.ArgumentParser()
options.add_argument("--base", default="http://127.0.0.1:8090")
options.add_argument("--floor")
options.add_argument("--data", type=Path)
options.add_argument("--starts", action="store_true")
options.add_argument("--seconds", type=float, default=4)
options.add_argument("--sign-ins", type=int, default=0, metavar="TURNS", help="P20 only, so many turns")
options.add_argument("--label", default="office")
options.add_argument("--out", type=Path)
args = options.parse_args()
JSON = [("Content-Type", "application/json")]
tell = teller("office", args)


def cpu(base: str) -> float:
    """CPU seconds of the processes that listen on the base's port."""
    ticks = 0
    for pid in pids_on_ports([urlsplit(base).port]):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def load(base: str, figure: str, connections: int, request, *, seconds: float | None = None) -> dict:
    """`connections` in a closed loop; `request(connection, n)` sends one and returns its status."""
    times: list[float] = []
    end = time.perf_counter() + (seconds or args.seconds)
    before, began = cpu(base), time.perf_counter()

    async def one(index: int) -> None:
        connection = Conn(base)
        while time.perf_counter() < end:
            started = time.perf_counter()
            answer = await request(connection, index)
            assert answer.status in (200, 201, 204, 206), (figure, answer.status, answer.body[:300])
            times.append(time.perf_counter() - started)
        connection.close_now()

    await asyncio.gather(*(one(index) for index in range(connections)))
    wall, used = time.perf_counter() - began, cpu(base) - before
    times.sort()
    found = {
        "per_s": round(len(times) / wall, 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 2),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 2),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 2),
        "server_cpu_ms": round(used / len(times) * 1000, 3),
    }
    tell(figure, connections=connections, **found)
    return found


async def floor(base: str) -> None:
    """The floor's own paths, by the names of core-path.md."""
    headers = [("Cookie", "plano_session=user0; plano_csrf=x"), *JSON]
    channels = [f"00000000-0000-7000-8000-{number:012x}" for number in range(16)]
    body = json.dumps({"text": "un message de travail"}).encode()
    for prefix in ("/a", "/b", "/b1"):
        await load(base, f"P7 floor {prefix}", 16, lambda c, i, prefix=prefix: c.request(
            "POST", f"{prefix}/channels/{channels[i]}/messages", body, [*headers, ("Idempotency-Key", uuid7())]))
    for prefix in ("/a", "/b"):
        await load(base, f"P6 floor {prefix}", 16, lambda c, i, prefix=prefix: c.request(
            "GET", f"{prefix}/channels/{channels[i]}/messages", b"", headers))


async def plano(base: str) -> None:
    accounts = json.loads((args.data / "demo-accounts.json").read_text())
    alice = await sign_in(base, "alice", accounts["alice"]["password"])

    async def call(method: str, path: str, body: object = None, user: User = alice) -> dict:
        connection = Conn(base)
        content = b"" if body is None else json.dumps(body).encode()
        answer = await connection.request(method, f"/api/v1{path}", content, user.headers + [("Idempotency-Key", uuid7())])
        connection.close_now()
        assert answer.status in (200, 201, 204), (method, path, answer.status, answer.body[:300])
        return json.loads(answer.body) if answer.body else {}

    workspace = await call("POST", "/workspaces", {"name": f"Mesure {time.time()}"})
    channels = [(await call("POST", f"/workspaces/{workspace['id']}/channels", {"name": f"canal {n}"}))["id"] for n in range(16)]
    body = json.dumps({"text": "un message de travail"}).encode()
    await load(base, "P7 message", 16, lambda c, i: c.request(
        "POST", f"/api/v1/channels/{channels[i]}/messages", body, alice.headers + [("Idempotency-Key", uuid7())]))
    await load(base, "P6 last 50 messages", 16, lambda c, i: c.request(
        "GET", f"/api/v1/channels/{channels[i]}/messages", b"", alice.headers))
    task = json.dumps({"title": "une tâche"}).encode()
    await load(base, "P7 task", 16, lambda c, i: c.request(
        "POST", f"/api/v1/workspaces/{workspace['id']}/tasks", task, alice.headers + [("Idempotency-Key", uuid7())]))
    for number in range(18):
        await call("POST", "/workspaces", {"name": f"Espace {number} {time.time()}"})
    await load(base, "P8 list 20 workspaces", 1, lambda c, i: c.request("GET", "/api/v1/workspaces", b"", alice.headers))
    await folder_of_200(base, alice, workspace["id"], call)
    await bytes_of(base, alice, workspace["id"], call)
    await sign_ins(base, alice, accounts["bruno"]["password"], channels)


async def folder_of_200(base: str, user: User, workspace_id: str, call) -> None:
    folder = await call("POST", f"/workspaces/{workspace_id}/nodes", {"kind": "folder", "name": f"Deux cents {time.time()}", "parent_id": None})
    for number in range(200):
        await call("POST", f"/workspaces/{workspace_id}/nodes", {"kind": "folder", "name": f"Dossier {number}", "parent_id": folder["id"]})
    await load(base, "P8 list a folder of 200", 1, lambda c, i: c.request(
        "GET", f"/api/v1/workspaces/{workspace_id}/nodes?parent_id={folder['id']}&limit=200", b"", user.headers))


async def bytes_of(base: str, user: User, workspace_id: str, call) -> None:
    """P9 upload of 10 MB, P10 download of 1 GB, P11 small downloads with their access check."""

    async def document(name: str, content: bytes) -> str:
        node = await call("POST", f"/workspaces/{workspace_id}/nodes", {"kind": "document", "name": name, "parent_id": None})
        connection = Conn(base)
        answer = await connection.request("PUT", f"/api/v1/nodes/{node['id']}/content", content, user.headers)
        connection.close_now()
        assert answer.status in (200, 201, 204), (answer.status, answer.body[:300])
        return node["id"]

    ten = os.urandom(10_000_000)
    rates = []
    for number in range(10):
        node = await call("POST", f"/workspaces/{workspace_id}/nodes", {"kind": "document", "name": f"dix-{time.time()}-{number}.bin", "parent_id": None})
        connection = Conn(base)
        began = time.perf_counter()
        answer = await connection.request("PUT", f"/api/v1/nodes/{node['id']}/content", ten, user.headers)
        rates.append(10 / (time.perf_counter() - began))
        connection.close_now()
        assert answer.status in (200, 201, 204), (answer.status, answer.body[:300])
    tell("P9 upload of 10 MB, SHA-256 and fsync", mb_s=round(statistics.median(rates), 1))
    small = await document(f"petit-{time.time()}.txt", b"x" * 1024)
    await load(base, "P11 GET 1 kB with access check", 16, lambda c, i: c.request("GET", f"/api/v1/nodes/{small}/content", b"", user.headers))
    await big_download(base, user, workspace_id, call)


async def big_download(base: str, user: User, workspace_id: str, call) -> None:
    node = await call("POST", f"/workspaces/{workspace_id}/nodes", {"kind": "document", "name": f"giga-{time.time()}.bin", "parent_id": None})
    cookie, token = user.headers[0][1], user.headers[1][1]
    with tempfile.NamedTemporaryFile() as file:
        file.truncate(1_000_000_000)
        subprocess.run(["curl", "-sf", "-T", file.name, "-H", f"Cookie: {cookie}", "-H", f"X-CSRF-Token: {token}", f"{base}/api/v1/nodes/{node['id']}/content", "-o", "/dev/null"], check=True)
    memory, rates = [], []
    for _ in range(3):
        before, began = rss(base), time.perf_counter()
        subprocess.run(["taskset", "-c", "1", "curl", "-sf", "-H", f"Cookie: {cookie}", f"{base}/api/v1/nodes/{node['id']}/content", "-o", "/dev/null"], check=True)
        rates.append(1000 / (time.perf_counter() - began))
        memory.append(rss(base) - before)
    tell("P10 GET 1 GB", mb_s=round(statistics.median(rates)), memory_grew_mb=[round(m, 1) for m in memory])


def rss(base: str) -> float:
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids_on_ports([urlsplit(base).port]))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def sign_ins(base: str, user: User, password: str, channels: list[str], turns: int = 12) -> None:
    """P20: the chat alone and while 20 sign-ins a second run, second by second in turn, so that the machine's own moods weigh on both."""
    body = json.dumps({"text": "pendant les connexions"}).encode()
    connection, answers, took = Conn(base), [], []

    async def chat(times: list[float]) -> None:
        for _ in range(50):
            began = time.perf_counter()
            answer = await connection.request("POST", f"/api/v1/channels/{channels[0]}/messages", body, user.headers + [("Idempotency-Key", uuid7())])
            assert answer.status == 201
            times.append(time.perf_counter() - began)
            await asyncio.sleep(0.02)

    async def enter() -> None:
        began, door = time.perf_counter(), Conn(base)
        content = json.dumps({"identifier": "bruno", "password": password}).encode()
        answer = await door.request("POST", "/api/v1/session", content, JSON)
        door.close_now()
        answers.append(str(answer.status))
        took.append(time.perf_counter() - began)

    async def crowd(done: asyncio.Event) -> None:
        waiting = []
        while not done.is_set():
            waiting.append(asyncio.ensure_future(enter()))
            await asyncio.sleep(0.05)
        await asyncio.gather(*waiting)

    alone, busy, cores = [], [], []
    await chat([])
    for _ in range(turns):
        await chat(alone)
        done = asyncio.Event()
        running, before, began = asyncio.ensure_future(crowd(done)), cpu(base), time.perf_counter()
        await chat(busy)
        cores.append((cpu(base) - before) / (time.perf_counter() - began))
        done.set()
        await running
        await asyncio.sleep(0.1)
    one, two = ([round(sorted(times)[int(len(times) * share)] * 1000, 2) for share in (0.5, 0.95, 0.99)] for times in (alone, busy))
    tell("P20 chat alone, then with 20 sign-ins a second", messages=len(alone), alone_p50_p95_p99_ms=one, busy_p50_p95_p99_ms=two,
         p99_ratio=round(two[2] / one[2], 2), p50_ratio=round(two[0] / one[0], 2), server_cores=round(statistics.median(cores), 2),
         answers={code: answers.count(code) for code in sorted(set(answers))}, sign_in_p50_ms=round(statistics.median(took) * 1000))


async def only_sign_ins(base: str) -> None:
    accounts = json.loads((args.data / "demo-accounts.json").read_text())
    alice = await sign_in(base, "alice", accounts["alice"]["password"])
    connection = Conn(base)
    workspace = json.loads((await connection.request("GET", "/api/v1/workspaces", headers=alice.headers)).body)["items"][0]["id"]
    found = json.loads((await connection.request("GET", f"/api/v1/workspaces/{workspace}/channels", headers=alice.headers)).body)
    await sign_ins(base, alice, accounts["bruno"]["password"], [channel["id"] for channel in found["items"]], args.sign_ins)


def starts() -> None:
    """P17 and P19: from `plano serve` to ready, first and next; then memory (PSS) of the whole tree when idle."""
    import psutil

    with tempfile.TemporaryDirectory(prefix="plano-starts-") as folder:
        for figure in ("P19 first start, with the demonstration", "P19 next start", "P19 next start"):
            environment = {k: v for k, v in os.environ.items() if not k.startswith("PLANO_")} | {"PLANO_DATA": f"{folder}/data", "PORT": "8097", "PLANO_DEMO": "1", "PLANO_LOG_LEVEL": "warning"}
            began = time.perf_counter()
            server = subprocess.Popen([HERE.parent / ".venv/bin/plano", "serve"], env=environment, stdout=subprocess.DEVNULL)
            while subprocess.run(["curl", "-sf", "http://127.0.0.1:8097/readyz", "-o", "/dev/null"], check=False).returncode:
                time.sleep(0.1)
            tell(figure, seconds=round(time.perf_counter() - began, 2))
            if "next" in figure:
                time.sleep(20)
                tree = {p.pid: p for p in [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]}
                database = int(next(Path(f"{folder}/data/postgres").glob("**/postmaster.pid")).read_text().split()[0])
                tree |= {p.pid: p for p in [psutil.Process(database), *psutil.Process(database).children(recursive=True)]}
                sizes = {pid: (p.memory_full_info().pss / 1e6, " ".join(p.cmdline())[:60]) for pid, p in tree.items()}
                tell("P17 idle memory (PSS), PostgreSQL and Janus included", mb=round(sum(size for size, _ in sizes.values()), 1),
                     parts=sorted(((round(size, 1), name) for size, name in sizes.values()), reverse=True)[:6])
            server.terminate()
            server.wait(20)


if args.starts:
    starts()
elif args.floor:
    asyncio.run(floor(args.floor))
elif args.sign_ins:
    asyncio.run(only_sign_ins(args.base))
else:
    asyncio.run(plano(args.base))
