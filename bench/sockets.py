"""P5: memory of an open socket, as the slope of the server process alone between two numbers of idle sockets.

    python bench/sockets.py --url http://localhost:8090 --keys keys.json -n 100 1000 --label 200-scopes
The keys come from people.py (one person a socket); for the floor give --floor. PSS of the process that listens, three
seconds after the last `ready`; PostgreSQL is not in it. What was sent on opening is counted beside.
"""

import argparse
import asyncio
import json
import os
from pathlib import Path
from urllib.parse import urlsplit

from common import emit, loopback_only, pids_on_ports, run

options = argparse.ArgumentParser()
options.add_argument("--url", default="http://localhost:8090")
options.add_argument("--keys", type=Path)
options.add_argument("--floor", type=int, default=0, help="scopes of each hello to floor/office_floor.py")
options.add_argument("-n", type=int, nargs=2, default=[100, 1000])
options.add_argument("--label", default="sockets")
options.add_argument("--pause", type=float, default=3)
args = options.parse_args()


def memory(port: int) -> float:
    """kB: private and shared in proportion."""
    found = 0
    for pid in pids_on_ports([port]):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                found += int(line.split()[1])
    return found


async def main() -> None:
    from picows import WSListener, WSMsgType, ws_connect

    address = urlsplit(loopback_only(args.url))
    keys = json.loads(args.keys.read_text())["keys"] if args.keys else []
    scopes = [f"00000000-0000-7000-8000-{number:012x}" for number in range(args.floor)]
    heard = 0

    class Tab(WSListener):
        def __init__(self) -> None:
            self.ready = asyncio.get_running_loop().create_future()

        def on_ws_frame(self, transport, frame):
            nonlocal heard
            if frame.msg_type == WSMsgType.PING:
                transport.send_pong(frame.get_payload_as_bytes())
            elif frame.msg_type == WSMsgType.TEXT:
                body = frame.get_payload_as_bytes()
                heard += len(body)
                if body.startswith(b'{"type":"ready"') and not self.ready.done():
                    self.ready.set_result(None)

        def on_ws_disconnected(self, transport):
            if not self.ready.done():
                self.ready.set_exception(ConnectionError("closed before ready"))

    async def tab(index: int):
        cookie = f"plano_session={keys[index]}" if keys else f"plano_session=user{index}"
        headers = {"Cookie": cookie, "Origin": args.url}
        transport, listener = await ws_connect(Tab, f"ws://{address.netloc}/api/v1/stream", extra_headers=headers, enable_auto_ping=False)
        transport.send(WSMsgType.TEXT, json.dumps({"type": "hello", "cursors": dict.fromkeys(scopes, 0)}).encode())
        await asyncio.wait_for(listener.ready, 60)
        return transport

    open_tabs, at = [], []
    for count in args.n:
        for start in range(len(open_tabs), count, 20):
            open_tabs += await asyncio.gather(*(tab(index) for index in range(start, min(start + 20, count))))
        await asyncio.sleep(args.pause)
        at.append(memory(address.port))
    emit("sockets", label=args.label, n=args.n, mb=[round(kb / 1000, 1) for kb in at], heard_mb=round(heard / 1e6, 1),
         kb_per_socket=round((at[1] - at[0]) * 1.024 / (args.n[1] - args.n[0]), 1))
    for transport in open_tabs:
        transport.disconnect()
    await asyncio.sleep(float(os.environ.get("LINGER", "0.5")))


run(main())
