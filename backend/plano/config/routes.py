"""The plain ASGI handlers beside Django, by path. A room adds one line; the first that matches and takes it answers."""

from collections.abc import Awaitable, Callable, Collection, MutableMapping
from dataclasses import dataclass
from typing import Any

from plano.chat import sending
from plano.dav import face as dav
from plano.dav.reply import EVERY as DAV_METHODS
from plano.documents.faces import archive, bare, content, deposits, previews, shared, tus
from plano.meetings import signal

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

TOKEN = r"[A-Za-z0-9_-]{20,64}"  # noqa: S105 - the form of one


async def _nothing() -> None: ...


@dataclass(frozen=True)
class Handler:
    """An ASGI application for some methods of a path, with what it does at start and stop of the process.

    Named groups of the pattern arrive in `scope["path_params"]`. `policy` is the rule that it asks (R-01).
    """

    app: App
    policy: str
    methods: Collection[str] = ()
    websocket: bool = False
    start: Callable[[], Awaitable[None]] = _nothing
    stop: Callable[[], Awaitable[None]] = _nothing

    def takes(self, scope: Scope) -> bool:
        if scope["type"] == "websocket":
            return self.websocket
        return not self.websocket and scope["method"] in self.methods


ASGI_ROUTES: list[tuple[str, Handler]] = [
    (
        rf"/api/v1/nodes/(?P<node_id>{UUID})/content",
        Handler(app=content.app, policy="documents.read_or_write", methods={"GET", "HEAD", "PUT"}),
    ),
    (
        rf"/api/v1/nodes/(?P<node_id>{UUID})/versions/(?P<number>[0-9]{{1,9}})/content",
        Handler(app=content.app, policy="documents.read", methods={"GET", "HEAD"}),
    ),
    (
        rf"/api/v1/nodes/(?P<node_id>{UUID})/previews/(?P<kind>thumbnail|image|pdf)/content",
        Handler(app=previews.app, policy="documents.read", methods={"GET", "HEAD"}),
    ),
    (
        rf"/api/v1/nodes/(?P<node_id>{UUID})/bare",
        Handler(app=bare.app, policy="documents.read", methods={"GET"}),
    ),
    (r"/api/v1/uploads/?", Handler(app=tus.app, policy="documents.write", methods={"POST", "OPTIONS"})),
    (
        rf"/api/v1/uploads/(?P<upload_id>{UUID})",
        Handler(app=tus.app, policy="upload.own", methods={"HEAD", "PATCH", "DELETE", "OPTIONS"}),
    ),
    (
        rf"/api/v1/nodes/(?P<node_id>{UUID})/archive",
        Handler(app=archive.app, policy="documents.read", methods={"GET", "HEAD"}),
    ),
    (
        rf"/api/v1/archives/(?P<ticket_id>{UUID})",
        Handler(app=archive.app, policy="documents.read", methods={"GET", "HEAD"}),
    ),
    (
        rf"/api/v1/s/(?P<token>{TOKEN})/content/(?P<node_id>{UUID})",
        Handler(app=shared.content, policy="public.link", methods={"GET", "HEAD"}),
    ),
    (
        rf"/api/v1/s/(?P<token>{TOKEN})/archive",
        Handler(app=shared.archive, policy="public.link", methods={"GET", "HEAD"}),
    ),
    (
        rf"/api/v1/s/(?P<token>{TOKEN})/deposits/",
        Handler(app=deposits.app, policy="public.link", methods={"POST"}),
    ),
    (
        rf"/api/v1/s/(?P<token>{TOKEN})/deposits/(?P<upload_id>{UUID})",
        Handler(app=deposits.app, policy="public.link", methods={"HEAD", "PATCH"}),
    ),
    (
        rf"/api/v1/exports/(?P<export_id>{UUID})/content",
        Handler(app=sending.app, policy="chat.export", methods={"GET"}),
    ),
    (r"(?s:/dav(?:/.*)?)", Handler(app=dav.app, policy="dav.files", methods=DAV_METHODS)),
    (
        rf"/api/v1/meetings/(?P<meeting_id>{UUID})/signal",
        Handler(app=signal.app, policy="meeting.join", websocket=True, start=signal.app.start, stop=signal.app.stop),
    ),
]
