"""1,000 sockets after a restart: from the server's first answer until each has what it missed.

    python bench/resume.py --url http://127.0.0.1:8090 --restart 'kill -HUP 123' -n 1000 --label plano
(`conversations.py` runs it.) Listeners as in adapters_plano.py; `--restart` ends the server and starts it anew, and returns
once it is gone. While it is away each listener tries again every tenth of a second; five messages are then sent past the
listeners, so that every one of them has a gap to fill. Told: how long it was away, then until half, 99 % and all had
all five, once each and in order. `kill_to_all_s` is the one to compare: a server that takes sockets before it answers has
its tabs back already when the count begins.
"""

import argparse
import asyncio
import json
import random
import subprocess
import time
from urllib.parse import urlsplit

from adapters_plano import Plano
from common import Conn, Watch, emit, run

options = argparse.ArgumentParser()
options.add_argument("--url", required=True)
options.add_argument("--sends", help="where the five messages go, when not through --url")
options.add_argument("--restart", required=True)
options.add_argument("--ports", type=int, nargs="*")
options.add_argument("-n", type=int, default=1000)
options.add_argument("--label", default="resume")
args = options.parse_args()
MISSED = 5


async def main() -> None:
    from picows import WSListener, WSMsgType, ws_connect

    bench = Plano(args)
    bench.sends, bench.T = [], WSMsgType.TEXT
    await bench.setup(0)
    bench.cursors = {bench.channel: await bench.last_seq()}
    seen: list[list[int]] = [[] for _ in range(args.n)]
    whole: list[float] = []
    lost = 0

    class Tab(WSListener):
        def __init__(self, index: int) -> None:
            self.index = index
            self.ended = asyncio.get_running_loop().create_future()

        def on_ws_frame(self, transport, frame):
            if frame.msg_type == WSMsgType.PING:
                transport.send_pong(frame.get_payload_as_bytes())
            elif frame.msg_type == WSMsgType.TEXT:
                body = frame.get_payload_as_bytes()
                start = 0
                while (found := body.find(b"@@", start)) >= 0:
                    end = body.find(b"@", found + 2)
                    seen[self.index].append(int(body[found + 2 : end]))
                    start = end + 1
                    if len(seen[self.index]) == MISSED:
                        whole.append(time.perf_counter())
            elif frame.msg_type == WSMsgType.CLOSE:
                transport.disconnect()

        def on_ws_disconnected(self, transport):
            if not self.ended.done():
                self.ended.set_result(None)

    async def tab(index: int, opened: asyncio.Event | None) -> None:
        nonlocal lost
        while True:
            try:
                transport, listener = await asyncio.wait_for(
                    ws_connect(lambda: Tab(index), bench.url_for(index), extra_headers=bench.headers(index), enable_auto_ping=False), 30
                )
            except Exception:  # whatever a server that is not there answers
                await asyncio.sleep(0.1 * random.uniform(0.5, 1.5))
                continue
            transport.send(WSMsgType.TEXT, json.dumps({"type": "hello", "cursors": bench.cursors}).encode())
            if opened is not None:
                opened.set()
                opened = None
            await listener.ended
            lost += 1

    before = [asyncio.Event() for _ in range(args.n)]
    tabs = []
    for start in range(0, args.n, 50):
        some = range(start, min(start + 50, args.n))
        tabs += [asyncio.ensure_future(tab(index, before[index])) for index in some]
        await asyncio.gather(*(before[index].wait() for index in some))
    await asyncio.sleep(1)
    gone = time.perf_counter()
    subprocess.run(args.restart, shell=True, check=True)
    back = await answers(args.sends or args.url)
    bench.base, bench.pool = (args.sends or args.url).rstrip("/"), []
    with Watch(args.ports or [urlsplit(args.url).port]) as watch:
        for number in range(MISSED):
            await bench.send(f"@@{number}@ manque")
        end = time.perf_counter() + 90
        while len(whole) < args.n and time.perf_counter() < end:
            await asyncio.sleep(0.02)
    times = sorted(at - back for at in whole)
    right = sum(one == list(range(MISSED)) for one in seen)
    emit("resume", label=args.label, sockets=args.n, cut=lost, away_s=round(back - gone, 2), right=right,
         half_s=at_share(times, 0.5), p99_s=at_share(times, 0.99), all_s=round(times[-1], 2) if len(times) == args.n else None,
         kill_to_all_s=round(times[-1] + back - gone, 2) if len(times) == args.n else None,
         cpu_ms_per_socket=round(watch.cpu * 1000 / args.n, 2), **watch.report())
    for one in tabs:
        one.cancel()


def at_share(times: list[float], share: float) -> float | None:
    return round(times[min(len(times) - 1, int(len(times) * share))], 2) if times else None


async def answers(base: str) -> float:
    """When a request is answered again."""
    while True:
        connection = Conn(base)
        try:
            await asyncio.wait_for(connection.request("GET", "/healthz"), 5)
            return time.perf_counter()
        except (OSError, asyncio.TimeoutError, EOFError, AssertionError, IndexError, ValueError):
            await asyncio.sleep(0.05)
        finally:
            connection.close_now()


run(main())
