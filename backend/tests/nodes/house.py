"""Three Plano nodes on one PostgreSQL, behind nginx as `deploy/nginx.conf` has it."""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from plano.platform import embedded
from tests.redis_server import RedisServer
from tests.server import Server, free_port, start
from tests.waiting import becomes, listens

SAMPLE = Path(__file__).resolve().parents[3] / "deploy" / "nginx.conf"
PEOPLE = Path(__file__).with_name("people.py")
NODES = 3
WITHOUT_JANUS = f"{Path(sys.executable).parent}:/usr/sbin:/sbin:/bin"


class House:
    """`redis`: the bus is that one; None: PostgreSQL's."""

    def __init__(self, folder: Path, cluster: embedded.Cluster, database: str, redis: RedisServer | None) -> None:
        self.folder = folder
        self.cluster = cluster
        self.database = database
        self.redis = redis
        self.port = free_port()
        self.nodes: list[Server] = []
        self.known: dict[str, Any] = {}
        self._nginx: subprocess.Popen[bytes] | None = None
        self.variables = {
            "PLANO_DATABASE_URL": cluster.dsn(database),
            "PLANO_BASE_URL": f"http://localhost:{self.port}",
            "PLANO_SECRET_KEY": secrets.token_urlsafe(48),
            "PLANO_STORAGE_URL": f"file://{folder / 'files'}",
            "PLANO_STORAGE_KEY": secrets.token_urlsafe(48),
            "PLANO_TRUSTED_PROXIES": "1",
            "PLANO_MESSAGES_PER_MINUTE": "100000",
            "PLANO_DEMO": "0",
            "PATH": WITHOUT_JANUS,
        }
        if redis is not None:
            self.variables["PLANO_BUS_URL"] = redis.url

    @property
    def front(self) -> Server:
        """All nodes, as a browser sees them."""
        return Server(self.folder, self.port, self.nodes[0].process, self.known["accounts"])

    def node(self, number: int) -> Server:
        """One node, past nginx."""
        node = self.nodes[number]
        return Server(node.data, node.port, node.process, self.known["accounts"])

    def begin(self, people: int) -> None:
        (self.folder / "files").mkdir()
        self.cluster.ensure_database(self.database)
        ports = [free_port() for _ in range(NODES)]
        self.nodes = [self._start(0, ports[0])]  # it migrates
        with ThreadPoolExecutor() as side_by_side:
            seeded = side_by_side.submit(self._seed, people)
            self.nodes += side_by_side.map(self._start, range(1, NODES), ports[1:])
            self.known = seeded.result()
        self._start_nginx(ports)

    def end(self) -> None:
        if self._nginx is not None:
            self._nginx.terminate()
            self._nginx.wait(10)
        for node in self.nodes:
            node.stop()
        self.cluster.sql(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def kill(self, number: int) -> None:
        """The whole node, without warning."""
        self.nodes[number].process.send_signal(signal.SIGKILL)
        self.nodes[number].process.wait(10)

    def restart(self, number: int) -> None:
        self.nodes[number] = self._start(number, self.nodes[number].port)

    def cut_database(self) -> None:
        """Every connection of every node ends."""
        self.cluster.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.database}'")

    def _start(self, number: int, port: int) -> Server:
        data = self.folder / f"node{number}"
        data.mkdir(mode=0o700, exist_ok=True)
        (data / "demo-accounts.json").write_text("{}")  # `start` reads it
        return start(data, port=port, PLANO_WORKER="1" if number == 0 else "0", **self.variables)

    def _seed(self, people: int) -> dict[str, Any]:
        environment = {name: text for name, text in os.environ.items() if not name.startswith("PLANO_")}
        environment |= self.variables | {"PLANO_DATA": str(self.folder / "node0"), "PATH": os.environ["PATH"]}
        done = subprocess.run(
            [sys.executable, PEOPLE, str(people)], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return dict(json.loads(done.stdout))

    def _start_nginx(self, ports: list[int]) -> None:
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program is not None, "nginx is missing: apt-get install nginx-light"
        text = SAMPLE.read_text()
        for number, port in enumerate(ports, 1):
            text = text.replace(f"10.0.0.{number}:8000", f"127.0.0.1:{port}")
        text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{self.port}").replace("plano.example.fr", "localhost")
        text = re.sub(r"\n *ssl_certificate.*", "", text)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "".join(f"{kind}_temp_path {self.folder}/nginx-{kind};" for kind in kinds)
        configuration = self.folder / "nginx.conf"
        configuration.write_text(
            f"daemon off; user root; worker_processes 1; pid {self.folder}/nginx.pid;"
            f"error_log {self.folder}/nginx.log; events {{}} http {{ access_log off; {paths}\n{text}\n}}"
        )
        self._nginx = subprocess.Popen(
            [program, "-e", self.folder / "nginx.log", "-c", configuration, "-p", self.folder]
        )
        started = becomes(lambda: listens(("127.0.0.1", self.port)), self._nginx, seconds=10)
        assert started, (self.folder / "nginx.log").read_text()
