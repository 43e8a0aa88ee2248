"""P16: CPU of Janus for each forwarded GB, bare and under Plano, in one run. Needs root (a network namespace) and janus.

    python bench/media.py -n 40 --rounds 3 --out bench/results/media.jsonl
One publisher of about 1.5 Mbit/s and `-n` receivers (webrtc_peer.py: ICE, DTLS, SRTP, no decoding) at each of two
Janus processes: one with the configuration of peers/janus, spoken to directly; one that `plano serve` started, in a
meeting with a grant for each person, all words through Plano's gate. Then they send in turn, `--seconds` each.
Cost = the CPU time of Janus's own threads against the SRTP bytes that the receivers counted. Several -n: the slope too.
"""

import argparse
import asyncio
import ctypes
import json
import os
import secrets
import shutil
import statistics
import subprocess
from pathlib import Path

import psutil
from common import Conn, Watch, run, teller
from rig import CLEAN, HERE, PYTHON, Rig, rig
from webrtc_peer import Peer
from websockets.asyncio.client import connect

ADDRESS = "10.77.0.1"
options = argparse.ArgumentParser()
options.add_argument("-n", type=int, nargs="+", default=[40])
options.add_argument("--rounds", type=int, default=3)
options.add_argument("--seconds", type=float, default=6)
options.add_argument("--first-port", type=int, default=8140)
options.add_argument("--label", default="media")
options.add_argument("--out", type=Path)
args = options.parse_args()
ROOM = {"publishers": 200, "bitrate": 2_000_000, "fir_freq": 10, "audiocodec": "opus", "videocodec": "vp8", "lock_record": True, "notify_joining": False, "permanent": False}
tell = teller("media", args)


def enter_network() -> None:
    """A network with one address besides loopback, which Janus does not use; nothing leaves it."""
    if os.geteuid() != 0 or ctypes.CDLL(None, use_errno=True).unshare(0x40000000):
        raise SystemExit("media.py needs root, for a network namespace of its own")
    for words in ("link set lo up", "link add m0 type veth peer name m1", f"addr add {ADDRESS}/24 dev m0", "link set m0 up", "link set m1 up", "route add default via 10.77.0.2"):
        subprocess.run(["ip", *words.split()], check=True)


def threads_cpu(pid: int) -> float:
    """Seconds on a core of the threads that live now, to the nanosecond."""
    return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


class Side:
    """A Janus with a publisher and its receivers."""

    name = ""

    def __init__(self) -> None:
        self.pid = 0
        self.publisher: Peer | None = None
        self.receivers: list[Peer] = []
        self._listening: list[asyncio.Future] = []

    def close(self) -> None:
        for task in self._listening:
            task.cancel()
        for peer in [self.publisher, *self.receivers]:
            peer.close()

    async def publish(self) -> None: ...

    async def receive(self) -> Peer: ...

    async def grow(self, count: int) -> None:
        while len(self.receivers) < count:
            size = min(5, count - len(self.receivers))
            self.receivers += await asyncio.gather(*(self.receive() for _ in range(size)))
        await asyncio.gather(*(asyncio.wait_for(peer.connected.wait(), 20) for peer in [self.publisher, *self.receivers]))

    async def window(self) -> dict:
        """Send for a while; what Janus used for what arrived."""
        speaking = asyncio.ensure_future(self.publisher.speak())
        await asyncio.sleep(1)
        before = (threads_cpu(self.pid), sum(p.bytes for p in self.receivers), sum(p.packets for p in self.receivers), self.publisher.packets)
        with Watch(pids=[self.pid]) as found:
            await asyncio.sleep(args.seconds)
        cpu, size, packets, sent = (after - first for after, first in zip((threads_cpu(self.pid), sum(p.bytes for p in self.receivers), sum(p.packets for p in self.receivers), self.publisher.packets), before, strict=True))
        speaking.cancel()
        await asyncio.sleep(0.3)
        return {"cpu_s_per_gb": round(cpu / size * 1e9, 2), "cpu_ms_per_1000_packets": round(cpu / packets * 1e6, 2), "cpu_s": round(cpu, 3), "gb": round(size / 1e9, 6), "mbit_s": round(size * 8e-6 / found.wall, 1),
                "arrived": round(packets / sent / len(self.receivers), 4), "client_cores": round(found.me / found.wall, 2), "foreign_cores": round(found.foreign / found.wall, 2)}


class Bare(Side):
    """Janus with the configuration of media.md, a session for each person, nothing between."""

    name = "bare Janus"

    def __init__(self, servers: Rig, port: int) -> None:
        super().__init__()
        self.secret, self.port = secrets.token_hex(16), port
        self._waiting: dict[str, tuple[bool, asyncio.Future]] = {}
        folder = servers.folder / "janus"
        shutil.copytree(HERE / "peers" / "janus", folder)
        plugins = Path(next(Path("/usr/lib").glob("*-linux-gnu*/janus")))
        for path in folder.glob("*.jcfg"):
            text = path.read_text().replace("@LIB@", str(plugins)).replace("@DIR@", str(folder)).replace("@SECRET@", self.secret).replace("8188", str(port))
            for kind, wanted in (("plugins", "libjanus_videoroom.so"), ("transports", "libjanus_websockets.so")):
                text = text.replace(f"@OTHER_{kind.upper()}@", ",".join(sorted(f.name for f in (plugins / kind).glob("*.so") if f.name != wanted)))
            path.write_text(text)
        (folder / "empty").mkdir()
        self.pid = servers.start("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "janus", "-F", folder, port=port, cwd=Path("/"), name="janus")

    async def open(self) -> None:
        self.socket = await connect(f"ws://127.0.0.1:{self.port}", subprotocols=["janus-protocol"], max_size=1 << 20, ping_interval=None)
        self._listening = [asyncio.ensure_future(self._read()), asyncio.ensure_future(self._keep())]
        self.sessions: list[int] = []
        await self.say(await self.handle(), {"request": "create", "room": "bench", "secret": self.secret, "admin_key": self.secret, "is_private": True, **ROOM})

    async def _read(self) -> None:
        async for text in self.socket:
            message = json.loads(text)
            past_ack, future = self._waiting.get(message.get("transaction", ""), (False, None))
            if future is not None and not future.done() and not (past_ack and message["janus"] == "ack"):
                future.set_result(message)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(20)
            for session in self.sessions:
                await self.ask({"janus": "keepalive", "session_id": session})

    async def ask(self, message: dict, *, past_ack: bool = False) -> dict:
        transaction, future = secrets.token_hex(8), asyncio.get_running_loop().create_future()
        self._waiting[transaction] = (past_ack, future)
        await self.socket.send(json.dumps({**message, "transaction": transaction, "apisecret": self.secret}))
        answer = await asyncio.wait_for(future, 10)
        assert answer["janus"] != "error" and "error" not in answer.get("plugindata", {}).get("data", {}), answer
        return answer

    async def handle(self) -> tuple[int, int]:
        session = (await self.ask({"janus": "create"}))["data"]["id"]
        self.sessions.append(session)
        return session, (await self.ask({"janus": "attach", "plugin": "janus.plugin.videoroom", "session_id": session}))["data"]["id"]

    async def say(self, handle: tuple[int, int], body: dict, jsep: dict | None = None) -> dict:
        message = {"janus": "message", "session_id": handle[0], "handle_id": handle[1], "body": body}
        return await self.ask(message | ({"jsep": jsep} if jsep else {}), past_ack=True)

    async def publish(self) -> None:
        self.publisher, handle = Peer(ADDRESS), await self.handle()
        await self.say(handle, {"request": "join", "ptype": "publisher", "room": "bench", "id": "speaker", "display": ""})
        answer = await self.say(handle, {"request": "publish"}, {"type": "offer", "sdp": self.publisher.offer()})
        self.publisher.answered(answer["jsep"]["sdp"])
        await asyncio.wait_for(self.publisher.connected.wait(), 20)

    async def receive(self) -> Peer:
        peer, handle = Peer(ADDRESS, opens=not self.receivers), await self.handle()
        joined = await self.say(handle, {"request": "join", "ptype": "subscriber", "room": "bench", "streams": [{"feed": "speaker"}]})
        await self.say(handle, {"request": "start"}, {"type": "answer", "sdp": peer.answer(joined["jsep"]["sdp"])})
        return peer


class Plano(Side):
    """The Janus that `plano serve` started, one meeting, one signed-in person for each end."""

    name = "Plano"

    def __init__(self, servers: Rig, port: int, pg_port: int) -> None:
        super().__init__()
        self.base = f"http://127.0.0.1:{port}"
        servers.postgres(pg_port, "plano")
        data = servers.plano(port, pg_port)
        variables = CLEAN | {"PLANO_DATA": str(data), "PLANO_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{pg_port}/plano"}
        made = subprocess.run([PYTHON, HERE / "people.py", "--people", str(max(args.n) + 1), "--scopes", "2"], env=variables, check=True, capture_output=True, text=True)
        self.keys = json.loads(made.stdout)["keys"]
        self.serving = servers.last
        self.pid = next(child.pid for child in psutil.Process(servers.last).children(recursive=True) if child.name() == "janus")
        self._next = 0

    async def open(self) -> None:
        person = await self.person(0)
        workspace = json.loads((await person("GET", "/workspaces")).body)["items"][0]["id"]
        self.meeting = json.loads((await person("POST", f"/workspaces/{workspace}/meetings", {"title": "Mesure"})).body)["id"]

    async def person(self, index: int):
        connection, cookie = Conn(self.base), f"plano_session={self.keys[index]}"
        answer = await connection.request("GET", "/api/v1/csrf", headers=[("Cookie", cookie)])
        token = json.loads(answer.body)["token"]
        headers = [("Cookie", f"{cookie}; plano_csrf={token}"), ("X-CSRF-Token", token), ("Content-Type", "application/json"), ("Origin", self.base)]

        async def call(method: str, path: str, body: object = None):
            answer = await connection.request(method, f"/api/v1{path}", b"" if body is None else json.dumps(body).encode(), headers)
            assert answer.status in (200, 201), (method, path, answer.status, answer.body[:300])
            return answer

        return call

    async def enter(self):
        """The next person: a grant, and the gate."""
        index, self._next = self._next, self._next + 1
        token = json.loads((await (await self.person(index))("POST", f"/meetings/{self.meeting}/join", {})).body)["token"]
        socket = await connect(f"{self.base.replace('http', 'ws')}/api/v1/meetings/{self.meeting}/signal", origin=self.base, additional_headers={"Cookie": f"plano_session={self.keys[index]}"}, max_size=1 << 20, ping_interval=None)
        await socket.send(json.dumps({"type": "hello", "token": token}))
        return socket

    async def publish(self) -> None:
        self.publisher, ready = Peer(ADDRESS), asyncio.Event()
        self.speaker = await self.enter()

        async def listen() -> None:
            async for text in self.speaker:
                message = json.loads(text)
                if message["type"] == "welcome" and message["ready"] or message["type"] == "media" and message["state"] == "ready":
                    ready.set()
                elif message["type"] == "published":
                    self.publisher.answered(message["jsep"]["sdp"])
                assert message["type"] not in ("refused", "out"), message

        self._listening.append(asyncio.ensure_future(listen()))
        await asyncio.wait_for(ready.wait(), 15)
        await self.speaker.send(json.dumps({"type": "publish", "source": "main", "jsep": {"type": "offer", "sdp": self.publisher.offer()}}))
        await self.speaker.send(json.dumps({"type": "state", "microphone": True, "camera": True, "screen": False}))
        await asyncio.wait_for(self.publisher.connected.wait(), 20)

    async def receive(self) -> Peer:
        peer = Peer(ADDRESS, opens=not self.receivers)
        socket = await self.enter()
        answered = asyncio.Event()

        async def listen() -> None:
            async for text in socket:
                message = json.loads(text)
                if message["type"] == "offer":
                    await socket.send(json.dumps({"type": "answer", "jsep": {"type": "answer", "sdp": peer.answer(message["jsep"]["sdp"])}}))
                    answered.set()
                assert message["type"] not in ("refused", "out"), message

        self._listening.append(asyncio.ensure_future(listen()))
        await asyncio.wait_for(answered.wait(), 20)
        return peer


async def main() -> None:
    enter_network()
    with rig() as servers:
        os.sched_setaffinity(0, {1} if (os.cpu_count() or 1) > 1 else {0})
        os.setpriority(os.PRIO_PROCESS, 0, -10)
        sides: list[Side] = [Bare(servers, args.first_port), Plano(servers, args.first_port + 7, args.first_port + 9)]
        for side in sides:
            await side.open()
            await side.publish()
        costs: dict[tuple[str, int], list[dict]] = {}
        for count in sorted(args.n):
            for side in sides:
                await side.grow(count)
            for turn in range(args.rounds):
                for side in sides if turn % 2 == 0 else reversed(sides):
                    costs.setdefault((side.name, count), []).append(await side.window())
        middle = {key: {name: round(statistics.median(line[name] for line in lines), 4) for name in lines[0]} for key, lines in costs.items()}
        for (side, count), found in middle.items():
            tell("P16 Janus, CPU for a forwarded GB", side=side, receivers=count, rounds=args.rounds, **found, each=[line["cpu_s_per_gb"] for line in costs[side, count]])
        for count in sorted(args.n):
            pairs = zip(costs[sides[1].name, count], costs[sides[0].name, count], strict=True)
            tell("P16 Plano against bare", receivers=count, ratio=round(middle["Plano", count]["cpu_s_per_gb"] / middle["bare Janus", count]["cpu_s_per_gb"], 3), each=[round(ours["cpu_s_per_gb"] / bare["cpu_s_per_gb"], 3) for ours, bare in pairs])
        if len(args.n) > 1:
            for side in sides:
                low, high = (middle[side.name, count] for count in (min(args.n), max(args.n)))
                tell("P16 slope", side=side.name, cpu_s_per_further_gb=round((high["cpu_s"] - low["cpu_s"]) / (high["gb"] - low["gb"]), 2))
        opened = {side.name: side.receivers[0].opened == side.receivers[0].packets > 0 for side in sides}
        tell("P16 one receiver decrypted all it got", **opened)
        for side in sides:
            side.close()


run(main())
