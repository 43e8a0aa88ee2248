"""One sitting of the chat figures: PostgreSQL on TCP on core 0, then the floor and Plano one after the other, several times.

From the checkout, with psutil, uvloop and picows beside this interpreter:
    python bench/sitting.py --rounds 3 --label p1-p7 --out bench/results/chat.jsonl
Server and PostgreSQL share core 0, the client has core 1. Both sides use the same PostgreSQL with the same settings.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
CHANNEL = "00000000-0000-7000-8000-000000000001"

options = argparse.ArgumentParser()
options.add_argument("--rounds", type=int, default=3)
options.add_argument("--peer-rounds", type=int, help="of Prosody, when fewer")
options.add_argument("--peer-listeners", help="of Prosody, when fewer: a thousand take it a minute to join")
options.add_argument("--label", default="sitting")
options.add_argument("--out", type=Path, default=HERE / "results" / "chat.jsonl")
options.add_argument("--listeners", default="200 1000")
options.add_argument("--pg-port", type=int, default=55433)
options.add_argument("--port", type=int, default=8090)
options.add_argument("--only", choices=("floor", "plano", "prosody"))
options.add_argument("--operations", action="store_true", help="single operations of the floor instead of the fan-out")
args = options.parse_args()
folder = Path(tempfile.mkdtemp(prefix="plano-sitting-"))
environment = {name: value for name, value in os.environ.items() if not name.startswith(("PLANO_", "FLOOR_"))}
environment |= {"BENCH_OUT": str(args.out), "BENCH_LOCK": str(folder / "lock")}


def start_postgres() -> subprocess.Popen[bytes]:
    sys.path.insert(0, str(ROOT / "backend"))
    found = subprocess.run(
        [PYTHON, "-c", "from plano.platform.embedded import programs; print(programs())"],
        capture_output=True, text=True, check=True, cwd=ROOT / "backend",
    ).stdout.strip()
    programs = Path(found)
    data = folder / "pg"
    as_user = [] if os.geteuid() else ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    folder.chmod(0o755)
    data.mkdir(mode=0o700)
    if not os.geteuid():
        shutil.chown(data, "nobody", "nogroup")
    subprocess.run([*as_user, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"], check=True, stdout=subprocess.DEVNULL)
    command = ["taskset", "-c", "0", *as_user, str(programs / "postgres"), "-D", str(data), "-p", str(args.pg_port), "-k", "", "-h", "127.0.0.1", "-c", "max_connections=60"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(50):
        time.sleep(0.2)
        if subprocess.run([programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(args.pg_port)], check=False).returncode == 0:
            break
    for name in ("floor", "plano"):
        subprocess.run([programs / "createdb", "-h", "127.0.0.1", "-p", str(args.pg_port), "-U", "postgres", name], check=True)
    return server


def with_server(server: str, client: str, cwd: Path, **variables: str) -> None:
    command = [sys.executable, str(HERE / "withsrv.py"), str(args.port), server, client, "--cwd", str(cwd), "--wait", "60"]
    command += ["--log", str(folder / "server.log"), "--env", *(f"{name}={value}" for name, value in variables.items())]
    if subprocess.run(command, env=environment, cwd=HERE, check=False).returncode:
        print((folder / "server.log").read_text()[-3000:], file=sys.stderr)


def fanout(label: str) -> str:
    ports = f"{args.port} {args.pg_port}"
    return f"{sys.executable} {HERE}/chat_fanout.py --adapter adapters_plano:Plano --url http://127.0.0.1:{args.port} --ports {ports} -n {args.listeners} --label {label}"


def floor() -> None:
    operations = f"{sys.executable} {HERE}/office.py --floor http://127.0.0.1:{args.port} --label {args.label}-floor --out {args.out}"
    dsn = f"host=127.0.0.1 port={args.pg_port} user=postgres dbname=floor"
    with_server(
        f"{PYTHON} -m uvicorn office_floor:app --ws office_floor:Proto --no-access-log --ws-per-message-deflate false --app-dir {HERE}/floor --port {args.port} --log-level warning",
        operations if args.operations else fanout(f"{args.label}-floor-b1"), HERE / "floor",
        FLOOR_PG=dsn, FLOOR_HOT="b1", PLANO_ACCOUNTS="user0:floor user1:floor", PLANO_CHANNEL=CHANNEL,
    )


def plano() -> None:
    data = folder / "data"
    with_server(
        f"env -u PLANO_ACCOUNTS {ROOT}/.venv/bin/plano serve",
        f"{sys.executable} {HERE}/when_ready.py http://127.0.0.1:{args.port}/readyz {data}/demo-accounts.json {fanout(f'{args.label}-plano')}",
        ROOT,
        PLANO_DATA=str(data), PORT=str(args.port), PLANO_DEMO="1", PLANO_WORKER="1", PLANO_LOG_LEVEL="warning",
        PLANO_DATABASE_URL=f"postgresql://postgres@127.0.0.1:{args.pg_port}/plano", PLANO_MESSAGES_PER_MINUTE="100000",
        PLANO_ACCOUNTS=str(data / "demo-accounts.json"),
    )


def prosody() -> None:
    """The best peer of the field on the same work: Prosody of Debian, one room with an archive, anonymous listeners."""
    place = folder / "prosody"
    (place / "pros" / "data").mkdir(parents=True, exist_ok=True)
    configuration = (HERE / "peers" / "prosody.cfg.lua").read_text().replace("@BENCH_DIR@", str(place))
    (place / "prosody.cfg.lua").write_text(configuration.replace("55322", str(args.port)))
    client = f"{sys.executable} {HERE}/chat_fanout.py --adapter xmpp --url xmpp://127.0.0.1:{args.port} --domain localhost"
    client += f" --ports {args.port} -n {args.peer_listeners or args.listeners} --label {args.label}-prosody"
    with_server(f"prosody -F --config {place}/prosody.cfg.lua", client, place)


postgres = start_postgres()
try:
    dsn = f"host=127.0.0.1 port={args.pg_port} user=postgres dbname=floor"
    subprocess.run([PYTHON, "office_floor_django.py"], cwd=HERE / "floor", env=environment | {"FLOOR_PG": dsn, "INIT": "1"}, check=True)
    for done in range(args.rounds):
        for name, turn in (("floor", floor), ("plano", plano), ("prosody", prosody)):
            enough = name == "prosody" and args.peer_rounds is not None and done >= args.peer_rounds
            if args.only in (None, name) and not enough:
                turn()
finally:
    postgres.terminate()
    postgres.wait(10)
    shutil.rmtree(folder, ignore_errors=True)
print(json.dumps({"done": str(args.out)}))
