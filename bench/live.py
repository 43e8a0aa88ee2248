"""What needs an open browser or an open socket: P5 memory, P18 first screen, P20 chat beside sign-ins. Own servers.

    python bench/live.py P5 P18 P20 --out bench/results/live.jsonl [--rounds 12]
P5: a fresh server for each slope (sockets.py, people.py), Plano and the floor with 1 and with 200 scopes a person.
P18 (first_screen.py) wants the built web client and playwright in `.venv`; P20 is `office.py --sign-ins`.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from rig import CLEAN, HERE, PYTHON, ROOT, Rig, rig

options = argparse.ArgumentParser()
options.add_argument("figures", nargs="+", choices=("P5", "P18", "P20"))
options.add_argument("--rounds", type=int, default=12, help="of P20, two seconds each")
options.add_argument("--first-port", type=int, default=8140)
options.add_argument("--sockets", type=int, nargs=2, default=[100, 1000])
options.add_argument("--label", default="live")
options.add_argument("--out", type=Path, default=Path(os.devnull))
args = options.parse_args()
PORT, PG = args.first_port + 7, args.first_port + 9
OUT = {"BENCH_OUT": str(args.out.resolve())} if args.out != Path(os.devnull) else {}


def client(*command: object, **variables: str) -> None:
    """On the other core; its lines go where ours go."""
    subprocess.run(["taskset", "-c", "1", *map(str, command)], env=CLEAN | OUT | variables, cwd=HERE, check=True)


def memory(servers: Rig) -> None:
    slope = ["-n", *args.sockets]
    for scopes in (1, 200):
        tables = {"FLOOR_PG": f"host=127.0.0.1 port={PG} user=postgres dbname=floor", "FLOOR_HOT": "b1"}
        subprocess.run([PYTHON, "office_floor_django.py"], cwd=HERE / "floor", env=CLEAN | tables | {"INIT": "1", "MINE": str(scopes)}, check=True)
        servers.start(PYTHON, "-m", "uvicorn", "office_floor:app", "--ws", "office_floor:Proto", "--no-access-log", "--ws-per-message-deflate", "false", "--port", PORT, "--log-level", "warning", port=PORT, cwd=HERE / "floor", name="floor", **tables)
        client(sys.executable, "sockets.py", "--url", f"http://127.0.0.1:{PORT}", "--floor", scopes, *slope, "--label", f"floor, {scopes} scopes")
        servers.stop()
        data = servers.plano(PORT, PG)
        keys = servers.folder / "keys.json"
        database = {"PLANO_DATA": str(data), "PLANO_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{PG}/plano"}
        with keys.open("wb") as file:
            subprocess.run([PYTHON, HERE / "people.py", "--people", str(args.sockets[1]), "--scopes", str(scopes)], env=CLEAN | database, stdout=file, check=True)
        client(sys.executable, "sockets.py", "--url", f"http://127.0.0.1:{PORT}", "--keys", keys, *slope, "--label", f"plano, {scopes} scopes")
        servers.stop()


def first_screen(data: Path) -> None:
    out = [args.out.resolve()] if OUT else []
    client(PYTHON, HERE / "first_screen.py", f"http://localhost:{PORT}", data / "demo-accounts.json", *out)


def sign_ins(data: Path) -> None:
    out = ["--out", args.out.resolve()] if OUT else []
    client(sys.executable, HERE / "office.py", "--sign-ins", args.rounds, "--base", f"http://127.0.0.1:{PORT}", "--data", data, "--label", args.label, *out)


def main() -> None:
    web = Path(os.environ.get("E2E_WEB_DIR") or ROOT / "frontend" / "dist")
    with rig() as servers:
        servers.postgres(PG, "floor", "plano")
        if "P5" in args.figures:
            memory(servers)
        rest = set(args.figures) - {"P5"}
        if "P18" in rest and not (web / "index.html").exists():
            print(json.dumps({"bench": "live", "left out": "P18", "why": "no built web client"}))
            rest.remove("P18")
        if rest:
            data = servers.plano(PORT, PG, **({"PLANO_WEB_DIR": str(web)} if "P18" in rest else {}))
            failed = []
            for figure, measure in (("P18", first_screen), ("P20", sign_ins)):
                try:
                    if figure in rest:
                        measure(data)
                except subprocess.CalledProcessError:
                    failed.append(figure)
            if failed:
                sys.exit(f"{' and '.join(failed)} failed")


main()
