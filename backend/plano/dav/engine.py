"""The methods that change the tree, by WsgiDAV over the library's actions.

WsgiDAV reads headers and bodies and knows what each method has to do; rights, locks and conditions are judged by our
own code, in one transaction with the change. Inside it, an address is our own percent-encoded form of it, so that a
name may hold any character.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from django.db import transaction
from wsgidav.dav_error import HTTP_CREATED, DAVError, get_http_status_string
from wsgidav.dav_provider import DAVCollection, DAVNonCollection, DAVProvider
from wsgidav.lock_man.lock_manager import LockManager
from wsgidav.request_server import RequestServer
from wsgidav.xml_tools import string_to_xml, xml_to_bytes

from plano.dav import conditions, deadprops, inhand, xml
from plano.dav.caller import DavCaller
from plano.dav.locking import discovery
from plano.dav.paths import destination, href, new_name, segments_of
from plano.dav.propfind import ALL
from plano.dav.reply import Reply
from plano.dav.tree import Spot, existing, locate
from plano.documents import actions
from plano.documents.actions.contents import written_by_others
from plano.documents.actions.locks import presenting, refresh_lock, release_lock, require_unlocked, take_lock
from plano.documents.actions.putting import require_room
from plano.documents.actions.relocating import copy_to, move_to
from plano.documents.faces.wire import Headers, Scope
from plano.documents.models import Kind
from plano.documents.queries import node_for
from plano.kernel.errors import Conflict, DomainError, Forbidden, Invalid, PreconditionFailed
from plano.kernel.ids import uuid7
from plano.workspaces.models import Role

DEFAULT_TIMEOUT, LONGEST = 1800, 4 * 3600
PASSED = ("depth", "overwrite", "timeout", "lock-token", "user-agent")


def require_depth(depth: str) -> None:
    """`0`, `1` or `infinity`."""
    if depth not in ("0", "1", "infinity"):
        raise Invalid("invalid_depth")


def handle(scope: Scope, headers: dict[str, str], body: bytes, who: DavCaller, segments: list[str]) -> Reply:
    """In a thread: one request, one provider of its own."""
    who.require_write()
    require_depth(headers.get("depth", "infinity").lower())
    spot = locate(who.user, segments)
    tokens = conditions.judge(who.user, spot, headers)
    method: str = scope["method"]
    if method == "MKCOL" and spot.exists:  # rclone asks for the folder of each file
        raise Refused(405)
    provider = Provider(who)
    environ = _environ(method, headers, spot, body, tokens)
    if "destination" in headers:
        target = destination(headers["destination"], host=headers.get("host", ""))
        environ["HTTP_DESTINATION"] = quote(href(target, folder=False))
        if method == "MOVE":
            _require_in_hand(who, target)
    if body and method in ("PROPPATCH", "LOCK"):
        xml.parse(body)  # what WsgiDAV's own parser would take is wider
    with presenting(tokens):
        if method == "PROPPATCH":
            _require_changeable(who, spot)
            with transaction.atomic():
                reply = _run(provider, environ)
        else:
            reply = _run(provider, environ)
    return reply


def _require_changeable(who: DavCaller, spot: Spot) -> None:
    if not spot.exists or spot.entry is None:
        return
    require_unlocked(who.user, node_for(who.user, spot.entry.id, Role.MEMBER))


def _require_in_hand(who: DavCaller, target: list[str]) -> None:
    """A program that saves beside and moves over, from an older content than somebody else's: what it saved stays."""
    entry = locate(who.user, target).entry
    base = None if entry is None else inhand.of(who, entry.id)
    if entry is None or base is None or base.number == entry.content_version:
        return
    if written_by_others(who.user, entry.id, since=base.number):
        raise PreconditionFailed


def _environ(method: str, headers: dict[str, str], spot: Spot, body: bytes, tokens: frozenset[str]) -> dict[str, Any]:
    kept = {"HTTP_" + name.upper().replace("-", "_"): headers[name] for name in PASSED if name in headers}
    return kept | {
        "REQUEST_METHOD": method,
        "PATH_INFO": href(spot.segments, folder=spot.is_folder),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": headers.get("host", ""),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
        "wsgidav.verbose": 1,
        "wsgidav.config": {},
        "wsgidav.auth.user_name": "person",
        "wsgidav.conditions.if": {},
        "wsgidav.ifLockTokenList": list(tokens),
    }


def _run(provider: "Provider", environ: dict[str, Any]) -> Reply:
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, given: list[tuple[str, str]], _error: Any = None) -> None:
        started.append((status, given))

    environ["wsgidav.app"] = provider
    try:
        body = b"".join(Server(provider)(environ, start_response))
    except DAVError as error:
        if provider.refusal is not None:
            raise provider.refusal from None
        raise Refused(int(get_http_status_string(error)[:3])) from None
    if provider.refusal is not None:
        raise provider.refusal
    status, given = started[-1]
    if not body.startswith(b"<?xml"):  # a page about WsgiDAV
        return Reply(int(status[:3]), [])
    skipped = ("content-length", "date")
    out: Headers = [(n.lower().encode(), v.encode("latin1")) for n, v in given if n.lower() not in skipped]
    return Reply(int(status[:3]), out, body)


class Refused(DomainError):
    """What WsgiDAV refuses by itself: a header or a body that the RFC does not allow."""

    default_code = "invalid"

    def __init__(self, status: int) -> None:
        super().__init__("not_found" if status == 404 else "changed_meanwhile" if status == 412 else None)
        self.status = status  # type: ignore[misc]


class Server(RequestServer):  # type: ignore[misc]
    """WsgiDAV answers 204 to all that a provider has done itself; what is new is 201."""

    def _send_response(self, environ: Any, start_response: Any, root_res: Any, success_code: Any, errors: Any) -> Any:
        code = HTTP_CREATED if self._davProvider.created else success_code
        return super()._send_response(environ, start_response, root_res, code, errors)


class Provider(DAVProvider):  # type: ignore[misc]
    """One person's tree, for one request."""

    def __init__(self, who: DavCaller) -> None:
        super().__init__()
        self.who = who
        self.share_path = ""
        self.created = False
        self.refusal: DomainError | None = None
        self.lock_manager = Locks(self)
        self._known: dict[str, Spot] = {}

    def spot(self, path: str) -> Spot:
        key = path.rstrip("/") or "/"
        if key not in self._known:
            self._known[key] = locate(self.who.user, segments_of(key.encode()))
        return self._known[key]

    def forget(self) -> None:
        """Something has changed: look again."""
        self._known.clear()

    def get_resource_inst(self, path: str, environ: Any) -> "Folder | Document | None":
        try:
            spot = self.spot(path)
        except DomainError:
            return None
        if not spot.exists:
            return None
        return Folder(self, spot, environ) if spot.is_folder else Document(self, spot, environ)

    def resolve_provider(self, path: str) -> tuple[str, "Provider"]:
        """Asked of the application: there is one provider."""
        return "", self

    def ref_url_to_path(self, ref_url: str) -> str:
        return ref_url

    def refuse(self, error: DomainError) -> DAVError:
        """Kept whole: WsgiDAV knows statuses only."""
        self.refusal = error
        return DAVError(error.status)


class _Resource:
    """What folders and documents share."""

    provider: Provider
    spot: Spot
    environ: Any

    def __init__(self, provider: Provider, spot: Spot, environ: Any) -> None:
        self.spot = spot
        environ["wsgidav.provider"] = provider
        super().__init__(href(spot.segments, folder=spot.is_folder), environ)  # type: ignore[call-arg]

    def get_ref_url(self) -> str:
        return href(self.spot.segments, folder=False)

    def get_href(self) -> str:
        return self.spot.href

    def get_last_modified(self) -> float | None:
        return None

    def get_etag(self) -> str | None:
        return None

    def support_etag(self) -> bool:
        return False

    def prevent_locking(self) -> bool:
        return self.spot.entry is None

    def get_property_value(self, name: str) -> Any:
        """WsgiDAV asks only for the locks, after LOCK."""
        active = conditions.locks_on(self.provider.who.user, locate(self.provider.who.user, self.spot.segments))
        return string_to_xml(f'<D:lockdiscovery xmlns:D="DAV:">{discovery(active)}</D:lockdiscovery>')

    def set_property_value(self, name: str, value: Any, *, dry_run: bool = False) -> None:
        """Dead properties are kept; those of Windows about its own dates are taken and not kept; live ones are ours."""
        if name in ALL or name.startswith("{DAV:}") or self.spot.entry is None:
            raise DAVError(403)
        if name.startswith("{urn:schemas-microsoft-com:}Win32"):
            return
        text = None if value is None else xml_to_bytes(value).decode().partition("?>")[2].strip()
        try:
            deadprops.write(self.spot.entry.id, name, text, dry_run=dry_run)
        except DomainError as error:
            raise DAVError(507 if error.status == 413 else error.status) from None

    def handle_delete(self) -> bool:
        """To the bin."""
        try:
            actions.delete_node(actor=self.provider.who.user, node_id=self._node())
        except DomainError as error:
            raise self.provider.refuse(error) from None
        return True

    def handle_move(self, dest_path: str) -> bool:
        """Rename, move, or both."""
        return self._relocate(dest_path, copy=False, deep=True)

    def handle_copy(self, dest_path: str, *, depth_infinity: bool) -> bool:
        """A document, a folder, or a folder with all in it; what programs keep beside them too."""
        return self._relocate(dest_path, copy=True, deep=depth_infinity)

    def _relocate(self, dest_path: str, *, copy: bool, deep: bool) -> bool:
        user = self.provider.who.user
        overwrite = self.environ.get("HTTP_OVERWRITE", "T") != "F"
        try:
            target = self.provider.spot(dest_path)
            if target.place is None or not (target.entry or target.is_free):
                raise Forbidden("not_a_place")
            where: dict[str, Any] = {
                "workspace_id": target.place.id,
                "parent_id": target.parent.id if target.parent else None,
                "name": target.name if target.entry else new_name(target.name),
                "overwrite": overwrite,
            }
            if copy:
                self.provider.created, made = copy_to(actor=user, node_id=self._node(), deep=deep, **where)
                deadprops.copy(made)
            else:
                self.provider.created = move_to(actor=user, node_id=self._node(), **where)
        except DomainError as error:
            raise self.provider.refuse(error) from None
        return True

    def _node(self) -> Any:
        if self.spot.entry is None:
            raise Forbidden("not_a_place")
        return self.spot.entry.id


class Document(_Resource, DAVNonCollection):  # type: ignore[misc]
    """A document. Its bytes never pass here."""

    def get_content_length(self) -> int:
        return self.spot.entry.size if self.spot.entry else 0

    def get_content_type(self) -> str:
        return "application/octet-stream"

    def get_content(self) -> Any:
        raise DAVError(500)

    def support_ranges(self) -> bool:
        return True


class Folder(_Resource, DAVCollection):  # type: ignore[misc]
    """A folder, a workspace, or what holds workspaces."""

    def get_member_names(self) -> list[str]:
        return []

    def create_collection(self, name: str) -> None:
        """MKCOL."""
        self._create(name, Kind.FOLDER)

    def create_empty_resource(self, name: str) -> Document:
        """LOCK of what is not there yet."""
        self._create(name, Kind.DOCUMENT)
        self.provider.forget()
        spot = existing(self.provider.who.user, [*self.spot.segments, segments_of(name.encode())[0]])
        return Document(self.provider, spot, self.environ)

    def _create(self, quoted: str, kind: Kind) -> None:
        try:
            if self.spot.place is None:
                raise Forbidden("not_a_place")
            name = new_name(segments_of(quoted.encode())[0])
            if kind == Kind.DOCUMENT:
                require_room(self.spot.place.id, 0)
            actions.create_node(
                actor=self.provider.who.user,
                workspace_id=self.spot.place.id,
                id=uuid7(),
                kind=kind,
                name=name,
                parent_id=self.spot.entry.id if self.spot.entry else None,
            )
        except DomainError as error:
            raise self.provider.refuse(error) from None


class Locks(LockManager):  # type: ignore[misc]
    """Locks in the database. Whether a change may happen is asked by the actions, inside their transaction."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._root = ""

    def __del__(self) -> None:
        """There is no storage to close."""

    def check_write_permission(self, **_: Any) -> None:
        """See above."""

    @contextmanager
    def write_transaction(self, **_: Any) -> Iterator[None]:
        """See above."""
        yield

    def acquire(
        self, *, url: str, lock_type: str, lock_scope: str, lock_depth: str, lock_owner: bytes, timeout: Any,
        principal: str, token_list: list[str],
    ) -> dict[str, str]:  # fmt: skip
        spot = locate(self.provider.who.user, segments_of(url.encode()))
        try:
            if spot.entry is None:
                raise Conflict("not_a_place")
            lock = take_lock(
                actor=self.provider.who.user,
                node_id=spot.entry.id,
                exclusive=lock_scope == "exclusive",
                deep=lock_depth == "infinity",
                claimed_by=_claim(lock_owner),
                timeout=seconds(timeout),
            )
        except DomainError as error:
            raise self.provider.refuse(error) from None
        return {"token": lock.token}

    def refresh(self, token: str, *, timeout: Any = None) -> dict[str, str]:
        try:
            refresh_lock(actor=self.provider.who.user, token=token, timeout=seconds(timeout))
        except DomainError as error:
            raise self.provider.refuse(error) from None
        return {"root": self._root}

    def is_url_locked_by_token(self, url: str, lock_token: str) -> bool:
        spot = locate(self.provider.who.user, segments_of(url.encode()))
        for active in conditions.locks_on(self.provider.who.user, spot):
            if active.held.token == lock_token:
                self._root = active.root.rstrip("/")
                return True
        return False

    def is_token_locked_by_user(self, token: str, principal: str) -> bool:
        """Asked by the action."""
        return True

    def release(self, token: str) -> None:
        try:
            release_lock(actor=self.provider.who.user, token=token)
        except DomainError as error:
            raise self.provider.refuse(Forbidden("lock_of_another") if error.status == 404 else error) from None


def seconds(asked: int | None) -> int:
    """How long a lock lasts: what was asked, within bounds; programs begin it again while they need it."""
    if asked is None:
        return DEFAULT_TIMEOUT
    return LONGEST if asked < 0 else max(1, min(asked, LONGEST))


def _claim(owner: bytes) -> str:
    """What the program says of its user, as XML; programs look for it again."""
    text = owner.decode(errors="replace").partition("?>")[2].strip() if owner.startswith(b"<?xml") else owner.decode()
    return text if len(text) <= 2000 else ""
