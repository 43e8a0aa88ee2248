"""The figures of conversations with one node and with three, beside the floor, Prosody and Synapse, in one sitting.

    python bench/conversations.py --out bench/results/conversations.jsonl [--only plano three-postgres …] [--rounds 3]
Each side in turn: send → last of 200 listeners, sustained sends (a window of eight, `--seconds` long), then the return of
1,000 sockets after a restart (resume.py). All servers share core 0 with PostgreSQL, the client has core 1; three nodes on
one core cannot be faster than one, what is looked for is what the hop between nodes costs. Synapse's interpreter is
named by BENCH_SYNAPSE (a venv with `matrix-synapse psycopg2-binary`); without it, and without prosody on PATH, that peer
is left out and said to be.
"""

import argparse
import json
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from rig import CLEAN, HERE, PYTHON, ROOT, Rig, rig

SIDES = ("floor", "plano", "three-postgres", "three-redis", "prosody", "synapse")
options = argparse.ArgumentParser()
options.add_argument("--only", nargs="+", choices=SIDES, default=SIDES)
options.add_argument("--rounds", type=int, default=3)
options.add_argument("--peer-rounds", type=int, default=1)
options.add_argument("--listeners", type=int, default=200)
options.add_argument("--sockets", type=int, default=1000)
options.add_argument("--seconds", type=float, default=10)
options.add_argument("--first-port", type=int, default=8160)
options.add_argument("--label", default="conversations")
options.add_argument("--out", type=Path, default=HERE / "results" / "conversations.jsonl")
args = options.parse_args()
PG, REDIS = args.first_port + 8, args.first_port + 9
CHANNEL = "00000000-0000-7000-8000-000000000001"


def client(*command: object, **variables: str) -> None:
    """On the other core; its lines go where ours go."""
    out = {"BENCH_OUT": str(args.out.resolve()), "BENCH_LOCK": str(args.out.parent / ".lock")}
    done = subprocess.run(["taskset", "-c", "1", sys.executable, *map(str, command)], env=CLEAN | out | variables, cwd=HERE, check=False, timeout=300)
    if done.returncode:
        print(json.dumps({"failed": [str(part) for part in command]}), file=sys.stderr)


def fanout(name: str, port: int, *more: object, adapter: str = "adapters_plano:Plano", ports: list[int], scheme: str = "http", **variables: str) -> None:
    client("chat_fanout.py", "--adapter", adapter, "--url", f"{scheme}://127.0.0.1:{port}", "--ports", *ports, "-n", args.listeners, "--seconds", args.seconds, "--label", f"{args.label} {name}", *more, **variables)


def resume(name: str, ports: list[int], pids: list[Path], **variables: str) -> None:
    url = f"http://127.0.0.1:{ports[0]}"
    kill = f"all=$(cat {' '.join(map(str, pids))}); kill $all; for one in $all; do while kill -0 $one 2>/dev/null; do sleep 0.01; done; done"
    client("resume.py", "--url", url, "--restart", kill, "--ports", *ports, PG, "-n", args.sockets, "--label", f"{args.label} {name}", **variables)


def kept(servers: Rig, name: str, port: int, *command: object, cwd: Path = ROOT, **variables: str) -> Path:
    """Start a server that comes back whenever it ends; returns the file that holds its process id."""
    pid = servers.folder / f"{name}.pid"
    loop = f'trap "kill \\$(cat {pid}); wait; exit" TERM; while :; do "$@" & echo $! > {pid}; wait $!; done'
    servers.start("bash", "-c", loop, name, *command, port=port, cwd=cwd, name=name, **variables)
    return pid


def floor(servers: Rig) -> None:
    tables = {"FLOOR_PG": f"host=127.0.0.1 port={PG} user=postgres dbname=floor", "FLOOR_HOT": "b1"}
    subprocess.run([PYTHON, "office_floor_django.py"], cwd=HERE / "floor", env=CLEAN | tables | {"INIT": "1"}, check=True)
    port = args.first_port
    pid = kept(servers, "floor", port, PYTHON, "-m", "uvicorn", "office_floor:app", "--ws", "office_floor:Proto", "--no-access-log", "--ws-per-message-deflate", "false", "--port", port, "--log-level", "warning", cwd=HERE / "floor", **tables)
    who = {"PLANO_ACCOUNTS": "user0:floor user1:floor", "PLANO_CHANNEL": CHANNEL}
    fanout("floor", port, ports=[port, PG], **who)
    resume("floor", [port], [pid], **who)
    servers.stop()


def plano(servers: Rig, name: str, nodes: int, bus: str | None) -> None:
    """One database and one storage; the second and third node run no jobs."""
    database = f"plano_{name.replace('-', '_')}_{secrets.token_hex(3)}"
    servers.create(PG, database)
    data, ports = servers.folder / database, [args.first_port + n for n in range(nodes)]
    pids: list[Path] = []
    common = {
        "PLANO_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{PG}/{database}", "PLANO_STORAGE_URL": f"file://{data}/files", "PLANO_LOG_LEVEL": "warning",
        "PLANO_SECRET_KEY": secrets.token_urlsafe(48), "PLANO_STORAGE_KEY": secrets.token_urlsafe(48), "PLANO_MESSAGES_PER_MINUTE": "100000",
        "PLANO_BASE_URL": f"http://127.0.0.1:{ports[0]}",
    } | ({"PLANO_BUS_URL": bus} if bus else {})
    accounts = data / "node0" / "demo-accounts.json"
    for number, port in enumerate(ports):
        home = data / f"node{number}"
        (data / "files").mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700)
        first = {"PLANO_DEMO": "1", "PLANO_WORKER": "1"} if number == 0 else {"PLANO_DEMO": "0", "PLANO_WORKER": "0"}
        pids.append(kept(servers, f"{name}-{number}", port, ROOT / ".venv" / "bin" / "plano", "serve", PLANO_DATA=str(home), PORT=str(port), **first, **common))
        if number == 0:
            client("when_ready.py", f"http://127.0.0.1:{port}/readyz", accounts, "true")
    who = {"PLANO_ACCOUNTS": str(accounts), "PLANO_SOCKETS": " ".join(f"ws://127.0.0.1:{port}" for port in ports)}
    redis = [REDIS] if bus else []
    fanout(name, ports[0], ports=[*ports, PG, *redis], **who)
    resume(name, ports, pids, **who)
    for _ in ports:
        servers.stop()


def prosody(servers: Rig) -> None:
    place, port = servers.folder / f"prosody-{secrets.token_hex(3)}", args.first_port
    (place / "pros" / "data").mkdir(parents=True)
    text = (HERE / "peers" / "prosody.cfg.lua").read_text().replace("@BENCH_DIR@", str(place))
    (place / "prosody.cfg.lua").write_text(text.replace("55322", str(port)))
    servers.start("prosody", "-F", "--config", place / "prosody.cfg.lua", port=port, name="prosody")
    fanout("prosody", port, "--domain", "localhost", adapter="xmpp", ports=[port], scheme="xmpp")
    servers.stop()


def synapse(servers: Rig, python: Path) -> None:
    """On the same PostgreSQL, its limits off."""
    database, port = f"synapse_{secrets.token_hex(3)}", args.first_port
    servers.create(PG, database)
    place = servers.folder / database
    (place / "syn").mkdir(parents=True)
    text = (HERE / "peers" / "synapse-sqlite.yaml").read_text().replace("@BENCH_DIR@", str(place)).replace("58008", str(port))
    lines = [line for line in text.splitlines() if not line.startswith("database:")]
    lines.append(f"database: {{name: psycopg2, args: {{user: postgres, dbname: {database}, host: 127.0.0.1, port: {PG}, cp_min: 5, cp_max: 10}}}}")
    (place / "syn.yaml").write_text("\n".join(lines) + "\n")
    (place / "syn" / "log.yaml").write_text("version: 1\nroot: {level: ERROR}\n")
    base = [python, "-m", "synapse.app.homeserver", "-c", place / "syn.yaml"]
    subprocess.run([*map(str, base), "--generate-keys"], check=True, cwd=place, env=CLEAN)
    servers.start(*base, port=port, name="synapse", cwd=place)
    fanout("synapse", port, "--secret", "s3cret", adapter="matrix", ports=[port, PG])
    servers.stop()


with rig() as servers:
    servers.postgres(PG, "floor")
    wanted = list(args.only)
    if "prosody" in wanted and not shutil.which("prosody"):
        wanted.remove("prosody")
        print(json.dumps({"left out": "prosody", "why": "not on PATH"}))
    interpreter = os.environ.get("BENCH_SYNAPSE", "")
    if "synapse" in wanted and not interpreter:
        wanted.remove("synapse")
        print(json.dumps({"left out": "synapse", "why": "BENCH_SYNAPSE names no interpreter"}))
    for done in range(args.rounds):
        for side in wanted:
            if side == "floor":
                floor(servers)
            elif side == "plano":
                plano(servers, side, 1, None)
            elif side == "three-postgres":
                plano(servers, side, 3, None)
            elif side == "three-redis":
                servers.start("redis-server", "--port", REDIS, "--save", "", "--appendonly", "no", "--bind", "127.0.0.1", port=REDIS, name="redis")
                plano(servers, side, 3, f"redis://127.0.0.1:{REDIS}/0")
                servers.stop()
            elif done < args.peer_rounds:
                prosody(servers) if side == "prosody" else synapse(servers, Path(interpreter))
