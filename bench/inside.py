"""CPU of single operations inside one process, without sockets or clients: for a machine that others use too.

    PLANO_DATA=… PLANO_DATABASE_URL=… .venv/bin/python bench/inside.py [--only list200 propfind5000] [--profile]
A Plano with its demonstration (`plano migrate`, `plano demo`). Each operation goes through the ASGI handlers or
Django's, as a request does; CPU of this thread's process and of its PostgreSQL backends, median of several runs.
"""

import argparse
import asyncio
import base64
import cProfile
import gc
import hashlib
import json
import os
import pstats
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plano.config.settings")

import django

django.setup()

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from plano.accounts import sessions
from plano.accounts.models import User
from plano.config.hop import Hop
from plano.dav import face as dav
from plano.documents import actions, names
from plano.documents.faces import content
from plano.documents.models import Kind, Node
from plano.kernel.ids import uuid7
from plano.workspaces import actions as rooms
from plano.workspaces.models import Workspace

options = argparse.ArgumentParser()
options.add_argument("--only", nargs="*", default=[])
options.add_argument("--runs", type=int, default=7)
options.add_argument("--profile", action="store_true")
options.add_argument("--label", default="inside")
options.add_argument("--out", type=Path)
args = options.parse_args()
FOLDERS = (200, 5000, 50000)
PROPFIND = b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/></prop></propfind>'


class InThread(ThreadPoolExecutor):
    """The pool of a server, on this thread: a profiler sees it, and there is one connection."""

    def submit(self, fn, /, *given, **named):
        from concurrent.futures import Future

        future = Future()
        try:
            future.set_result(fn(*given, **named))
        except BaseException as error:  # noqa: BLE001
            future.set_exception(error)
        return future


def filled(actor: User, workspace_id, entries: int) -> Node:
    name = f"Dossier de {entries}"
    found = Node.objects.filter(workspace_id=workspace_id, name=name).first()
    if found:
        return found
    folder = actions.create_node(actor=actor, workspace_id=workspace_id, id=uuid7(), kind=Kind.FOLDER, name=name)
    first = actions.create_node(actor=actor, workspace_id=workspace_id, id=uuid7(), kind=Kind.DOCUMENT, name="file number 00000.txt", parent_id=folder.id)
    values = {field.attname: getattr(first, field.attname) for field in Node._meta.concrete_fields}
    values |= {"size": 1024, "sha256": hashlib.sha256(b"x" * 1024).hexdigest(), "media_type": "text/plain", "content_version": 1, "state": "unscanned"}
    Node.objects.bulk_create((Node(**values | {"id": uuid7(), "name": name, "folded": names.key(name)}) for name in (f"file number {n:05d}.txt" for n in range(1, entries))), batch_size=1000)
    connection.cursor().execute("ANALYZE documents_node")
    return folder


def backend_cpu() -> float:
    """Of this connection's PostgreSQL process, from its scheduler's count of nanoseconds."""
    return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9


class Asked:
    """One HTTP request against an ASGI application, its answer thrown away as it comes."""

    def __init__(self, app, method: str, target: str, headers: list[tuple[str, str]], body: list[bytes] = (b"",)) -> None:
        path, _, query = target.partition("?")
        self.app, self.body = app, body
        self.scope = {
            "type": "http", "method": method, "path": path.replace("%20", " "), "raw_path": path.encode(), "query_string": query.encode(), "http_version": "1.1",
            "scheme": "http", "client": ("127.0.0.1", 1), "server": ("localhost", 80), "headers": [(b"host", b"localhost"), *((name.lower().encode(), value.encode()) for name, value in headers)],
        }

    async def __call__(self) -> bytes:
        waiting = list(self.body)
        self.status, self.size, parts = 0, 0, []

        async def receive():
            return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

        async def send(message):
            if message["type"] == "http.response.start":
                self.status = message["status"]
            else:
                self.size += len(message.get("body", b""))
                if self.size < 4_000_000:
                    parts.append(message.get("body", b""))

        await self.app(dict(self.scope), receive, send)
        assert self.status < 300, (self.status, b"".join(parts)[:300])
        return b"".join(parts)


async def measured(name: str, operation, per_run: int) -> None:
    await operation()
    await operation()
    if args.profile:
        profile = cProfile.Profile()
        profile.enable()
        for _ in range(per_run):
            await operation()
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(28)
    own, theirs = [], []
    for _ in range(args.runs):
        base, began = backend_cpu(), time.process_time()
        for _ in range(per_run):
            await operation()
        own.append((time.process_time() - began) / per_run * 1000)
        theirs.append((backend_cpu() - base) / per_run * 1000)
    line = {"bench": "inside", "label": args.label, "operation": name, "at": time.strftime("%F %T"), "cpu_ms": round(statistics.median(own), 3), "database_cpu_ms": round(statistics.median(theirs), 3), "least": [round(min(own), 3), round(min(theirs), 3)]}
    print(json.dumps(line), flush=True)
    if args.out:
        with args.out.open("a") as file:
            file.write(json.dumps(line) + "\n")


def pages(app, base: str, headers):
    async def all_of_them() -> None:
        after = ""
        while True:
            answer = await Asked(app, "GET", base + after, headers)()
            following = answer.rpartition(b'"next"')[2].split(b",", 1)[0].strip(b': "')
            if following == b"null":
                return
            after = f"&cursor={following.decode()}"

    return all_of_them


async def main() -> None:
    loop = asyncio.get_running_loop()
    pool = InThread(1)
    loop.set_default_executor(pool)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    hop = Hop(get_wsgi_application(), threads=1)
    hop.pool = pool
    actor = User.objects.get(identifier="alice")
    place = Workspace.objects.filter(slug="mesure").first() or rooms.open_workspace(actor=actor, id=uuid7(), name="Mesure", slug="mesure")
    _, key = sessions.new_session(user=actor, device="bench")
    cookies = [("cookie", f"plano_session={key}; plano_csrf=x"), ("accept", "application/json"), ("user-agent", "bench"), ("accept-encoding", "gzip"), ("x-csrf-token", "x")]
    folders = {entries: filled(actor, place.id, entries) for entries in FOLDERS}
    home = f"/api/v1/workspaces/{place.id}/nodes"
    password = json.loads((settings.PLANO.data / "demo-accounts.json").read_text())["alice"]["app_password"]
    basic = base64.b64encode(f"alice:{password}".encode()).decode()
    by_dav = [("authorization", f"Basic {basic}"), ("depth", "1"), ("user-agent", "bench")]
    small = Node.objects.filter(workspace_id=place.id, name="petit.txt").first() or actions.create_node(actor=actor, workspace_id=place.id, id=uuid7(), kind=Kind.DOCUMENT, name="petit.txt")

    def of_content(path: str):
        node = path.split("/")[4]

        async def app(scope, receive, send):
            scope["path_params"] = {"node_id": node}
            await content.app(scope, receive, send)

        return app

    made_before: dict[str, str] = {}

    async def put(name: str, data: list[bytes]) -> str:
        if name in made_before:
            await Asked(of_content(made_before[name]), "PUT", made_before[name], [*cookies, ("content-length", str(sum(map(len, data))))], data)()
            return made_before[name]
        made = Node.objects.filter(workspace_id=place.id, name=name).first() or actions.create_node(actor=actor, workspace_id=place.id, id=uuid7(), kind=Kind.DOCUMENT, name=name)
        made_before[name] = f"/api/v1/nodes/{made.id}/content"
        return await put(name, data)

    path = await put("petit.txt", [b"x" * 1024])
    block = os.urandom(65536)
    big = await put("cent.bin", [block] * 1526) if wanted("get100m") or wanted("dav100m") else path
    root = f"/dav/files/{place.slug}"
    app = of_content(path)
    plan = {
        "list200": (Asked(hop, "GET", f"{home}?parent_id={folders[200].id}&limit=200", cookies), 20),
        "list5000": (pages(hop, f"{home}?parent_id={folders[5000].id}&limit=1000", cookies), 1),
        "list50000": (pages(hop, f"{home}?parent_id={folders[50000].id}&limit=1000", cookies), 1),
        "workspaces": (Asked(hop, "GET", "/api/v1/workspaces", cookies), 20),
        "propfind5000": (Asked(dav.app, "PROPFIND", f"{root}/Dossier%20de%205000/", by_dav, [PROPFIND]), 1),
        "propfind50000": (Asked(dav.app, "PROPFIND", f"{root}/Dossier%20de%2050000/", by_dav, [PROPFIND]), 1),
        "get1k": (Asked(app, "GET", path, cookies), 100),
        "dav1k": (Asked(dav.app, "GET", f"{root}/petit.txt", by_dav), 100),
        "get100m": (Asked(of_content(big), "GET", big, cookies), 1),
        "dav100m": (Asked(dav.app, "GET", f"{root}/cent.bin", by_dav), 1),
        "put10m": (lambda: put("dix.bin", [block] * 153), 2),
        "davput10m": (Asked(dav.app, "PUT", f"{root}/dix-dav.bin", [*by_dav, ("content-length", str(153 * 65536))], [block] * 153), 2),
    }
    gc.collect()
    gc.freeze()  # as the server does once it is up
    for name, (operation, per_run) in plan.items():
        if wanted(name):
            await measured(name, operation, per_run)


def wanted(name: str) -> bool:
    return not args.only or name in args.only


asyncio.run(main())
