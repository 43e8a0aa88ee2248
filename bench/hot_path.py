"""P6, P7, P8 and P11: Plano and its floors in turns of a few seconds, on one PostgreSQL, so that each has the other beside.

From the checkout, with psutil, uvloop and picows beside this interpreter:
    taskset -c 1 python bench/hot_path.py --rounds 3 --seconds 3 --label hot --out bench/results/….jsonl
Servers and PostgreSQL share core 0. One JSON line a figure, medians of its rounds: requests a second, latencies, CPU of
the server and of PostgreSQL a request, and `foreign`, the cores that everything else used meanwhile.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import subprocess
import time
from pathlib import Path

import psutil
from adapters_plano import sign_in, uuid7
from common import Conn, pids_on_ports, run
from rig import CLEAN, HERE, PYTHON, rig

options = argparse.ArgumentParser()
options.add_argument("--rounds", type=int, default=3)
options.add_argument("--seconds", type=float, default=3)
options.add_argument("--port", type=int, default=8120, help="and the two after it")
options.add_argument("--label", default="hot path")
options.add_argument("--out", type=Path)
args = options.parse_args()
PLANO, FLOOR, POSTGRES = args.port, args.port + 1, args.port + 2
DSN = f"host=127.0.0.1 port={POSTGRES} user=postgres dbname=floor"


def base(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def cpu(port: int) -> float:
    """CPU seconds of the process that listens; of PostgreSQL with its children, those that have ended included."""
    used = 0.0
    for pid in pids_on_ports([port]):
        processes = [psutil.Process(pid)]
        if port == POSTGRES:
            used += sum(processes[0].cpu_times()[2:4])
            processes += processes[0].children()
        for process in processes:
            with contextlib.suppress(psutil.Error):
                used += sum(process.cpu_times()[:2])
    return used


def busy() -> float:
    times = psutil.cpu_times()
    return sum(times[:8]) - times.idle - times.iowait


async def turn(port: int, connections: int, request) -> dict[str, float]:
    """`connections` in a closed loop for some seconds."""
    times: list[float] = []
    before = (cpu(port), cpu(POSTGRES), busy(), sum(os.times()[:2]))
    began = time.perf_counter()
    end = began + args.seconds

    async def one(index: int) -> None:
        connection = Conn(base(port))
        while time.perf_counter() < end:
            started = time.perf_counter()
            answer = await request(connection, index)
            assert answer.status in (200, 201), (answer.status, answer.body[:300])
            times.append(time.perf_counter() - started)
        connection.close_now()

    await asyncio.gather(*(one(index) for index in range(connections)))
    wall, count = time.perf_counter() - began, len(times)
    server, postgres, all_, own = (b - a for a, b in zip(before, (cpu(port), cpu(POSTGRES), busy(), sum(os.times()[:2])), strict=True))
    times.sort()
    found = {f"p{part}_ms": times[count * part // 100] * 1000 for part in (50, 95, 99)}
    return {"per_s": count / wall, **found, "server_cpu_ms": server / count * 1000, "postgres_cpu_ms": postgres / count * 1000, "foreign": max(0.0, all_ - server - postgres - own) / wall}


async def figures(data: Path) -> None:
    accounts = json.loads((data / "demo-accounts.json").read_text())
    alice = await sign_in(base(PLANO), "alice", accounts["alice"]["password"])

    async def call(method: str, path: str, content: bytes) -> dict:
        connection = Conn(base(PLANO))
        answer = await connection.request(method, f"/api/v1{path}", content, [*alice.headers, ("Idempotency-Key", uuid7())])
        connection.close_now()
        assert answer.status in (200, 201), (path, answer.status, answer.body[:300])
        return json.loads(answer.body)

    def made(path: str, **body: object):
        return call("POST", path, json.dumps(body).encode())

    space = f"/workspaces/{(await made('/workspaces', name='Mesure'))['id']}"
    channels = [(await made(f"{space}/channels", name=f"canal {number}"))["id"] for number in range(16)]
    for number in range(20 - len((await call("GET", "/workspaces", b""))["items"])):
        await made("/workspaces", name=f"Espace {number}")
    small = f"/nodes/{(await made(f'{space}/nodes', kind='document', name='petit.txt', parent_id=None))['id']}/content"
    await call("PUT", small, b"x" * 1024)
    floor_headers = [("Cookie", "plano_session=user0; plano_csrf=x"), ("Content-Type", "application/json")]
    floors = [f"/channels/00000000-0000-7000-8000-{number:012x}/messages" for number in range(16)]
    text, task = json.dumps({"text": "un message de travail"}).encode(), json.dumps({"title": "une tâche"}).encode()

    def ours(method: str, path, body: bytes = b""):
        key = (lambda: [("Idempotency-Key", uuid7())]) if body else list
        return lambda c, i: c.request(method, "/api/v1" + (path(i) if callable(path) else path), body, alice.headers + key())

    def floor(method: str, prefix: str, body: bytes = b""):
        return lambda c, i: c.request(method, prefix + floors[i], body, [*floor_headers, ("Idempotency-Key", uuid7())])

    plan = {
        "P7 message": (PLANO, 16, ours("POST", lambda i: f"/channels/{channels[i]}/messages", text)),
        "P7 floor b1": (FLOOR, 16, floor("POST", "/b1", text)),
        "P6 last 50 messages": (PLANO, 16, ours("GET", lambda i: f"/channels/{channels[i]}/messages")),
        "P6 floor b": (FLOOR, 16, floor("GET", "/b")),
        "P7 task": (PLANO, 16, ours("POST", f"{space}/tasks", task)),
        "P7 floor a": (FLOOR, 16, floor("POST", "/a", text)),
        "P8 list 20 workspaces": (PLANO, 1, ours("GET", "/workspaces")),
        "P11 GET 1 kB with access check": (PLANO, 16, ours("GET", small)),
    }
    turns: dict[str, list[dict[str, float]]] = {name: [] for name in plan}
    for _ in range(args.rounds):
        for name, (port, connections, request) in plan.items():
            turns[name].append(await turn(port, connections, request))
    for name, found in turns.items():
        medians = {key: round(statistics.median(each[key] for each in found), 3) for key in found[0]}
        line = json.dumps({"bench": "hot_path", "label": args.label, "figure": name, "rounds": args.rounds, "at": time.strftime("%F %T"), **medians})
        print(line, flush=True)
        if args.out:
            with args.out.open("a") as file:
                file.write(line + "\n")


with rig() as place:
    place.postgres(POSTGRES, "floor", "plano")
    subprocess.run([PYTHON, "office_floor_django.py"], cwd=HERE / "floor", env=CLEAN | {"FLOOR_PG": DSN, "INIT": "1"}, check=True)
    place.start(PYTHON, "-m", "uvicorn", "office_floor:app", "--ws", "office_floor:Proto", "--no-access-log", "--app-dir", HERE / "floor", "--port", FLOOR, port=FLOOR, cwd=HERE / "floor", name="floor", FLOOR_PG=DSN)
    folder = place.plano(PLANO, POSTGRES)
    for _ in range(60):  # a fresh demonstration makes previews for a while
        before = cpu(PLANO)
        time.sleep(2)
        if cpu(PLANO) - before < 0.1:
            break
    run(figures(folder))
